"""The cost section in words. Prices are shown exactly as recorded, estimates at two figures; nothing is summed here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from vcdd.core.cost import Cost, CostSummary, Estimate, Price, SelfHosting
from vcdd.render.cost_alternatives import alternatives
from vcdd.render.plain import ID_LIMIT, amount, clean, count, iso, listed, rounded
from vcdd.values import dataclass

_UNITS = {
    "input-mtok": "per 1M input tokens",
    "output-mtok": "per 1M output tokens",
    "cached-input-mtok": "per 1M cached input tokens",
    "cache-write-mtok": "per 1M tokens written to the cache",
    "audio-input-mtok": "per 1M audio input tokens",
    "audio-output-mtok": "per 1M audio output tokens",
    "image-input-mtok": "per 1M image input tokens",
    "image-output-mtok": "per 1M image output tokens",
    "image-cached-input-mtok": "per 1M cached image input tokens",
    "video-input-mtok": "per 1M video input tokens",
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
    """All unit prices with their conditions."""
    ordinary: str
    """The prices that hold without conditions, or the first two where all have some, in few words."""
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
    """Models that have a price: those in use first, and of these what has a current one, else in the report's order."""
    lines: tuple[str, ...]
    """Run-rate first; at most eight, and of models in use where there are any."""
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    """(heading, sentences) of everything further, without empty ones, for the appendix."""
    comparison: tuple[tuple[str, tuple[tuple[str, Decimal], ...]], ...]
    """By unit in words: (model, current price in dollars), alternatives begin with `or`; for a chart."""

    @property
    def further(self) -> tuple[str, ...]:
        """The sentences of all sections in a row."""
        return tuple(line for _, many in self.sections for line in many)


def cost_view(
    summary: CostSummary, names: Mapping[str, str] = MappingProxyType({}), used: Collection[str] | None = None
) -> CostView:
    """The cost section in words; `names` are those of providers by id, `used` the ids of models in use (None: all)."""
    costs = sorted(summary.costs, key=lambda cost: (not _is_used(cost, used), -_month(cost)))
    hosting = [(cost, _self_hosting(cost)) for cost in costs if cost.self_hosting]
    hosting.sort(key=lambda pair: (not _is_used(pair[0], used), -_memory(pair[0])))
    others = alternatives(costs, price_words)
    leading = [
        *(line for cost, line in hosting[:1] if _is_used(cost, used)),
        *(other.sentence for other in others[:1] if other.is_compared and _is_used(other.cost, used)),
    ]
    bare = unpriced([cost for cost in costs if _is_used(cost, used)], most=4, short=True)
    lines = [_run_rate(summary), *_left_out(summary), *_beside(summary), *leading, *bare[:2]]
    if summary.unpriced:
        lines.append(f"{count(summary.priced, 'model')} priced, {summary.unpriced:,} without a current price.")
    figures = (words for cost in costs for words in (*_monthly(cost, summary.monthly), *_clips(cost), *_actions(cost)))
    rows = (_row(cost, names, in_use=_is_used(cost, used)) for cost in costs if cost.prices)
    sections = (
        ("By model and action", figures),
        ("If the volumes change", _sensitivity(summary)),
        ("Serving the weights oneself", (line for _, line in hosting if line not in leading)),
        ("Price-only alternatives", (other.sentence for other in others if other.sentence not in leading)),
        ("Without a list price", (line for line in unpriced(costs, most=40) if line not in bare)),
        ("Notes", (clean(note) for note in summary.notes)),
        ("Sources", (f"Price source: {clean(source, 160)}" for source in summary.sources)),
    )
    return CostView(
        rows=tuple(sorted(rows, key=lambda row: (not row.in_use, not row.is_current))),
        lines=tuple(lines),
        sections=tuple((heading, said) for heading, many in sections if (said := tuple(many))),
        comparison=_comparison(summary),
    )


def _month(cost: Cost) -> Decimal:
    """What orders models: the dearest is worth an alternative first."""
    return cost.monthly.base if cost.monthly is not None else Decimal(0)


