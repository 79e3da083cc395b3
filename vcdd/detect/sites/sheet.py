"""A sheet: the text of one file with its line starts, so that readers speak in offsets and sites get lines and columns.

Readers of configuration formats work on offsets into the text. A piece that is read in another syntax (a shell command
inside YAML) is replaced by text of the same length, so its offsets stay true.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind, Import, ReadFile, Site
from vcdd.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vcdd.core.shape import WeightsShape
    from vcdd.core.source_file import SourceFile

MAX_TEXT = 10_000
"""Longest string kept in a site, in code points. No id or address is longer; blobs are."""
MAX_SITES = 50_000
"""Most sites kept of one file; what lies beyond is named in `fallback_reason`."""

# Control characters, direction marks and lone surrogates can come back through escapes (`\u001b` in JSON).
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_ESCAPED = re.compile(r"\\([\s\S])")

Frames = tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One text and where its lines start."""

    source: SourceFile
    reader: str
    """Name of the reader, as sites carry it."""
    text: str
    starts: tuple[int, ...]
    """Offset of the first character of each line."""

    def line(self, offset: int) -> int:
        """The 1-based line of the real file on which `offset` lies."""
        return bisect_right(self.starts, offset) + self.source.offset_lines

    def site(self, offset: int, text: str, frames: Frames, *, symbol: str = "", composed: bool = False) -> Site:
        """A site at `offset`, its text cut to `MAX_TEXT` and free of control characters."""
        row = bisect_right(self.starts, offset)
        before = self.source.offset_columns if row == 1 else 0
        return Site(
            path=self.source.path,
            line=row + self.source.offset_lines,
            column=offset - self.starts[row - 1] + 1 + before,
            text=clean(text),
            symbol=symbol,
            frames=frames,
            reader=self.reader,
            composed=composed,
        )


def sheet_of(source: SourceFile, reader: str) -> Sheet:
    """The sheet of a file, for the reader of that name."""
    starts = (0, *(match.end() for match in re.finditer("\n", source.text)))
    return Sheet(source, reader, source.text, starts)


def clean(text: str) -> str:
    """`text` cut to `MAX_TEXT`, with control characters, direction marks and lone surrogates replaced."""
    text = text[:MAX_TEXT]
    return text if text.isprintable() else _UNFIT.sub("\ufffd", text)


def most_sites(text: str) -> int:
    """How many sites of a text are kept. One for every four characters is more than any text holds that says something."""
    return min(MAX_SITES, 1_000 + len(text) // 4)


def finished(
    sheet: Sheet,
    sites: Iterable[Site],
    *,
    imports: tuple[Import, ...] = (),
    shapes: tuple[WeightsShape, ...] = (),
    reason: str = "",
    used: str = "",
) -> ReadFile:
    """The result of a reader: sites with text or symbol in order of appearance, at most `most_sites` of them."""
    filled = (site for site in sites if site.text or site.symbol)
    most = most_sites(sheet.text)
    kept = sorted(islice(filled, most + 1), key=_place)
    if len(kept) > most:
        reason = reason or f"more than {most} strings: the rest is left out"
        used = used or sheet.reader
    return ReadFile(
        path=sheet.source.path,
        reader=sheet.reader,
        sites=tuple(kept[:most]),
        imports=imports,
        shapes=shapes,
        fallback_reason=reason,
        fallback_used=used,
    )


def _place(site: Site) -> tuple[int, int]:
    return site.line, site.column


def same_length(escaped: str) -> str:
    """The inside of a double-quoted string, each escape replaced by what it stands for and a space.

    Offsets stay true. Escaped quotes are taken to open and close in turn, the space being put outside.
    """
    if "\\" not in escaped:
        return escaped
    opening = False

    def replaced(match: re.Match[str]) -> str:
        nonlocal opening
        if match[1] == '"':
            opening = not opening
            return ' "' if opening else '" '
        return {"n": " \n", "t": "  ", "\n": "  ", "\\": " \\"}.get(match[1], match[0])

    return _ESCAPED.sub(replaced, escaped)


def key(name: str, *, line: int = 0) -> Frame:
    """A KEY frame without siblings, as flat files have them."""
    return Frame(FrameKind.KEY, name, line=line)


def comment_site(sheet: Sheet, offset: int, raw: str, outer: Frames = ()) -> Site | None:
    """The text of a comment at `offset`, its marks removed; None when nothing is left, and for a `#!` line."""
    if raw.startswith("#!"):
        return None
    text = raw.lstrip("#/;*-!<> \t").rstrip("*/-> \t\r")
    if not text:
        return None
    return sheet.site(offset, text, (Frame(FrameKind.COMMENT), *outer))
