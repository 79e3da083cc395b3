"""Definitions in lexically read code: functions and classes by keyword, brace or indentation."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites import lexical_words as words

if TYPE_CHECKING:
    from collections.abc import Callable

    from vcdd.detect.sites.lexical_spots import Group

_HEADER = 400
_CLASS = re.compile(rf"\b(?P<word>{words.CLASSES})\s+(?P<name>[\w.:]+)(?P<rest>[^{{}}]*)")
_FUNCTION = re.compile(rf"\b(?:{words.FUNCTIONS})\b\s*(?:\([^()]*\)\s*)?(?P<name>[\w.$:]*[?!]?)\s*[(<\[{{]?")
_METHOD = re.compile(r"(?P<name>[\w~$]+)\s*\([^{};]*\)[^{};=()]{0,120}\Z")
_BASES = re.compile(r"\b(?:extends|implements|with|for)\s+([\w.<>, :]+)|:\s*([\w.<>, ()]+)|<\s*([\w:.]+)")
_SIGNATURE = re.compile(rf"\b(?P<word>{words.FUNCTIONS}|{words.CLASSES})\b[^=;{{}}\n]*\Z")
_TYPED_NAME = re.compile(r"(?:^|[\s>\])*&?])[A-Za-z_][\w.]*[\]>?*&]*\s+\Z")
_UNSET = re.compile(
    r"(?:if|unless)\s*\(?\s*!?\s*(?P<name>[\w$@.>-]+?)"
    r"(?:\s*===?\s*(?:\"\"|''|nil|null|None|undefined)|\.(?:isEmpty|isBlank|isNullOrEmpty|is_empty|is_none|empty\?|nil\?|blank\?)(?:\(\))?)"
)
_TEST = re.compile(r"\b(?:if|elif|elsif|switch|match|when|case)\b\s*\(?\s*(?P<name>[\w$@.>-]*)")
_INDENTED = re.compile(
    rf"^(?P<indent>[ \t]*+)(?:(?:local|private|public|export|async)\s+)?(?P<word>{words.FUNCTIONS}|{words.CLASSES}|module)\s++"
    r"(?P<name>(?:self\.)?[\w.:?!]++)(?P<rest>[^\n]*+)",
    re.MULTILINE,
)


def is_signature(text: str, group: Group) -> FrameKind | None:
    """FUNCTION or CLASS when the parentheses are the parameters of a definition, else None."""
    line = text[max(group.floor, group.start - 160) : group.start].rpartition("\n")[2]
    match = _SIGNATURE.search(line)
    if match is not None:
        return FrameKind.CLASS if re.fullmatch(words.CLASSES, match["word"]) else FrameKind.FUNCTION
    if group.callee in {"init", "constructor"}:
        return FrameKind.FUNCTION
    if "." in group.callee or not _TYPED_NAME.search(line):
        return None
    before = line.split()
    return None if before and before[-1] in words.CONTROL | words.SKIPPED else FrameKind.FUNCTION


def block_frames(text: str, group: Group, line: Callable[[int], int]) -> list[Frame]:
    """What a block in braces says of the statements in it: FUNCTION, CLASS, BRANCH, FALLBACK or nothing."""
    header = text[max(group.floor, group.start - _HEADER) : group.start]
    last_line = _last_statement(header)
    first = re.match(r"[\s}]*(\w*)", last_line)
    if first is not None and first[1] in words.CONTROL:
        return _condition(last_line)
    own = _class_frame(header, last_line, line(group.start)) or _function_frame(header, last_line, line(group.start))
    return [own] if own else []


def _last_statement(header: str) -> str:
    """The line that leads to a brace; the whole header where that line only closes a bracket."""
    stripped = header.rstrip()
    last = stripped.rpartition("\n")[2]
    return stripped if last.lstrip().startswith((")", "where", ":", "extends", "implements", "throws", "->")) else last


def _condition(line: str) -> list[Frame]:
    unset = _UNSET.search(line)
    if unset and "else" not in line.partition("if")[0]:
        return [Frame(FrameKind.FALLBACK, unset["name"].replace("->", ".").lstrip("$@"))]
    tested = _TEST.search(line)
    return [Frame(FrameKind.BRANCH, tested["name"].replace("->", ".").lstrip("$@") if tested else "")]


def _class_frame(header: str, line: str, number: int) -> Frame | None:
    match = _CLASS.search(line) or (
        _CLASS.search(header) if line is not header and "\n" not in header.strip() else None
    )
    if match is None:
        return None
    bases = [
        name
        for found in _BASES.finditer(match["rest"])
        for name in re.split(r"[\s,]+", found[1] or found[2] or found[3])
    ]
    kept = tuple(re.sub(r"[<(].*", "", base) for base in bases if base and base not in {"with", "implements", "for"})
    enum = ("enum",) if match["word"] == "enum" or " enum " in f" {line}"[: match.start() + 1] else ()
    return Frame(FrameKind.CLASS, match["name"], bases=(*enum, *kept[:8]), line=number)


def _function_frame(header: str, line: str, number: int) -> Frame | None:
    match = None
    for match in _FUNCTION.finditer(line):
        pass
    if match is None:
        match = _METHOD.search(line[-240:]) or _METHOD.search(header[-240:])
        if match is not None and match["name"] in words.CONTROL:
            return None
    return Frame(FrameKind.FUNCTION, match["name"], line=number) if match is not None else None


@dataclass(frozen=True, slots=True)
class Definitions:
    """Definitions of a language in which nesting shows in indentation."""

    offsets: tuple[int, ...] = ()
    indents: tuple[int, ...] = ()
    frames: tuple[Frame, ...] = ()
    text: str = ""

    def around(self, offset: int) -> tuple[Frame, ...]:
        """The definitions around an offset, innermost first."""
        found: list[Frame] = []
        start = self.text.rfind("\n", 0, offset) + 1
        here = self.text[start:offset]
        indent = len(here) - len(here.lstrip())
        for at in range(bisect_left(self.offsets, offset) - 1, -1, -1)[:200]:
            if self.indents[at] < indent or self.offsets[at] >= start:
                found.append(self.frames[at])
                indent = self.indents[at]
        return tuple(found[:8])


def definitions_of(text: str, line: Callable[[int], int]) -> Definitions:
    """Every definition in a text, in order."""
    matches = list(_INDENTED.finditer(text))
    return Definitions(
        tuple(match.start() for match in matches),
        tuple(len(match["indent"]) for match in matches),
        tuple(_indented_frame(match, line(match.start())) for match in matches),
        text,
    )


def _indented_frame(match: re.Match[str], number: int) -> Frame:
    if match["word"] in {"module", "defmodule"} or re.fullmatch(words.CLASSES, match["word"]):
        base = re.match(r"\s*<\s*([\w:.]+)", match["rest"])
        return Frame(FrameKind.CLASS, match["name"], bases=(base[1],) if base else (), line=number)
    return Frame(FrameKind.FUNCTION, match["name"], line=number)
