"""Strings of several lines that are lists in disguise, split into lines at run time."""

from __future__ import annotations

from collections.abc import Iterator

from vcdd.core.site import Frame, FrameKind

_MAX_LINES = 2000


def line_items(text: str, line: int, column: int) -> Iterator[tuple[int, int, str, Frame]]:
    """(line, column, text, ITEM frame) per line of a string whose lines hold one word each; nothing otherwise.

    `line` and `column` are those of the opening quote, both from 1.
    """
    rows = text.split("\n")[:_MAX_LINES]
    words = [row.strip() for row in rows]
    filled = [word for word in words if word]
    if len(filled) < 2 or any(" " in word or "\t" in word for word in filled):
        return
    index = 0
    for number, (row, word) in enumerate(zip(rows, words, strict=True)):
        if word:
            start = len(row) - len(row.lstrip()) + (column if number == 0 else 1)
            yield line + number, start, word, Frame(FrameKind.ITEM, "", index, len(filled), line=line)
            index += 1
