"""D2: who made it. Information or an open question, never graded."""

from __future__ import annotations

from tests.rules.factory import ancestor, context, lab, model, report, use
from vcdd.core.finding import Severity
from vcdd.core.model import Developer, Role
from vcdd.rules import engine


def find(*uses):
    return {item.rule: item for item in engine.find(report(*uses), context())}


def test_an_unknown_originator_is_an_open_question_even_when_the_uploader_is_known():
    made = model(lab=None, developers=(Developer(lab=lab("uploader", "DE"), role=Role.DISTRIBUTOR),))
    found = find(use(made))
    assert found["O201"].severity is Severity.OPEN
    assert "DE" not in found["O205"].fact


def test_a_distillation_names_both_labs_with_the_seat_of_each():
    made = model(lab=lab("tuner", "CN"), lineage=(ancestor(lab=lab("baselab", "US")),))
    assert "Tuner (seat CN) and Baselab (seat US)" in find(use(made))["O202"].fact


def test_a_fine_tune_by_the_same_lab_is_not_mixed():
    made = model(lab=lab("one"), lineage=(ancestor(lab=lab("one")),))
    assert "O202" not in find(use(made))


def test_a_reupload_names_the_distributor():
    made = model(developers=(Developer(lab=lab("quantiser"), role=Role.DISTRIBUTOR),))
    assert "uploaded by Quantiser" in find(use(made))["O203"].fact


def test_five_files_of_one_distributor_are_one_finding():
    by = (Developer(lab=lab("quantiser"), role=Role.DISTRIBUTOR),)
    found = engine.find(report(*(use(model(f"a/{n}", developers=by)) for n in range(5))), context())
    assert [item.rule for item in found].count("O203") == 1


def test_an_id_in_no_record_at_all_is_left_to_the_coverage_rules():
    assert "O201" not in find(use(model(lab=None, match="none")))
    assert "O201" in find(use(model("local:w", lab=None, match="none")))


def test_the_originators_own_upload_is_no_reupload():
    made = model(developers=(Developer(lab=lab("acme"), role=Role.DISTRIBUTOR),))
    assert "O203" not in find(use(made))


def test_an_inferred_base_is_said_to_be_consistent_with():
    found = find(use(model(lineage=(ancestor("base/llm", how="inferred"),))))["O204"]
    assert "consistent with base/llm" in found.fact
    assert found.severity is Severity.INFO


def test_the_spread_counts_models_by_seat_of_the_originator():
    found = find(use(model("a/1")), use(model("a/2")), use(model("b/1", lab=lab("b", "FR"))))["O205"]
    assert "US 2 of 3 and FR 1 of 3" in found.fact
    assert found.severity is Severity.INFO
