"""The cost section: every use priced once, volumes laid over it, one honest total."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from vcdd.core.company import SlotVolume, Usage
from vcdd.core.cost import Cost, CostSummary, Estimate
from vcdd.core.evidence import Evidence
from vcdd.core.model import ModelUse
from vcdd.pricing.alternatives import monthly_after
from vcdd.pricing.book import STALE_AFTER_DAYS, PriceBook
from vcdd.pricing.gpus import load_offers
from vcdd.pricing.media import clips
from vcdd.pricing.monthly import call_of, monthly
from vcdd.pricing.one_use import Pricer
from vcdd.pricing.peers import PeerGroup, load_peers
from vcdd.pricing.rates import current
from vcdd.pricing.rounding import round_significant, rounded
from vcdd.pricing.sensitivity import sensitivity
from vcdd.pricing.totals import add, runway_after_move, runway_months, share_of_revenue, whole_product
from vcdd.pricing.unit_cost import stated_actions
from vcdd.pricing.volumes import Matched, match_volumes
from vcdd.values import dataclass

_PRICED = frozenset((Evidence.BOUND, Evidence.DEPLOYED, Evidence.SELECTABLE))
"""What is worth a price. A bulk table, a test or a mention is not; a choice is, and stays out of every total."""


def estimate_costs(
    uses: Sequence[ModelUse],
    usage: Usage,
    book: PriceBook,
    *,
    today: date,
    stale_after_days: int = STALE_AFTER_DAYS,
    peers: Sequence[PeerGroup] | None = None,
) -> CostSummary:
    """Costs of the bound, deployed and selectable uses in the given order, and their total.

    Only bound and deployed uses are counted in the total, only current dollar prices are added up, and without a
    stated volume every monthly figure is None. `peers` defaults to the groups of the package. Nothing here goes to
    the network.
    """
    pricer = Pricer(
        book=book,
        today=today,
        stale_after_days=stale_after_days,
        peers=load_peers() if peers is None else tuple(peers),
        offers=load_offers(today, stale_after_days),
    )
    matched = match_volumes(uses, usage)
    lines = [
        _line(pricer.bare_cost(use), matched.by_use.get(index, ()), usage, is_use=evidence.is_use)
        for index, use in enumerate(uses)
        if (evidence := use.evidence) in _PRICED
    ]
    return _summary(lines, matched, usage)


@dataclass(frozen=True, slots=True)
class _Line:
    """One use with its cost; the exact monthly figure is kept so that sums are not sums of rounded figures."""

    cost: Cost
    exact: Estimate | None
    is_use: bool

    is_priced: bool
    """Whether any of its prices may be added up."""
    unpriceable: tuple[SlotVolume, ...] = ()
    """Stated volumes of a priced model for which no price is by that unit."""


def _line(bare: Cost, volumes: tuple[SlotVolume, ...], usage: Usage, *, is_use: bool) -> _Line:
    """Adds what was stated to what can be said without it."""
    is_priced = any(current(bare.prices))
    if not volumes and usage.input_tokens is None and usage.clip_seconds is None:
        return _Line(bare, None, is_use, is_priced)
    call = call_of(volumes[0] if volumes else None, usage)
    cost = bare
    if call is not None and bare.action_table:
        measured = bool(volumes) and volumes[0].measured and volumes[0].counts_requests
        cost = replace(cost, per_thousand_actions=stated_actions(bare.prices, call, measured=measured))
    if usage.clip_seconds is not None and bare.clips:
        cost = replace(cost, clips=clips(bare.prices, usage.clip_seconds))
    found = [(volume, monthly(bare.prices, volume, usage)) for volume in volumes]
    exact = add(estimate for _, estimate in found if estimate)
    return _Line(
        replace(cost, monthly=rounded(exact) if exact else None),
        exact,
        is_use,
        is_priced,
        unpriceable=tuple(volume for volume, estimate in found if estimate is None and is_priced),
    )


def _summary(lines: Sequence[_Line], matched: Matched, usage: Usage) -> CostSummary:
    parts = [line.exact for line in lines if line.exact]
    in_use = [line for line in lines if line.is_use]
    has_slots = bool(parts) and usage.invoice_usd is None
    total = add(parts) if has_slots else whole_product([line.cost.prices for line in in_use], usage)
    costs = tuple(map(_with_moves, _with_only_model(lines, total, parts)))
    lines = [replace(line, cost=cost) for line, cost in zip(lines, costs, strict=True)]
    if not usage.is_stated:
        costs = tuple(map(_without_month, costs))
    share, runway = share_of_revenue(total, usage), runway_months(total, usage)
    return CostSummary(
        costs=costs,
        monthly=rounded(total) if total else None,
        without_volume=_without_volume(lines) if has_slots else (),
        share_of_revenue=round_significant(share) if share is not None else None,
        runway_months=round_significant(runway) if runway is not None else None,
        priced=sum(line.is_priced for line in lines),
        unpriced=sum(not line.is_priced for line in lines),
        sources=_sources(costs),
        notes=tuple(_notes(lines, matched, usage, total)),
        sensitivity=sensitivity(total),
    )


def _without_volume(lines: Sequence[_Line]) -> tuple[str, ...]:
    """Models that have a price, of which nobody stated a volume although that of others is known."""
    silent = (line.cost.model for line in lines if line.is_use and line.is_priced and not line.exact)
    stated = {line.cost.model for line in lines if line.exact or line.unpriceable}
    return tuple(model for model in dict.fromkeys(silent) if model not in stated)


def _without_month(cost: Cost) -> Cost:
    """Without a volume no monthly figure stands anywhere, the rent of idle hardware included."""
    plan = cost.self_hosting
    return replace(cost, self_hosting=replace(plan, monthly_usd=None)) if plan is not None else cost


def _with_only_model(lines: Sequence[_Line], total: Estimate | None, parts: Sequence[Estimate]) -> tuple[Cost, ...]:
    """A number about the whole product is a number about the model where only one is in use."""
    in_use = [line for line in lines if line.is_use]
    if total is None or parts or len(in_use) != 1:
        return tuple(line.cost for line in lines)
    only = in_use[0]
    return tuple(replace(line.cost, monthly=rounded(total)) if line is only else line.cost for line in lines)


def _with_moves(cost: Cost) -> Cost:
    """What the same volume would cost on each alternative, where a volume was given: the price of having to move."""
    if cost.monthly is None:
        return cost
    moved = (replace(other, monthly_usd=monthly_after(cost.monthly, other)) for other in cost.alternatives)
    return replace(cost, alternatives=tuple(moved))


def _sources(costs: Sequence[Cost]) -> tuple[str, ...]:
    """Each source with its newest date, without the page of each row."""
    lists = {id(cost.prices): cost.prices for cost in costs}
    newest: dict[str, date | None] = {}
    for source, checked in {(price.source, price.checked) for prices in lists.values() for price in prices}:
        name = source.split(", citing ", maxsplit=1)[0].split("; ", maxsplit=1)[0]
        newest[name] = max((day for day in (newest.get(name), checked) if day), default=None)
    return tuple(f"{name}, as of {day}" if day else f"{name}, undated" for name, day in sorted(newest.items()))


def _notes(lines: Sequence[_Line], matched: Matched, usage: Usage, total: Estimate | None) -> Iterable[str]:
    """What a reader must know about the total, most important first."""
    bare = [line.cost.model for line in lines if line.is_use and not line.is_priced and not line.exact]
    if bare and total is not None and usage.invoice_usd is None:
        yield f"Not in the total, for want of a current price: {', '.join(dict.fromkeys(bare))}."
    for volume in matched.unmatched:
        yield f"The volume stated for {volume.slot!r} names no model in use and is not counted."
    for line in lines:
        for volume in line.unpriceable:
            amount = f"{volume.units_per_month:,f} {volume.unit}" if volume.unit else "the requests"
            yield f"Not in the total: {amount} stated for {line.cost.model}, which has no current price by that unit."
    parts = [line.exact for line in lines if line.exact]
    sums = add(parts)
    if sums and usage.invoice_usd is not None:
        by_slot = round_significant(sums.base)
        yield f"The volumes by slot add up to {by_slot:,f} dollars a month; the invoice is the total."
    elif sums and (usage.requests_per_month is not None or usage.tokens_per_month is not None):
        yield "The total is the sum of the volumes by slot; the volume of the whole product is not used."
    if total is not None and usage.burn_usd:
        share = round_significant(100 * total.base / usage.burn_usd)
        yield f"Inference is about {share:f} % of the stated monthly burn."
    if words := runway_after_move([line.cost for line in lines], usage):
        yield words
    if any(line.is_priced and any(price.high for price in line.cost.prices) for line in lines):
        yield "Where sources differ by more than 20 % the price is a range."
