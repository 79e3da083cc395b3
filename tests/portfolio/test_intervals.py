"""Wilson's interval: its published values, its bounds, and what it must do for every n and N."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcdd.portfolio.intervals import Share, wilson


@pytest.mark.parametrize(
    ("n", "of", "low", "high"),
    [
        # Newcombe 1998 (Statistics in Medicine 17), table of method 3, rounded to four places
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_published_values(n, of, low, high):
    """The figures of the paper that compared seven methods."""
    assert wilson(n, of) == pytest.approx((low, high), abs=5e-5)


def test_nothing_is_known_without_a_denominator():
    """0 of 0 says nothing: the whole range."""
    assert wilson(0, 0) == (0.0, 1.0)
    assert Share(n=0, of=0).value is None
    assert Share(n=0, of=0, unknown=0).at_most is None


@pytest.mark.parametrize(("n", "of"), [(-1, 3), (4, 3)])
def test_impossible_counts_are_refused(n, of):
    """More hits than members is our own bug, and must not become a share."""
    with pytest.raises(ValueError, match="of"):
        wilson(n, of)


counts = st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(counts)
def test_the_share_lies_inside_and_the_interval_inside_zero_to_one(pair):
    """0 ≤ low ≤ n/N ≤ high ≤ 1, and never a point unless N is endless."""
    n, of = pair
    low, high = wilson(n, of)
    assert 0 <= low <= n / of <= high <= 1
    assert low < high


@given(counts)
def test_counting_the_others_mirrors_the_interval(pair):
    """n of N and N−n of N are one observation."""
    n, of = pair
    low, high = wilson(n, of)
    other_low, other_high = wilson(of - n, of)
    assert (low, high) == pytest.approx((1 - other_high, 1 - other_low), abs=1e-12)


@given(counts)
def test_more_of_the_same_is_narrower(pair):
    """Ten times the companies with the same share give a narrower interval."""
    n, of = pair
    low, high = wilson(n, of)
    narrow_low, narrow_high = wilson(10 * n, 10 * of)
    assert narrow_high - narrow_low < high - low


@given(counts, st.integers(0, 50))
def test_one_hit_more_moves_both_bounds_up(pair, extra):
    """Both bounds grow with n."""
    n, of = pair
    more = min(of, n + extra)
    assert wilson(n, of)[0] <= wilson(more, of)[0] + 1e-15
    assert wilson(n, of)[1] <= wilson(more, of)[1] + 1e-15
