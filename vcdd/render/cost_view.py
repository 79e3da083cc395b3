"""The cost section in words. Prices are shown exactly as recorded, estimates at two figures; nothing is summed here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
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
    "character-k": "per 1,000 characters",
}

_TOKENS = {"input-mtok": "in", "output-mtok": "out"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRow:
    """One model by one route."""

    model: str
    route: str
    prices: str
    """All unit prices with their conditions; why there is none otherwise."""
    ordinary: str
    """The prices that hold without conditions, or the first two where all have some, in few words; why there is none
    otherwise."""
    is_current: bool
    """Whether any price is not stale."""
    in_use: bool
    """Whether the product uses or deploys the model; False for one that it can only be configured to use."""
    blended: str
    """Dollars per million tokens at 3:1; empty for media models."""
    source: str
    first_source: str
    """Name and date of the first source, and how many more there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostView:
    """The whole section."""

    rows: tuple[CostRow, ...]
    lines: tuple[str, ...]
    """Run-rate first; at most four, and of models in use where there are any."""
    further: tuple[str, ...]
    """More on self-hosting, alternatives, assumptions and sources, for the appendix."""
    comparison: tuple[tuple[str, tuple[tuple[str, Decimal], ...]], ...]
    """By unit in words: (model, current price in dollars), alternatives begin with `or`; for a chart."""


def cost_view(
    summary: CostSummary, names: Mapping[str, str] = MappingProxyType({}), used: Collection[str] | None = None
) -> CostView:
    """The cost section in words; `names` are those of providers by id, `used` the ids of models in use (None: all)."""
    costs = sorted(summary.costs, key=lambda cost: not _is_used(cost, used))
    hosting = [(cost, _self_hosting(cost)) for cost in costs if cost.self_hosting]
    peers = [(cost, other) for cost in costs for other in cost.alternatives]
    peers.sort(key=lambda pair: pair[1].ratio is None)  # those with a price to compare first, else as recorded
    others = [(cost, _alternative(cost, other)) for cost, other in peers]
    is_compared = bool(peers) and peers[0][1].ratio is not None
    leading = [line for cost, line in (*hosting[:1], *(others[:1] if is_compared else ())) if _is_used(cost, used)]
    lines = [_run_rate(summary), *leading]
    if summary.unpriced:
        lines.append(f"{count(summary.priced, 'model')} priced, {summary.unpriced:,} without a current price.")
    per_action = [_per_action(cost) for cost in costs if cost.per_thousand_actions]
    further = [*(line for _, line in (*hosting, *others) if line not in leading), *per_action]
    further += [clean(note) for note in summary.notes]
    further += [f"Price source: {clean(source, 160)}" for source in summary.sources]
    return CostView(
        rows=tuple(_row(cost, names, in_use=_is_used(cost, used)) for cost in costs),
        lines=tuple(lines),
        further=tuple(further),
        comparison=_comparison(summary),
    )


def _is_used(cost: Cost, used: Collection[str] | None) -> bool:
    return used is None or cost.model in used


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


def _row(cost: Cost, names: Mapping[str, str], *, in_use: bool) -> CostRow:
    blended = dict(cost.blended).get("3:1")
    without = clean(cost.note, 160) or "no current price"
    short = without.removeprefix("self-hosted: ").partition(";")[0]
    sources = list(dict.fromkeys(_short_source(price) for price in cost.prices))
    return CostRow(
        model=clean(cost.model, ID_LIMIT),
        route=names.get(cost.route) or clean(cost.route, 60),
        prices="; ".join(price_words(price) for price in cost.prices) or without,
        ordinary=_ordinary(cost.prices) or short,
        is_current=any(not price.stale for price in cost.prices),
        in_use=in_use,
        blended=amount(blended.quantize(Decimal("0.01"))) if blended is not None else "",
        source=listed(dict.fromkeys(_source(price) for price in cost.prices), 2),
        first_source=listed(sources, 1),
    )


def _ordinary(prices: Sequence[Price]) -> str:
    """`3.00 in, 15.00 out per 1M tokens` for text by the token, else the prices one by one."""
    ordinary = [price for price in prices if not price.conditions] or list(prices[:2])
    plain = {price.unit: price for price in ordinary if price.currency == "USD" and not price.stale}
    tokens = [f"{_figure(plain[unit])} {word}" for unit, word in _TOKENS.items() if unit in plain]
    if len(tokens) < len(_TOKENS) or any(price.conditions for price in ordinary):
        return "; ".join(price_words(price) for price in ordinary)
    return f"{', '.join(tokens)} per 1M tokens"


def _figure(price: Price) -> str:
    return amount(price.amount) + (f"–{amount(price.high)}" if price.high is not None else "")


def price_words(price: Price) -> str:
    """`1.25 per 1M input tokens (1080p; stale)`, with the currency where it is not the dollar."""
    unit = unit_words(price.unit)
    currency = "" if price.currency == "USD" else f"{clean(price.currency, 8)} "
    remarks = [clean(price.conditions, 80), "stale" if price.stale else ""]
    tail = "; ".join(remark for remark in remarks if remark)
    return f"{currency}{_figure(price)} {unit}" + (f" ({tail})" if tail else "")


def unit_words(unit: str) -> str:
    """`per 1M input tokens`, `per video second`."""
    return _UNITS.get(unit) or f"per {clean(unit, 40).replace('-', ' ')}"


def _source(price: Price) -> str:
    when = f", checked {iso(price.checked)}" if price.checked else ", never checked"
    return f"{clean(price.source_kind, 40) or 'source'}: {clean(price.source, 100)}{when}"


def _short_source(price: Price) -> str:
    name = clean(price.source, 100).partition(" (")[0] or clean(price.source_kind, 40) or "source"
    return f"{name}, {iso(price.checked) or 'never checked'}"


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
