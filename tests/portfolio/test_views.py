"""Text, dashboard, claims and the anonymous benchmark: what a reader sees, and what nobody may see."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from tests.portfolio.factory import failed_row, finding, outcome, row, use
from tests.portfolio.hostile import HOSTILE
from tests.portfolio.test_statistics import CLOSED, QWEN, ten
from vcdd.errors import RegistryError, UsageError
from vcdd.portfolio.changes import Cause, Change
from vcdd.portfolio.statistics import measure
from vcdd.portfolio.store.reading import RunInfo
from vcdd.portfolio.views.benchmark_export import benchmark, rounded
from vcdd.portfolio.views.claims import HEADING, claims_text, load_claims, to_claim
from vcdd.portfolio.views.dashboard import Dashboard, render_dashboard
from vcdd.portfolio.views.text import changes_text, report_text

RUN = RunInfo(
    id=2, portfolio="Fund", started="2026-11-24T12:00:00+00:00", finished="2026-11-24T12:00:00+00:00",
    tool_version="1.0", registry_version="r1", companies=10, written=10, is_offline=True,
)  # fmt: skip


def page(*companies, **rest):
    rows = [replace(company, position=number) for number, company in enumerate(companies)]
    statistics = measure(rows, expected=len(rows))
    return render_dashboard(Dashboard(run=RUN, statistics=statistics, companies=rows, claims=load_claims(), **rest))


def test_the_text_report_names_every_share_and_its_definition():
    """Three denominators, definitions, failed companies with their reason."""
    text = report_text(RUN, measure(ten(), expected=10), [failed_row("j")])
    spaced = " ".join(text.split())
    for words in (
        "of all companies 3/10 30.0 %",
        "of companies that use AI 3/8 37.5 %",
        "of those that use open weights 3/4 75.0 %",
    ):
        assert words in spaced
    assert "j: no such file or folder" in text
    assert "Wilson" in text


def test_the_text_report_fits_eighty_columns():
    """Long names of labs, models and companies too: a table that wraps is no table."""
    crowded = [
        row(f"A company whose name is as long as names are {n}", use(f"org/{'model' * 6}-{n}", lab_name="Lab " * 30))
        for n in range(1200)
    ]
    text = report_text(RUN, measure(crowded), [failed_row("x" * 40)], None) + claims_text(load_claims())
    long = [line for line in text.splitlines() if len(line) > 80]
    assert [line for line in long if " " in line.strip()] == []
    assert "1200/1200" in text


def test_dates_ahead_stand_before_dates_that_passed():
    """On the run's own day: what still answers is a plan, what has stopped is a question."""
    dated = {"lifecycle": "retired", "lifecycle_kind": "announced"}
    rows = [
        row("a", use("long-gone", lifecycle_date="2024-01-01", **dated), use("gone", lifecycle_date="2026-01-01", **dated)),
        row("b", use("today", lifecycle_date=RUN.started[:10], **dated), use("later", lifecycle_date="2027-05-01", **dated)),
    ]  # fmt: skip
    for words in (report_text(RUN, measure(rows), []), page(*rows).partition('id="retirements"')[2]):
        places = [
            words.index(name) for name in ("today", "later", ">gone" if ">gone" in words else " gone", "long-gone")
        ]
        assert places == sorted(places)


def test_an_unfinished_run_says_so_first():
    """Shares of half a portfolio are not the portfolio's."""
    assert "UNFINISHED: 4 companies not scanned yet" in report_text(RUN, measure(ten(), expected=14), [])
    assert "unfinished: 4 not scanned yet" in render_dashboard(
        Dashboard(run=RUN, statistics=measure(ten(), expected=14), companies=ten())
    )


@pytest.mark.parametrize("word", ["violation", "illegal", "prohibited", "compliant", "spyware", "secure"])
def test_no_verdicts(word):
    """Neither text nor page nor ledger judges."""
    everything = page(*ten()) + report_text(RUN, measure(ten()), []) + claims_text(load_claims())
    assert word not in re.sub(r"<style>.*?</style>|http\S+", "", everything, flags=re.DOTALL).lower()


def test_the_ledger_stands_apart_and_whole():
    """After the measurement, under its own heading, each claim with population, window, metric, source and date."""
    html, claims = page(*ten()), load_claims()
    assert html.index(HEADING) > html.index("Each company")
    shown = " ".join(claims_text(claims).split())
    for claim in claims:
        assert all(
            part in shown
            for part in (claim.population, claim.window, claim.metric, claim.source, claim.noted.isoformat())
        )
    assert not any(claim.record in report_text(RUN, measure(ten()), []) for claim in claims)


@pytest.mark.parametrize("field", ["population", "window", "metric", "source", "noted"])
def test_a_claim_without_its_context_is_refused(field):
    """A number of which nobody knows whom, when and what it counts cannot be shown beside a measurement."""
    claim = load_claims()[0]
    whole = {name: getattr(claim, name) for name in claim.__slots__}
    assert to_claim(whole) == claim
    with pytest.raises(RegistryError):
        to_claim({**whole, field: ""})
    with pytest.raises(RegistryError):
        to_claim({name: value for name, value in whole.items() if name != field})


