"""Conditions are written and read by the same words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcdd.pricing import conditions


@given(st.integers(min_value=1, max_value=10**9))
def test_a_tier_reads_back_as_the_number_it_was_written_with(tokens):
    assert conditions.threshold(conditions.above(tokens)) == tokens


@pytest.mark.parametrize(
    "atom", ["", "batch", "1080p", "above sea level", "above x input tokens", "peak hours 1-2 UTC"]
)
def test_other_atoms_are_no_tier(atom):
    assert conditions.threshold(atom) is None


def test_the_thousands_separator_of_a_tier_does_not_split_atoms():
    text = conditions.join(conditions.BATCH, "", conditions.above(200_000))
    assert conditions.atoms_of(text) == ("batch", "above 200,000 input tokens")


@pytest.mark.parametrize(
    ("atom", "size", "batch", "expected"),
    [
        ("batch", 1, True, True),
        ("batch", 1, False, False),
        ("above 200,000 input tokens", 200_001, False, True),
        ("above 200,000 input tokens", 200_000, False, False),
        ("1080p", 10**9, True, False),
    ],
)
def test_an_atom_holds_only_where_the_request_meets_it(atom, size, batch, expected):
    assert conditions.holds(atom, input_tokens=size, batch=batch) is expected


def test_peak_hours_are_recognised_among_other_atoms():
    assert conditions.is_peak(conditions.join("batch", conditions.peak("01:00-04:00")))
    assert not conditions.is_peak("batch")
