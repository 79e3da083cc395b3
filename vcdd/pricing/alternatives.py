"""Price-only alternatives: what a peer would cost, and which licence and origin it would bring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from vcdd.core.cost import Alternative, Estimate, Price
from vcdd.core.model import Model
from vcdd.pricing.media import unit_range
from vcdd.pricing.peers import KINDS, Peer, PeerGroup, group_of
from vcdd.pricing.rates import current
from vcdd.pricing.rounding import round_significant
from vcdd.pricing.unit_cost import blended_at

PriceLookup = Callable[[tuple[str, ...], str], tuple[Price, ...]]
"""(spellings, provider) to merged prices."""
NOT_COMPARED = "quality not compared"


def alternatives(
    model: Model, prices: Sequence[Price], groups: Sequence[PeerGroup], look_up: PriceLookup
) -> tuple[Alternative, ...]:
    """One other model of each kind in the model's group, in the order open Western, closed Western, other open.

    The first row of another lab is taken, and one of the same lab only where its kind has no other. Empty where no
    editor made a group. A peer without a current price is still named, with no ratio.
    """
    group = group_of(groups, model.peer_group, model.family)
    if group is None:
        return ()
    others = [peer for peer in group.peers if not _is_same(peer, model)]
    lab = model.lab.id if model.lab else ""
    nearest = [
        min((peer for peer in others if peer.kind == kind), key=lambda peer: peer.lab_id == lab, default=None)
        for kind in KINDS
    ]
    return tuple(_alternative(peer, prices, look_up) for peer in nearest if peer)


def _is_same(peer: Peer, model: Model) -> bool:
    """Whether the peer is the model itself, with or without the organisation before its name."""
    ours, theirs = model.id.lower(), peer.model.lower()
    return ours == theirs or ours.rsplit("/", 1)[-1] == theirs.rsplit("/", 1)[-1]


def _alternative(peer: Peer, own: Sequence[Price], look_up: PriceLookup) -> Alternative:
    offers = [offer for provider, name in peer.routes if (offer := look_up((name, peer.model), provider))]
    best = next((offer for offer in offers if any(current(offer))), offers[0] if offers else ())
    return Alternative(
        model=peer.model,
        lab=peer.lab,
        country=peer.country,
        licence=peer.licence,
        kind=peer.kind,
        why=f"{peer.why}; {NOT_COMPARED}",
        prices=best,
        ratio=price_ratio(best, own),
    )


def price_ratio(other: Sequence[Price], own: Sequence[Price]) -> Decimal | None:
    """What the other costs for each dollar of the own: by a media unit both are sold by, else blended 3:1 tokens.

    None where they share no current unit, or the own price is nothing.
    """
    for theirs, ours in _pairs(other, own):
        if theirs is not None and ours:
            return round_significant(theirs / ours)
    return None


def _pairs(other: Sequence[Price], own: Sequence[Price]) -> Sequence[tuple[Decimal | None, Decimal | None]]:
    media = [
        _by_unit(other, own, unit) for unit in ("video-second", "image", "audio-minute", "character-k", "page", "query")
    ]
    return [*media, (blended_at(other), blended_at(own)), _by_unit(other, own, "input-mtok")]


def _by_unit(other: Sequence[Price], own: Sequence[Price], unit: str) -> tuple[Decimal | None, Decimal | None]:
    theirs, ours = unit_range(other, unit), unit_range(own, unit)
    return theirs and theirs.base, ours and ours.base


def monthly_after(monthly: Estimate | None, other: Alternative) -> Decimal | None:
    """Dollars a month on the alternative at the same volume, by price only; None without a monthly figure or a ratio.

    Another model may need more or fewer tokens for the same task: that is not in the figure.
    """
    return round_significant(monthly.base * other.ratio) if monthly and other.ratio is not None else None
