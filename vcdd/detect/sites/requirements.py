"""`requirements*.txt`, `constraints.txt` and their `.in` files, line by line as pip reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites.dependencies import requirement
from vcdd.detect.sites.sheet import comment_site, finished, sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vcdd.core.site import ReadFile, Site
    from vcdd.core.source_file import SourceFile
    from vcdd.detect.sites.sheet import Sheet

# A line that ends in a backslash goes on in the next (pip's requirements file format).
_LOGICAL = re.compile(r"(?:[^\n\\]|\\\n?)+")
_COMMENT = re.compile(r"(?:^|[ \t])#[^\n]*")
_OPTION = re.compile(r"\s*(?P<flag>--?[A-Za-z][\w\-]*)(?:[ \t]*=[ \t]*|[ \t]+)?(?P<value>[^\n]*)")
_LINE_OPTION = re.compile(r"\s--(?:hash|config-settings|global-option|install-option)\b")
_EDITABLE = frozenset({"-e", "--editable"})


def read(source: SourceFile) -> ReadFile:
    """Every package, extra, address and option; never raises."""
    sheet = sheet_of(source, "requirements")
    return finished(sheet, _sites(sheet))


def _sites(sheet: Sheet) -> Iterator[Site]:
    for match in _LOGICAL.finditer(sheet.text):
        start, line = match.start(), match.group()
        comment = _COMMENT.search(line)
        if comment:
            site = comment_site(sheet, start + comment.end() - len(comment.group().lstrip()), comment.group().strip())
            if site:
                yield site
            line = line[: comment.start()]
        if line.strip():
            yield from _line(sheet, start, line)


def _line(sheet: Sheet, start: int, line: str) -> Iterator[Site]:
    option = _OPTION.match(line)
    if option and option["flag"] in _EDITABLE:
        yield from requirement(sheet, start + option.start("value"), option["value"])
    elif option:
        frame = Frame(FrameKind.FLAG, option["flag"], line=sheet.line(start))
        value = option["value"].strip()
        if value:
            yield sheet.site(start + option.start("value"), value, (frame,))
    else:
        cut = _LINE_OPTION.search(line)
        yield from requirement(sheet, start, line[: cut.start()] if cut else line)
