"""Find the most specific glob that fits a string, by prefix buckets."""

from __future__ import annotations

import re
from bisect import bisect_right
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


class _Heads(NamedTuple):
    """Literal prefixes that start alike."""

    order: list[str]
    """Sorted, so that the longest one a string can start with is found by bisection."""
    shorter: dict[str, str]
    """Each to the next shorter one that it starts with itself; empty where there is none."""
    globs: Bucket


_NONE = _Heads([], {}, {})


class Globs:
    """Prefix buckets; those that start with the same two characters are made ready when first asked for.

    Every prefix of a string sorts before it, and whatever sorts between the two starts with that prefix as well. So all
    prefixes of a string are found by following `shorter` from the last one that does not sort behind it: the work does
    not grow with the number of globs.
    """

    __slots__ = ("_buckets", "_ready")

    def __init__(self, buckets: Buckets) -> None:
        self._buckets = buckets
        self._ready: dict[str, _Heads] = {}

    def find(self, text: str, *, families: Container[str] | None = None, scope: Container[str] = ()) -> Hit | None:
        """The most specific fit for a lower-case string; None if nothing fits.

        `families` limits the search; `scope` opens words that are readable only there.
        """
        best: Hit | None = None
        heads = self._starting(text[:FIRST])
        place = bisect_right(heads.order, text)
        head = heads.order[place - 1] if place else ""
        while head:
            if text.startswith(head):
                for rest, family, literal, needs in heads.globs[head]:
                    if best is not None and literal <= best.literal:
                        continue
                    if families is not None and family not in families:
                        continue
                    if needs and not any(word in scope for word in needs):
                        continue
                    if _fits(rest, text, len(head)):
                        best = Hit(literal, len(head), family)
            head = heads.shorter[head]
        return best

    def _starting(self, first: str) -> _Heads:
        ready = self._ready.get(first)
        if ready is None and first in self._buckets:
            ready = self._ready[first] = _heads(self._buckets[first])
        return ready or _NONE


def _heads(globs: Bucket) -> _Heads:
    order = sorted(globs)
    shorter: dict[str, str] = {}
    before = ""
    for head in order:
        while not head.startswith(before):
            before = shorter[before]
        shorter[head] = before
        before = head
    return _Heads(order, shorter, globs)


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
