"""Variables in a string: `${VAR:-default}`, `$VAR`, `$(VAR)`, `${{ env.VAR || 'default' }}`, `${oc.env:VAR,default}`.

A default takes the place of its variable; a variable without one stands as `{name}`. Nothing is looked up.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites.templates import as_variables
from vcdd.values import dataclass

if TYPE_CHECKING:
    from vcdd.core.site import Site
    from vcdd.detect.sites.sheet import Frames, Sheet

_MAX_SPAN = 400
"""Longest `${…}` that is read; a longer one stays as it is."""
_MAX_VARIABLES = 64
"""Most variables of one string; with the span it bounds the work on a string of `${${${`."""
_MAX_DEPTH = 4
_START = re.compile(r"\$(?:\{\{|\{|\((?=[A-Za-z_]\w*\))|(?=[A-Za-z_]))")
_NAME = re.compile(r"[A-Za-z_]\w*")
# Shell operators (POSIX "Parameter Expansion"), OmegaConf's `oc.env:VAR,default`, and Spring's `VAR:default`.
_BRACED = re.compile(
    r"(?:(?:oc\.)?env:)?(?P<name>[A-Za-z_][\w.\-]*?)(?:(?P<op>:-|:=|:\?|:\+|-|=|\?|\+|,|:)(?P<rest>.*))?", re.DOTALL
)
_EXPRESSION = re.compile(r"\s*(?P<name>[\w.\-\[\]]+)(?:\s*\|\|\s*(?P<quote>['\"])(?P<rest>[^'\"]*)(?P=quote))?")


@dataclass(frozen=True, slots=True)
class Expanded:
    """A string with its variables replaced."""

    text: str
    """The composed text; empty when the whole string is one variable without a default."""
    at: int = 0
    """Where the text begins within the string as written: past `${VAR:-` when a default is the whole."""
    asked: str = ""
    """The variable whose default was taken; empty when none was."""
    symbol: str = ""
    """The variable, when the whole string is one variable."""
    composed: bool = False
    """Whether anything was put together."""


@dataclass(frozen=True, slots=True)
class _Variable:
    start: int
    end: int
    name: str
    default: str | None
    at: int


def expand(text: str) -> Expanded:
    """`text` with defaults put in and unknown variables marked. Linear in the length of `text`."""
    return _expand(text, _MAX_DEPTH)


def value_site(sheet: Sheet, offset: int, text: str, frames: Frames) -> Site:
    """The site of a value: a default in it gets a FALLBACK frame, a bare variable becomes the symbol."""
    if "$" not in text and "{{" not in text and "<%=" not in text:
        return sheet.site(offset, text, frames)
    value = expand(as_variables(text))
    if value.asked:
        frames = (Frame(FrameKind.FALLBACK, value.asked), *frames)
    if value.at:  # the default is the whole: its own place
        found = sheet.text.find(value.text, offset, offset + len(text) + _MAX_SPAN)
        offset = found if found >= 0 else offset + value.at
    return sheet.site(offset, value.text, frames, symbol=value.symbol, composed=value.composed)


def _expand(text: str, depth: int) -> Expanded:
    variables = _variables(text) if depth else []
    if not variables:
        return Expanded(text)
    first = variables[0]
    if len(variables) == 1 and first.start == 0 and first.end == len(text):
        return _whole(first, depth)
    parts, done, asked = [], 0, ""
    for variable in variables:
        parts.append(text[done : variable.start])
        parts.append(_part(variable, depth))
        asked = asked or (variable.name if variable.default else "")
        done = variable.end
    parts.append(text[done:])
    return Expanded("".join(parts), asked=asked, composed=True)


def _whole(variable: _Variable, depth: int) -> Expanded:
    if not variable.default:
        return Expanded("", symbol=variable.name)
    inner = _expand(variable.default, depth - 1)
    return Expanded(
        inner.text,
        at=variable.at + inner.at,
        asked=variable.name,
        symbol=inner.symbol,
        composed=inner.composed,
    )


def _part(variable: _Variable, depth: int) -> str:
    if not variable.default:
        return "{" + variable.name + "}"
    inner = _expand(variable.default, depth - 1)
    return inner.text or "{" + inner.symbol + "}"


def _variables(text: str) -> list[_Variable]:
    found: list[_Variable] = []
    position = 0
    for _ in range(_MAX_VARIABLES):
        match = _START.search(text, position)
        if match is None:
            break
        variable = _variable(text, match)
        position = variable.end if variable else match.end()
        if variable:
            found.append(variable)
    return found


def _variable(text: str, match: re.Match[str]) -> _Variable | None:
    mark, start, inner = match.group(), match.start(), match.end()
    if mark == "${{":
        return _expression(text, start, inner)
    if mark == "${":
        return _braced(text, start, inner)
    name = _NAME.match(text, inner)
    if name is None:
        return None
    return _Variable(start, name.end() + (mark == "$("), name.group(), None, 0)


def _expression(text: str, start: int, inner: int) -> _Variable | None:
    end = text.find("}}", inner, inner + _MAX_SPAN)
    match = _EXPRESSION.match(text, inner, end) if end >= 0 else None
    if match is None:
        return None
    return _Variable(start, end + 2, match["name"], match["rest"], max(match.start("rest"), 0))


def _braced(text: str, start: int, inner: int) -> _Variable | None:
    end = _closing(text, inner)
    match = _BRACED.fullmatch(text, inner, end) if end >= 0 else None
    if match is None:
        return None
    operator, rest = match["op"], match["rest"]
    if operator in {":?", "?", ":+", "+", None} or (operator == ":" and (rest[:1].isdigit() or rest[:1] == " ")):
        return _Variable(start, end + 1, match["name"], None, 0)
    lead = len(rest) - len(rest.lstrip())
    return _Variable(start, end + 1, match["name"], rest.strip().strip("\"'"), match.start("rest") + lead)


def _closing(text: str, inner: int) -> int:
    depth = 1
    for position in range(inner, min(len(text), inner + _MAX_SPAN)):
        if text[position] == "{":
            depth += 1
        elif text[position] == "}":
            depth -= 1
            if depth == 0:
                return position
    return -1
