"""What the whole product costs a month: sums, the last invoice, share of revenue, runway."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce

from vcdd.core.company import SlotVolume, Usage
from vcdd.core.cost import Cost, Estimate, Price
from vcdd.pricing.media import is_media
from vcdd.pricing.monthly import monthly, of_tokens
from vcdd.pricing.rates import Range, exactly
from vcdd.pricing.rounding import round_significant
from vcdd.pricing.unit_cost import blended, estimate_of

_WORST_LAST = "ABCD"


def add(estimates: Iterable[Estimate]) -> Estimate | None:
    """The sum case by case, with the weakest grade and the driver of the largest part; None for nothing."""
    parts = list(estimates)
    if not parts:
        return None
    total = reduce(Range.plus, (Range(part.low, part.base, part.high) for part in parts))
    largest = max(parts, key=lambda part: part.high - part.low)
    return estimate_of(
        total,
        driver=largest.driver,
        assumptions=tuple(dict.fromkeys(text for part in parts for text in part.assumptions)),
        grade=max((part.grade for part in parts), key=_WORST_LAST.index),
    )


def whole_product(price_lists: Sequence[Sequence[Price]], usage: Usage) -> Estimate | None:
    """Dollars a month from one number about the whole product; None without one or without a price.

    An invoice is the answer. Requests and tokens could all go to the cheapest model in use or all to the dearest: that
    is the range, and an even split is the likely case. Where any of the models makes text, only those count: a number
    of requests says nothing of how many clips or embeddings they led to.
    """
    if usage.invoice_usd is not None:
        words = ("last monthly invoice as stated",)
        return estimate_of(exactly(usage.invoice_usd), driver="the last invoice", assumptions=words, grade="A")
    if usage.requests_per_month is None and usage.tokens_per_month is None:
        return None
    makers = [prices for prices in price_lists if blended(prices) and not is_media(prices)] or price_lists
    alone = [found for prices in makers if (found := _all_to_one(prices, usage))]
    if not alone:
        return None
    if len(alone) == 1:
        return alone[0]
    cases = Range(
        min(one.low for one in alone),
        sum((one.base for one in alone), Decimal(0)) / len(alone),
        max(one.high for one in alone),
    )
    split = (*alone[0].assumptions, f"an even split over {len(alone)} priced models in use as the likely case")
    return estimate_of(cases, driver="which of the models takes the calls", assumptions=split)


def _all_to_one(prices: Sequence[Price], usage: Usage) -> Estimate | None:
    """The whole volume on one model's price list."""
    if usage.requests_per_month is not None:
        return monthly(prices, SlotVolume(slot="", requests_per_month=usage.requests_per_month), usage)
    if usage.tokens_per_month is not None:
        return of_tokens(prices, usage.tokens_per_month)
    return None


def share_of_revenue(total: Estimate | None, usage: Usage) -> Decimal | None:
    """Inference over monthly revenue, not rounded; None unless both are known and revenue is positive."""
    return total.base / usage.revenue_usd if total and usage.revenue_usd else None


def runway_months(total: Estimate | None, usage: Usage, other: Estimate | None = None) -> Decimal | None:
    """Months that the cash lasts at the stated burn, or at the burn with `other` in place of the inference bill.

    None unless cash, burn and an inference bill are known, and where the new burn is not positive.
    """
    if total is None or usage.cash_usd is None or usage.burn_usd is None:
        return None
    burn = usage.burn_usd - total.base + other.base if other else usage.burn_usd
    return usage.cash_usd / burn if burn > 0 else None


def runway_after_move(costs: Sequence[Cost], usage: Usage) -> str:
    """How long the cash lasts with the dearest model in use at the price of its first alternative; empty if unknown.

    Price only and at the same volume: one of two routes side by side (claim S4 of the product page).
    """
    dearest = max((cost for cost in costs if cost.monthly), key=lambda cost: _base(cost.monthly), default=None)
    now = runway_months(dearest.monthly, usage) if dearest else None
    if dearest is None or dearest.monthly is None or now is None:
        return ""
    other = next((other for other in dearest.alternatives if other.monthly_usd is not None), None)
    if other is None or other.monthly_usd is None:
        return ""
    then = runway_months(dearest.monthly, usage, replace(dearest.monthly, base=other.monthly_usd))
    if then is None or round_significant(then) == round_significant(now):
        return ""
    return (
        f"With {other.model} in place of {dearest.model}, by price only and at the same volume, the stated cash would "
        f"last {round_significant(then):f} months instead of {round_significant(now):f}."
    )


def _base(estimate: Estimate | None) -> Decimal:
    return estimate.base if estimate else Decimal(0)
