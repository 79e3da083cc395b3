"""Finds a model in one list of the genai-prices package as the package does, without asking every model's rule.

Nearly all rules are lists of exact ids. Those are in one table, and only the models with other rules are asked in turn;
the first model in the order of the package wins, as there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from types import MappingProxyType
from typing import Any

from vcdd.pricing.genai_flat import Flat
from vcdd.values import dataclass

_COMPACT_DATE = re.compile(r"-(20\d\d)([01]\d)([0-3]\d)(?=-|:|$)")
"""A date the package also reads as `-2025-12-11`, in a second attempt of its own."""


@dataclass(frozen=True, slots=True)
class Finder:
    """One provider's list, ready to be asked many times."""

    table: Flat

    @property
    def name(self) -> str:
        """The provider's name."""
        return str(self.table["name"])

    @property
    def lenders(self) -> Sequence[str]:
        """Providers at whose list price it sells."""
        lenders: list[str] = self.table["lenders"]
        return lenders

    @property
    def models(self) -> Sequence[Any]:
        """All models of the list."""
        models: list[Any] = self.table["models"]
        return models

    def find(self, name: str) -> Any | None:
        """The model of a lower-case name, as `genai_flat.Flat` describes it; None where no rule fits."""
        place = self._place(name)
        if place is None and (dashed := _COMPACT_DATE.sub(_dashed, name)) != name:
            place = self._place(dashed)
        return None if place is None else self.models[place]

    def _place(self, name: str) -> int | None:
        last: int | None = self.table["exact"].get(name)
        for place, rule in self.table["others"]:
            if last is not None and place >= last:
                break
            if _fits(rule, name):
                return int(place)
        return last


def _dashed(found: re.Match[str]) -> str:
    """The date with dashes; what is no date of the calendar stays."""
    with suppress(ValueError):
        return f"-{date(*map(int, found.groups())).isoformat()}"
    return found[0]


_TESTS: Mapping[str, Callable[[str, str], bool]] = MappingProxyType(
    {"equals": str.__eq__, "starts_with": str.startswith, "ends_with": str.endswith, "contains": str.__contains__}
)
"""By the package's word: what a rule asks of a name."""


def _fits(rule: list[Any], name: str) -> bool:
    """Whether a rule fits a lower-case name. Plain loops: this is asked 50 times for a model that nobody knows."""
    kind: str = rule[0]
    value: Any = rule[1]
    if kind in ("or", "and"):
        wanted = kind == "or"
        for part in value:
            if _fits(part, name) is wanted:
                return wanted
        return not wanted
    if kind == "regex":
        return re.search(value, name) is not None
    return _TESTS[kind](name, value.lower())
