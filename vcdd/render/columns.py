"""Columns of text that share a width, measured in cells (wide characters count two): who gives way to whom."""

from __future__ import annotations

from collections.abc import Sequence

from vcdd.render.styled import Line, cells
from vcdd.values import dataclass

_GAP = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. `least` is the width below which it gives no more."""

    title: str
    cells: tuple[str, ...]
    least: int
    path: bool = False
    """Cut at the start, because the end of a path says more."""

    @property
    def natural(self) -> int:
        """Cells of the widest entry."""
        return max(cells(text) for text in (self.title, *self.cells))


def table(columns: Sequence[Column], width: int) -> list[Line]:
    """A header and one line per row, each at most `width` cells wide."""
    widths = fit(columns, width)
    header = _row([column.title for column in columns], columns, widths)
    return [
        Line(header, "dim underline"),
        *(Line(_row(row, columns, widths)) for row in zip(*(c.cells for c in columns), strict=True)),
    ]


def fit(columns: Sequence[Column], width: int) -> list[int]:
    """A width for each column: its natural one, or less for the widest until the sum fits; at least one."""
    widths = [column.natural for column in columns]
    room = width - _GAP * (len(columns) - 1)
    while sum(widths) > room:
        slack = [have - column.least for have, column in zip(widths, columns, strict=True)]
        giver = max(range(len(widths)), key=lambda at: (slack[at], widths[at]))
        if slack[giver] <= 0:
            giver = max(range(len(widths)), key=widths.__getitem__)
        if widths[giver] <= 1:
            break
        widths[giver] -= 1
    return widths


def _row(texts: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> str:
    parts = []
    for text, column, width in zip(texts, columns, widths, strict=True):
        cut = _cut_path(text, width) if column.path and cells(text) > width else text
        fitted = Line(cut).truncate(width).plain
        parts.append(fitted + " " * (width - cells(fitted)))
    return (" " * _GAP).join(parts).rstrip()


def _cut_path(text: str, width: int) -> str:
    while cells(text) > width - 1 and len(text) > 1:
        text = text[1:]
    return f"…{text}"
