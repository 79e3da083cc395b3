"""Strings that are put together: sums of literals and names become one text, adjacent literals too."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from vcdd.detect.sites.lexical_spots import Spot
from vcdd.detect.sites.lexical_strings import Value, value_of

if TYPE_CHECKING:
    from vcdd.detect.sites.lexical_text import Code

_MAX_PARTS = 64
_GAPS = {
    "juxtaposed": re.compile(r"[ \t]*\n?[ \t]*"),
    "juxtaposed-in-line": re.compile(r"[ \t]*(?:\\\n[ \t]*)?"),
}
"""What may stand between literals that are one; a line ends a Ruby expression unless a backslash carries it on."""
_NAME = re.compile(r"[$@]?[^\W\d][\w$.]*+(?:(?:->|::)\w++)*+(?:\(\))?")
_NAME_BEFORE = re.compile(r"([$@]?[^\W\d][\w$.]*(?:(?:->|::)\w+)*)\s*\Z")


class Composer:
    """Joins the strings of one file; a string that was joined to an earlier one is taken."""

    def __init__(self, code: Code, spots: list[Spot]) -> None:
        self._code = code
        self._spots = spots
        self._taken: set[int] = set()
        self._starts: dict[int, int] = {}
        joins = sorted(code.joins - _GAPS.keys(), key=len, reverse=True)
        operators = "|".join(re.escape(join) for join in joins) or r"(?!)"
        self._join = re.compile(rf"\s*(?:{operators})(?![=+.>])\s*")
        self._join_before = re.compile(rf"(?:{operators})\s*\Z")
        self._gap = next((gap for name, gap in _GAPS.items() if name in code.joins), None)

    def is_taken(self, position: int) -> bool:
        """Whether the spot at this position was joined to an earlier one."""
        return position in self._taken

    def start(self, position: int) -> int:
        """Offset at which the whole text begins."""
        return self._starts.get(position, self._spots[position].start)

    def value(self, position: int) -> tuple[Spot, Value]:
        """The spot that stands for the whole, and its text with everything that is joined to it."""
        spot = self._spots[position]
        value = self._literal(spot)
        if value.words:
            return spot, value
        parts, end = self._joined(position, spot.end)
        spot, before = self._led(position, spot)
        if not parts and not before:
            return spot, value
        return replace_end(spot, end), Value(before + value.text + "".join(parts), composed=True)

    def _literal(self, spot: Spot) -> Value:
        return value_of(self._code.text[spot.start : spot.end], self._code.language)

    def _joined(self, position: int, end: int) -> tuple[list[str], int]:
        """What follows a string by joining, and where it ends."""
        parts: list[str] = []
        text = self._code.text
        following = position + 1
        while len(parts) < _MAX_PARTS:
            join = self._join.match(text, end)
            gap = self._gap.match(text, end) if self._gap and not join else None
            at = join.end() if join else gap.end() if gap else -1
            while following < len(self._spots) and self._spots[following].start < at:
                following += 1
            is_string = following < len(self._spots) and self._spots[following].start == at
            if at >= 0 and is_string and not self._spots[following].symbol:
                parts.append(self._literal(self._spots[following]).text)
                self._taken.add(following)
                end = self._spots[following].end
                continue
            name = _NAME.match(text, at) if join else None
            if name is None:
                break
            parts.append("{" + self._code.plain(name[0]) + "}")
            end = name.end()
        return parts, end

    def _led(self, position: int, spot: Spot) -> tuple[Spot, str]:
        """The name that a string is joined to on its left."""
        before = self._code.text[max(spot.floor, spot.start - 120) : spot.start]
        operator = self._join_before.search(before)
        name = _NAME_BEFORE.search(before[: operator.start()]) if operator else None
        if name is None:
            return spot, ""
        start = spot.start - len(before) + name.start(1)
        self._starts[position] = start
        moved = Spot(start, spot.end, spot.parent, spot.index, spot.floor, spot.statement, None)
        return moved, "{" + self._code.plain(name[1]) + "}"


def replace_end(spot: Spot, end: int) -> Spot:
    """The same spot, ending later."""
    return replace(spot, end=end)
