"""Our own dated prices: rows an editor read on a page, and snapshots a script took out of a price collection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from vcdd.core.cost import Price
from vcdd.pricing import conditions
from vcdd.pricing.package_data import has_data, read_notes, read_rows, read_toml
from vcdd.pricing.provider_ids import ProviderNames, names_of
from vcdd.values import dataclass

HISTORICAL = "historical, the service ended on "
"""Begins the conditions of a price nobody can buy at any more."""


@dataclass(frozen=True, slots=True)
class OwnPrices:
    """`data/units/*.toml` and `data/snapshots/*.csv`; a provider's files are read at the first question about it."""

    def prices_for(self, names: Sequence[str], provider: str, on: date) -> tuple[Price, ...]:
        """Every row for the first spelling that has any; rows that begin later than `on` do not count.

        A row whose service has ended comes back as historical and stale.
        """
        ours = names_of(provider)
        table = {name: _table(name) for name in ours.units}
        for name in names:
            found = [price for prices in table.values() for price in prices.get(name, ())]
            if found:
                ended = _ended().get((ours.id, name))
                begun = (_of(ours, price) for price in found if _has_begun(price, on))
                return tuple(_historical(price, ended, on) for price in begun)
        return ()


def _of(ours: ProviderNames, price: Price) -> Price:
    """The price as this provider's, with what a reader of its prices must know; rows of its own need no word."""
    said = f"{price.source}: {ours.note}" if ours.note and price.source_kind == "price-library" else price.source
    return replace(price, provider=ours.id, source=said)


def _has_begun(price: Price, on: date) -> bool:
    return price.effective is None or price.effective <= on


def _historical(price: Price, ended: date | None, on: date) -> Price:
    if ended is None or ended > on:
        return price
    return replace(price, stale=True, conditions=conditions.join(price.conditions, f"{HISTORICAL}{ended}"))


@cache
def _ended() -> Mapping[tuple[str, str], date]:
    """Services that were switched off: (provider, lower-case model) to the day."""
    rows = read_toml("ended.toml")["service"]
    return {(row["provider"], model.lower()): row["ended"] for row in rows for model in row["models"]}


@cache
def _table(name: str) -> Mapping[str, tuple[Price, ...]]:
    """The prices of one file name by lower-case model id; empty where there is no such file."""
    table: dict[str, list[Price]] = defaultdict(list)
    for price in (*_edited(name), *_snapshot(name)):
        table[price.model.lower()].append(price)
    return {model: tuple(prices) for model, prices in table.items()}


def _edited(name: str) -> Iterator[Price]:
    """Rows of `data/units/<name>.toml`: the head of the file gives the defaults of each row."""
    if not has_data(f"units/{name}.toml"):
        return
    document = read_toml(f"units/{name}.toml")
    head = {key: value for key, value in document.items() if key != "price"}
    for row in document["price"]:
        whole: dict[str, Any] = {**head, **row}
        for model in whole["models"]:
            yield Price(
                provider=whole["provider"],
                model=model,
                unit=whole["unit"],
                amount=Decimal(whole["amount"]),
                currency=whole["currency"],
                conditions=whole.get("conditions", ""),
                effective=whole.get("effective"),
                checked=whole.get("checked"),
                source=whole["source"],
                source_kind=whole["source_kind"],
            )


def _snapshot(name: str) -> Iterator[Price]:
    """Rows of `data/snapshots/<name>.csv`; the notes at its head give source and date."""
    file = f"snapshots/{name}.csv"
    if not has_data(file):
        return
    notes = read_notes(file)
    checked = date.fromisoformat(notes["checked"])
    for row in read_rows(file):
        yield Price(
            provider=name,
            model=row["model"],
            unit=row["unit"],
            amount=Decimal(row["amount"]),
            conditions=row["conditions"],
            checked=checked,
            source=notes["source"] + (f", citing {row['page']}" if row["page"] else ""),
            source_kind="price-library",
        )
