"""Where something stands in the target."""

from __future__ import annotations

from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Location:
    """A place in a file of the target."""

    path: str
    """Posix path relative to the target's root; for archives the member path, for images `layer!path`."""
    line: int
    """Counted from 1; 0 for a binary file or a fact about the file as a whole."""
    column: int = 1
    """Counted from 1 in code points (SARIF `columnKind: unicodeCodePoints`); 0 where the line is 0."""
    snippet: str = ""
    """At most 120 characters of the line, secrets redacted, control characters removed."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path
