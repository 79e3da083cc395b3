"""Definitions in lexically read code: functions and classes by keyword, brace or indentation."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites import lexical_words as words
from vcdd.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from vcdd.detect.sites.lexical_spots import Group

_HEADER = 400
_CLASS = re.compile(rf"\b(?:{words.CLASSES})\s+(?:class\s+)?(?P<name>[\w.]+(?:::\w+)*)")
_GO_TYPE = re.compile(r"\btype\s+(?P<name>\w+)\s+(?:struct|interface)\b")
_TESTS = re.compile(
    r"#\[cfg\(test\)\]\s*(?:#\[[^\]\n]{0,80}\]\s*){0,4}(?:pub(?:\([a-z]+\))?\s+)?mod\s+(?P<name>\w+)\s*\Z"
)
"""A module that is compiled only for tests (Rust by Example, "Unit testing")."""
_IMPL = re.compile(r"\bimpl\b(?:\s*<[^<>]*>)?\s+(?:(?P<base>[\w:]+)(?:<[^<>]*>)?\s+for\s+)?(?P<name>[\w:]+)")
_FUNCTION = re.compile(rf"\b(?:{words.FUNCTIONS})\b\s*(?:\([^()]*\)\s*)?(?P<name>[\w.$:]*[?!]?)")
_BASES = re.compile(r"\b(?:extends|implements|with|for)\s+([\w.<>, :]+)|:\s*([\w.<>, ]+)|<\s*([\w:.]+)")
_SIGNATURE = re.compile(rf"\b(?P<word>{words.FUNCTIONS}|{words.CLASSES})\b[^=;{{}}\n]*\Z")
_TYPED_NAME = re.compile(r"(?:^|[\s<>,\])*&?])[A-Za-z_][\w.]*[\]>?*&]*\s+\Z")
_EMPTY = r"isEmpty|isBlank|isNullOrEmpty|is_empty|is_none|empty\?|nil\?|blank\?"
_UNSET = re.compile(
    r"(?:if|unless)\s*\(?\s*(?P<name>[\w$@.>-]{1,80}?)"
    rf"(?:\s*===?\s*(?:\"\"|''|nil|null|None|undefined)|\.(?:{_EMPTY})(?:\(\))?)"
)
_TEST = re.compile(r"\b(?:if|elif|elsif|switch|match|when|case)\b\s*\(?\s*(?P<name>[\w$@.>-]*)")
_INDENTED = re.compile(
    r"^(?P<indent>[ \t]*+)(?:(?:local|private|public|export|async)\s+)?"
    rf"(?P<word>{words.FUNCTIONS}|{words.CLASSES}|module)\s++(?P<name>(?:self\.)?[\w.:?!]++)(?P<rest>[^\n]*+)",
    re.MULTILINE,
)


def is_signature(text: str, group: Group) -> FrameKind | None:
    """FUNCTION or CLASS when the parentheses are the parameters of a definition, else None."""
    line = text[max(group.statement, group.start - 160) : group.start].rpartition("\n")[2]
    match = _SIGNATURE.search(line)
    if match is not None:
        return FrameKind.CLASS if re.fullmatch(words.CLASSES, match["word"]) else FrameKind.FUNCTION
    if group.callee in {"init", "constructor"}:
        return FrameKind.FUNCTION
    before = line.split()
    is_member = "." in group.callee and "::" not in text[max(group.start, group.opened - 160) : group.opened]
    if is_member or not before or before[-1] in words.CONTROL | words.SKIPPED:
        return None
    return FrameKind.FUNCTION if _TYPED_NAME.search(line) else None


def block_frames(text: str, group: Group, line: Callable[[int], int]) -> list[Frame]:
    """What a block in braces says of the statements in it: FUNCTION, CLASS, BRANCH, FALLBACK or nothing."""
    header = _last_statement(text[max(group.statement, group.start - _HEADER) : group.start])
    first = re.match(r"[\s}]*(\w*)", header)
    if first is not None and first[1] in words.CONTROL:
        return _condition(header)
    number = line(group.start)
    tests = _TESTS.search(text, max(0, group.start - _HEADER), group.start) if "mod" in header else None
    if tests is not None:
        return [Frame(FrameKind.CLASS, tests["name"], bases=("cfg(test)",), line=number)]
    own = _class_frame(header, number) or _function_frame(header, number) or _method_frame(text, group, number)
    return [own] if own else []


def _method_frame(text: str, group: Group, number: int) -> Frame | None:
    """A block behind the parameters of what has no keyword: `String run(a) throws E {`."""
    left = group.left
    name = getattr(left, "callee", "")
    if left is None or not name or "(" in name or name in words.CONTROL:
        return None
    between = text[left.end : group.start]
    return Frame(FrameKind.FUNCTION, name, line=number) if re.fullmatch(r"[\w\s.,:<>?&-]{0,120}", between) else None


def _last_statement(header: str) -> str:
    """The line that leads to a brace; the whole header where that line only goes on with one."""
    stripped = header.rstrip()
    last = stripped.rpartition("\n")[2]
    goes_on = (")", "where", ":", "extends", "implements", "throws", "->")
    return stripped if not last or last.lstrip().startswith(goes_on) else last


def _condition(line: str) -> list[Frame]:
    unset = _UNSET.search(line)
    if unset and "else" not in line.partition("if")[0]:
        return [Frame(FrameKind.FALLBACK, _plain(unset["name"]))]
    tested = _TEST.search(line)
    return [Frame(FrameKind.BRANCH, _plain(tested["name"]) if tested else "")]


def _plain(name: str) -> str:
    return name.replace("->", ".").lstrip("$@")


def _class_frame(line: str, number: int) -> Frame | None:
    implemented = _IMPL.search(line)
    if implemented is not None:
        base = (implemented["base"],) if implemented["base"] else ()
        return Frame(FrameKind.CLASS, implemented["name"], bases=base, line=number)
    match = _GO_TYPE.search(line) or _CLASS.search(line)
    if match is None:
        return None
    rest = re.sub(r"\([^()]*\)", "", line[match.end("name") :])
    listed = [found[1] or found[2] or found[3] for found in _BASES.finditer(rest)]
    bases = [base for each in listed for base in re.findall(r"[A-Za-z_][\w.:]*", re.sub(r"<[^<>]*>", "", each))]
    enum = ("enum",) if re.search(r"\benum\b", line[: match.start("name")]) else ()
    kept = [base for base in bases if base not in {"extends", "implements", "with", "where"}]
    return Frame(FrameKind.CLASS, match["name"], bases=(*enum, *kept[:8]), line=number)


def _function_frame(line: str, number: int) -> Frame | None:
    matches = list(_FUNCTION.finditer(line))
    match = matches[-1] if matches else None
    if match is None or match["name"] in words.CONTROL:
        return None
    return Frame(FrameKind.FUNCTION, match["name"], line=number)


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
        before = bisect_left(self.offsets, offset)
        for at in range(before - 1, max(-1, before - 200), -1):
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
