"""Thresholds and territories against a company: three bins, and the number compared in the sentence."""

from __future__ import annotations

import pytest

from tests.rules.factory import ancestor, condition, licence, model
from vcdd.core.company import Company
from vcdd.core.model import ConditionKind
from vcdd.rules.conditions import carried, compare

USERS, REVENUE = ConditionKind.MAU_THRESHOLD, ConditionKind.REVENUE_THRESHOLD
FUNDING, TERRITORY = ConditionKind.FUNDING_THRESHOLD, ConditionKind.TERRITORY_LIMIT


@pytest.mark.parametrize(
    ("users", "status"), [(None, "research-needed"), (1, "ok"), (700_000_000, "ok"), (700_000_001, "conflict")]
)
def test_users_are_compared_with_more_than_the_limit(users, status):
    answer = compare(condition(USERS, 700_000_000), Company(monthly_active_users=users))
    assert answer.status == status
    assert "700,000,000" in answer.sentence


@pytest.mark.parametrize(
    ("revenue", "period", "status", "said"),
    [
        (None, "year", "research-needed", "$10,000,000 a year"),
        (9_999_999, "year", "ok", "$9,999,999 revenue a year"),
        (10_000_000, "year", "conflict", "$10,000,000"),
        (119_999_999, "month", "ok", "$9,999,999 revenue a month"),
        (120_000_000, "month", "conflict", "a month"),
    ],
)
def test_revenue_is_compared_by_the_period_of_the_licence(revenue, period, status, said):
    answer = compare(condition(REVENUE, 10_000_000, period=period), Company(annual_revenue_usd=revenue))
    assert answer.status == status
    assert said in answer.sentence


@pytest.mark.parametrize(
    ("raised", "planned", "status", "said"),
    [
        (None, None, "research-needed", "funds raised are not told"),
        (5_000_000, None, "conflict", "$5,000,000 raised"),
        (2_000_000, None, "research-needed", "a round of $3,000,000 or more ends the grant"),
        (2_000_000, 4_000_000, "conflict", "this round of $4,000,000 takes funds raised to $6,000,000"),
        (None, 6_000_000, "conflict", "this round of $6,000,000"),
        (1_000_000, 1_000_000, "ok", "$2,000,000 after this round"),
    ],
)
def test_the_round_under_discussion_counts_towards_funds_raised(raised, planned, status, said):
    told = Company(funds_raised_usd=raised, planned_round_usd=planned)
    answer = compare(condition(FUNDING, 5_000_000), told)
    assert answer.status == status
    assert said in answer.sentence


@pytest.mark.parametrize(
    ("seat", "markets", "duty", "status"),
    [
        ("", (), "", "research-needed"),
        ("US", (), "", "research-needed"),
        ("US", ("US", "CA"), "", "ok"),
        ("DE", (), "", "conflict"),
        ("US", ("FR",), "", "conflict"),
        ("US", ("EU",), "", "conflict"),
        ("US", ("UK",), "", "conflict"),
        ("US", ("FR",), "seat", "ok"),
        ("FR", ("US",), "seat", "conflict"),
    ],
)
def test_territories_know_members_of_the_eu_and_limits_of_seat_only(seat, markets, duty, status):
    limit = condition(TERRITORY, territories=("EU", "GB"), duty=duty)
    assert compare(limit, Company(seat=seat, markets=markets)).status == status


def test_a_threshold_without_a_figure_on_record_is_research():
    assert compare(condition(USERS), Company(monthly_active_users=5)).status == "research-needed"


def test_conditions_that_no_number_settles_have_no_answer():
    assert compare(condition(ConditionKind.ATTRIBUTION), Company()) is None


def test_what_an_ancestor_asks_in_the_same_words_is_carried_once_as_the_models_own():
    older, newer = (licence(condition(USERS, 700_000_000), ident=ident) for ident in ("v-1", "v-2"))
    items = carried(model(licence=newer, lineage=(ancestor("b/one", licence=older),)))
    assert [(item.licence.id, item.ancestor) for item in items] == [("v-2", None)]


def test_ancestors_conditions_are_carried_once_with_the_ancestor_named():
    base = licence(condition(USERS, 700_000_000), ident="base-community")
    own = licence(condition(ConditionKind.ACCEPTABLE_USE), ident="own")
    made = model(licence=own, lineage=(ancestor("b/one", licence=base), ancestor("b/two", licence=base)))
    items = carried(made)
    assert [(item.licence.id, item.ancestor.id if item.ancestor else "") for item in items] == [
        ("own", ""),
        ("base-community", "b/one"),
    ]
