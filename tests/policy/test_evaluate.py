"""From report to outcome: who decides, what is set aside, which gates hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.rules.factory import (
    APACHE,
    NON_COMMERCIAL,
    TODAY,
    UNKNOWN,
    Entry,
    ancestor,
    at,
    closed,
    condition,
    known,
    lab,
    licence,
    model,
    provider,
    report,
    route,
    saw,
    use,
)
from tests.rules.wording import banned_in
from vcdd.core.company import Company
from vcdd.core.evidence import Evidence
from vcdd.core.finding import Action, Attestation
from vcdd.core.model import ConditionKind, DateKind, Lifecycle, LifecycleStatus
from vcdd.core.reference import ObservationKind
from vcdd.core.report import Unresolved
from vcdd.core.route import RouteKind
from vcdd.core.source_file import Coverage, Skipped
from vcdd.policy.evaluate import evaluate
from vcdd.policy.load import load_policy
from vcdd.policy.schema import PolicyException

DEFAULT, GOV, EU = (load_policy(name) for name in ("default", "us-gov-facing", "eu-consumer"))
API = route(RouteKind.VENDOR_API, provider("vendor"))


def judged(*uses, policy=DEFAULT, company=None, **rest):
    return evaluate(report(*uses, **rest), policy, company, TODAY)


def rules(outcome):
    return [(item.rule, item.action.value) for item in outcome.decisions]


def test_nothing_found_is_allowed():
    outcome = judged()
    assert (outcome.action, outcome.decisions, outcome.policy) == (Action.ALLOW, (), "default")


def test_the_strictest_decision_comes_first_and_decides():
    text = licence(condition(ConditionKind.MAU_THRESHOLD, 100))
    outcome = judged(use(model("b/terms", licence=text)), use(model("a/nc", licence=NON_COMMERCIAL)))
    assert outcome.action is Action.DENY
    assert rules(outcome) == [("LIC-NC", "deny"), ("LIC-THRESHOLD", "review")]
    assert outcome.decisions[0].location == at()


@pytest.mark.parametrize(
    ("evidence", "action"),
    [("bound", "deny"), ("deployed", "deny"), ("selectable", "note"), ("dependency", "note"),
     ("test", "allow"), ("mention", "allow"), ("catalog", "allow")],
)  # fmt: skip
def test_weaker_evidence_can_only_note_and_mentions_are_not_judged(evidence, action):
    assert judged(use(model(licence=NON_COMMERCIAL), Evidence(evidence))).action.value == action


def test_restricted_weights_behind_the_labs_own_api_are_not_denied():
    assert judged(use(model(licence=NON_COMMERCIAL), by=API)).action is Action.ALLOW


def test_a_declared_restricted_ancestor_denies_and_an_inferred_one_asks():
    declared = model(lineage=(ancestor(licence=NON_COMMERCIAL),))
    inferred = model(lineage=(ancestor(how="inferred", licence=NON_COMMERCIAL),))
    assert judged(use(declared)).action is Action.DENY
    assert rules(judged(use(inferred))) == [("LIC-UNKNOWN", "review")]


def test_a_condition_that_the_companys_number_settles_is_no_longer_reviewed():
    made = model(licence=licence(condition(ConditionKind.MAU_THRESHOLD, 100)))
    assert judged(use(made)).action is Action.REVIEW
    assert judged(use(made), company=Company(monthly_active_users=5)).action is Action.ALLOW
    assert judged(use(made), company=Company(monthly_active_users=500)).action is Action.REVIEW


def retired(status=LifecycleStatus.RETIRED, days=-9, kind=DateKind.EFFECTIVE):
    return Lifecycle(status=status, date=TODAY + timedelta(days=days), date_kind=kind, checked=TODAY)


@pytest.mark.parametrize(
    ("lifecycle", "expected"),
    [
        (retired(), [("LIFE-RETIRED", "deny")]),
        (retired(LifecycleStatus.DEPRECATED, 30, DateKind.ANNOUNCED), [("LIFE-SOON", "review")]),
        (retired(LifecycleStatus.DEPRECATED, 300, DateKind.ANNOUNCED), []),
        (retired(LifecycleStatus.ACTIVE, 3, DateKind.NOT_SOONER_THAN), []),
    ],
)
def test_retired_is_denied_announced_is_reviewed_and_a_floor_is_nothing(lifecycle, expected):
    assert rules(judged(use(closed(lifecycle=lifecycle), by=API))) == expected


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({}, []),
        ({"storage": known("not-stated")}, [("DATA-SILENT", "review")]),
        ({"storage": UNKNOWN}, [("DATA-UNKNOWN", "review")]),
        ({"trains_by_default": known(True)}, [("DATA-TERMS", "review")]),
        ({"trains_by_default": UNKNOWN}, [("DATA-TERMS", "review")]),
    ],
)
def test_vendor_terms_under_default(terms, expected):
    outcome = judged(use(closed(), by=route(RouteKind.VENDOR_API, provider("v", **terms))))
    assert rules(outcome) == expected
    if terms.get("trains_by_default") is UNKNOWN:
        assert outcome.decisions[0].reason.startswith("Cannot tell, whether the vendor trains on prompts is not known.")


def test_self_hosted_open_weights_are_allowed_under_default_whoever_made_them():
    assert judged(use(model(lab=lab("deepseek", "CN", name="DeepSeek")))).action is Action.ALLOW


@pytest.mark.parametrize(
    ("made", "by", "decides", "action"),
    [
        (model(lab=lab("deepseek", "CN", name="DeepSeek")), route(), "GOV-1532", "deny"),
        (model(lab=lab("hf", "CN", name="X", parent="High-Flyer")), route(), "GOV-1532", "deny"),
        (model(lab=lab("alibaba", "CN")), route(), "GOV-COVERED-ORIGIN", "review"),
        (model(lab=lab("us"), lineage=(ancestor(lab=lab("alibaba", "CN")),)), route(), "GOV-COVERED-ORIGIN", "review"),
        (closed(), route(RouteKind.VENDOR_API, provider("v", storage_country=known("FR"))), "GOV-DATA", "deny"),
        (model(lab=None), route(), "GOV-LINEAGE", "review"),
        (model(lineage=(ancestor(how="inferred"),)), route(), "GOV-LINEAGE", "review"),
    ],
)
def test_the_government_facing_policy(made, by, decides, action):
    outcome = judged(use(made, by=by), policy=GOV)
    assert outcome.action.value == action
    assert decides in [item.rule for item in outcome.decisions if item.action is outcome.action]
    assert outcome.decisions[0].owner == "gc@example.com"


def test_a_regime_that_nothing_switches_on_is_a_note():
    asleep = replace(GOV, context=replace(GOV.context, sells_to=()))
    outcome = judged(use(model(lab=lab("deepseek", "CN", name="DeepSeek"))), policy=asleep)
    note = next(item for item in outcome.decisions if item.rule == "GOV-1532")
    assert note.action is Action.NOTE
    assert note.reason.startswith("Noted: nothing says that the company falls under ndaa-2026-1532.")


def test_an_inferred_base_of_a_named_lab_is_reviewed_and_never_denied():
    guess = ancestor(how="inferred", lab=lab("deepseek", "CN", name="DeepSeek"))
    outcome = judged(use(model("local:w", lab=None, lineage=(guess,))), policy=GOV)
    assert outcome.action is Action.REVIEW
    named = next(item for item in outcome.decisions if item.rule == "GOV-1532")
    assert named.reason.startswith("Cannot tell, who trained the model is not known.")


def test_an_unknown_originator_is_reviewed_and_never_denied_by_name():
    outcome = judged(use(model(lab=None)), policy=GOV)
    assert outcome.action is Action.REVIEW
    assert next(item for item in outcome.decisions if item.rule == "GOV-1532").reason.startswith("Cannot tell")


@pytest.mark.parametrize(
    ("made", "by", "expected"),
    [
        (
            model(licence=licence(condition(ConditionKind.TERRITORY_LIMIT, territories=("EU",)))),
            route(),
            "EU-TERRITORY",
        ),
        (model(licence=licence(ident="llama4"), modality="vision"), route(), "EU-LLAMA4"),
        (closed(), route(RouteKind.VENDOR_API, provider("v", storage_country=known("SG"))), "EU-TRANSFER"),
        (model(modality="video"), route(), "EU-MEDIA-MARK"),
        (model(modality="speech"), route(), "EU-MEDIA-MARK"),
    ],
)
def test_the_eu_policy(made, by, expected):
    assert judged(use(made, by=by), policy=EU).decisions[0].rule == expected


def test_fine_tuning_is_noted_under_the_eu_policy():
    tuned = (saw(ObservationKind.FINE_TUNING, "train.py"),)
    assert ("EU-MODIFIER", "note") in rules(judged(use(model()), policy=EU, observations=tuned))
    assert rules(judged(use(model()), policy=EU)) == []


def test_llama4_raises_nothing_under_the_other_profiles():
    made = model(licence=licence(ident="llama4"), modality="vision")
    assert rules(judged(use(made))) == []


# Gates

OUTSIDE = Unresolved(kind="endpoint-from-outside", subject="BASE_URL", locations=(at("c.yml", 8),), why="env")


def test_an_address_from_outside_reaches_the_gate_with_its_place():
    outcome = judged(unresolved=(OUTSIDE,))
    assert rules(outcome) == [("gate:unknown_data_path", "review")]
    assert outcome.decisions[0].location == at("c.yml", 8)
    assert "BASE_URL" in outcome.decisions[0].reason


@pytest.mark.parametrize("by", [route(RouteKind.UNKNOWN), route(RouteKind.VENDOR_API, provider("v"), open_symbol="U")])
def test_an_unknown_route_or_an_open_variable_reaches_the_gate(by):
    assert ("gate:unknown_data_path", "review") in rules(judged(use(closed(), by=by)))


def test_an_attested_address_is_settled_until_it_expires():
    said = Attestation(slot="BASE_URL", model="own gateway", by="f", on=TODAY, expires=date(2027, 1, 1))
    assert judged(unresolved=(OUTSIDE,), attestations=(said,)).action is Action.ALLOW
    assert judged(unresolved=(OUTSIDE,), attestations=(replace(said, expired=True),)).action is Action.REVIEW


@pytest.mark.parametrize(("read", "incomplete"), [(90, False), (89, True)])
def test_too_little_read_makes_the_outcome_incomplete(read, incomplete):
    outcome = judged(coverage=Coverage(files_total=100, files_read=read))
    assert outcome.incomplete is incomplete
    assert bool(outcome.decisions) is incomplete


def test_images_and_sound_do_not_make_the_outcome_incomplete():
    gone = tuple(Skipped(path=f"{n}.png", reason="binary") for n in range(60))
    outcome = judged(coverage=Coverage(files_total=100, files_read=40, files_skipped=gone))
    assert not outcome.incomplete


def test_old_facts_are_noted_with_number_limit_and_oldest_day():
    old = Lifecycle(status=LifecycleStatus.ACTIVE, checked=date(2026, 1, 1))
    outcome = judged(use(closed(lifecycle=old), by=API))
    assert rules(outcome) == [("gate:stale_after_days", "note")]
    assert outcome.decisions[0].reason == "1 lifecycle fact older than 45 days, the oldest of 2026-01-01."


def test_old_list_records_of_labs_in_use_are_noted():
    listed = use(model(lab=lab(list_entries=("US-LIST-1",))))
    old = {"US-LIST-1": Entry(checked=date(2026, 1, 1))}
    outcome = evaluate(report(listed), DEFAULT, None, TODAY, lists=old)
    assert outcome.decisions[0].reason == "1 list record older than 45 days, the oldest of 2026-01-01."
    assert evaluate(report(listed), DEFAULT, None, TODAY, lists={"US-LIST-1": Entry()}).decisions == ()
    assert evaluate(report(use(model())), DEFAULT, None, TODAY, lists=old).decisions == ()


# Exceptions


def excepted(**changes):
    values = {"rule": "LIC-NC", "subject": "acme/base-7b", "reason": "grant", "approver": "gc", "expires": TODAY}
    return replace(DEFAULT, exceptions=(PolicyException(**{**values, **changes}),))


def test_an_exception_sets_aside_until_its_last_day_and_stays_visible():
    outcome = judged(use(model(licence=NON_COMMERCIAL)), policy=excepted())
    assert outcome.action is Action.ALLOW
    assert outcome.decisions[0].excepted_by == "gc until 2026-11-24: grant"


@pytest.mark.parametrize(
    "changes", [{"expires": TODAY - timedelta(days=1)}, {"subject": "other/model"}, {"rule": "LIC-THRESHOLD"}]
)
def test_an_expired_or_other_exception_sets_nothing_aside(changes):
    assert judged(use(model(licence=NON_COMMERCIAL)), policy=excepted(**changes)).action is Action.DENY


def test_a_gate_can_be_excepted_too():
    policy = excepted(rule="unknown_data_path", subject="unknown_data_path")
    assert judged(unresolved=(OUTSIDE,), policy=policy).action is Action.ALLOW


# Shape


def test_a_model_by_two_routes_has_one_decision_per_rule_and_the_stricter_one():
    by = route(RouteKind.VENDOR_API, provider("v", storage_country=known("FR")))
    outcome = judged(use(model(), by=by), use(model(), by=route(RouteKind.AGGREGATOR)), policy=GOV)
    assert [item.rule for item in outcome.decisions].count("GOV-DATA") == 1


def test_decisions_are_the_same_whatever_the_order_of_uses():
    uses = (use(model("a/nc", licence=NON_COMMERCIAL)), use(model("b/x", lab=None)), use(model("c", licence=APACHE)))
    assert judged(*uses, policy=GOV) == judged(*reversed(uses), policy=GOV)


def test_context_and_explicitness_are_reported():
    outcome = evaluate(report(), GOV, None, TODAY, explicit=True)
    assert outcome.explicit
    assert outcome.context == (("sells_to", "us-dod, us-federal-civil"),)


def test_no_reason_holds_a_banned_word():
    uses = (
        use(model(lab=None, licence=None)),
        use(closed(), by=route(RouteKind.VENDOR_API, provider("v", dpa=UNKNOWN))),
    )
    for policy in (DEFAULT, GOV, EU):
        outcome = judged(*uses, policy=policy, unresolved=(OUTSIDE,))
        assert [word for item in outcome.decisions for word in banned_in(item.reason)] == []
