"""Everything about the cost of one model by one route that needs no volume. Each pair of the two is priced once."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import date

from vcdd.core.cost import Cost, Price, SelfHosting
from vcdd.core.model import LifecycleStatus, Model, ModelUse, Weights
from vcdd.core.route import RouteKind
from vcdd.pricing import conditions
from vcdd.pricing.alternatives import alternatives
from vcdd.pricing.book import PriceBook
from vcdd.pricing.gpus import Offer
from vcdd.pricing.media import clips, is_media, thousand_units
from vcdd.pricing.own import HISTORICAL
from vcdd.pricing.peers import PeerGroup
from vcdd.pricing.rates import current
from vcdd.pricing.self_host import self_hosting
from vcdd.pricing.unit_cost import action_table, blended, parametric_actions, unstated_actions
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pricer:
    """Prices uses on one day out of one book. The memory is of this run only."""

    book: PriceBook
    today: date
    stale_after_days: int
    peers: tuple[PeerGroup, ...] = ()
    offers: tuple[Offer, ...] = ()
    """Rents of processors; without any nothing is said of self-hosting."""
    _known: dict[tuple[str, ...], Cost] = field(default_factory=dict)

    def bare_cost(self, use: ModelUse) -> Cost:
        """The cost of a use as far as it needs no volume."""
        provider = use.route.provider.id if use.route.provider else ""
        written = tuple(dict.fromkeys(reference.written for reference in use.references))
        key = (use.route.kind.value, provider, use.model.id, *written)
        if key not in self._known:
            self._known[key] = self._cost(use, provider, (use.model.id, *written))
        return self._known[key]

    def prices(self, ids: tuple[str, ...], provider: str) -> tuple[Price, ...]:
        """Merged prices under this run's day and age limit."""
        return self.book.prices_for(ids, provider, self.today, stale_after_days=self.stale_after_days)

    def _cost(self, use: ModelUse, provider: str, ids: tuple[str, ...]) -> Cost:
        is_own = use.route.kind is RouteKind.SELF_HOSTED
        prices = () if is_own else retired(self.prices(ids, provider), use.model, self.today)
        own = self._self_hosting(use.model, ids, prices) if is_own or use.model.weights is Weights.OPEN else None
        sizes = () if is_media(prices) else parametric_actions(prices)
        return Cost(
            model=use.model.id,
            route=provider or use.route.kind.value,
            prices=prices,
            note=_note(use, prices, own, self.stale_after_days),
            blended=() if is_media(prices) else blended(prices),
            per_thousand_actions=unstated_actions(sizes) or thousand_units(prices),
            self_hosting=own,
            alternatives=alternatives(use.model, prices, self.peers, self.prices),
            action_table=action_table(sizes),
            clips=clips(prices),
        )

    def _self_hosting(self, model: Model, ids: tuple[str, ...], prices: tuple[Price, ...]) -> SelfHosting | None:
        return self_hosting(model, ids, prices, self.prices, self.offers)


def retired(prices: tuple[Price, ...], model: Model, today: date) -> tuple[Price, ...]:
    """The same prices, as historical ones where the model's service has ended by that day."""
    end = model.lifecycle
    if end is None or end.status is not LifecycleStatus.RETIRED or (end.date and end.date > today):
        return prices
    words = f"{HISTORICAL}{end.date}" if end.date else "historical, the service has ended"
    return tuple(
        price
        if "historical" in price.conditions
        else replace(price, stale=True, conditions=conditions.join(price.conditions, words))
        for price in prices
    )


def _note(use: ModelUse, prices: tuple[Price, ...], own: SelfHosting | None, limit: int) -> str:
    """Why there is no price, or why the price does not count; empty where it does."""
    if use.route.kind is RouteKind.SELF_HOSTED:
        why = "" if own else "; not estimated, because the number of parameters is not known"
        return f"self-hosted: the weights are free, inference is not{why}"
    if not prices:
        seller = use.route.provider.name if use.route.provider else ""
        return (
            f"no current price: no source states one at {seller}"
            if seller
            else "no current price: the seller is not known"
        )
    if any("historical" in price.conditions for price in prices):
        return "the service has ended: the price is historical and left out of totals"
    if not any(current(prices)):
        return f"stale: nobody has read the price for over {limit} days; left out of totals"
    return "" if use.evidence.is_use else "can be configured, so it is left out of totals"
