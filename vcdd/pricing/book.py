"""The price book: every source asked in one way, and one answer per unit and condition."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from vcdd.core.cost import Price
from vcdd.pricing.merge import merge_prices
from vcdd.pricing.spellings import spellings
from vcdd.values import dataclass

STALE_AFTER_DAYS = 90
"""Default age at which a price is shown but no longer added up (product page 5.3)."""


class PriceSource(Protocol):
    """One place prices come from. A source answers for one provider's own list only, never for a neighbour's."""

    def prices_for(self, names: Sequence[str], provider: str, on: date) -> tuple[Price, ...]:
        """Prices of the first of these spellings (lower case, most literal first) the source knows; empty if none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceBook:
    """All sources together."""

    sources: tuple[PriceSource, ...]

    def prices_for(
        self, model_ids: Sequence[str], provider: str, on: date, *, stale_after_days: int = STALE_AFTER_DAYS
    ) -> tuple[Price, ...]:
        """Merged prices of one model at one provider, ordinary conditions first within each unit.

        `model_ids` holds the canonical id and the written spellings; `provider` is our registry's id. Empty means no
        source has a price: never a guess.
        """
        if not provider:
            return ()
        names = spellings(model_ids)
        quotes = [price for source in self.sources for price in source.prices_for(names, provider, on)]
        return merge_prices(quotes, on, stale_after_days)


def open_book(*extra: PriceSource, fetched: Path | None = None, tables: Path | None = None) -> PriceBook:
    """The sources of the package, after `extra` ones such as the user's contract prices; nothing is loaded yet.

    `fetched` is the folder of price lists that the user asked to have fetched; where it holds none, or is None, those of
    the package answer. `tables` is where the package's lists are kept in a form that loads faster.
    """
    from vcdd.pricing.genai import GenaiPrices  # noqa: PLC0415 -- keeps the price library out of scans without prices
    from vcdd.pricing.models_dev import ModelsDevPrices  # noqa: PLC0415
    from vcdd.pricing.own import OwnPrices  # noqa: PLC0415

    return PriceBook(sources=(*extra, OwnPrices(), GenaiPrices(fetched, tables), ModelsDevPrices()))
