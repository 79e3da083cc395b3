"""Columns of text that share a width: rich measures the cells (wide characters count two), we decide who gives way."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

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
        return max(cell_len(text) for text in (self.title, *self.cells))


def table(columns: Sequence[Column], width: int) -> list[Text]:
    """A header and one line per row, each at most `width` cells wide."""
    widths = fit(columns, width)
    header = _row([column.title for column in columns], columns, widths)
    header.stylize("dim underline")
    return [header, *(_row(list(cells), columns, widths) for cells in zip(*(c.cells for c in columns), strict=True))]


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


def _row(cells: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> Text:
    line = Text()
    for at, (cell, column, width) in enumerate(zip(cells, columns, widths, strict=True)):
        text = Text(_cut_path(cell, width) if column.path and cell_len(cell) > width else cell)
        text.truncate(width, overflow="ellipsis", pad=at < len(columns) - 1)
        line.append_text(text)
        line.append(" " * _GAP if at < len(columns) - 1 else "")
    line.rstrip()
    return line


def _cut_path(cell: str, width: int) -> str:
    while cell_len(cell) > width - 1 and len(cell) > 1:
        cell = cell[1:]
    return f"…{cell}"
