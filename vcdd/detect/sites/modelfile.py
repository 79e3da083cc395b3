"""Ollama Modelfiles: `FROM`, `ADAPTER`, `PARAMETER`, and the longer texts (Ollama's Modelfile reference)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites.expand import value_site
from vcdd.detect.sites.sheet import comment_site, finished, key, sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vcdd.core.site import ReadFile, Site
    from vcdd.core.source_file import SourceFile
    from vcdd.detect.sites.sheet import Sheet

# A text in three double quotes goes over lines; an unclosed one ends with the file.
_INSTRUCTION = re.compile(
    r'''^[ \t]*(?:(?P<comment>\#[^\n]*)
      | (?P<name>FROM|ADAPTER|PARAMETER|TEMPLATE|SYSTEM|LICENSE|MESSAGE)[ \t]+
        (?:(?P<head>[a-z]+[ \t]+)?"""(?P<long>(?:[^"]++|"(?!""))*+)(?:""")? | (?P<value>[^\n]*)))''',
    re.MULTILINE | re.VERBOSE | re.IGNORECASE,
)
_CREATE = Frame(FrameKind.COMMAND, "ollama create", 0)
"""The command that reads a Modelfile; it takes what these instructions name."""
_TAKES_WEIGHTS = frozenset({"FROM", "ADAPTER"})
_NAMED = re.compile(r"(\w+)[ \t]+(.+)")


def read(source: SourceFile) -> ReadFile:
    """Every instruction's value under its INSTRUCTION, parameters under their KEY; never raises."""
    sheet = sheet_of(source, "modelfile")
    return finished(sheet, _sites(sheet))


def _sites(sheet: Sheet) -> Iterator[Site]:
    for match in _INSTRUCTION.finditer(sheet.text):
        if match["comment"]:
            site = comment_site(sheet, match.start("comment"), match["comment"])
            yield from [site] if site else []
            continue
        name = match["name"].upper()
        frame = Frame(FrameKind.INSTRUCTION, name, line=sheet.line(match.start("name")))
        outer = (frame, _CREATE) if name in _TAKES_WEIGHTS else (frame,)
        if match["long"] is not None:
            yield sheet.site(match.start("long") - 3, match["long"].strip(), (frame,))
        else:
            yield from _value(sheet, name, match["value"], match.start("value"), outer)


def _value(sheet: Sheet, name: str, raw: str, offset: int, frames: tuple[Frame, ...]) -> Iterator[Site]:
    value = raw.strip()
    named = _NAMED.fullmatch(value) if name in {"PARAMETER", "MESSAGE"} else None
    if named:
        inner = named[2].strip().strip('"')
        yield value_site(sheet, offset + named.start(2), inner, (key(named[1], line=frames[0].line), *frames))
    elif value:
        yield value_site(sheet, offset, value.strip('"'), frames)
