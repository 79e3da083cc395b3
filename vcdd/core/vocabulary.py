"""The vocabulary: what the registry lets the judge know about strings, compiled to plain values.

The judge never sees the registry; it asks three questions of this object.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from vcdd.values import dataclass


class Strength(StrEnum):
    """How much a string says by itself."""

    EXACT = "exact"
    """A known id: names a model wherever it stands."""
    FAMILY = "family"
    """Fits a family's pattern that is specific enough to stand alone."""
    SCOPED = "scoped"
    """A bare word (`command`, `sonar`, `small`) that is a model only where the place says so."""
    ORG = "org"
    """`org/name` under an organisation known to publish models."""
    FILE = "file"
    """Ends like a weight file."""
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What the vocabulary says of one string."""

    strength: Strength
    provider: str = ""
    """Provider id that an id prefix names (`openrouter/`, `bedrock/`); empty if none."""
    is_open: bool | None = None
    """Whether it names open weights; None when not known."""


class Vocabulary(Protocol):
    """What detection may ask of the registry."""

    def look_up(self, text: str, scope: str = "") -> Word:
        """What this exact string says; `scope` is a provider id or library that makes bare words readable."""
        ...

    def host(self, url: str) -> str:
        """Provider id of an API address or host name; empty when the host is unknown."""
        ...

    @property
    def literals(self) -> tuple[bytes, ...]:
        """Lower-case literals of which at least one occurs in every file that can name a known model."""
        ...
