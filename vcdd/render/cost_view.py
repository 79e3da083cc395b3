"""The cost section in words. Prices are shown exactly as recorded, estimates at two figures; nothing is summed here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from vcdd.core.cost import Alternative, Cost, CostSummary, Estimate, Price, SelfHosting
from vcdd.render.plain import ID_LIMIT, amount, clean, count, iso, listed, rounded

_UNITS = {
    "input-mtok": "per 1M input tokens",
    "output-mtok": "per 1M output tokens",
    "cached-input-mtok": "per 1M cached input tokens",
    "gpu-hour": "per GPU hour",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRow:
    """One model by one route."""

    model: str
    route: str
    prices: str
    """All unit prices with their conditions; why there is none otherwise."""
    ordinary: str
    """The prices that hold without conditions, or the first two where all have some; as `prices` without any."""
    is_current: bool
    """Whether any price is not stale."""
    blended: str
    """Dollars per million tokens at 3:1; empty for media models."""
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CostView:
    """The whole section."""

    rows: tuple[CostRow, ...]
    lines: tuple[str, ...]
    """Run-rate first; at most four."""
    further: tuple[str, ...]
    """More on self-hosting, alternatives, assumptions and sources, for the appendix."""
    comparison: tuple[tuple[str, tuple[tuple[str, Decimal], ...]], ...]
    """By unit in words: (model, current price in dollars), alternatives begin with `or`; for a chart."""


def cost_view(summary: CostSummary, names: Mapping[str, str] = MappingProxyType({})) -> CostView:
    """The cost section in words; `names` are those of providers by id."""
    hosting = [_self_hosting(cost) for cost in summary.costs if cost.self_hosting]
    peers = [(cost, other) for cost in summary.costs for other in cost.alternatives]
    peers.sort(key=lambda pair: pair[1].ratio is None)  # those with a price to compare first, else as recorded
    others = [_alternative(cost, other) for cost, other in peers]
    lines = [_run_rate(summary), *hosting[:1], *(others[:1] if peers and peers[0][1].ratio is not None else ())]
    if summary.unpriced:
        lines.append(f"{count(summary.priced, 'model')} priced, {summary.unpriced:,} without a current price.")
    per_action = [_per_action(cost) for cost in summary.costs if cost.per_thousand_actions]
    further = [*hosting[1:], *(other for other in others if other not in lines), *per_action]
    further += [clean(note) for note in summary.notes]
    further += [f"Price source: {clean(source, 160)}" for source in summary.sources]
    return CostView(
        rows=tuple(_row(cost, names) for cost in summary.costs),
        lines=tuple(lines),
        further=tuple(further),
        comparison=_comparison(summary),
    )


def _comparison(summary: CostSummary) -> tuple[tuple[str, tuple[tuple[str, Decimal], ...]], ...]:
    """Stale prices and other currencies are left out: bars that cannot be compared are not drawn side by side."""
    units: dict[str, dict[str, Decimal]] = {}
    priced = [(clean(cost.model, ID_LIMIT), price) for cost in summary.costs for price in cost.prices]
    others = (other for cost in summary.costs for other in cost.alternatives)
    priced += [(f"or {clean(other.model, ID_LIMIT)}", price) for other in others for price in other.prices]
    for model, price in priced:
        if not price.stale and price.currency == "USD":
            remark = f" ({clean(price.conditions, 40)})" if price.conditions else ""
            units.setdefault(unit_words(price.unit), {}).setdefault(f"{model}{remark}", price.amount)
    return tuple((unit, tuple(prices.items())) for unit, prices in units.items())


def _row(cost: Cost, names: Mapping[str, str]) -> CostRow:
    blended = dict(cost.blended).get("3:1")
    ordinary = [price for price in cost.prices if not price.conditions] or cost.prices[:2]
    without = clean(cost.note, 160) or "no current price"
    return CostRow(
        model=clean(cost.model, ID_LIMIT),
        route=names.get(cost.route) or clean(cost.route, 60),
        prices="; ".join(price_words(price) for price in cost.prices) or without,
        ordinary="; ".join(price_words(price) for price in ordinary) or without,
        is_current=any(not price.stale for price in cost.prices),
        blended=amount(blended.quantize(Decimal("0.01"))) if blended is not None else "",
        source=listed(dict.fromkeys(_source(price) for price in cost.prices), 2),
    )


def price_words(price: Price) -> str:
    """`1.25 per 1M input tokens (1080p; stale)`, with the currency where it is not the dollar."""
    unit = unit_words(price.unit)
    figure = amount(price.amount) + (f"–{amount(price.high)}" if price.high is not None else "")
    currency = "" if price.currency == "USD" else f"{clean(price.currency, 8)} "
    remarks = [clean(price.conditions, 80), "stale" if price.stale else ""]
    tail = "; ".join(remark for remark in remarks if remark)
    return f"{currency}{figure} {unit}" + (f" ({tail})" if tail else "")


def unit_words(unit: str) -> str:
    """`per 1M input tokens`, `per video second`."""
    return _UNITS.get(unit) or f"per {clean(unit, 40).replace('-', ' ')}"


def _source(price: Price) -> str:
    when = f", checked {iso(price.checked)}" if price.checked else ", never checked"
    return f"{clean(price.source_kind, 40) or 'source'}: {clean(price.source, 100)}{when}"


def estimate_words(estimate: Estimate) -> str:
    """`USD 120–4,100 (base 1,800; grade C; moved most by …)`."""
    span = f"{clean(estimate.currency, 8)} {rounded(estimate.low)}–{rounded(estimate.high)}"
    driver = f"; moved most by {clean(estimate.driver, 120)}" if estimate.driver else ""
    return f"{span} (base {rounded(estimate.base)}; grade {clean(estimate.grade, 4)}{driver})"


def _run_rate(summary: CostSummary) -> str:
    if summary.monthly is None:
        return "Monthly run-rate: not estimated, because no volume was given (Q61)."
    extra = ""
    if summary.share_of_revenue is not None:
        extra += f"; {summary.share_of_revenue:.0%} of stated revenue"
    if summary.runway_months is not None:
        extra += f"; runway {rounded(summary.runway_months)} months"
    return f"Monthly run-rate: {estimate_words(summary.monthly)}{extra}."


def _per_action(cost: Cost) -> str:
    estimate = cost.per_thousand_actions
    words = estimate_words(estimate) if estimate else ""
    assumed = f" Assumed: {listed(_texts(estimate.assumptions), 3)}." if estimate and estimate.assumptions else ""
    return f"{clean(cost.model, ID_LIMIT)}, per 1,000 actions: {words}.{assumed}"


def _self_hosting(cost: Cost) -> str:
    plan = cost.self_hosting
    if plan is None:
        return ""
    even = f"; break-even volume {rounded(plan.break_even_mtok)}M tokens per 30 days" if plan.break_even_mtok else ""
    rent = f"USD {amount(plan.gpu_hour.amount)} per GPU hour"
    if plan.monthly_usd is not None:
        rent += f", about USD {rounded(plan.monthly_usd)} a month"
    load = _utilisation(plan)
    per_token = f" ({load} per 1M output tokens)" if load else ""
    assumed = f"; assumed: {listed(_texts(plan.assumptions), 2)}" if plan.assumptions else ""
    gpus = f"{plan.gpus} × {clean(plan.gpu, 40)}"
    return f"Self-hosting {clean(cost.model, ID_LIMIT)}: {gpus}, {rent}{per_token}{even}{assumed}."


def _utilisation(plan: SelfHosting) -> str:
    return ", ".join(f"{rounded(figure)} at {percent} %" for percent, figure in plan.monthly)


def _alternative(cost: Cost, other: Alternative) -> str:
    ratio = f"{rounded(other.ratio)} times the blended price" if other.ratio is not None else "no price to compare"
    origin = f"originator {clean(other.lab, 60)}, {clean(other.country, 8) or 'country unknown'}"
    return (
        f"Price-only alternative to {clean(cost.model, ID_LIMIT)}: {clean(other.model, ID_LIMIT)} "
        f"({origin}; {clean(other.licence, 60)}), {ratio}. Quality is not compared."
    )


def _texts(many: Iterable[str]) -> list[str]:
    return [clean(text, 120) for text in many]
