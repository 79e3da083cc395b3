"""The built-in policies pass the cases that stand in their own files, and a wrong case is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vcdd.core.finding import Action
from vcdd.policy.cases import run_cases
from vcdd.policy.load import BUILT_IN, load_policy
from vcdd.questions.bank import load_bank

CASES = [(name, result) for name in BUILT_IN for result in run_cases(load_policy(name))]


@pytest.mark.parametrize(("name", "result"), CASES, ids=lambda item: getattr(item, "name", item))
def test_each_embedded_case_passes(name, result):
    assert result.passed, result.message


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_policy_has_cases_owners_and_questions_of_the_bank(name):
    policy = load_policy(name)
    assert len(policy.cases) >= 5
    assert all(rule.owner for rule in policy.rules)
    assert {ident for rule in policy.rules for ident in rule.ask} <= set(load_bank())


def test_the_default_policy_denies_two_things_only_and_never_speaks_of_origin():
    policy = load_policy("default")
    assert {rule.id for rule in policy.rules if rule.action is Action.DENY} == {"LIC-NC", "LIFE-RETIRED"}
    keys = {key for rule in policy.rules for key in rule.when}
    assert not keys & {"originator_in", "originator_country", "regime", "storage_country_not"}


def test_a_failing_case_says_what_was_expected_and_what_came():
    policy = load_policy("default")
    wrong = replace(policy.cases[0], expect=Action.ALLOW)
    other = replace(policy.cases[0], rule="LIC-THRESHOLD")
    results = run_cases(replace(policy, cases=(wrong, other)))
    assert [item.message for item in results] == [
        "expected allow, got deny",
        "expected rule LIC-THRESHOLD, decided by LIC-NC",
    ]
