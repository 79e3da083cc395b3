"""The usage file: stated volumes, per feature or for the whole product. Read strictly; nothing is guessed.

requests_per_month = 200_000        # or tokens_per_month, or invoice_usd
input_tokens = 3_000                # averages per request
output_tokens = 500
revenue_usd = 80_000                # per month, as burn_usd
burn_usd = 150_000
cash_usd = 2_000_000
clip_seconds = 5
tries = 2

[slots.chat]                        # a slot of the target, or a model id in quotes
requests_per_month = 150_000
input_tokens = 4_000
output_tokens = 600
cached_share = 0.4
batch = false

[slots.thumbnails]
units_per_month = 20_000
unit = "images"
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from vcdd.core.company import Company, SlotVolume, Usage
from vcdd.errors import ConfigError
from vcdd.pricing.media import UNIT_WORDS
from vcdd.pricing.numbers import number, only_keys, read_text, toml_document
from vcdd.pricing.units import MEDIA_UNITS

_TOP = (
    "requests_per_month",
    "tokens_per_month",
    "invoice_usd",
    "input_tokens",
    "output_tokens",
    "revenue_usd",
    "burn_usd",
    "cash_usd",
    "clip_seconds",
    "tries",
)
_SLOT_NUMBERS = ("requests_per_month", "input_tokens", "output_tokens", "units_per_month", "invoice_usd")
_SLOT = (*_SLOT_NUMBERS, "cached_share", "batch", "unit", "measured")
_MOST_SLOTS = 10_000


def load_usage(path: Path) -> Usage:
    """The volumes of a file: TOML, or a provider's export where the name ends in `.csv`.

    Raises:
        ConfigError: naming the key, or row and column, that cannot be used.
    """
    text = read_text(path)
    if path.suffix.lower() == ".csv":
        from vcdd.pricing.provider_exports import parse_export  # noqa: PLC0415 -- only for exports

        return parse_export(text, path.name)
    return parse_usage(text, path.name)


def parse_usage(text: str, name: str = "usage.toml") -> Usage:
    """The volumes of a usage file's text.

    Raises:
        ConfigError: for text that is not TOML, unknown keys, wrong types, and negative or absurd numbers.
    """
    document = toml_document(text, name)
    only_keys(document, (*_TOP, "slots", "notes"), name)
    slots = document.get("slots", {})
    if not isinstance(slots, dict) or len(slots) > _MOST_SLOTS:
        raise ConfigError(f"{name}: 'slots' must be a table of tables", help="Write [slots.NAME] before each.")
    stated: dict[str, Any] = {key: number(document[key], f"{name}: {key}") for key in _TOP if key in document}
    return Usage(
        source=name,
        slots=tuple(_slot(slot, table, f"{name}: slots.{slot}") for slot, table in slots.items()),
        notes=_notes(document.get("notes", ()), name),
        **stated,
    )


def with_company(usage: Usage, company: Company) -> Usage:
    """The usage with revenue and burn of the company where the usage file states none; a volume is never inferred."""
    revenue, burn = company.annual_revenue_usd, company.monthly_burn_usd
    return replace(
        usage,
        revenue_usd=Decimal(revenue) / 12 if usage.revenue_usd is None and revenue is not None else usage.revenue_usd,
        burn_usd=Decimal(burn) if usage.burn_usd is None and burn is not None else usage.burn_usd,
    )


def _slot(slot: str, table: Any, place: str) -> SlotVolume:
    if not isinstance(table, dict):
        raise ConfigError(f"{place}: expected a table", help="Write [slots.NAME] and its keys below.")
    only_keys(table, _SLOT, place)
    values: dict[str, Any] = {key: number(table[key], f"{place}.{key}") for key in _SLOT_NUMBERS if key in table}
    volume = SlotVolume(
        slot=slot,
        cached_share=number(table.get("cached_share", 0), f"{place}.cached_share", at_most=Decimal(1)),
        batch=_flag(table, "batch", place),
        measured=_flag(table, "measured", place),
        unit=_unit(table, place),
        **values,
    )
    if volume.requests_per_month is None and volume.units_per_month is None and volume.invoice_usd is None:
        raise ConfigError(f"{place}: states no volume", help="Give requests_per_month, units_per_month or invoice_usd.")
    return volume


def _flag(table: Mapping[str, Any], key: str, place: str) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise ConfigError(f"{place}.{key}: expected true or false", help="Write true or false without quotes.")
    return value


def _unit(table: Mapping[str, Any], place: str) -> str:
    """The unit of `units_per_month`; the two come together or not at all."""
    unit = table.get("unit", "")
    if ("units_per_month" in table) != bool(unit):
        raise ConfigError(f"{place}: units_per_month and unit belong together", help='Give both, unit = "images" say.')
    if unit and unit not in UNIT_WORDS and unit not in MEDIA_UNITS:
        known = ", ".join(sorted({*UNIT_WORDS, *MEDIA_UNITS}))
        raise ConfigError(f"{place}.unit: unknown unit {str(unit)[:40]!r}", help=f"Known units: {known}.")
    return str(unit)


def _notes(value: Any, name: str) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(note, str) for note in value):
        raise ConfigError(f"{name}: notes must be a list of texts", help='Write notes = ["…"].')
    return tuple(value)
