"""Finds a model in one list of the genai-prices package as the package does, without asking every model's rule.

Nearly all rules are lists of exact ids. Those go into one table, and only the models with other rules are asked in
turn; the first model in the order of the package wins, as there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from vcdd.values import dataclass

if TYPE_CHECKING:
    from genai_prices.types import ModelInfo, Provider

_COMPACT_DATE = re.compile(r"-20\d{6}(?=-|:|$)")
"""A date the package also reads as `-2025-12-11`, in a second attempt of its own."""


@dataclass(frozen=True, slots=True)
class Finder:
    """One provider's list, ready to be asked many times."""

    provider: Provider
    exact: Mapping[str, int]
    """Lower-case id to the first model whose rule lists it."""
    others: tuple[int, ...]
    """Models with any rule but exact ids, in order."""

    def find(self, name: str) -> ModelInfo | None:
        """The model of a lower-case name; None where no rule fits."""
        models = self.provider.models
        last = self.exact.get(name, len(models))
        for index in self.others:
            if index >= last:
                break
            if models[index].match.is_match(name):
                return models[index]
        if last < len(models):
            return models[last]
        return self.provider.find_model(name) if _COMPACT_DATE.search(name) else None


def finder_for(provider: Provider) -> Finder:
    """Sorts a provider's rules into exact ids and others."""
    exact: dict[str, int] = {}
    others = []
    for index, model in enumerate(provider.models):
        ids = tuple(_ids(model.match))
        for name in ids:
            if name is not None:
                exact.setdefault(name, index)
        if None in ids:
            others.append(index)
    return Finder(provider, exact, tuple(others))


def _ids(rule: Any) -> Iterator[str | None]:
    """The exact ids a rule lists, lower case; None for each part that is another kind of rule."""
    from genai_prices.types import ClauseEquals, ClauseOr  # noqa: PLC0415 -- slow import

    if isinstance(rule, ClauseEquals):
        yield rule.equals.lower()
    elif isinstance(rule, ClauseOr):
        for part in rule.or_:
            yield from _ids(part)
    else:
        yield None
