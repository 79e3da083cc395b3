"""Price-only alternatives in words: one sentence for each other model, naming every model in use it stands beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from vcdd.core.cost import Alternative, Cost, Price
from vcdd.render.plain import ID_LIMIT, clean, listed, rounded
from vcdd.values import dataclass

Pair = tuple[Cost, Alternative]
_SAID_LAST = "; quality not compared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """One alternative in words."""

    sentence: str
    is_compared: bool
    """Whether a price is laid beside one in use."""
    cost: Cost
    """The first of the models it stands beside."""


def alternatives(costs: Iterable[Cost], price_words: Callable[[Price], str]) -> tuple[Other, ...]:
    """Each alternative once, those with a price to compare first, else in the order of the costs."""
    groups: dict[tuple[str, str], list[Pair]] = {}
    for cost in costs:
        for other in cost.alternatives:
            groups.setdefault((other.model, other.kind), []).append((cost, other))
    said = [
        Other(
            sentence=_sentence(pairs, price_words),
            is_compared=any(other.ratio is not None for _, other in pairs),
            cost=pairs[0][0],
        )
        for pairs in groups.values()
    ]
    return tuple(sorted(said, key=lambda other: not other.is_compared))


def _sentence(pairs: Sequence[Pair], price_words: Callable[[Price], str]) -> str:
    other = pairs[0][1]
    origin = f"originator {clean(other.lab, 60)}, {clean(other.country, 8) or 'country unknown'}"
    why = clean(other.why.removesuffix(_SAID_LAST), 160)
    models = listed((clean(cost.model, ID_LIMIT) for cost, _ in pairs), 2)
    return (
        f"Price-only alternative to {models}: {clean(other.model, ID_LIMIT)}, {_prices(pairs, price_words)}"
        f" ({origin}; {clean(other.licence, 60)}{f'; {why}' if why else ''}). Quality is not compared."
    )


def _prices(pairs: Sequence[Pair], price_words: Callable[[Price], str]) -> str:
    """What it costs, and against each model in use where both have a price."""
    other = pairs[0][1]
    ordinary = [price for price in other.prices if not price.conditions] or other.prices
    own = "; ".join(price_words(price) for price in ordinary[:2]) or "no price on record"
    compared = [_against(cost, one, alone=len(pairs) == 1) for cost, one in pairs if one.ratio is not None]
    return f"{own}; {listed(compared, 4)}" if compared else f"{own}; no price to compare"


def _against(cost: Cost, other: Alternative, *, alone: bool) -> str:
    ratio = rounded(other.ratio) if other.ratio is not None else ""
    of = "" if alone else f" of {clean(cost.model, ID_LIMIT)}"
    month = f", about USD {rounded(other.monthly_usd)} a month at the same volume" if other.monthly_usd else ""
    return f"{ratio} times the price{of}{month}"
