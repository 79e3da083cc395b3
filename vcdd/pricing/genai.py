"""Token prices from the genai-prices package: bundled, offline, MIT.

Its calculator applies long-context tiers to a whole call, so asking it for a million tokens gives the dear tier. Here
the price records themselves are read instead: the base is the ordinary price and each tier becomes a price of its own
with its condition. The package's updater, which goes to the network, is never started; what the user asked to have
fetched lies in a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from vcdd.core.cost import Price
from vcdd.pricing import conditions
from vcdd.pricing.genai_data import dated, lists
from vcdd.pricing.provider_ids import ProviderNames, names_of
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True)
class GenaiPrices:
    """The package as a price source; its lists are loaded at the first question."""

    folder: Path | None = None
    """Folder of lists that were fetched on request; None for those of the package."""
    tables: Path | None = None
    """Folder in which the lists of the package are kept as plain tables; None keeps none."""

    def prices_for(self, names: Sequence[str], provider: str, on: date) -> tuple[Price, ...]:
        """Ordinary, tiered, cached, batch and peak-hour prices of the first spelling the provider's list knows.

        Several of their lists may stand for one of our providers (a router with many sellers): all answer.
        """
        ours = names_of(provider)
        found = (self._find(tuple(names), their_id) for their_id in ours.genai)
        return tuple(price for hit in found if hit for price in self._prices(*hit, ours, on))

    def _find(self, names: tuple[str, ...], their_id: str) -> tuple[Any, str] | None:
        return _find(names, their_id, self.folder, self.tables)

    def _prices(self, model: Any, lender: str, ours: ProviderNames, on: date) -> Iterator[Price]:
        lent = f"list price of {lender}" if lender else ""
        words = ", ".join(text for text in (lent, ours.note) if text)
        source = lists(self.folder, self.tables).source + (f": {words}" if words else "")
        checked = dated(self.folder, self.tables, on)
        name, states, peaks = model
        _, effective, standard, batch = next(state for state in reversed(states) if state[0] <= on.isoformat())
        dear = [
            [unit, amount, conditions.join(when, conditions.peak(window))]
            for window, rows in peaks
            for unit, amount, when in rows
        ]
        for unit, amount, when in (*standard, *(() if lender else batch), *dear):
            yield Price(
                provider=ours.id,
                model=name,
                unit=unit,
                amount=Decimal(amount),
                conditions=when,
                effective=date.fromisoformat(effective) if effective else None,
                checked=checked,
                source=source,
                source_kind="price-library",
            )


@cache
def _find(names: tuple[str, ...], their_id: str, folder: Path | None, tables: Path | None) -> tuple[Any, str] | None:
    """The model, and whose list it stands in where that is another's.

    Some providers sell at another's list price by the package's own account (Azure at OpenAI's): the price is then
    taken from there and the source says so.
    """
    finders = lists(folder, tables).finders
    own = finders.get(their_id)
    if own is None:
        return None
    for lender in (own, *(finders[name] for name in own.lenders if name in finders)):
        for name in names:
            if model := lender.find(name):
                return model, "" if lender is own else lender.name
    return None
