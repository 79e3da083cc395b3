"""What one call costs in tokens: tiers, cache and batch, as a range."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from vcdd.core.cost import Price
from vcdd.pricing.rates import MTOK, Range, rate
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One typical call."""

    input_tokens: Decimal
    output_tokens: Decimal
    cached_share: Decimal = Decimal(0)
    """Share of the input tokens that hit a cache, 0 to 1."""
    batch: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCost:
    """Dollars of one call by where they go."""

    input: Range
    output: Range

    @property
    def total(self) -> Range:
        """Input and output together."""
        return self.input.plus(self.output)


def cost_of_call(prices: Sequence[Price], call: Call) -> CallCost | None:
    """Dollars of one call; None unless the model has a current token price.

    A cached token without a cache price costs what a fresh one does. A model without an output price (an embedding
    model) has no output cost; one without an input price cannot be priced.
    """
    size, batch = call.input_tokens, call.batch
    fresh = rate(prices, "input-mtok", input_tokens=size, batch=batch)
    if fresh is None:
        return None
    cached = rate(prices, "cached-input-mtok", input_tokens=size, batch=batch) or fresh
    output = rate(prices, "output-mtok", input_tokens=size, batch=batch) or Range(*(Decimal(0),) * 3)
    hits = size * call.cached_share
    paid = _times(fresh, size - hits).plus(_times(cached, hits))
    return CallCost(input=paid, output=_times(output, call.output_tokens))


def _times(per_mtok: Range, tokens: Decimal) -> Range:
    share = tokens / MTOK
    return Range(per_mtok.low * share, per_mtok.base * share, per_mtok.high * share)
