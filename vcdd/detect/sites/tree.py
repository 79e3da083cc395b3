"""A configuration document as a small tree with offsets: what YAML, JSON and TOML have in common."""

from __future__ import annotations

from dataclasses import dataclass, field

MAX_DEPTH = 100
"""Deepest nesting that is read; a deeper document is read by lines."""
MAX_NODES = 400_000
"""Most scalars and collections of one document."""


class TreeError(ValueError):
    """The text is no document of this format, or too deep or too large to be one."""


@dataclass(slots=True)
class Scalar:
    """One value or key."""

    text: str
    """Decoded."""
    start: int
    """Offset of its first character, the quote where there is one."""
    end: int
    """Offset after its last character."""
    style: str = ""
    """`"`, `'`, `|`, `>`, or empty for a plain one."""
    symbol: str = ""
    """The anchor an alias names; empty for a literal."""


@dataclass(slots=True)
class Mapping:
    """Keys and values in order, duplicates kept."""

    start: int
    entries: list[tuple[Scalar, Node]] = field(default_factory=list)

    def get(self, name: str) -> Node | None:
        """The first value under a key of that name."""
        return next((value for entry, value in self.entries if entry.text == name), None)

    def scalar(self, name: str) -> Scalar | None:
        """The first value under that key if it is a scalar."""
        value = self.get(name)
        return value if isinstance(value, Scalar) else None


@dataclass(slots=True)
class Sequence:
    """Items in order."""

    start: int
    items: list[Node] = field(default_factory=list)


Node = Scalar | Mapping | Sequence
