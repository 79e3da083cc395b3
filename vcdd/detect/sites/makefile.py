"""Makefiles and justfiles: variables, their defaults, and the recipes as shell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites.expand import value_site
from vcdd.detect.sites.sheet import comment_site, finished, sheet_of
from vcdd.detect.sites.shell import script_sites

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vcdd.core.site import ReadFile, Site
    from vcdd.core.source_file import SourceFile
    from vcdd.detect.sites.sheet import Frames, Sheet

_LOGICAL = re.compile(r"(?:[^\n\\]|\\\n?)+")
_ASSIGNMENT = re.compile(
    r"[ ]*(?:export[ \t]+|override[ \t]+)*([A-Za-z_][\w.\-]*)[ \t]*(\?=|::?=|\+=|!=|=)[ \t]*((?:[^\n\\]|\\\n?)*)"
)
_TRAILING = re.compile(r"(?:^|[ \t])#[^\n]*")
_VARIABLE = re.compile(r"\$\((\w+)\)")
_FUNCTION = re.compile(r"\$\((?:shell|strip|or|if)[ \t]")
_JUST_VARIABLE = re.compile(r"\{\{[ ]*(\w+)[ ]*\}\}")
_JUST_DEFAULT = re.compile(r"""(?:env_var_or_default|env)\(\s*["'](\w+)["']\s*,\s*["']([^"'\n]*)["']\s*\)""")


def read(source: SourceFile) -> ReadFile:
    """Every variable's value, every word of the recipes, the comments; never raises."""
    sheet = sheet_of(source, "makefile")
    return finished(sheet, _sites(sheet))


def _sites(sheet: Sheet) -> Iterator[Site]:
    for match in _LOGICAL.finditer(sheet.text):
        start, line = match.start(), match.group()
        if line[0] == "\t" or (line[0] == " " and not _ASSIGNMENT.match(line)):
            lead = len(line) - len(line.lstrip("\t @-+"))
            yield from script_sites(sheet, _as_shell(line[lead:]), start + lead)
            continue
        stripped = line.lstrip()
        assignment = _ASSIGNMENT.match(line)
        if stripped.startswith("#"):
            site = comment_site(sheet, start + len(line) - len(stripped), stripped)
            yield from [site] if site else []
        elif assignment:
            yield from _assignment(sheet, start, assignment)


def _as_shell(text: str) -> str:
    """A recipe with make's variables written the shell's way, at the same length."""
    text = text.replace("$$", " $")
    text = _VARIABLE.sub(r"${\1}", text)
    text = _FUNCTION.sub(lambda match: "$(" + " " * (len(match[0]) - 2), text)
    return _JUST_VARIABLE.sub(lambda match: ("${" + match[1] + "}").ljust(len(match[0])), text)


def _assignment(sheet: Sheet, start: int, match: re.Match[str]) -> Iterator[Site]:
    name, operator, value = match.groups()
    trailing = _TRAILING.search(value)
    text = (value[: trailing.start()] if trailing else value).strip()
    offset = start + match.start(3)
    frames: Frames = (Frame(FrameKind.ASSIGN, name, line=sheet.line(offset)),)
    if operator == "?=":  # the value unless the environment sets it
        frames = (Frame(FrameKind.FALLBACK, name), *frames)
    default = _JUST_DEFAULT.search(text)
    if default:
        asked = Frame(FrameKind.FALLBACK, default[1])
        yield sheet.site(offset + default.start(2), default[2], (asked, *frames))
    elif text:
        quoted = len(text) > 1 and text[0] in {'"', "'"} and text[-1] == text[0]
        yield value_site(sheet, offset, _as_shell(text[1:-1] if quoted else text), frames)
    if trailing:
        site = comment_site(sheet, offset + trailing.start() + 1, trailing.group().strip())
        yield from [site] if site else []