def _memory(cost: Cost) -> Decimal:
    """What orders self-hosting: the largest model is what the machines are rented for."""
    return cost.self_hosting.memory_gb if cost.self_hosting is not None else Decimal(0)


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
    sources = list(dict.fromkeys(_short_source(price) for price in cost.prices))
    return CostRow(
        model=clean(cost.model, ID_LIMIT),
        route=names.get(cost.route) or clean(cost.route, 60),
        prices=_all_prices(cost.prices),
        ordinary=_ordinary(cost.prices),
        is_current=any(not price.stale for price in cost.prices),
        in_use=in_use,
        blended=amount(blended.quantize(Decimal("0.01"))) if blended is not None else "",
        source=listed(dict.fromkeys(_source(price) for price in cost.prices), 2),
        first_source=listed(sources, 1),
    )


def unpriced(costs: Iterable[Cost], *, most: int, short: bool = False) -> list[str]:
    """A sentence for each reason why models have no price, naming at most so many: a table of dashes says nothing."""
    groups: dict[str, dict[str, None]] = {}
    for cost in costs:
        if not cost.prices:
            why = clean(cost.note, 160) or "no current price"
            groups.setdefault(why.partition(";")[0] if short else why, {})[clean(cost.model, ID_LIMIT)] = None
    return [_without(why, listed(models, most)) for why, models in groups.items()]


def _without(why: str, models: str) -> str:
    own, lead = "self-hosted: ", "no current price: "
    opening = "Self-hosted, so without a list price" if why.startswith(own) else "Without a list price"
    return f"{opening}: {models}; {why.removeprefix(own).removeprefix(lead)}."


def _all_prices(prices: Sequence[Price]) -> str:
    """Every price; what several have in common is said once: `0.50 per 1M input tokens · batch: 0.25 per …; 0.75 per …`."""
    alike: dict[str, list[Price]] = {}
    for price in prices:
        alike.setdefault(_remarks(price), []).append(price)
    alone = [
        price_words(price) for remarks, group in alike.items() for price in group if not remarks or len(group) == 1
    ]
    shared = [
        f"{remarks}: {'; '.join(_bare(price) for price in group)}"
        for remarks, group in alike.items()
        if remarks and len(group) > 1
    ]
    return " · ".join(words for words in ("; ".join(alone), *shared) if words)


def _ordinary(prices: Sequence[Price]) -> str:
    """`3.00 in, 15.00 out per 1M tokens` for text by the token, else the prices one by one."""
    ordinary = [price for price in prices if not price.conditions] or list(prices[:2])
    plain = {price.unit: price for price in ordinary if price.currency == "USD" and not price.stale}
    tokens = [f"{_figure(plain[unit])} {word}" for unit, word in _TOKENS.items() if unit in plain]
    if len(tokens) < len(_TOKENS) or any(price.conditions for price in ordinary):
        return _all_prices(ordinary)
    pieces = [price for price in ordinary if not price.unit.endswith("-mtok")]  # a picture, a second, a call
    return "; ".join([f"{', '.join(tokens)} per 1M tokens", *(price_words(price) for price in pieces)])


def _figure(price: Price) -> str:
    return amount(price.amount) + (f"–{amount(price.high)}" if price.high is not None else "")


def price_words(price: Price) -> str:
    """`1.25 per 1M input tokens (1080p; stale)`, with the currency where it is not the dollar."""
    tail = _remarks(price)
    return _bare(price) + (f" ({tail})" if tail else "")


def _bare(price: Price) -> str:
    currency = "" if price.currency == "USD" else f"{clean(price.currency, 8)} "
    return f"{currency}{_figure(price)} {unit_words(price.unit)}"


