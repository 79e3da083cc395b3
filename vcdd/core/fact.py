"""A fact: a value or an honest unknown, with its source, its date and how sure it is."""

from __future__ import annotations

from datetime import date
from typing import Generic, TypeVar

from vcdd.core.evidence import Confidence
from vcdd.values import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Generic[T]):
    """One thing known, or known to be unknown, about a model, lab, licence or route."""

    value: T | None
    """None is unknown, and is never shown as safe."""
    source: str
    """Where it was read: a page, a registry record, `hub`, a file of the target."""
    checked: date | None = None
    """When the source was last read; None where nobody has."""
    confidence: Confidence = Confidence.HIGH
    """LOW marks what was recorded but not checked against its source."""
    note: str = ""
    """For an unknown the reason; for a conflict the other side."""

    @property
    def is_known(self) -> bool:
        """Whether there is a value at all."""
        return self.value is not None


def unknown(reason: str, *, source: str = "") -> Fact[str]:
    """A fact that says why nothing is known."""
    return Fact(value=None, source=source, confidence=Confidence.LOW, note=reason)