def test_the_claim_of_80_percent_is_conditional():
    """The correction that the product exists for."""
    claim = next(claim for claim in load_claims() if claim.id == "open-model-share-of-pitches")
    assert claim.status == "conditional"
    assert "among start-ups that use open-weight models" in claim.record


def test_the_page_fetches_nothing_and_runs_only_its_own_script():
    """No address in an attribute, one script and one style, each named by its hash in the policy."""
    html = page(*ten())
    assert not re.search(r"(?:src|href)=\"(?!#|reports/)", html)
    assert html.count("<script>") == html.count("<style>") == 1
    assert "default-src 'none'; style-src 'sha256-" in html
    assert "unsafe-inline" not in html


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_stay_text(text):
    """In every place where foreign text can come: company, model, lab, tag, finding, error, change."""
    dirty = row(
        text, use(text, lab_name=text, provider=text, place=text, lifecycle_date="2027-01-01", lifecycle=text),
        tags=(text,), stage=text, findings=(finding(title=text, model=text),), error=text,
    )  # fmt: skip
    change = Change(company=text, kind="use added", subject=text, before="", after=text, causes=(Cause.COMPANY,))
    html = page(dirty, changes=[change], before=1)
    assert html.count("<script>") == 1
    assert "<img" not in html
    assert "<svg onload" not in html
    assert "\x1b" not in html
    assert "\u202e" not in html
    text_report = report_text(RUN, measure([dirty]), [dirty]) + changes_text([change], RUN, RUN)
    assert "\x1b" not in text_report


def test_heat_cells_carry_words_and_not_only_colours():
    """The worst active severity and the count; what was set aside does not show."""
    html = page(
        row(
            "a",
            QWEN,
            findings=(finding(), finding("L102", "low"), finding("O205", "blocker", is_active=False)),
            outcomes=(outcome("deny"),),
        ),
        failed_row("b"),
    )
    assert '<td data-v="1.97" class="s high">high 2</td>' in html
    assert ">deny</td>" in html
    assert ">not scanned</td>" in html


def test_a_company_links_to_its_full_report():
    """Where there is one."""
    assert '<a href="reports/a.html">full report</a>' in page(row("a", QWEN), links={0: "reports/a.html"})
    assert "full report</a>" not in page(row("a", QWEN))


def test_changes_are_grouped_by_cause():
    """With a heading for each, and a note where there is no earlier run."""
    changes = [
        Change(company="a", kind="use added", subject="x", before="", after="bound", causes=(Cause.COMPANY,)),
        Change(company="b", kind="fact", subject="y: licence", before="mit", after="gpl", causes=(Cause.REGISTRY,)),
    ]
    html = page(row("a", QWEN), changes=changes, before=1)
    assert "Company changed</h3>" in html
    assert "Registry changed</h3>" in html
    assert "There is no earlier run" in page(row("a", QWEN))
    assert "No difference." in page(row("a", QWEN), before=1)


def many(number, *uses, name="c"):
    return [row(f"{name}{n}", *uses, tags=("secret-tag",), stage="seed") for n in range(number)]


def test_the_benchmark_leaves_out_what_few_have_in_common():
    """Four companies with a French model vanish, seven with a Chinese one are rounded, nobody is named."""
    rows = many(7, QWEN) + many(4, use("mistralai/x", "FR"), name="d") + many(3, CLOSED, name="e")
    text = benchmark(rows, "1.0")
    found = json.loads(text)
    assert found["by_dimension"]["originator country"] == {"CN": 5}
    assert found["by_model"] == {"Qwen/Qwen3-8B": 5}
    assert (found["companies"], found["companies_that_use_ai"], found["companies_that_use_open_weights"]) == (
        15,
        15,
        10,
    )
    for secret in ("c0", "secret-tag", "seed", "app.py", "Fund", "mistral", "2026"):
        assert secret not in text


@pytest.mark.parametrize("model", ["local:weights/ours", "ft:gpt-4o:acme::1", "acme/our-own"])
def test_a_companys_own_weights_are_never_named(model):
    """However many companies share the name: a fine-tune's id holds a company's name."""
    text = benchmark(many(12, use(model, lab="" if model.startswith("acme") else "openai")), "1.0")
    assert model not in text
    assert json.loads(text)["by_model"] == {"own or unknown weights": 10}


def test_one_company_more_cannot_be_seen():
    """Exports before and after a company joined are mostly the same; a count steps by five or not at all."""
    steps = {json.loads(benchmark(many(n, QWEN), "1.0"))["companies"] for n in range(11, 17)}
    assert steps == {10, 15}
    assert [rounded(n) for n in (5, 7, 8, 12, 13)] == [5, 5, 10, 10, 15]


@pytest.mark.parametrize(("rows", "k"), [(20, 4), (9, 5), (19, 10)])
def test_too_few_to_hide_among_are_refused(rows, k):
    """k is at least 5, and the portfolio at least twice k."""
    with pytest.raises(UsageError):
        benchmark(many(rows, QWEN), "1.0", k)
