"""The user's own prices: they win over every list price and are named wherever they are used.

name = "customer contract of March"

[[price]]
provider = "openai"
model = "gpt-5"
unit = "input-mtok"
amount = 0.9
currency = "USD"                    # default
conditions = "batch"                # optional
effective = 2026-03-01              # optional, as is until
until = 2027-02-28

[[rate]]                            # without one a price in another currency is shown, never converted
currency = "EUR"
usd = 1.08
date = 2026-11-20
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from vcdd.core.cost import Price
from vcdd.errors import ConfigError
from vcdd.pricing.numbers import number, only_keys, read_text, tables, toml_document
from vcdd.pricing.provider_ids import names_of
from vcdd.pricing.units import CURRENCIES, UNITS
from vcdd.values import dataclass

_KEYS = ("provider", "model", "unit", "amount", "currency", "conditions", "effective", "until")
_TEXTS = ("provider", "model", "unit")
_MOST = Decimal(1_000_000)
"""No unit we know costs a million."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One price with the day after which it no longer holds."""

    price: Price
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractPrices:
    """A file of prices as a price source."""

    name: str
    rows: Mapping[tuple[str, str], tuple[Row, ...]] = field(default_factory=dict)
    """By provider id and lower-case model."""

    def prices_for(self, names: Sequence[str], provider: str, on: date) -> tuple[Price, ...]:
        """The prices in force on that day for the first spelling the file knows at this provider."""
        ours = names_of(provider).id
        found = next((self.rows[ours, name] for name in names if (ours, name) in self.rows), ())
        return tuple(row.price for row in found if _is_in_force(row, on))


def load_contract(path: Path) -> ContractPrices:
    """The prices of a file.

    Raises:
        ConfigError: naming the row and key that cannot be used.
    """
    return parse_contract(read_text(path), path.name)


def parse_contract(text: str, file: str = "prices.toml") -> ContractPrices:
    """The prices of a file's text.

    Raises:
        ConfigError: for text that is not TOML, unknown keys, units or currencies, negative prices, and two rows for the
            same provider, model, unit, conditions and day.
    """
    document = toml_document(text, file)
    only_keys(document, ("name", "price", "rate"), file)
    name = document.get("name", file)
    if not isinstance(name, str):
        raise ConfigError(f"{file}: name must be a text", help='Write name = "…".')
    rates = dict(_rate(row, f"{file}: rate {index}") for index, row in enumerate(tables(document, "rate", file), 1))
    rows: dict[tuple[str, str], tuple[Row, ...]] = {}
    seen: dict[tuple[Any, ...], int] = {}
    for index, raw in enumerate(tables(document, "price", file), 1):
        row = _convert(_row(raw, f"{file}: price {index}", name), rates)
        _refuse_twins(row.price, index, seen, file)
        key = (row.price.provider, row.price.model.lower())
        rows[key] = (*rows.get(key, ()), row)
    return ContractPrices(name=name, rows=rows)


def _is_in_force(row: Row, on: date) -> bool:
    begins = row.price.effective
    return (begins is None or begins <= on) and (row.until is None or on <= row.until)


def _row(raw: Mapping[str, Any], place: str, name: str) -> Row:
    only_keys(raw, _KEYS, place)
    texts = dict(_required(raw, place))
    if texts["unit"] not in UNITS:
        raise ConfigError(
            f"{place}: unknown unit {texts['unit'][:40]!r}", help=f"Known units: {', '.join(sorted(UNITS))}."
        )
    price = Price(
        provider=names_of(texts["provider"]).id,
        model=texts["model"],
        unit=texts["unit"],
        amount=number(raw.get("amount"), f"{place}: amount", at_most=_MOST),
        currency=_currency(raw.get("currency", "USD"), place),
        conditions=str(raw.get("conditions", "")),
        effective=_day(raw, "effective", place),
        source=f"contract: {name}",
        source_kind="contract",
    )
    return Row(price=price, until=_day(raw, "until", place))


def _required(raw: Mapping[str, Any], place: str) -> Iterator[tuple[str, str]]:
    for key in _TEXTS:
        value = raw.get(key)
        if not isinstance(value, str) or not value.strip():
            raise ConfigError(f"{place}: {key} is missing", help=f'Write {key} = "…".')
        yield key, value.strip()


def _currency(value: Any, place: str) -> str:
    if value not in CURRENCIES:
        known = ", ".join(sorted(CURRENCIES))
        raise ConfigError(f"{place}: unknown currency {str(value)[:20]!r}", help=f"Known currencies: {known}.")
    return str(value)


def _day(raw: Mapping[str, Any], key: str, place: str) -> date | None:
    value = raw.get(key)
    if value is None:
        return None
    if isinstance(value, datetime) or not isinstance(value, date):
        raise ConfigError(f"{place}: {key} must be a date", help=f"Write {key} = 2026-03-01 without quotes.")
    return value


def _rate(raw: Mapping[str, Any], place: str) -> tuple[str, tuple[Decimal, date]]:
    only_keys(raw, ("currency", "usd", "date"), place)
    day = _day(raw, "date", place)
    if day is None:
        raise ConfigError(f"{place}: date is missing", help="Nothing is converted without a dated rate.")
    return _currency(raw.get("currency"), place), (number(raw.get("usd"), f"{place}: usd", at_most=_MOST), day)


def _convert(row: Row, rates: Mapping[str, tuple[Decimal, date]]) -> Row:
    """The row in dollars where the file gives a dated rate, with the rate in its source; else unchanged."""
    price = row.price
    if price.currency not in rates:
        return row
    usd, day = rates[price.currency]
    source = f"{price.source}, {price.currency} at {usd} dollars on {day}"
    return replace(row, price=replace(price, amount=price.amount * usd, currency="USD", source=source))


def _refuse_twins(price: Price, index: int, seen: dict[tuple[Any, ...], int], file: str) -> None:
    key = (price.provider, price.model.lower(), price.unit, price.conditions, price.effective)
    if key in seen:
        raise ConfigError(
            f"{file}: price {index} repeats price {seen[key]}: {price.unit} of {price.model} at {price.provider}",
            help="Keep one row, or give each its own conditions or effective date.",
        )
    seen[key] = index
