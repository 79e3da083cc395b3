"""Find the most specific glob that fits a string, by prefix buckets."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache
from typing import NamedTuple

from vcdd.registry.compile import Bucket, Buckets
from vcdd.registry.indexes import FIRST


class Hit(NamedTuple):
    """One glob that fits."""

    literal: int
    """Literal characters of the glob: how specific it is."""
    head: int
    """Length of its literal prefix."""
    family: str


_Lengths = list[tuple[int, Bucket]]
"""Each length of a literal prefix that occurs, longest first, with the prefixes of that length."""


class Globs:
    """Prefix buckets; those that start with the same two characters are made ready when first asked for."""

    __slots__ = ("_buckets", "_ready")

    def __init__(self, buckets: Buckets) -> None:
        self._buckets = buckets
        self._ready: dict[str, _Lengths] = {}

    def find(self, text: str, *, families: Container[str] | None = None, scope: Container[str] = ()) -> Hit | None:
        """The most specific fit for a lower-case string; None if nothing fits.

        `families` limits the search; `scope` opens words that are readable only there.
        """
        best: Hit | None = None
        size = len(text)
        for length, heads in self._starting(text[:FIRST]):
            if length > size:
                continue
            for rest, family, literal, needs in heads.get(text[:length], ()):
                if best is not None and literal <= best.literal:
                    continue
                if families is not None and family not in families:
                    continue
                if needs and not any(word in scope for word in needs):
                    continue
                if _fits(rest, text, length):
                    best = Hit(literal, length, family)
        return best

    def _starting(self, first: str) -> _Lengths:
        ready = self._ready.get(first)
        if ready is None and first in self._buckets:
            ready = self._ready[first] = _by_length(self._buckets[first])
        return ready or []


def _by_length(bucket: Bucket) -> _Lengths:
    lengths: dict[int, Bucket] = {}
    for head, entries in bucket.items():
        lengths.setdefault(len(head), {})[head] = entries
    return sorted(lengths.items(), reverse=True)


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
