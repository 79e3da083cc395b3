"""A comparison speaks only when something that matters changed, and pairs a swap by its slot."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from vcdd.core.cost import Cost, CostSummary, Price
from vcdd.core.evidence import Evidence
from vcdd.core.fact import Fact
from vcdd.core.location import Location
from vcdd.core.model import Lab, Model, ModelUse
from vcdd.core.reference import Reference, ReferenceKind
from vcdd.core.report import RegistryInfo, Report, TargetInfo
from vcdd.core.route import Route, RouteKind
from vcdd.core.source_file import Coverage
from vcdd.diff.compare import compare
from vcdd.diff.values import Kind
from vcdd.render.comparison import comparison_json, comparison_markdown, comparison_text


def use(
    model: str, slot: str = "SMART_LLM", *, evidence: Evidence = Evidence.BOUND, line: int = 1, country: str = "US"
) -> ModelUse:
    reference = Reference(
        written=model,
        kind=ReferenceKind.API_MODEL,
        evidence=evidence,
        slot=slot,
        location=Location(path="a.py", line=line),
    )
    lab = Lab(id="lab", name="Lab", country=Fact(value=country, source="test"))
    return ModelUse(
        model=Model(id=model, name=model, lab=lab), route=Route(kind=RouteKind.UNKNOWN), references=(reference,)
    )


def report(*uses: ModelUse, price: str = "") -> Report:
    prices = (Price(provider="unknown", model="m", unit="input-mtok", amount=Decimal(price)),) if price else ()
    costs = CostSummary(costs=tuple(Cost(model=u.model.id, route="unknown", prices=prices) for u in uses))
    return Report(
        tool_version="1", registry=RegistryInfo(version="r"), target=TargetInfo(name="t", kind="folder"),
        scanned_at=datetime(2026, 11, 24, tzinfo=UTC), offline=True, coverage=Coverage(), uses=uses, costs=costs,
    )  # fmt: skip


def test_nothing_that_matters_is_silence():
    assert compare(report(use("a")), report(use("a"))).is_silent
    assert "No model change" in comparison_text(compare(report(use("a")), report(use("a"))))


def test_moved_lines_are_silence():
    assert compare(report(use("a", line=3)), report(use("a", line=300))).is_silent


def test_mentions_that_come_and_go_are_silence():
    assert compare(report(use("a")), report(use("a"), use("b", evidence=Evidence.MENTION))).is_silent


def test_another_model_in_the_same_slot_is_one_row():
    (change,) = compare(report(use("a")), report(use("b", country="CN"))).changes
    assert (change.kind, change.before.model, change.after.model) == (Kind.SWAPPED, "a", "b")
    assert ("lab", "Lab (US)", "Lab (CN)") in change.deltas


def test_models_in_different_slots_come_and_go_apart():
    changes = compare(report(use("a", "FAST")), report(use("b", "SMART"))).changes
    assert [change.kind for change in changes] == [Kind.REMOVED, Kind.ADDED]


def test_a_price_change_names_both_prices():
    (change,) = compare(report(use("a"), price="1.50"), report(use("a"), price="2.00")).changes
    assert change.deltas == (("price per input-mtok", "USD 1.50", "USD 2.00"),)


def test_two_runs_give_the_same_bytes_and_hostile_ids_are_inert():
    evil = "x|`<script>\x1b[31m"
    found = compare(report(), report(use(evil)))
    for render in (comparison_text, comparison_markdown, comparison_json):
        assert render(found) == render(found)
        assert "\x1b" not in render(found)
    from markdown_it import MarkdownIt

    assert "<script>" not in MarkdownIt("commonmark").render(comparison_markdown(found))


def test_sides_are_symmetric():
    there, back = compare(report(use("a")), report()), compare(report(), report(use("a")))
    assert [c.kind for c in there.changes] == [Kind.REMOVED]
    assert [c.kind for c in back.changes] == [Kind.ADDED]
    assert replace(there, changes=()).is_silent
