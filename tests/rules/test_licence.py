"""D1: one row per condition, with the near miss that must stay silent."""

from __future__ import annotations

import pytest

from tests.rules.factory import (
    APACHE,
    NON_COMMERCIAL,
    ancestor,
    closed,
    condition,
    context,
    known,
    licence,
    model,
    report,
    route,
    saw,
    use,
)
from vcdd.core.company import Company
from vcdd.core.evidence import Evidence
from vcdd.core.finding import Severity
from vcdd.core.model import ConditionKind, Weights
from vcdd.core.reference import ObservationKind
from vcdd.core.route import OWN_API_EXISTS, RouteKind
from vcdd.rules import engine


def find(*uses, company=None, **rest):
    return {item.rule: item for item in engine.find(report(*uses, **rest), context(company=company))}


@pytest.mark.parametrize(
    ("commercial", "severity", "status"),
    [(None, "blocker", "research-needed"), (True, "blocker", "conflict"), (False, "info", "ok")],
)
def test_non_commercial_weights_block_unless_nothing_is_sold(commercial, severity, status):
    found = find(use(model(licence=NON_COMMERCIAL)), company=Company(commercial=commercial))["L101"]
    assert (found.severity.value, found.status) == (severity, status)


def test_a_non_commercial_ancestor_counts_and_is_named():
    made = model(lineage=(ancestor("base/llm", licence=NON_COMMERCIAL),))
    found = find(use(made))["L101"]
    assert found.severity is Severity.BLOCKER
    assert "inherited from base/llm" in found.fact


def test_an_inferred_non_commercial_ancestor_is_research_and_never_a_blocker():
    made = model(lineage=(ancestor("base/llm", how="inferred", licence=NON_COMMERCIAL),))
    found = find(use(made))["L101"]
    assert (found.severity, found.status, found.confidence.value) == (Severity.MEDIUM, "research-needed", "low")


@pytest.mark.parametrize(
    ("kind", "rule"),
    [(RouteKind.SELF_HOSTED, "L101"), (RouteKind.AGGREGATOR, "L101"), (RouteKind.CLOUD_MODEL_SERVICE, "L101"),
     (RouteKind.UNKNOWN, "L101"), (RouteKind.VENDOR_API, "L116")],
)  # fmt: skip
def test_behind_the_labs_own_api_the_weights_terms_are_information(kind, rule):
    found = find(use(model(licence=NON_COMMERCIAL), by=route(kind)))
    assert {"L101", "L116"} & set(found) == {rule}
    if rule == "L116":
        assert found[rule].severity is Severity.INFO


def test_a_call_that_may_go_to_the_maker_s_own_api_is_no_blocker_until_that_is_settled():
    open_route = route(RouteKind.UNKNOWN, why=f"client of another maker; {OWN_API_EXISTS}")
    found = find(use(model(licence=NON_COMMERCIAL), by=open_route))["L101"]
    assert (found.severity, found.status) == (Severity.MEDIUM, "research-needed")
    assert "the API has terms of its own" in found.fact
    held = find(use(model(licence=NON_COMMERCIAL), by=open_route), use(model(licence=NON_COMMERCIAL)))["L101"]
    assert held.severity is Severity.BLOCKER


def test_models_under_one_non_commercial_text_share_a_finding():
    uses = [use(model(f"a/{n}", licence=NON_COMMERCIAL)) for n in range(3)]
    (found,) = [item for item in engine.find(report(*uses), context()) if item.rule == "L101"]
    assert "a/0, a/1 and a/2" in found.fact


def test_a_base_is_named_only_where_it_brings_the_duty_to_every_model():
    text = licence(condition(ConditionKind.DISPLAY_DUTY))
    tuned = model("b/tuned", lineage=(ancestor("base/llm", licence=text),))
    assert "inherited from base/llm" in find(use(tuned))["L106"].fact
    assert "inherited" not in find(use(tuned), use(model("a/own", licence=text)))["L106"].fact


def test_public_weights_without_a_licence_share_a_finding_for_each_reason():
    uses = [use(model(f"a/{n}", licence=None)) for n in range(2)]
    (found,) = [item for item in engine.find(report(*uses), context()) if item.rule == "L115"]
    assert "a/0 and a/1" in found.fact


