"""Explanations show facts, evidence, the cap and what would change it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rules.factory import NON_COMMERCIAL, context, known, model, reference, report, route, use
from tests.rules.wording import banned_in
from vcdd.core.evidence import Evidence
from vcdd.core.model import ModelUse
from vcdd.core.reference import Reason
from vcdd.errors import UsageError
from vcdd.rules.engine import find
from vcdd.rules.explain import explain_finding, explain_rule
from vcdd.rules.records import load_records


def scanned(*uses):
    given = report(*uses)
    return replace(given, findings=find(given, context()))


def sections(explanation):
    return dict(explanation.sections)


@pytest.mark.parametrize("rule", load_records())
def test_every_rule_explains_itself_by_id_and_by_name(rule):
    by_id, by_name = explain_rule(rule.lower()), explain_rule(load_records()[rule].name)
    assert by_id == by_name
    assert {"What it does", "Why an investor cares", "Example", "Remediation", "References"} <= set(sections(by_id))


def test_an_unknown_rule_gets_a_near_miss():
    with pytest.raises(UsageError) as error:
        explain_rule("retired-modle")
    assert error.value.help == "Did you mean `retired-model`?"


REASON = Reason(rule="keyword-of-loader", row="transformers-auto", links=("app/settings.py:4 MODEL",))
SELECTABLE = ModelUse(
    model=model(licence=NON_COMMERCIAL, facts={"licence": known("acme-research")}),
    route=route(),
    references=(reference(evidence=Evidence.SELECTABLE, way="keyword", reason=REASON),),
)


def test_a_capped_finding_says_from_what_and_why_and_what_would_lift_it():
    given = scanned(SELECTABLE)
    finding = next(item for item in given.findings if item.rule == "L101")
    said = sections(explain_finding(given, finding.fingerprint))
    assert said["Severity"] == ("low, capped from blocker: evidence class selectable allows low at most",)
    assert any("lifts the cap" in line for line in said["What would change it"])
    assert "keyword-of-loader" in said["Evidence"][0]
    assert "app/settings.py:4 MODEL" in said["Evidence"][0]
    assert said["Facts behind it"] == ("licence: acme-research (test record, checked 2026-11-01, confidence high)",)


def test_a_finding_is_found_by_a_beginning_of_its_fingerprint_and_by_its_id():
    given = scanned(SELECTABLE)
    finding = given.findings[0]
    assert explain_finding(given, finding.fingerprint[:8]) == explain_finding(given, finding.id)


@pytest.mark.parametrize("mark", ["", "0", "zzzzzzzz"])
def test_no_finding_is_a_usage_error(mark):
    with pytest.raises(UsageError):
        explain_finding(scanned(SELECTABLE), mark)


def test_explanations_hold_no_banned_word():
    given = scanned(SELECTABLE, use(model("b/two", lab=None, licence=None)))
    lines = [line for item in given.findings for _, part in explain_finding(given, item.id).sections for line in part]
    assert [word for line in lines for word in banned_in(line)] == []
