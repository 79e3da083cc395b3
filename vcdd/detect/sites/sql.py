"""SQL: its lines as text, and the strings that its functions take (`ai.openai_embed('id', …)`, `f(model => 'id')`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites.json_values import json_sites
from vcdd.detect.sites.lines import line_sites
from vcdd.detect.sites.sheet import finished, sheet_of
from vcdd.detect.sites.tree import TreeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vcdd.core.site import ReadFile, Site
    from vcdd.core.source_file import SourceFile
    from vcdd.detect.sites.sheet import Sheet

_FIRST = re.compile(r"\b([A-Za-z_][\w.]{1,80})\([ \t\r\n]{0,40}'([^'\n]{2,200})'")
_NAMED = re.compile(r"\b([A-Za-z_]\w{0,60})[ \t]{0,8}(?:=>|:=)[ \t]{0,8}'([^'\n]{2,200})'")
_OPENED = re.compile(r"([A-Za-z_][\w.]{1,80})\Z")
_BEFORE = 1000
"""Code points before a named argument in which its function is looked for."""
_JSON = re.compile(r"'(\{[^'\n]{2,8000}\})'")
_COMMENT = re.compile(r"--[^\n]*")


def read(source: SourceFile) -> ReadFile:
    """Every string of a text of SQL, those that a function takes also under its CALL; never raises."""
    sheet = sheet_of(source, "lines")
    return finished(sheet, [*line_sites(sheet), *_arguments(sheet), *_values(sheet)])


def _values(sheet: Sheet) -> Iterator[Site]:
    """The values of JSON that a string holds, as seeds of a table of settings do."""
    for match in _JSON.finditer(sheet.text):
        try:
            yield from json_sites(sheet, match[1], match.start(1), ())
        except TreeError:
            continue


def _arguments(sheet: Sheet) -> Iterator[Site]:
    text = _COMMENT.sub(lambda mark: " " * len(mark[0]), sheet.text)
    for match in _FIRST.finditer(text):
        call = Frame(FrameKind.CALL, match[1], 0, line=sheet.line(match.start()))
        yield sheet.site(match.start(2) - 1, match[2], (call,))
    for match in _NAMED.finditer(text):
        if called := _called(text[max(0, match.start() - _BEFORE) : match.start()]):
            line = sheet.line(match.start())
            frames = (Frame(FrameKind.KEYWORD, match[1], line=line), Frame(FrameKind.CALL, called, line=line))
            yield sheet.site(match.start(2) - 1, match[2], frames)


def _called(before: str) -> str:
    """The function whose arguments are open at the end of a text; empty where none is."""
    closed = 0
    for position in range(len(before) - 1, -1, -1):
        if before[position] == ")":
            closed += 1
        elif before[position] == "(":
            if not closed:
                opened = _OPENED.search(before, max(0, position - 90), position)
                return opened[1] if opened else ""
            closed -= 1
    return ""
