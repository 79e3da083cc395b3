"""Figures that need no volume: blended prices and the price of a thousand actions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from vcdd.core.cost import Estimate, Price
from vcdd.pricing.calls import Call, cost_of_call
from vcdd.pricing.rates import CURRENCY, Range, exactly, rate, within
from vcdd.pricing.rounding import plain, round_significant, rounded

MIXES = (("3:1", 3, 1), ("10:1", 10, 1), ("1:1", 1, 1))
"""Input to output tokens: the usual convention, agents and retrieval, generation (product page 5.1)."""
ACTION_SIZES = (1_000, 5_000, 20_000)
"""Input tokens per action of the parametric table: most routed traffic sits near the middle one, coding at the last."""
ASSUMED_OUTPUT = Decimal(500)
"""Output tokens per action where nobody said; stated beside every figure that uses it."""
STATED_TOLERANCE = Decimal("0.3")
"""Averages a founder quotes are taken to within 30 % (product page 5.2)."""
_THOUSAND = Decimal(1000)
_CENT_PARTS = Decimal("0.0001")
"""A blended price is arithmetic on list prices and keeps four decimals."""


def blended(prices: Sequence[Price]) -> tuple[tuple[str, Decimal], ...]:
    """Dollars per million tokens at each mix, ordinary prices; empty unless input and output have a current price."""
    paid, made = rate(prices, "input-mtok"), rate(prices, "output-mtok")
    if paid is None or made is None:
        return ()
    return tuple(
        (label, plain(((i * paid.base + o * made.base) / (i + o)).quantize(_CENT_PARTS))) for label, i, o in MIXES
    )


def blended_at(prices: Sequence[Price], mix: str = "3:1") -> Decimal | None:
    """Dollars per million tokens at one mix; None where there is none."""
    return dict(blended(prices)).get(mix)


def parametric_actions(prices: Sequence[Price]) -> tuple[Range, ...]:
    """Dollars per 1,000 actions at each of the three sizes; empty without a token price."""
    if not prices:
        return ()
    sizes = (Call(input_tokens=Decimal(size), output_tokens=ASSUMED_OUTPUT) for size in ACTION_SIZES)
    costs = [cost_of_call(prices, call) for call in sizes]
    return tuple(cost.total.times(exactly(_THOUSAND)) for cost in costs if cost)


def action_table(sizes: Sequence[Range]) -> tuple[tuple[int, Decimal], ...]:
    """(input tokens, dollars per 1,000 actions) at the three sizes; empty without a token price."""
    return tuple((size, round_significant(cost.base)) for size, cost in zip(ACTION_SIZES, sizes, strict=False))


def stated_actions(prices: Sequence[Price], call: Call, *, measured: bool = False) -> Estimate | None:
    """Dollars per 1,000 actions of the stated call, within 30 %, or of the measured average; None without a price."""
    cost = cost_of_call(prices, call)
    if cost is None:
        return None
    total = cost.total.times(exactly(_THOUSAND) if measured else within(_THOUSAND, STATED_TOLERANCE))
    size = f"{call.input_tokens:,.0f} input and {call.output_tokens:,.0f} output tokens per action"
    return rounded(
        estimate_of(
            total,
            driver=biggest_part(cost.input.base, cost.output.base),
            assumptions=(f"{size}, the average of the export" if measured else f"{size}, within 30 %",),
            grade="B" if measured else "C",
        )
    )


def unstated_actions(sizes: Sequence[Range]) -> Estimate | None:
    """Dollars per 1,000 actions from the smallest to the largest size; None without a current token price."""
    if len(sizes) != len(ACTION_SIZES):
        return None
    small, middle, large = sizes
    return rounded(
        estimate_of(
            Range(small.low, middle.base, large.high),
            driver="input tokens per action, which nobody has stated",
            assumptions=(
                "1,000, 5,000 and 20,000 input tokens per action",
                f"{ASSUMED_OUTPUT} output tokens per action",
            ),
            grade="D",
        )
    )


def estimate_of(cases: Range, *, driver: str, assumptions: tuple[str, ...], grade: str = "C") -> Estimate:
    """An estimate in dollars out of three cases, not rounded."""
    return Estimate(
        low=cases.low,
        base=cases.base,
        high=cases.high,
        currency=CURRENCY,
        grade=grade,
        driver=driver,
        assumptions=assumptions,
    )


def biggest_part(paid: Decimal, made: Decimal) -> str:
    """The clause that says whether input or output tokens move the figure more."""
    whole = paid + made
    name, part = ("output", made) if made > paid else ("input", paid)
    share = round(100 * part / whole) if whole else 0
    return f"{name} tokens per action, {share} % of the figure"
