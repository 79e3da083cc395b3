"""PowerShell, read as code whose lines may also be commands of other programs and settings of the environment."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites.commands import command_sites
from vcdd.detect.sites.lexical import read as read_code
from vcdd.detect.sites.sheet import finished, sheet_of
from vcdd.detect.sites.words import lex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vcdd.core.site import ReadFile, Site
    from vcdd.core.source_file import SourceFile
    from vcdd.detect.sites.sheet import Sheet

_GOES_ON = re.compile(r"`(?=\r?\n)")
_SET = re.compile(r"\$env:([A-Za-z_]\w{0,60})([ \t]{0,20}=[ \t]{0,20})([\"'])([^\"'\n$]{1,200})\3", re.IGNORECASE)
"""A variable of the environment that is set (PowerShell's reference, "about_Environment_Variables")."""
_COMMAND = re.compile(
    r"^[ \t]{0,80}(?:&[ \t]{1,8})?(?P<command>[a-z][\w.\-]{0,40}[ \t]{1,20}[^\s=({:][^\n]{0,2000}(?:(?<=\\)\r?\n[^\n]{0,2000}){0,20})",
    re.MULTILINE,
)
_GRAMMAR = frozenset(
    (
        "begin", "catch", "class", "do", "else", "elseif", "end", "enum", "filter", "finally", "for", "foreach", "function",
        "if", "in", "param", "process", "return", "switch", "throw", "trap", "try", "until", "using", "while",
    )
)  # fmt: skip
"""Words that PowerShell keeps for itself (its language reference, "reserved words"); its own commands begin with a capital."""


def read(source: SourceFile) -> ReadFile:
    """The sites of the code, the variables that are set, and the words of other programs' commands; never raises."""
    code = read_code(replace(source, text=_SET.sub(lambda match: " " * len(match[0]), source.text)))
    sheet = sheet_of(source, "shell")
    together = finished(sheet, [*code.sites, *_environment(sheet), *_commands(sheet)])
    return replace(code, sites=together.sites)


def _environment(sheet: Sheet) -> Iterator[Site]:
    for match in _SET.finditer(sheet.text):
        frame = Frame(FrameKind.ASSIGN, match[1], line=sheet.line(match.start()))
        yield sheet.site(match.start(3), match[4], (frame,))


def _commands(sheet: Sheet) -> Iterator[Site]:
    script = _GOES_ON.sub("\\\\", sheet.text)
    for match in _COMMAND.finditer(script):
        if match["command"].split(None, 1)[0] not in _GRAMMAR:
            for words in lex(match["command"], match.start("command")).commands:
                yield from command_sites(sheet, words)
