"""What a comparison says."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from vcdd.values import dataclass


class Kind(StrEnum):
    """What happened to a use."""

    ADDED = "added"
    REMOVED = "removed"
    SWAPPED = "swapped"
    """Another model in the same slot."""
    CHANGED = "changed"
    """The same model by another route, under another licence, price, lifecycle or evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One use on one side of the comparison, in the words that are compared."""

    model: str
    slots: tuple[str, ...]
    lab: str
    """`Name (CC)`, or `unknown`."""
    licence: str
    route: str
    lifecycle: str
    evidence: str
    place: str
    input_price: Decimal | None = None
    """Dollars per million input tokens, or per unit for other models; None without a current price."""
    output_price: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row."""

    kind: Kind
    before: Side | None
    after: Side | None
    deltas: tuple[tuple[str, str, str], ...] = ()
    """(what, before, after) for everything that differs, in a fixed order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything that matters and differs. Empty means silence."""

    before: str
    after: str
    changes: tuple[Change, ...] = ()
    outcome: tuple[str, str] | None = None
    """Policy outcome before and after, when it changed."""
    findings_added: tuple[str, ...] = ()
    """`SEVERITY rule title` of new findings from low upwards, worst first."""
    findings_removed: tuple[str, ...] = ()
    in_use: int = 0
    unresolved: int = 0
    priced: int = 0

    @property
    def is_silent(self) -> bool:
        """Whether nothing that matters changed."""
        return not (self.changes or self.outcome or self.findings_added or self.findings_removed)
