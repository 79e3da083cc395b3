"""Which places lie inside which: ISO codes and the two names that stand for many countries, `EU` and `EEA`."""

from __future__ import annotations

from collections.abc import Iterable

# Member states by ISO 3166-1 alpha-2: "Country profiles" of the European Union's own site, 27 since 2020-02-01.
EU = frozenset(
    "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split()  # noqa: SIM905
)
# The EEA agreement adds three states of EFTA.
EEA = EU | {"IS", "LI", "NO"}

_GROUPS = {"EU": EU, "EEA": EEA}
_SPELLINGS = {"UK": "GB", "EL": "GR", "USA": "US"}


def countries(place: str) -> frozenset[str]:
    """The ISO codes a place stands for: itself, or the members of `EU` and `EEA`."""
    code = _SPELLINGS.get(place.strip().upper(), place.strip().upper())
    return _GROUPS.get(code, frozenset({code}))


def overlap(place: str, others: Iterable[str]) -> bool:
    """Whether a place and any of the others share a country."""
    own = countries(place)
    return any(own & countries(other) for other in others)
