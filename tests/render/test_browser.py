"""The HTML page in a real headless Chromium: quiet, offline, inert, and right on a phone, a desk and paper."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace

import pytest

from tests.render.factory import REPORTS, RICH
from tests.render.hostile import BUNDLES, poisoned
from vcdd.render.renderer import render

CHROMIUM = os.environ.get("VCDD_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
PAPER = {"width": 688, "height": 1024}
"""The inside of an A4 page with our margins, in CSS pixels."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, tmp_path):
    """Opens a report from disk and gives the page with everything it said and asked for."""
    contexts = []

    def open_report(report, media=None, **context):
        file = tmp_path / "report.html"
        file.write_text(render(report, "html"), encoding="utf-8")
        contexts.append(browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context}))
        page = contexts[-1].new_page()
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("dialog", lambda dialog: page.said.append(f"dialog {dialog.message}"))
        page.on("request", lambda request: page.asked.append(request.url))
        if media:
            page.emulate_media(media=media)
        page.goto(file.as_uri())
        return page

    yield open_report
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("width", [390, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_quiet_and_inside_its_width(visit, name, width, scheme):
    """No console message, no request but the file itself, no sideways scrolling of the page."""
    page = visit(REPORTS[name], viewport={"width": width, "height": 844}, color_scheme=scheme)
    assert page.said == []
    assert len(page.asked) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("text", BUNDLES)
def test_hostile_text_does_nothing(visit, text):
    """No dialog, no element of theirs, no request, and the page keeps its width."""
    page = visit(poisoned(text), viewport={"width": 390, "height": 844})
    assert page.said == []
    assert len(page.asked) == 1
    assert page.evaluate("document.querySelectorAll('script, img, iframe, b, i, svg svg').length") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_light_and_dark_have_contrast(visit):
    """Text against paper reaches 4.5 to 1 in both schemes, quiet text and severities included (WCAG 2.2, 1.4.3)."""
    ratio = """() => {
      const channel = v => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 };
      const light = c => { const [r, g, b] = c.match(/[0-9.]+/g).map(Number);
        return .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b) };
      const paper = light(getComputedStyle(document.body).backgroundColor);
      return Math.min(...[...document.querySelectorAll('p, td, th, h2, .tag, .soft, a, summary')].map(e => {
        const ink = light(getComputedStyle(e).color);
        return (Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05) }))
    }"""
    for scheme in ("light", "dark"):
        assert visit(RICH, color_scheme=scheme).evaluate(ratio) >= 4.5


def test_evidence_opens_by_keyboard(visit):
    """Tab reaches the first expander, Enter opens it, and what it hides is then visible."""
    page = visit(RICH)
    drawer = page.locator("tr.more .drawer").first
    assert not drawer.is_visible()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    page.keyboard.press("Enter")
    assert drawer.is_visible()
    assert "app/config.py:7" in drawer.inner_text()


def test_the_stack_is_a_table_for_assistive_technology(visit):
    """Also on a phone, where it looks like cards."""
    for width in (390, 1280):
        page = visit(RICH, viewport={"width": width, "height": 844})
        table = page.get_by_role("table", name="Stack at a glance")
        assert table.get_by_role("columnheader").count() == 7
        assert table.get_by_role("row").count() == 1 + 2 * len(RICH.in_use)
        assert page.get_by_role("img", name="Route from the product to the originators").count() == 1


def test_two_pages_on_paper(visit):
    """Before the appendix, for the rich report and for one with much more of everything."""
    numbered = [
        replace(use, model=replace(use.model, id=f"{use.model.id}-{copy}"))
        for copy in range(4)
        for use in RICH.uses[:9]
    ]
    crowded = replace(RICH, uses=tuple(numbered), findings=RICH.findings * 4, questions=RICH.questions * 6)
    for report in (RICH, crowded):
        page = visit(report, media="print", viewport=PAPER)
        top = page.evaluate("document.querySelector('.appendix').getBoundingClientRect().top + scrollY")
        assert top <= 2 * PAPER["height"]
        assert page.evaluate("document.documentElement.scrollWidth") <= PAPER["width"]
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_paper_shows_what_the_screen_folds(visit):
    """Models that are only listed are printed although their drawer is closed, and no expander is."""
    page = visit(RICH, media="print", viewport=PAPER)
    assert page.get_by_text("catalog-model-7", exact=True).is_visible()
    assert not page.locator("tr.more").first.is_visible()
