"""Rounding for people: an estimate is never shown more exactly than it is known."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from vcdd.core.cost import Estimate


def round_significant(value: Decimal, digits: int = 2) -> Decimal:
    """`value` with `digits` significant figures, without an exponent: 1234 becomes 1200, 0.01234 becomes 0.012."""
    if value == 0:
        return Decimal(0)
    quantum = Decimal(1).scaleb(value.adjusted() - digits + 1)
    rounded = value.quantize(quantum, rounding=ROUND_HALF_UP)
    return plain(rounded)


def plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent in its text."""
    trimmed = value.normalize()
    exponent = trimmed.as_tuple().exponent
    return trimmed.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else trimmed


def rounded(estimate: Estimate) -> Estimate:
    """The estimate with every figure at two significant digits; an invoice keeps its own."""
    if estimate.grade == "A":
        return estimate
    low, base, high = (round_significant(value) for value in (estimate.low, estimate.base, estimate.high))
    return replace(estimate, low=low, base=base, high=high)
