"""Two significant figures, and no exponent in the text."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcdd.pricing.rounding import plain, round_significant


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        ("0", 2, "0"),
        ("1234", 2, "1200"),
        ("1250", 2, "1300"),
        ("0.01234", 2, "0.012"),
        ("99.6", 2, "100"),
        ("5", 2, "5"),
        ("6.25", 2, "6.3"),
        ("1E+5", 2, "100000"),
        ("1026470731056", 3, "1030000000000"),
    ],
)
def test_figures_are_rounded_half_up_and_written_plainly(value, digits, expected):
    assert str(round_significant(Decimal(value), digits)) == expected


@given(st.decimals(min_value="0.000001", max_value=10**12, allow_nan=False, allow_infinity=False))
def test_rounding_twice_changes_nothing_and_errs_by_five_per_cent_at_most(value):
    once = round_significant(value)
    assert round_significant(once) == once
    assert abs(once - value) <= value * Decimal("0.05")


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=6))
def test_plain_keeps_the_value(value):
    assert plain(value) == value
    assert "E+" not in str(plain(value))
