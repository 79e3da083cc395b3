"""D4: lists by their recorded effect; silence about whoever is not on one."""

from __future__ import annotations

import pytest

from tests.rules.factory import Entry, ancestor, context, lab, model, report, saw, use
from vcdd.core.evidence import Evidence
from vcdd.core.finding import Severity
from vcdd.core.reference import ObservationKind
from vcdd.rules import engine


def find(*uses, entries=(), **rest):
    found = engine.find(report(*uses, **rest), context(lists={entry.code: entry for entry in entries}))
    return [item for item in found if item.rule.startswith("R4")]


LISTED = model(lab=lab(list_entries=("US-LIST-1",)))


def test_a_listed_lab_gives_information_with_effect_status_date_and_legal_name():
    (found,) = find(use(LISTED), entries=(Entry(),))
    assert found.severity is Severity.INFO
    assert "as Acme Beijing Ltd., match confirmed" in found.fact
    assert "in force since 2025-01-16; record read 2026-11-01" in found.fact
    assert "A licence is needed to export listed items to this entity." in found.consequence


def test_a_title_is_short_and_the_fact_keeps_the_whole_name_of_the_list():
    made = model(lab=lab(name="Acme (Brand, Other Brand)", list_entries=("US-LIST-1",)))
    (found,) = find(use(made), entries=(Entry(instrument="Act 2021 s.1260H list, release of 2026-06-08"),))
    assert found.title == "Acme is named in: Act 2021 s.1260H list"
    assert "Acme is named in Act 2021 s.1260H list, release of 2026-06-08 (US;" in found.fact


@pytest.mark.parametrize("status", ["posted-then-withdrawn", "removed", "not-listed"])
def test_what_is_not_a_listing_is_not_said(status):
    assert find(use(LISTED), entries=(Entry(status=status),)) == []


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (Entry(status="proposed"), "Example List (US, proposed, not law)"),
        (Entry(status="unknown"), "Example List (US, status not verified)"),
        (Entry(status="proposed", tier="possible"), "Example List (US, proposed, not law, match possible)"),
        (Entry(tier="possible"), "Example List (US, in force, match possible)"),
    ],
)
def test_bills_and_unconfirmed_records_are_one_soft_line_of_low_confidence(entry, words):
    (found,) = find(use(LISTED), entries=(entry,))
    assert (found.rule, found.confidence.value) == ("R403", "low")
    assert words in found.fact


def test_a_lab_with_firm_and_soft_records_has_both_lines():
    made = model(lab=lab(list_entries=("A", "B", "C")))
    entries = (Entry(code="A"), Entry(code="B", instrument="Bill 1", status="proposed"),
               Entry(code="C", instrument="Bill 2", status="proposed"))  # fmt: skip
    found = find(use(made), entries=entries)
    assert [item.rule for item in found] == ["R401", "R403"]
    assert "Bill 1 (US, proposed, not law) and Bill 2 (US, proposed, not law)" in found[1].fact


def test_twenty_orders_with_one_effect_are_one_finding():
    codes = tuple(f"US-STATE-{n}" for n in range(20))
    made = model(lab=lab(list_entries=codes))
    entries = tuple(Entry(code=code, jurisdiction=f"US-{n:02}") for n, code in enumerate(codes))
    assert len(find(use(made), entries=entries)) == 1


def test_lists_of_different_effect_share_a_finding_and_keep_each_its_effect():
    made = model(lab=lab(list_entries=("A", "B")))
    entries = (Entry(code="A", effect="Export needs a licence."),
               Entry(code="B", instrument="Order 2", effect="Bars the application from offices."))  # fmt: skip
    (found,) = find(use(made), entries=entries)
    assert found.title.endswith("named in 2 lists or orders")
    assert "Example List: Export needs a licence. Order 2: Bars the application from offices." in found.consequence


def test_an_ancestors_lab_counts():
    made = model(lineage=(ancestor(lab=lab("baselab", list_entries=("US-LIST-1",))),))
    assert len(find(use(made), entries=(Entry(),))) == 1


def test_an_inferred_base_names_nobody():
    guess = ancestor(how="inferred", lab=lab("baselab", list_entries=("US-LIST-1",)))
    assert find(use(model(lineage=(guess,))), entries=(Entry(),)) == []


def test_a_selectable_model_of_a_listed_lab_is_silent():
    assert find(use(LISTED, Evidence.SELECTABLE), entries=(Entry(),)) == []


def test_a_possible_match_of_unverified_status_is_silent():
    assert find(use(LISTED), entries=(Entry(status="unknown", tier="possible"),)) == []


def test_a_code_without_a_record_is_silent():
    assert find(use(LISTED)) == []


def test_fine_tuning_open_weights_raises_the_modifier_question():
    seen = (saw(ObservationKind.FINE_TUNING, "train.py"),)
    assert [item.rule for item in find(use(model()), observations=seen)] == ["R402"]
    assert find(observations=seen) == []
