"""Comments of any language, cut into lines and freed of their marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Every mark is a run of one character class, so matching is linear.
_OPENING = re.compile(
    r"[ \t]*(?:/\*[*!]*|/{2,}!?|\*+(?!/)|#+[!\[|]?|--+(?:\[=*\[)?|<!--|%+|;+|\(\*+|=begin|=end|\{-)?[ \t]*"
)
_CLOSING = ("*/", "-->", "*)", "-}", "]]", "|#")


def comment_lines(raw: str) -> Iterator[tuple[int, int, str]]:
    """(row, column, text) of each line of a comment that says something, rows and columns from 0 in `raw`."""
    for row, line in enumerate(raw.split("\n")):
        opening = _OPENING.match(line)
        start = opening.end() if opening else 0
        text = line[start:].rstrip()
        if text.endswith(_CLOSING):
            text = text[:-2].rstrip("*- \t")
        if text:
            yield row, start, text