@pytest.mark.parametrize(
    ("kind", "rule", "severity"),
    [
        (ConditionKind.DISPLAY_DUTY, "L106", "low"),
        (ConditionKind.NAMING_DUTY, "L107", "low"),
        (ConditionKind.OUTPUT_TRAINING, "L108", "low"),
        (ConditionKind.FLOW_DOWN, "L110", "low"),
        (ConditionKind.REGISTRATION, "L111", "medium"),
        (ConditionKind.COPYLEFT, "L112", "medium"),
        (ConditionKind.FIELD_OF_USE, "L113", "low"),
    ],
)
def test_each_duty_has_its_rule_and_quotes_the_text(kind, rule, severity):
    own = use(model("local:weights/ours"))
    found = find(use(model(licence=licence(condition(kind, text="the text says so")))), own)[rule]
    assert found.severity.value == severity
    assert "the text says so" in found.fact


def test_a_naming_duty_matters_only_where_something_is_derived():
    assert "L107" not in find(use(model(licence=licence(condition(ConditionKind.NAMING_DUTY)))))


def test_a_duty_of_one_licence_is_one_finding_for_all_its_models():
    text = licence(condition(ConditionKind.DISPLAY_DUTY))
    found = engine.find(report(use(model("a/1", licence=text)), use(model("a/2", licence=text))), context())
    (duty,) = [item for item in found if item.rule == "L106"]
    assert "a/1 and a/2" in duty.fact


def test_versions_of_a_licence_that_ask_the_same_share_a_finding_and_others_do_not():
    texts = (("v-1", "Show the name."), ("v-2", "Show the name."), ("w", "Show it twice."))
    uses = [
        use(model(f"a/{ident}", licence=licence(condition(ConditionKind.DISPLAY_DUTY, text=text), ident=ident)))
        for ident, text in texts
    ]
    found = [item for item in engine.find(report(*uses), context()) if item.rule == "L106"]
    assert sorted("a/v-1 and a/v-2 under V 1 and V 2" in item.fact for item in found) == [False, True]
    assert len({item.fingerprint for item in found}) == 2


def test_one_limit_of_several_versions_is_one_finding_and_another_limit_another():
    limits = (("v-1", 1000), ("v-2", 1000), ("w", 2000))
    uses = [
        use(model(f"a/{ident}", licence=licence(condition(ConditionKind.MAU_THRESHOLD, amount), ident=ident)))
        for ident, amount in limits
    ]
    found = [item for item in engine.find(report(*uses), context()) if item.rule == "L102"]
    assert sorted("a/v-1 and a/v-2 under V 1 and V 2" in item.fact for item in found) == [False, True]
    assert len({item.fingerprint for item in found}) == 2


@pytest.mark.parametrize("kind", [ConditionKind.DISPLAY_DUTY, ConditionKind.FLOW_DOWN, ConditionKind.COPYLEFT])
def test_a_menu_of_options_has_no_duties_yet(kind):
    found = find(use(model(licence=licence(condition(kind))), Evidence.SELECTABLE))
    assert not [rule for rule in found if rule.startswith("L")]


def test_use_policies_of_all_licences_are_one_information():
    one = licence(condition(ConditionKind.ACCEPTABLE_USE), ident="one")
    two = licence(condition(ConditionKind.ACCEPTABLE_USE), ident="two")
    found = engine.find(report(use(model("a/1", licence=one)), use(model("a/2", licence=two))), context())
    (policies,) = [item for item in found if item.rule == "L109"]
    assert (policies.severity, "One and Two" in policies.fact) == (Severity.INFO, True)


@pytest.mark.parametrize(("users", "severity"), [(99_999_999, "medium"), (700_000_000, "low")])
def test_a_limit_that_no_young_company_reaches_weighs_less_while_it_is_open(users, severity):
    made = model(licence=licence(condition(ConditionKind.MAU_THRESHOLD, users, duty="separate-licence")))
    found = find(use(made))["L102"]
    assert (found.status, found.severity.value) == ("research-needed", severity)


def test_plain_attribution_raises_nothing():
    found = find(use(model(licence=licence(condition(ConditionKind.ATTRIBUTION)))))
    assert not [rule for rule in found if rule.startswith("L")]


def test_an_open_source_licence_raises_nothing():
    assert not [rule for rule in find(use(model(licence=APACHE))) if rule.startswith("L")]


def test_output_limits_weigh_more_where_the_target_trains():
    made = model(licence=licence(condition(ConditionKind.OUTPUT_TRAINING)))
    trains = (saw(ObservationKind.FINE_TUNING, "train.py"),)
    assert find(use(made), observations=trains)["L108"].severity is Severity.MEDIUM