def _remarks(price: Price) -> str:
    remarks = [clean(price.conditions, 80), "stale" if price.stale else ""]
    return "; ".join(remark for remark in remarks if remark)


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
    """`USD 120–4,100 (base 1,800; grade C, …; moved most by …)`; `USD 760 (grade B, …)` where nothing is open."""
    low, base, high = rounded(estimate.low), rounded(estimate.base), rounded(estimate.high)
    currency = clean(estimate.currency, 8)
    span, middle = (f"{currency} {base}", "") if low == high else (f"{currency} {low}–{high}", f"base {base}; ")
    driver = f"; moved most by {clean(estimate.driver, 120)}" if estimate.driver else ""
    return f"{span} ({middle}{_grade(estimate.grade)}{driver})"


_GRADES = {
    "A": "an invoice",
    "B": "measured quantities at list prices",
    "C": "stated or assumed quantities at list prices",
    "D": "no volume stated, assumed sizes at list prices",
}


def _grade(grade: str) -> str:
    """`grade A, an invoice`: a letter alone tells nobody how sure a figure is."""
    said = clean(grade, 4)
    return f"grade {said}, {_GRADES[said]}" if said in _GRADES else f"grade {said}"


def _run_rate(summary: CostSummary) -> str:
    if not summary.costs and summary.monthly is None:
        return "Nothing to price: no model in use, none that can be configured."
    if summary.monthly is None:
        return "Monthly run-rate: not estimated, because no volume was given (Q61)."
    return f"Monthly run-rate: {estimate_words(summary.monthly)}."


def _left_out(summary: CostSummary) -> list[str]:
    """A line of its own, so that nothing cuts it off: a part must not be read as the whole."""
    names = [clean(model, ID_LIMIT) for model in summary.without_volume]
    return [f"Without a stated volume, and so not in the run-rate: {listed(names, 6)}."] if names else []


def _beside(summary: CostSummary) -> list[str]:
    """The likely case beside the company's own numbers."""
    said = []
    if summary.share_of_revenue is not None:
        said.append(f"The run-rate is {rounded(100 * summary.share_of_revenue)} % of the stated revenue.")
    if summary.runway_months is not None:
        said.append(f"The stated cash lasts {rounded(summary.runway_months)} months at the stated burn.")
    return [" ".join(said)] if said else []


def _monthly(cost: Cost, total: Estimate | None) -> Iterator[str]:
    """What one model costs a month, where a volume of its own was given and the total does not already say it."""
    if cost.monthly is not None and cost.monthly != total:
        yield f"{clean(cost.model, ID_LIMIT)}, a month: {estimate_words(cost.monthly)}."


def _actions(cost: Cost) -> Iterator[str]:
    """Per 1,000 actions, with the table of sizes where nobody has stated one."""
    estimate = cost.per_thousand_actions
    if estimate is None:
        return
    assumed = f" Assumed: {listed(_texts(estimate.assumptions), 3)}." if estimate.assumptions else ""
    sizes = ", ".join(f"{rounded(usd)} at {tokens:,} input tokens" for tokens, usd in cost.action_table)
    table = f" By size: USD {sizes}." if sizes else ""
    yield f"{clean(cost.model, ID_LIMIT)}, per 1,000 actions: {estimate_words(estimate)}.{assumed}{table}"


def _clips(cost: Cost) -> Iterator[str]:
    """Dollars per accepted clip by the number of generations it takes, one sentence for each condition."""
    by_condition: dict[str, list[str]] = {}
    for condition, tries, usd in cost.clips:
        by_condition.setdefault(condition, []).append(f"{rounded(usd)} at {count(tries, 'try', 'tries')}")
    for condition, figures in by_condition.items():
        when = f" ({clean(condition, 120)})" if condition else ""
        yield f"{clean(cost.model, ID_LIMIT)}, per accepted clip{when}: USD {listed(figures, 4)}."


def _sensitivity(summary: CostSummary) -> Iterator[str]:
    for change, usd in summary.sensitivity:
        yield f"Run-rate with {clean(change, 80)}: USD {rounded(usd)} a month."


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


def _texts(many: Iterable[str]) -> list[str]:
    return [clean(text, 120) for text in many]
