"""What a value is assigned to: a variable, field, enum member, named argument, parameter default or table entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites.lexical_text import tail_name

if TYPE_CHECKING:
    from vcdd.detect.sites.lexical_spots import Group
    from vcdd.detect.sites.lexical_text import Code

_TYPED = re.compile(r"([\w$@]+)\s*:(?![:=])[^;{}()]*\Z")
_ENTRY = re.compile(r"([\w$@.>:-]*)\s*\[\s*[\"']([^\"'\]\n]{0,120})[\"']\s*\]\Z")
_FIRST_NAME = re.compile(r"\s*(?:(?:const|var)\s+)?(?!const\b|var\b)([\w$]+)\s+[\w.\[\]*]+\Z")
_TARGETS = re.compile(r"\s*(?:(?:let|var|val|const|local|my)\s+)?\(?([\w$@.]+)\s*,[\w$@.,\s]*\)?\Z")


def assigned(code: Code, parent: Group, rest: str) -> list[Frame]:
    """The frames of a value whose `=` follows `rest`, innermost first."""
    line = rest[rest.rfind("\n") + 1 :]
    entry = _ENTRY.search(line[-160:]) if line.endswith("]") else None
    if entry:
        holder = [Frame(FrameKind.ASSIGN, code.plain(entry[1]))] if entry[1] else []
        return [Frame(FrameKind.KEY, entry[2]), *holder]
    typed = _TYPED.search(line[-160:])
    whole = _TARGETS.match(line)
    name = code.plain(typed[1] if typed else _untyped_name(code, line) if whole is None else whole[1])
    if parent.role == "signature" or (parent.role == "call" and (typed is not None or len(line.split()) > 1)):
        return _parameter(parent, name)
    if parent.role == "call":
        return [Frame(FrameKind.KEYWORD, name)]
    return [Frame(FrameKind.KEY if parent.role == "table" else _kind(parent, line), name)]


def _untyped_name(code: Code, line: str) -> str:
    first = _FIRST_NAME.match(line) if code.language.type_after_name else None
    several = _TARGETS.match(line)
    match = first or several
    return match[1] if match else tail_name(line.removesuffix("[]").rstrip()).lstrip(".")


def _parameter(parent: Group, name: str) -> list[Frame]:
    """A default in a signature; one in the head of a class (`data class A(val x: String = …)`) is a field's."""
    if parent.role == "call":
        return [Frame(FrameKind.PARAMETER, name), Frame(FrameKind.FUNCTION, parent.callee)]
    is_class = bool(parent.scope) and parent.scope[0].kind is FrameKind.CLASS
    return [Frame(FrameKind.FIELD if is_class else FrameKind.PARAMETER, name)]


def _kind(parent: Group, line: str) -> FrameKind:
    top = parent.scope[0] if parent.scope else None
    if top is None or top.kind is not FrameKind.CLASS:
        return FrameKind.ASSIGN
    is_member = "enum" in top.bases and not re.search(r"\b(?:static|let|var|val|const|private|public)\b", line)
    return FrameKind.ENUM if is_member else FrameKind.FIELD
