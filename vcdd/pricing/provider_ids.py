"""Which name each price source uses for the providers of our registry."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from vcdd.pricing.package_data import read_toml
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderNames:
    """One provider under the names of the price sources; empty where a source lacks it."""

    id: str
    """Id in our registry."""
    genai: tuple[str, ...] = ()
    models_dev: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    """Files under `data/units/`."""
    is_vendor: bool = False
    """Whether the provider serves its own models: its price page is then a vendor source."""
    note: str = ""
    """What a reader of its prices must know: a conversion, a tier."""


@cache
def provider_names() -> Mapping[str, ProviderNames]:
    """By registry id and by every other spelling in use, lower case."""
    table: dict[str, ProviderNames] = {}
    for row in read_toml("providers.toml")["provider"]:
        names = ProviderNames(
            id=row["id"],
            genai=tuple(row.get("genai", ())),
            models_dev=tuple(row.get("models_dev", ())),
            units=tuple(row.get("units", (row["id"],))),
            is_vendor=row.get("vendor", False),
            note=row.get("note", ""),
        )
        table |= dict.fromkeys((row["id"], *row.get("also", ())), names)
    return table


def names_of(provider: str) -> ProviderNames:
    """The names of a provider; one nobody has heard of is only known under its own id."""
    return provider_names().get(provider.lower()) or ProviderNames(id=provider, units=(provider,))


def same_provider(one: str, other: str) -> bool:
    """Whether two spellings mean one provider."""
    return names_of(one).id == names_of(other).id
