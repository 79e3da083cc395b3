"""The bank as data: complete, in order, and every trigger exists."""

from __future__ import annotations

import string

import pytest

from vcdd.questions.ask import TRIGGERS
from vcdd.questions.bank import load_bank


def test_the_bank_has_the_65_questions_and_its_two_additions_in_order():
    numbers = [int(ident[1:]) for ident in load_bank()]
    assert sorted(numbers) == list(range(1, 68))
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("entry", load_bank().values(), ids=lambda entry: entry.id)
def test_each_question_is_whole(entry):
    assert entry.text.endswith("?")
    assert entry.trigger == "never" or entry.trigger in TRIGGERS
    assert (entry.trigger == "never") == (entry.weight == 0) == (entry.why == "")
    names = {name for part in (entry.ask, entry.why) for _, name, _, _ in string.Formatter().parse(part) if name}
    assert names <= {"subject", "detail"}


def test_every_trigger_is_used():
    assert {entry.trigger for entry in load_bank().values()} - {"never"} == set(TRIGGERS)


@pytest.mark.parametrize("entry", load_bank().values(), ids=lambda entry: entry.id)
def test_what_only_the_founder_knows_is_always_asked_at_some_point(entry):
    if entry.answered_by == "F":
        assert entry.trigger != "never"
