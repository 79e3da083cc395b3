"""The dashboard of 500 companies in a real headless Chromium: quiet, sortable, and within its size."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.portfolio.factory import finding, outcome, row, use
from tests.portfolio.hostile import HOSTILE
from tests.portfolio.test_views import page as render
from vcdd.core.finding import Dimension

CHROMIUM = os.environ.get("VCDD_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine: apt-get install chromium"),
]
SEVERITIES = ("blocker", "high", "medium", "low", "open-question", "info")


def fund(number=500):
    """Companies with twenty models and twenty findings each, in no order."""
    rows = []
    for n in range(number):
        at = n * 7919 % number
        uses = [use(f"lab-{n % 40}/model-{k}-{'x' * 20}", ("CN", "US", "FR")[(n + k) % 3]) for k in range(20)]
        findings = [
            finding(f"R{k}", SEVERITIES[(n + k) % 6], fingerprint=f"{n}-{k}", dimension=f"D{1 + (n + k) % len(Dimension)}",
                    title="A title of a finding as long as such titles are", model=uses[k].model)
            for k in range(20)
        ]  # fmt: skip
        rows.append(
            row(f"Company {at:03}", *uses, findings=tuple(findings), outcomes=(outcome(("allow", "deny")[n % 2]),))
        )
    return rows


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, tmp_path):
    """Opens a page from disk and keeps everything it said and asked for."""
    contexts = []

    def open_page(html, **context):
        file = tmp_path / "dashboard.html"
        file.write_text(html, encoding="utf-8")
        contexts.append(browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context}))
        tab = contexts[-1].new_page()
        tab.said, tab.asked = [], []
        tab.on("console", lambda message: tab.said.append(message.text))
        tab.on("pageerror", lambda error: tab.said.append(str(error)))
        tab.on("request", lambda request: tab.asked.append(request.url))
        tab.goto(file.as_uri())
        return tab

    yield open_page
    for context in contexts:
        context.close()


def first_cells(tab, column):
    return tab.evaluate(f"[...document.querySelectorAll('#heat tbody tr')].map(r => r.cells[{column}].textContent)")


def test_five_hundred_companies_open_sort_and_stay_small(visit):
    """Under 5 MB; quiet; sorts by name both ways and by severity; the filter hides the rest."""
    html = render(*fund())
    assert len(html.encode()) < 5_000_000
    tab = visit(html)
    assert tab.said == []
    assert len(tab.asked) == 1
    names = first_cells(tab, 0)
    assert len(names) == 500
    tab.click("#heat th:nth-child(1) button")
    assert first_cells(tab, 0) == sorted(names)
    tab.click("#heat th:nth-child(1) button")
    assert first_cells(tab, 0) == sorted(names, reverse=True)
    assert tab.get_attribute("#heat th:nth-child(1)", "aria-sort") == "descending"
    tab.click("#heat th:nth-child(3) button")
    shown = [cell.split()[0] for cell in first_cells(tab, 2)]
    ranks = {"blocker": 0, "high": 1, "medium": 2, "low": 3, "open": 4, "info": 5, "–": 6}
    assert [ranks[word] for word in shown] == sorted(ranks[word] for word in shown)
    tab.fill("#filter", "company 12")
    assert tab.text_content("#shown") == "10 of 500"
    assert tab.locator("#heat tbody tr:visible").count() == 10
    assert tab.said == []


def test_a_name_unfolds_its_company(visit):
    """Drill-down: the link in the table opens the company's short report."""
    tab = visit(render(*fund(30)))
    assert not tab.evaluate("document.getElementById('c5').open")
    tab.click("#heat a[href='#c5']")
    tab.wait_for_function("document.getElementById('c5').open")
    assert tab.locator("#c5 h3").all_text_contents() == ["Models", "Findings"]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_keeps_its_width(visit, width, scheme):
    """Tables scroll in their own box; the page never sideways."""
    crowded = row("z", *(use(f"x/{code}", code) for code in ("CN", "DE", "FR", "GB", "IL", "IT", "KR", "RU", "US")))
    tab = visit(render(*fund(12), crowded), viewport={"width": width, "height": 844}, color_scheme=scheme)
    assert tab.said == []
    assert tab.locator("#heat thead").bounding_box()["height"] < 50, "heads of columns break letter by letter"
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_hostile_names_do_nothing(visit):
    """No dialog, no element of theirs, no request."""
    rows = [row(f"{text} {n}", use(text, lab_name=text), error=text) for n, text in enumerate(HOSTILE)]
    tab = visit(render(*rows))
    tab.click("#heat th:nth-child(1) button")
    assert tab.said == []
    assert len(tab.asked) == 1
    assert tab.evaluate("document.querySelectorAll('img, script').length") == 1


def test_without_script_everything_is_there(visit):
    """Links, tables and details work; only sorting and the filter do not."""
    tab = visit(render(*fund(8)), java_script_enabled=False)
    assert tab.locator("#heat tbody tr").count() == 8
    assert tab.locator("details.company").count() == 8
