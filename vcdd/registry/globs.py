"""Find the most specific glob that fits a string, by prefix buckets."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache
from typing import NamedTuple

from vcdd.registry.compile import Buckets

_FIRST = 2
"""Every glob's literal prefix has at least so many characters (the lint sees to it)."""


class Hit(NamedTuple):
    """One glob that fits."""

    literal: int
    """Literal characters of the glob: how specific it is."""
    head: int
    """Length of its literal prefix."""
    family: str


class Globs:
    """Prefix buckets, and for each pair of first characters the prefix lengths that occur, longest first."""

    __slots__ = ("_buckets", "_lengths")

    def __init__(self, buckets: Buckets) -> None:
        self._buckets = buckets
        lengths: dict[str, set[int]] = {}
        for head in buckets:
            lengths.setdefault(head[:_FIRST], set()).add(len(head))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def find(self, text: str, *, families: Container[str] | None = None, scope: Container[str] = ()) -> Hit | None:
        """The most specific fit for a lower-case string; None if nothing fits.

        `families` limits the search; `scope` opens words that are readable only there.
        """
        best: Hit | None = None
        size = len(text)
        for length in self._lengths.get(text[:_FIRST], ()):
            if length > size:
                continue
            for rest, family, literal, needs in self._buckets.get(text[:length], ()):
                if best is not None and literal <= best.literal:
                    continue
                if families is not None and family not in families:
                    continue
                if needs and not any(word in scope for word in needs):
                    continue
                if _fits(rest, text, length):
                    best = Hit(literal, length, family)
        return best


def _fits(rest: str, text: str, start: int) -> bool:
    if rest == "*":
        return True
    if not rest:
        return len(text) == start
    return _pattern(rest).fullmatch(text, start) is not None


@cache
def _pattern(rest: str) -> re.Pattern[str]:
    """A glob's remainder as a pattern; `*` never backtracks far because ids are bounded to a few hundred characters."""
    return re.compile(".*".join(re.escape(part) for part in rest.split("*")), re.DOTALL)
