"""D9: statements and code, own weights, names that another model answers to."""

from __future__ import annotations

import pytest

from tests.rules.factory import ancestor, closed, context, known, lab, model, report, use
from vcdd.core.finding import Claim, Severity
from vcdd.rules import engine


def find(*uses, **rest):
    return {item.rule: item for item in engine.find(report(*uses, **rest), context())}


def claim(status, kind="own-model"):
    return Claim(text="Our own model", where="deck.md:3", kind=kind, shown="In use are a and b.", status=status)


@pytest.mark.parametrize(
    ("status", "severity"),
    [
        ("inconsistent", "medium"),
        ("not supported", "medium"),
        ("stale", "low"),
        ("supported", None),
        ("cannot tell", None),
    ],
)
def test_only_statements_that_differ_raise_a_finding_and_staleness_weighs_less(status, severity):
    found = find(claims=(claim(status),)).get("D901")
    assert (found.severity.value if found else None) == severity
    if found:
        assert "The first explanation is that the text is older than the code" in found.consequence


OWN = model("local:weights/ours", lab=None, licence=None, lineage=(
    ancestor("base/llm-7b", how="inferred", relation="consistent-with", lab=lab("baselab", "FR")),
))  # fmt: skip


def test_own_weights_with_the_shape_of_a_base_are_consistent_with_it():
    found = find(use(OWN))["D902"]
    assert "consistent with base/llm-7b (Baselab)" in found.fact
    assert "not proof" in found.consequence
    assert found.severity is Severity.MEDIUM


def test_a_statement_of_an_own_model_makes_it_weigh_more():
    assert find(use(OWN), claims=(claim("inconsistent"),))["D902"].severity is Severity.HIGH


def test_a_declared_base_is_no_disclosure_matter():
    made = model("local:weights/ours", lineage=(ancestor("base/llm-7b"),))
    assert "D902" not in find(use(made))


def test_a_name_that_another_model_answers_to_is_said():
    made = closed("other-chat", facts={"answers_as": known("other-chat")})
    found = find(use(made))["D903"]
    assert "answers with other-chat" in found.fact
    assert "D903" not in find(use(closed("other-chat")))


def test_an_unnamed_model_is_said_by_its_words():
    made = closed("other:unknown", name="an unnamed model of Other", facts={"answers_as": known("other:unknown")})
    assert "answers with an unnamed model of Other" in find(use(made))["D903"].fact
