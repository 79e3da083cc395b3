"""Attestations stand beside observations; an unknown slot is an error with file, line, key and a next step."""

from __future__ import annotations

import pytest

from tests.rules.factory import TODAY, at, closed, report, use
from vcdd.core.report import Unresolved
from vcdd.errors import ConfigError
from vcdd.rules.attest import read_bindings

OPEN = Unresolved(kind="model-from-outside", subject="LLM_MODEL", locations=(at(),), why="env")
GIVEN = report(use(closed("gpt-5.4"), slot="SMART_LLM"), unresolved=(OPEN,))
BINDING = '[[binding]]\nslot = "{slot}"\nmodel = "gpt-5.5"\nby = "A. Founder"\ndate = 2026-11-01\nexpires = {expires}\n'


def read(slot="SMART_LLM", expires="2027-05-01", text=None):
    return read_bindings(text or BINDING.format(slot=slot, expires=expires), "vcdd.toml", GIVEN, TODAY)


def test_the_attested_model_is_shown_beside_the_observed_one():
    (found,) = read()
    assert (found.model, found.observed, found.expired) == ("gpt-5.5", ("gpt-5.4",), False)


def test_an_open_variable_can_be_attested_and_was_never_observed():
    assert read("LLM_MODEL")[0].observed == ()


def test_an_expired_attestation_says_so():
    assert read(expires="2026-11-23")[0].expired
    assert not read(expires="2026-11-24")[0].expired


@pytest.mark.parametrize(
    ("text", "line", "word", "step"),
    [
        (BINDING.format(slot="SMRT_LLM", expires="2027-01-01"), 2, "SMRT_LLM", "Did you mean `SMART_LLM`?"),
        (BINDING.format(slot="zzz", expires="2027-01-01"), 2, "zzz", "Slots of this target: LLM_MODEL, SMART_LLM"),
        (BINDING.format(slot="SMART_LLM", expires='"soon"'), 6, "`expires` is not a date", "2027-03-31"),
        (BINDING.format(slot="SMART_LLM", expires="2027-01-01").replace("by =", "from ="), 4, "`from`", "Known keys"),
        (BINDING.format(slot="SMART_LLM", expires="2027-01-01").replace('by = "A. Founder"\n', ""), 1, "`by`", "Add"),
        (BINDING.format(slot="SMART_LLM", expires="2027-01-01") * 2, 8, "declared twice", "one declaration"),
    ],
)
def test_errors_name_file_line_key_and_next_step(text, line, word, step):
    with pytest.raises(ConfigError) as error:
        read(text=text)
    assert error.value.message.startswith(f"vcdd.toml:{line}: [binding]")
    assert word in error.value.message
    assert step in error.value.help


def test_other_tables_of_the_file_are_not_this_rooms_business():
    assert read(text="[scan]\noffline = true\n") == ()
