"""Frames of a lexical spot from what stands beside it: operators and words before it, and what follows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites import lexical_words as words
from vcdd.detect.sites.lexical_assigned import assigned
from vcdd.detect.sites.lexical_spots import Group, Spot
from vcdd.detect.sites.lexical_text import last_word, result_name, tail_name
from vcdd.detect.sites.tree_sitter_walk import MAX_NAME
from vcdd.values import dataclass

if TYPE_CHECKING:
    from vcdd.detect.sites.lexical_text import Code

Chain = tuple[Frame, ...]

_BEFORE = 240
"""How far back the text before a value is looked at, in characters."""
_STEPS = 6
"""How many operators before a value are read (`model = a ?? await "x"`)."""
_LAMBDA = re.compile(r"\|[^|\n]{0,80}\|\Z")
_TYPE_BEFORE = re.compile(r"[\w.\[\]*&<>?]+(?:::[\w<>]+)*\Z")
_MADE = re.compile(r"\bnew\s+[\w.<>,\s\[\]?]*\Z")
_LABELS: Final = ("case ", "default", "when ")
_QUOTES: Final = ('"', "'", "`")
_MARKS: Final = frozenset({"&", "*", "!", "^", "%"})


def scope_of(code: Code, spot: Spot, parent: Group) -> Chain:
    """The definitions around a spot."""
    return code.definitions.around(spot.start) if code.language.indented else parent.scope


@dataclass(frozen=True, slots=True)
class _Step:
    """One operator or word before a value, read."""

    frames: tuple[Frame, ...] = ()
    rest: int = -1
    """Length of the text that is left to read before it; -1 ends the reading."""
    is_statement: bool = False
    """Whether the value belongs to a statement of its own and to no bracket around it."""
    passes_left: bool = False
    """Whether the operand to the left is a bracket that ends here."""


@dataclass(frozen=True, slots=True)
class _Here:
    """Where the reading stands."""

    code: Code
    parent: Group
    position: int
    stripped: str
    left: Spot | None


def frames_before(code: Code, spot: Spot, parent: Group) -> tuple[list[Frame], bool]:
    """Frames by the operators before a spot, innermost first, and whether the spot stands in a statement of its own."""
    frames: list[Frame] = []
    position, left = _value_start(code, spot), spot.left
    floor = spot.floor if position >= spot.floor else spot.statement  # a comma in type arguments is none between values
    for _ in range(_STEPS):
        before = code.text[max(floor, position - _BEFORE) : position]
        stripped = before.rstrip()
        if stripped.endswith("|") and not (stripped.endswith("||") and "||" in code.alternatives):
            stripped = _LAMBDA.sub("", stripped).rstrip()
        if not stripped:
            break
        step = _step(_Here(code, parent, position, stripped, left), breaks="\n" in before[len(stripped) :])
        if step is None:
            break
        frames.extend(step.frames)
        if step.rest < 0:
            return frames, step.is_statement
        position -= len(before) - step.rest
        if isinstance(left, Group) and step.passes_left:
            position, left = _value_start(code, left), left.left
    return frames, False


def _value_start(code: Code, spot: Spot) -> int:
    """Where a value begins: a list or struct begins with its type."""
    if isinstance(spot, Group) and spot.mark == "[":
        return spot.start - len(tail_name(code.before(spot)))
    if not isinstance(spot, Group) or spot.role != "table" or not code.language.typed_braces:
        return spot.start
    made = _MADE.search(code.text[max(spot.statement, spot.start - 160) : spot.start].rstrip())
    if made is not None:
        return max(spot.statement, spot.start - 160) + made.start()
    before = code.before(spot, 120).rstrip()
    match = _TYPE_BEFORE.search(before)
    return spot.start if match is None else max(spot.floor, spot.start - 120) + match.start()


def _step(here: _Here, *, breaks: bool) -> _Step | None:
    operator = _operator(here.stripped)
    if not operator:
        return None if breaks and last_word(here.stripped) != "return" else _word_step(here)
    rest = here.stripped[: len(here.stripped) - len(operator)].rstrip()
    if operator in words.ASSIGNS:
        return _assignment(here, operator, rest)
    if operator in here.code.alternatives:
        passes = isinstance(here.left, Group) and rest.endswith((")", "]"))
        remaining = len(rest) if passes else len(rest) - len(tail_name(rest))
        return _Step((Frame(FrameKind.FALLBACK, _left_name(here, rest)),), rest=remaining, passes_left=passes)
    if operator in words.COMPARES:
        compared = Frame(FrameKind.COMPARE, _left_name(here, rest), labels=("==",), line=here.code.line(here.position))
        return _Step((compared,), is_statement=True)
    return _other_step(here, operator, rest)


def _assignment(here: _Here, operator: str, rest: str) -> _Step:
    if rest.endswith("}") and isinstance(here.left, Group):  # `string Name { get; set; } = "x"`
        rest = here.code.text[max(here.left.floor, here.left.start - _BEFORE) : here.left.start].rstrip()
    elif here.parent.role == "block":  # several targets lie beyond the last comma
        text = here.code.text
        start = max(text.rfind("\n", 0, text.rfind(operator, 0, here.position)) + 1, here.position - _BEFORE)
        rest = text[start : here.position].rstrip().removesuffix(operator).rstrip()
    frames = assigned(here.code, here.parent, rest)
    if operator in {"||=", "??="} and frames:
        frames.insert(0, Frame(FrameKind.FALLBACK, frames[0].name))
    is_statement = here.parent.role not in {"call", "table", "items"} or frames[0].kind is FrameKind.PARAMETER
    return _Step(tuple(frames), is_statement=is_statement)


def _other_step(here: _Here, operator: str, rest: str) -> _Step | None:
    if operator in {":", "=>", "->"}:
        return _colon(here, operator, rest)
    if operator == "?":
        return _Step((Frame(FrameKind.BRANCH, "", 0, 2), *_statement(here, rest)), is_statement=True)
    return _Step(rest=len(rest)) if operator in _MARKS else None


def _operator(stripped: str) -> str:
    for length in (4, 3, 2, 1):
        if stripped[-length:] in words.OPERATORS and not stripped[-length:].isalpha():
            return stripped[-length:]
    word = last_word(stripped)
    return word if word in {"eq", "ne", "or"} else ""


def _word_step(here: _Here) -> _Step | None:
    word = last_word(here.stripped)
    rest = len(here.stripped) - len(word)
    if not word and here.stripped.endswith(")") and isinstance(here.left, Group):
        is_test = here.left.callee in {"if", "elsif", "when"}
        return _Step((Frame(FrameKind.BRANCH),), rest=len(here.stripped), passes_left=True) if is_test else None
    if word in _WORDS:
        name = asked_around(here.parent) if word in {"case", "when"} else ""
        labels = ("==",) if word in {"case", "when"} else ()
        return _Step((Frame(_WORDS[word], name, labels=labels),), is_statement=True)
    if word == "to" and here.stripped[:rest].rstrip().endswith('"'):
        key = here.stripped[:rest].rstrip().rpartition('"')[0].rpartition('"')[2]
        return _Step((Frame(FrameKind.KEY, key[:MAX_NAME]),))
    if word in words.SKIPPED:
        return _Step(rest=rest)
    return _command(here, word)


def _command(here: _Here, word: str) -> _Step | None:
    """A name before a value without any operator: `f "x"`, `@attribute "x"`, `#define NAME "x"`."""
    name = tail_name(here.stripped)
    defined = re.search(r"#\s*define\s+\w+\Z", here.stripped[-120:])
    if defined or (name.startswith("@") and here.code.language.bare_calls):
        return _Step((Frame(FrameKind.ASSIGN, here.code.plain(name)),), is_statement=True)
    if here.code.language.bare_calls and word and not word[0].isdigit() and word not in words.CONTROL:
        return _Step((Frame(FrameKind.CALL, here.code.plain(name), 0, 1),), is_statement=True)
    return None


_WORDS: Final = {
    "return": FrameKind.RETURN,
    "case": FrameKind.COMPARE,
    "when": FrameKind.COMPARE,
    "else": FrameKind.BRANCH,
}


def asked_around(parent: Group) -> str:
    """What the switch around a case asks about."""
    return parent.scope[0].name if parent.scope and parent.scope[0].kind is FrameKind.BRANCH else ""


def _colon(here: _Here, operator: str, rest: str) -> _Step:
    """A key before its value, the second arm of a ternary, or a label that says nothing."""
    text = here.code.text
    line = here.stripped[here.stripped.rfind("\n") + 1 :]
    if operator == ":" and "?" in line and not rest.endswith("?"):
        frames = (Frame(FrameKind.BRANCH, "", 1, 2), *_statement(here, line[: line.find("?")]))
        return _Step(frames, is_statement=True)
    whole = text[text.rfind("\n", 0, here.position) + 1 : here.position].lstrip()
    in_code = here.parent.role == "block" and (operator != ":" or rest.endswith(_QUOTES))
    if whole.startswith(_LABELS) or in_code:
        return _Step((Frame(FrameKind.BRANCH, asked_around(here.parent)),), is_statement=True)
    if rest.endswith(_QUOTES):
        key = here.code.value(here.left) if here.left is not None and not isinstance(here.left, Group) else ""
    else:
        key = here.code.plain(tail_name(rest))
    kind = FrameKind.KEYWORD if here.parent.role == "call" and operator == ":" else FrameKind.KEY
    if here.parent.role == "signature":
        return _Step((Frame(FrameKind.PARAMETER, key[:MAX_NAME]),) if key else (), is_statement=True)
    return _Step((Frame(kind, key[:MAX_NAME], line=here.code.line(here.parent.start)),) if key else ())


def _statement(here: _Here, condition: str) -> list[Frame]:
    """The assignment or return of which a ternary is the value."""
    if re.match(r"\s*return\b", condition):
        return [Frame(FrameKind.RETURN)]
    match = re.search(r"[^=!<>]=(?![=>])", condition)
    return assigned(here.code, here.parent, condition[: match.start() + 1].rstrip(" :")) if match else []


def _left_name(here: _Here, rest: str) -> str:
    if rest.endswith((")", "]")) and isinstance(here.left, Group):
        return result_name(here.code, here.left)
    return here.code.plain(tail_name(rest))


_COMPARED = re.compile(r"\s*(?:===?|!==?)\s*([\w$@.>:-]*)")
_EQUALS = re.compile(r"\s*\.\s*(?:equals|equalsIgnoreCase|contentEquals)\s*\(\s*([\w$.]*)")
_MEMBER = re.compile(r"\s*(?:in|not in|!in)\s+([\w$@.]+)")
_IS_KEY = re.compile(r"\s*(?:\|\s*\"[^\"\n]{0,80}\"\s*){0,20}(?:=>|->)|\s*:(?![:=])|\s+to\s")


def frames_behind(code: Code, spot: Spot, parent: Group) -> Chain | None:
    """KEY_ITSELF or COMPARE for a string that what follows makes a key or an operand; None where nothing does."""
    if spot.symbol or isinstance(spot, Group):
        return None
    after = code.text[spot.end : spot.end + 160]
    compared = _COMPARED.match(after) or _EQUALS.match(after) or _MEMBER.match(after)
    if compared:
        return (Frame(FrameKind.COMPARE, code.plain(compared[1]), labels=("==",), line=code.line(spot.start)),)
    key = _IS_KEY.match(after)
    if key is None or "?" in code.before(spot).rpartition("\n")[2]:
        return None
    if key[0].strip() == "to" and code.language.name != "kotlin":
        return None
    line = code.line(parent.start)
    if parent.role == "block":
        return (Frame(FrameKind.COMPARE, asked_around(parent), labels=("==",), line=line),)
    return (Frame(FrameKind.KEY_ITSELF, "", spot.index, parent.size, line=line),)
