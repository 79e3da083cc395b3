"""What a rule may know beside the report: list records, the company, the day and the newer siblings of a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from types import MappingProxyType
from typing import Protocol

from vcdd.core.company import Company
from vcdd.values import dataclass


class ListEntry(Protocol):
    """One entry of a government list, order, statute or contract term, as the registry records it."""

    @property
    def code(self) -> str:
        """Stable code of the record; `Lab.list_entries` names it."""
        ...

    @property
    def instrument(self) -> str:
        """Name of the list or statute, for a sentence."""
        ...

    @property
    def jurisdiction(self) -> str:
        """ISO code, `US-TX` for a state, `EU`, or `contract`."""
        ...

    @property
    def legal_entity(self) -> str:
        """The name that stands in the list; empty where the record has none."""
        ...

    @property
    def tier(self) -> str:
        """`confirmed` or `possible`: how surely the entry is this lab."""
        ...

    @property
    def effect(self) -> str:
        """One neutral sentence about the legal effect."""
        ...

    @property
    def status(self) -> str:
        """`in-force`, `proposed`, `posted-then-withdrawn`, `removed`, `not-listed`, `stayed` or `unknown`."""
        ...

    @property
    def start(self) -> str:
        """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`; empty when not recorded."""
        ...

    @property
    def checked(self) -> date | None:
        """When the source was last read."""
        ...


_NO_LISTS: Mapping[str, ListEntry] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleContext:
    """Everything a rule may use that is not in the report."""

    today: date
    """Passed in; rules never look at the clock."""
    lists: Mapping[str, ListEntry] = field(default_factory=lambda: _NO_LISTS)
    """By code."""
    company: Company | None = None
    """None when the firm has told nothing: thresholds then become questions."""
