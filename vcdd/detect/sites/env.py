"""`.env` files: `KEY=value` with quotes, `export`, comments and values over several lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vcdd.detect.sites.expand import value_site
from vcdd.detect.sites.sheet import comment_site, finished, key, sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vcdd.core.site import ReadFile, Site
    from vcdd.core.source_file import SourceFile
    from vcdd.detect.sites.sheet import Sheet

# The quotes of a value close on the same line or, as dotenv has it, on a later one; an unclosed one is plain text.
_ENTRY = re.compile(
    r"""^[ \t]*(?:(?P<comment>\#[^\n]*)
      | (?:export[ \t]+|set[ \t]+)?(?P<name>[A-Za-z_][\w.\-]*)[ \t]*[=:][ \t]*
        (?: "(?P<double>(?:[^"\\\n]|\\[^\n])*+)"
          | "(?P<multi>(?:[^"\\]|\\[\s\S])*+)"(?=[ \t\r]*(?:\#|$))
          | '(?P<single>[^'\n]*+)'
          | (?P<plain>[^\n]*) ))""",
    re.MULTILINE | re.VERBOSE,
)
_TRAILING = re.compile(r"(?:^|[ \t])#[^\n]*")


def read(source: SourceFile) -> ReadFile:
    """Every value under its variable, and the comments with commented-out entries; never raises."""
    sheet = sheet_of(source, "env")
    return finished(sheet, _sites(sheet))


def _sites(sheet: Sheet) -> Iterator[Site]:
    for match in _ENTRY.finditer(sheet.text):
        if match["comment"]:
            site = comment_site(sheet, match.start("comment"), match["comment"])
            if site:
                yield site
        elif match["plain"] is not None:
            yield from _plain(sheet, match)
        else:
            part = next(name for name in ("double", "multi", "single") if match[name] is not None)
            frame = key(match["name"], line=sheet.line(match.start("name")))
            if match[part]:
                yield value_site(sheet, match.start(part) - 1, match[part], (frame,))


def _plain(sheet: Sheet, match: re.Match[str]) -> Iterator[Site]:
    trailing = _TRAILING.search(match["plain"])
    value = (match["plain"][: trailing.start()] if trailing else match["plain"]).strip()
    if value:
        frame = key(match["name"], line=sheet.line(match.start("name")))
        yield value_site(sheet, match.start("plain"), value, (frame,))
    if trailing:
        site = comment_site(sheet, match.start("plain") + trailing.start() + 1, trailing.group().strip())
        if site:
            yield site