def test_a_relabelled_licence_shows_both_sides():
    fact = known(True)
    made = model(facts={"relabelled": type(fact)(value=True, source="hub", note="tagged apache-2.0, upstream llama3")})
    found = find(use(made))["L114"]
    assert "tagged apache-2.0, upstream llama3" in found.fact


def test_a_fact_that_nothing_was_relabelled_is_no_finding():
    assert "L114" not in find(use(model(facts={"relabelled": known(False)})))


@pytest.mark.parametrize(
    ("weights", "kind", "raised"),
    [
        (Weights.OPEN, RouteKind.SELF_HOSTED, True),
        (Weights.OPEN, RouteKind.VENDOR_API, False),
        (Weights.CLOSED, RouteKind.VENDOR_API, False),
        (Weights.UNKNOWN, RouteKind.UNKNOWN, False),
    ],
)
def test_an_unknown_licence_matters_for_public_weights(weights, kind, raised):
    assert ("L115" in find(use(model(licence=None, weights=weights), by=route(kind)))) is raised


@pytest.mark.parametrize(
    ("duty", "severity"),
    [("no-grant", "blocker"), ("separate-licence", "high"), ("display", "medium"), ("notice", "low"), ("", "high")],
)
def test_past_a_threshold_the_duty_decides_how_bad_it_is(duty, severity):
    made = model(licence=licence(condition(ConditionKind.MAU_THRESHOLD, 1000, duty=duty)))
    found = find(use(made), company=Company(monthly_active_users=2000))["L102"]
    assert (found.severity.value, found.status) == (severity, "conflict")


@pytest.mark.parametrize(
    ("kind", "rule", "told"),
    [
        (ConditionKind.MAU_THRESHOLD, "L102", Company(monthly_active_users=5)),
        (ConditionKind.REVENUE_THRESHOLD, "L103", Company(annual_revenue_usd=5)),
        (ConditionKind.FUNDING_THRESHOLD, "L104", Company(funds_raised_usd=5, planned_round_usd=5)),
    ],
)
def test_each_threshold_is_research_without_the_number_and_ok_with_it(kind, rule, told):
    made = model(licence=licence(condition(kind, 1000)))
    without, with_it = find(use(made))[rule], find(use(made), company=told)[rule]
    assert (without.status, without.severity.value) == ("research-needed", "medium")
    assert (with_it.status, with_it.severity.value, with_it.questions) == ("ok", "info", ())
    assert "against" in with_it.fact
    assert "not told" not in with_it.fact


def test_a_territory_outside_the_grant_is_a_conflict_and_named_in_the_fact_only():
    made = model(licence=licence(condition(ConditionKind.TERRITORY_LIMIT, territories=("EU", "GB", "KR"))))
    found = find(use(made), company=Company(seat="KR", markets=("US",)))["L105"]
    assert (found.severity, found.status) == (Severity.BLOCKER, "conflict")
    assert "KR" in found.fact
    assert "KR" not in found.title


def test_two_thresholds_of_one_licence_give_two_findings():
    text = licence(condition(ConditionKind.MAU_THRESHOLD, 100), condition(ConditionKind.REVENUE_THRESHOLD, 200))
    assert {"L102", "L103"} <= set(find(use(model(licence=text))))


@pytest.mark.parametrize(("number", "findings"), [(1, 1), (3, 1)])
def test_many_models_under_one_limit_share_a_finding(number, findings):
    text = licence(condition(ConditionKind.MAU_THRESHOLD, 100))
    uses = [use(model(f"a/{n}", licence=text)) for n in range(number)]
    found = [item for item in engine.find(report(*uses), context()) if item.rule == "L102"]
    assert len(found) == findings


def test_an_inherited_threshold_names_the_base():
    base = licence(condition(ConditionKind.MAU_THRESHOLD, 700_000_000), ident="base-community")
    found = find(use(model(lineage=(ancestor("base/llm", licence=base),))))["L102"]
    assert "inherited from base/llm" in found.fact


def test_selectable_models_with_limits_share_one_low_line():
    text = licence(condition(ConditionKind.MAU_THRESHOLD, 100))
    uses = [use(model(f"x/{n}", licence=text), Evidence.SELECTABLE) for n in range(3)]
    found = find(*uses)
    assert found["L117"].severity is Severity.LOW
    assert "L102" not in found


def test_a_closed_model_raises_no_licence_finding():
    assert not [rule for rule in find(use(closed(), by=route(RouteKind.VENDOR_API))) if rule.startswith("L")]
