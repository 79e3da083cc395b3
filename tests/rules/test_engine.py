"""The engine caps, orders, numbers and identifies; the words come from data."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.factory import NON_COMMERCIAL, at, closed, context, model, reference, report, route, saw, use
from tests.rules.wording import banned_in
from vcdd.core.evidence import Evidence
from vcdd.core.finding import SEVERITY_CAP, Severity
from vcdd.core.model import ModelUse
from vcdd.core.reference import ObservationKind
from vcdd.core.route import RouteKind
from vcdd.rules.engine import cap, find
from vcdd.rules.fingerprint import fingerprint, number_repeats


def rules_of(found):
    return [item.rule for item in found]


@pytest.mark.parametrize("evidence", list(Evidence))
@pytest.mark.parametrize("severity", list(Severity))
def test_no_severity_passes_the_cap_of_its_evidence(severity, evidence):
    assert cap(severity, evidence).rank >= SEVERITY_CAP[evidence].rank
    assert cap(severity, evidence) in (severity, SEVERITY_CAP[evidence])


def test_a_selectable_blocker_is_low_and_says_so():
    found = find(report(use(model(licence=NON_COMMERCIAL), Evidence.SELECTABLE)), context())
    restricted = next(item for item in found if item.rule == "L101")
    assert restricted.severity is Severity.LOW
    assert restricted.capped_from is Severity.BLOCKER
    assert "can be configured to use" in restricted.fact


@pytest.mark.parametrize("evidence", [Evidence.CATALOG, Evidence.TEST, Evidence.MENTION])
def test_catalogues_tests_and_mentions_raise_nothing(evidence):
    assert find(report(use(model(licence=NON_COMMERCIAL, lab=None), evidence)), context()) == ()


def test_findings_are_ordered_worst_first_and_numbered_in_that_order():
    uses = (
        use(model("a/one")),
        use(model("b/two", licence=NON_COMMERCIAL)),
        use(closed("c"), by=route(RouteKind.AGGREGATOR)),
    )
    found = find(report(*uses), context())
    assert [item.severity.rank for item in found] == sorted(item.severity.rank for item in found)
    assert [item.id for item in found] == [f"F{number}" for number in range(1, len(found) + 1)]
    assert found[0].rule == "L101"


def test_the_same_report_gives_the_same_findings_whatever_the_order_of_uses():
    uses = (use(model("a/one", licence=NON_COMMERCIAL)), use(model("b/two", licence=None)), use(closed("c")))
    assert find(report(*uses), context()) == find(report(*reversed(uses)), context())


def test_a_fingerprint_survives_moved_lines_and_changes_with_the_slot():
    def at_line(line: int, slot: str = "CHAT_MODEL") -> str:
        one = use(model(licence=NON_COMMERCIAL), location=at(line=line), slot=slot)
        return next(item for item in find(report(one), context()) if item.rule == "L101").fingerprint

    assert at_line(3) == at_line(300)
    assert at_line(3) != at_line(3, slot="OTHER")


def test_fingerprints_within_a_report_are_unique():
    uses = (use(model("a/one", licence=NON_COMMERCIAL)), use(model("b/two", licence=NON_COMMERCIAL)))
    found = find(report(*uses, observations=(saw(ObservationKind.TRUST_REMOTE_CODE),)), context())
    assert len({item.fingerprint for item in found}) == len(found)


def test_repeats_are_counted():
    one = find(report(use(model(licence=NON_COMMERCIAL))), context())[0]
    again = number_repeats((one, one, replace(one, fingerprint="other")))
    assert [item.fingerprint for item in again] == [one.fingerprint, f"{one.fingerprint}-2", "other"]


def test_a_surrogate_in_a_path_does_not_break_the_fingerprint():
    assert len(fingerprint("L101", "m", "bad\udcff.py", "s")) == 16


def test_fifty_selectable_models_give_one_finding_per_rule():
    uses = tuple(use(model(f"x/m{n}", licence=NON_COMMERCIAL), Evidence.SELECTABLE) for n in range(50))
    found = [item for item in find(report(*uses), context()) if item.rule == "L101"]
    assert len(found) == 1
    assert "and 46 more" in found[0].fact
    assert found[0].model == ""


def test_one_model_by_two_routes_gives_one_licence_finding():
    made = model(licence=NON_COMMERCIAL)
    found = find(report(use(made), use(made, by=route(RouteKind.AGGREGATOR))), context())
    assert rules_of(found).count("L101") == 1


@given(st.text(min_size=1, max_size=300))
def test_hostile_names_never_break_a_template_or_bring_a_second_line(name):
    made = model(name, licence=NON_COMMERCIAL, lab=None)
    found = find(report(ModelUse(model=made, route=route(), references=(reference(name),))), context())
    assert all("\n" not in item.fact and len(item.fact) < 2000 for item in found)


def test_no_sentence_of_a_wide_report_holds_a_banned_word():
    uses = (
        use(model(licence=NON_COMMERCIAL)),
        use(closed(), by=route(RouteKind.AGGREGATOR)),
        use(model("u/u", lab=None, match="family")),
    )
    found = find(report(*uses), context())
    assert [word for item in found for word in banned_in(f"{item.title} {item.message} {item.remedy}")] == []
