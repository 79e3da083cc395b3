"""Which of a model's prices applies to one request, and what it costs in the cheap, likely and dear case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from vcdd.core.cost import Price
from vcdd.pricing import conditions

MTOK = Decimal(1_000_000)
CURRENCY = "USD"
"""The only currency that is added up: nothing is converted without a dated rate."""


class Range(NamedTuple):
    """Low, likely and high case of one quantity; all equal for a quantity that is known."""

    low: Decimal
    base: Decimal
    high: Decimal

    def times(self, other: Range) -> Range:
        """Case by case product."""
        return Range(self.low * other.low, self.base * other.base, self.high * other.high)

    def plus(self, other: Range) -> Range:
        """Case by case sum."""
        return Range(self.low + other.low, self.base + other.base, self.high + other.high)

    def over(self, divisor: Decimal) -> Range:
        """Every case divided by a positive number."""
        return Range(self.low / divisor, self.base / divisor, self.high / divisor)


def exactly(value: Decimal) -> Range:
    """A known quantity."""
    return Range(value, value, value)


def within(value: Decimal, share: Decimal) -> Range:
    """A quantity known to within a share of itself."""
    return Range(value * (1 - share), value, value * (1 + share))


def current(prices: Iterable[Price]) -> Iterator[Price]:
    """The prices that may be added up: not stale, in dollars."""
    return (price for price in prices if not price.stale and price.currency == CURRENCY)


def pick(
    prices: Sequence[Price], unit: str, *, input_tokens: Decimal = Decimal(0), batch: bool = False
) -> Price | None:
    """The current price of a unit for one request of this size; None where no ordinary or fitting price is known.

    Of the prices whose every condition is met the most special one wins: the batch price for a batch call, the highest
    tier below the size of the request. A tier looks at one request, never at a month.
    """
    fitting = [
        (len(atoms), max((conditions.threshold(atom) or 0 for atom in atoms), default=0), price)
        for price in current(prices)
        if price.unit == unit
        for atoms in (conditions.atoms_of(price.conditions),)
        if all(conditions.holds(atom, input_tokens=int(input_tokens), batch=batch) for atom in atoms)
    ]
    return max(fitting, key=lambda item: (item[1], item[0]))[2] if fitting else None


def spread(prices: Sequence[Price], chosen: Price) -> Range:
    """A price as a range: up to the dearest source, and up to the peak-hour price where the seller has one."""
    peaks = (p.amount for p in current(prices) if p.unit == chosen.unit and conditions.is_peak(p.conditions))
    high = max((chosen.amount, chosen.high or chosen.amount, *peaks))
    return Range(chosen.amount, (chosen.amount + high) / 2, high)


def rate(
    prices: Sequence[Price], unit: str, *, input_tokens: Decimal = Decimal(0), batch: bool = False
) -> Range | None:
    """The price of a unit for one request, as a range; None where there is no current one."""
    chosen = pick(prices, unit, input_tokens=input_tokens, batch=batch)
    return spread(prices, chosen) if chosen else None
