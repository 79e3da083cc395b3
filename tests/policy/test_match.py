"""Matching a rule: yes, no, or not known, and unknown is never a yes."""

from __future__ import annotations

import pytest

from vcdd.core.company import Company
from vcdd.core.finding import Action
from vcdd.policy.facts import UseFacts
from vcdd.policy.match import Circumstances, load_regimes, match
from vcdd.policy.schema import PolicyContext, PolicyRule

NOWHERE = Circumstances(context=PolicyContext())


def outcome(when, facts, around=NOWHERE):
    """True, False, or the tuple of unknown facts."""
    rule = PolicyRule(id="R", when=when, action=Action.DENY, reason="r", owner="o")
    found = match(rule, UseFacts(subject="m", **facts), around)
    return False if found is None else (found.open_facts or True)


@pytest.mark.parametrize(
    ("when", "facts", "expected"),
    [
        ({"license_class": ("non-commercial",)}, {"license_class": frozenset({"non-commercial"})}, True),
        ({"license_class": ("non-commercial",)}, {"license_class": frozenset({"unknown"})}, False),
        ({"license_has": ("mau-threshold",)}, {"license_has": frozenset({"mau-threshold", "flow-down"})}, True),
        ({"license_excludes_any": ("EU",)}, {"license_excludes": frozenset({"DE"})}, True),
        ({"license_excludes_any": ("EU", "UK")}, {"license_excludes": frozenset({"GB"})}, True),
        ({"license_excludes_any": ("EU",)}, {"license_excludes": frozenset({"KR"})}, False),
        ({"lifecycle": ("retired",)}, {"lifecycle": "retired"}, True),
        ({"lifecycle_days_left_max": 120}, {"lifecycle_days_left": 120}, True),
        ({"lifecycle_days_left_max": 120}, {"lifecycle_days_left": 121}, False),
        ({"lifecycle_days_left_max": 120}, {}, False),
        ({"hosting": ("vendor-api",), "storage": ("x",)}, {"hosting": "vendor-api", "storage": "stated"}, False),
        ({"storage_country_not": ("US",)}, {"storage_country": "FR"}, True),
        ({"storage_country_not": ("US",)}, {"storage_country": "US"}, False),
        ({"storage_country_not": ("US",)}, {"storage_country": "unknown"}, ("storage_country_not",)),
        ({"storage_country_not": ("US",)}, {"storage_country": ""}, False),
        ({"storage_country_not": ("EU",)}, {"storage_country": "IE"}, False),
        ({"storage_country_not_adequate": True}, {"storage_country": "SG"}, True),
        ({"storage_country_not_adequate": True}, {"storage_country": "IE"}, False),
        ({"storage_country_not_adequate": True}, {"storage_country": "NO"}, False),
        ({"storage_country_not_adequate": True}, {"storage_country": "JP"}, False),
        ({"storage_country_not_adequate": True}, {"storage_country": "US"}, ("storage_country_not_adequate",)),
        ({"storage_country_not_adequate": True}, {"storage_country": "unknown"}, ("storage_country_not_adequate",)),
        ({"storage_country_not_adequate": True}, {"storage_country": ""}, False),
        ({"vendor_trains_by_default": True}, {"vendor_trains_by_default": True}, True),
        ({"vendor_trains_by_default": True}, {"vendor_trains_by_default": None}, ("vendor_trains_by_default",)),
        ({"vendor_trains_by_default": True}, {}, False),
        ({"originator_in": ("High-Flyer",)}, {"originator": frozenset({"high flyer"})}, True),
        ({"originator_in": ("DeepSeek",)}, {"originator": frozenset({"OpenAI"})}, False),
        ({"originator_in": ("DeepSeek",)}, {"originator": frozenset({"unknown"})}, ("originator_in",)),
        ({"originator_country": ("CN",)}, {"originator_country": frozenset({"US", "CN"})}, True),
        ({"originator_country": ("EU",)}, {"originator_country": frozenset({"FR"})}, True),
        ({"originator_country": ("CN",)}, {"originator_country": frozenset({"US"})}, False),
        ({"originator_country": ("CN",)}, {"originator_country": frozenset({"unknown"})}, ("originator_country",)),
        ({"lineage": ("inferred",)}, {"lineage": frozenset({"declared", "inferred"})}, True),
        ({"modality": ("audio",)}, {"modality": frozenset({"speech", "audio"})}, True),
        ({"fine_tuned": True}, {"fine_tuned": True}, True),
        ({"fine_tuned": False}, {"fine_tuned": True}, False),
        ({"evidence": ("bound",)}, {}, True),
        ({"severity": ("blocker",)}, {"severity": frozenset({"blocker"})}, True),
    ],
)  # fmt: skip
def test_each_key_of_a_rule(when, facts, expected):
    assert outcome(when, facts) == expected


def test_all_keys_must_hold_and_a_known_no_beats_an_unknown():
    when = {"storage_country_not": ("US",), "hosting": ("vendor-api",)}
    assert outcome(when, {"hosting": "aggregator", "storage_country": "unknown"}) is False


@pytest.mark.parametrize(
    ("around", "dormant"),
    [
        (NOWHERE, ("ndaa-2026-1532",)),
        (Circumstances(context=PolicyContext(sells_to=("us-dod",))), ()),
        (Circumstances(context=PolicyContext(), company=Company(customers=("us-dod",))), ()),
        (Circumstances(context=PolicyContext(sells_to=("consumer",))), ("ndaa-2026-1532",)),
    ],
)
def test_a_regime_sleeps_until_context_or_company_wakes_it(around, dormant):
    rule = PolicyRule(id="R", when={"regime": ("ndaa-2026-1532",)}, action=Action.DENY, reason="r", owner="o")
    assert match(rule, UseFacts(subject="m"), around).dormant == dormant


def test_a_regime_that_is_not_on_record_never_wakes():
    rule = PolicyRule(id="R", when={"regime": ("made-up",)}, action=Action.DENY, reason="r", owner="o")
    around = Circumstances(context=PolicyContext(sells_to=("us-dod",)))
    assert match(rule, UseFacts(subject="m"), around).dormant == ("made-up",)


def test_every_regime_has_a_source_and_a_day():
    for regime in load_regimes()["regimes"].values():
        assert regime["source"].startswith("https://")
        assert regime["checked"]
        assert regime["customers"]
