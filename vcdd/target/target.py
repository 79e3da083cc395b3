"""A target: what was opened, its entries, and what to close afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

from vcdd.core.report import TargetInfo
from vcdd.core.source_file import Skipped
from vcdd.target.entry import Entry
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedId:
    """One line of a list of ids."""

    text: str
    """The id as written, stripped of space around it and of control characters."""
    route: str = ""
    """What stood after a tab: the route it was seen with (`ollama`); empty if nothing did."""
    line: int = 0
    """1-based."""


def _nothing() -> Iterator[Entry | Skipped]:
    return iter(())


def _no_close() -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An open target. Use it as a context manager, or call `close`."""

    info: TargetInfo
    source: Callable[[], Iterator[Entry | Skipped]] = _nothing
    closer: Callable[[], None] = _no_close
    ids: tuple[ListedId, ...] = ()
    """For the kind `list`: the ids in input order."""
    text: str = ""
    """For the kinds `report` and `bom`: the document."""
    warnings: tuple[str, ...] = ()
    """Sentences about the target as a whole, for the report."""

    def entries(self) -> Iterator[Entry | Skipped]:
        """Files found, and why others are not read: by whole path in a folder, zip or clone, as stored in a tar.

        Entries of archives hold their bytes, so hand them on in groups of bounded size.
        """
        return self.source()

    def close(self) -> None:
        """Release files and temporary folders. May be called twice."""
        self.closer()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
