"""Many quotes for one unit become one price: who is believed, what is a range, what is too old."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from vcdd.core.cost import Price
from vcdd.pricing.rounding import plain
from vcdd.pricing.units import order

_TRUST = {"contract": 0, "vendor": 1, "aggregator": 2, "price-library": 3}
"""Who is believed first: the user's own contract, the seller's page, a reseller's page, a collection of prices."""
_TOLERANCE = Decimal("1.2")
"""Sources that differ by more than 20 % are a range, not a price (product page 5.3)."""


def merge_prices(quotes: Iterable[Price], on: date, stale_after_days: int) -> tuple[Price, ...]:
    """One price per unit, conditions and currency, in table order.

    The most trusted source that is not stale gives `amount`. Another fresh source that asks over 20 % more gives
    `high`; one that asks over 20 % less is named in `source`. Two sources of equal trust that differ so give the
    cheaper as `amount` and the dearer as `high`. Stale quotes speak only where nothing fresh does. A contract silences
    the list price of the same unit even where it is in another currency.
    """
    given = tuple(quotes)
    agreed = {(quote.unit, quote.conditions) for quote in given if quote.source_kind == "contract"}
    valid = (q for q in given if q.source_kind == "contract" or (q.unit, q.conditions) not in agreed)
    dated = sorted((mark_stale(quote, on, stale_after_days) for quote in valid), key=_place)
    return tuple(_one(tuple(group)) for _, group in groupby(dated, key=_key))


def mark_stale(price: Price, on: date, stale_after_days: int) -> Price:
    """The price with `stale` set when nobody has looked at it for longer than the limit, or ever.

    A contract price is as old as its file and never stale.
    """
    if price.stale or price.source_kind == "contract":
        return price
    is_old = price.checked is None or (on - price.checked).days > stale_after_days
    return replace(price, stale=True) if is_old else price


def _key(price: Price) -> tuple[int, str, int, str, str]:
    return order(price.unit), price.unit, len(price.conditions), price.conditions, price.currency


def _place(price: Price) -> tuple[object, ...]:
    return (*_key(price), price.stale, _TRUST.get(price.source_kind, len(_TRUST)), price.amount, price.source)


def _one(group: Sequence[Price]) -> Price:
    """The answer out of quotes sorted by freshness, trust and amount."""
    best = group[0]
    if best.source_kind == "contract":
        return best
    rivals = [quote for quote in group[1:] if quote.stale == best.stale and quote.source_kind != "contract"]
    dearer = [quote for quote in rivals if quote.amount > best.amount * _TOLERANCE]
    cheaper = [quote for quote in rivals if quote.amount * _TOLERANCE < best.amount]
    if not dearer and not cheaper:
        return best
    high = max((quote.amount for quote in dearer), default=None)
    return replace(best, high=high, source="; ".join((best.source, *_also([*dearer, *cheaper], best))))


def _also(quotes: Iterable[Price], best: Price) -> tuple[str, ...]:
    """The other sources with their figures, without repeats."""
    texts = (f"{quote.source} says {plain(quote.amount):f}" for quote in quotes if quote.source != best.source)
    return tuple(dict.fromkeys(texts))
