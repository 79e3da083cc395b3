"""Frames of a lexical spot: what stands before it, behind it and around it, innermost first.

Only the text near a string is looked at, and only where a string is; so the cost follows the strings and not the code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites import lexical_words as words
from vcdd.detect.sites.lexical_definitions import Definitions, block_frames, is_signature
from vcdd.detect.sites.lexical_spots import Group, Spot, plain_names
from vcdd.detect.sites.lexical_strings import value_of
from vcdd.detect.sites.tree_sitter_walk import MAX_FRAMES, MAX_NAME

if TYPE_CHECKING:
    from collections.abc import Callable

    from vcdd.detect.sites.lexical_languages import Language

Chain = tuple[Frame, ...]

_BEFORE = 240
"""How far back the text before a value is looked at, in characters."""
_STEPS = 5
"""How many operators before a value are read (`model = a ?? await "x"`)."""
_MAX_LABELS = 12
_NAME_CHARACTERS: Final = frozenset("_$@.!?") | frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
)
_QUOTES: Final = "\"'`"
_TYPED = re.compile(r"([\w$@]+)\s*:(?![:=])[^;{}()]*\Z")
_TABLE_KEY = re.compile(r"([\w$@.>:-]*)\s*\[\s*[\"']([^\"'\]\n]{0,120})[\"']\s*\]\Z")
_FIRST_NAME = re.compile(r"\s*(?:const|var|let|static|pub)?\s*([\w$]+)\s+[\w.\[\]*]+\Z")
_LIST_TYPE = re.compile(r"\][\w.*\[\]]*\Z|\[\]\s*\Z")
_LAMBDA = re.compile(r"\|[^|\n]{0,80}\|\Z")


@dataclass(slots=True)
class Code:
    """One file while its spots get their frames."""

    text: str
    language: Language
    line: Callable[[int], int]
    definitions: Definitions
    plain: Callable[[str], str] = field(init=False)
    alternatives: frozenset[str] = field(init=False)
    joins: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.plain = plain_names(self.language)
        self.alternatives = frozenset(self.language.alternatives.split())
        self.joins = frozenset(self.language.joins.split())

    def value(self, spot: Spot) -> str:
        """The text of a string spot."""
        return value_of(self.text[spot.start : spot.end], self.language).text


def chain_of(code: Code, spot: Spot) -> Chain:
    """The frames of a string or a name."""
    parent = spot.parent
    if parent is None:
        return ()
    _prepare(code, parent)
    behind = _behind(code, spot, parent)
    if behind is not None:
        return behind
    return _placed(code, spot, parent)


def _placed(code: Code, spot: Spot, parent: Group) -> Chain:
    """The frames of a spot by what stands before it, then those of its group."""
    frames, is_statement = _before(code, spot, parent)
    around = scope_of(code, spot, parent) if is_statement else _inside(code, parent, spot, has_key=_is_keyed(frames))
    return (*frames, *around)[:MAX_FRAMES]


def _is_keyed(frames: list[Frame]) -> bool:
    return any(frame.kind in {FrameKind.KEY, FrameKind.KEYWORD} for frame in frames)


def scope_of(code: Code, spot: Spot, parent: Group) -> Chain:
    """The definitions around a spot."""
    return code.definitions.around(spot.start) if code.language.indented else parent.scope


def _prepare(code: Code, group: Group) -> None:
    """Give a group and those around it their roles and frames, outermost first and without recursion."""
    pending: list[Group] = []
    current: Group | None = group
    while current is not None and not current.role and len(pending) < 2 * MAX_FRAMES:
        pending.append(current)
        current = current.parent
    for each in reversed(pending):
        _describe(code, each)


def _describe(code: Code, group: Group) -> None:
    parent = group.parent
    if parent is None or not parent.role:
        group.role = "block"
        return
    group.role = _role(code, group)
    group.scope = scope_of(code, group, parent)
    if group.role == "block":
        frames = block_frames(code.text, group, code.line)
        group.scope = (*frames, *group.scope)[:MAX_FRAMES]
    elif group.role == "signature":
        kind = is_signature(code.text, group)
        group.scope = (Frame(kind, group.callee, line=code.line(group.start)), *group.scope)[:MAX_FRAMES]
    else:
        group.outer = _placed(code, group, parent)


def _role(code: Code, group: Group) -> str:
    """`call`, `signature`, `plain` (parentheses), `control`, `items`, `subscript`, `table` or `block`."""
    if group.mark == "(":
        word = group.callee.rpartition(".")[2]
        if not group.callee or group.callee in {"const", "var", "import", "let"}:
            return "plain" if not group.callee else "block"
        if group.callee in words.CONTROL:
            return "control"
        return "signature" if word and is_signature(code.text, group) else "call"
    before = code.text[max(group.floor, group.start - _BEFORE) : group.start]
    if group.mark == "[":
        touching = before[-1:]
        is_subscript = (
            touching and (touching.isalnum() or touching in "_)]?") and _last_word(before) not in words.CONTROL
        )
        return "subscript" if is_subscript else "items"
    return "table" if _is_table(code, before) else "block"


def _is_table(code: Code, before: str) -> bool:
    """Whether `{` opens a list, a map or a struct rather than code."""
    stripped = before.rstrip()
    if code.language.indented:
        return True  # braces of Ruby, Elixir and Lua hold tables, or blocks whose strings stand in nothing
    if not stripped:
        return False
    line = stripped[stripped.rfind("\n") + 1 :].split()
    if (
        line
        and line[0].strip("}(") in words.CONTROL
        or stripped.endswith((")", ") ->", "=>", "->"))
        and "new " not in stripped
    ):
        return False
    if _LIST_TYPE.search(stripped):
        return True
    if not code.language.braces_are_values:
        return False
    if stripped[-1] in "=(,:[?&{" or stripped.endswith("return"):
        return True
    if re.search(
        rf"\b(?:{words.CLASSES}|{words.FUNCTIONS}|namespace|module|mod|package|union|static|else)\b", stripped
    ):
        return False
    is_type = stripped[-1].isalnum() and _last_word(stripped)[:1].isupper()
    return is_type or (before == stripped and stripped[-1].isalnum()) or "new " in stripped[-60:]


def _inside(code: Code, group: Group, spot: Spot, *, has_key: bool) -> Chain:
    """The frames that a group gives to what stands directly in it."""
    line = code.line(group.start)
    index = spot.index
    if group.role == "call":
        own = Frame(FrameKind.CALL, group.callee, index, group.size, labels=labels_of(code, group), line=line)
        return (*_by_method(code, group, index), own, *group.outer)
    if group.role == "plain":
        return group.outer
    if group.role == "items":
        return group.outer if has_key else (Frame(FrameKind.ITEM, "", index, group.size, line=line), *group.outer)
    if group.role == "subscript":
        before = code.text[max(group.floor, group.start - 80) : group.start]
        return (Frame(FrameKind.SUBSCRIPT, code.plain(_tail_name(before)), line=line), *group.scope)
    if group.role == "table":
        return _table(code, group, index, line, has_key=has_key)
    return scope_of(code, spot, group)


def _table(code: Code, group: Group, index: int, line: int, *, has_key: bool) -> Chain:
    before = code.text[max(group.floor, group.start - 80) : group.start].rstrip()
    last = group.left
    if isinstance(last, Group) and last.mark == "(" and last.callee and last.end == group.start - _space(code, group):
        kind = code.plain(last.callee)
    else:
        kind = "" if _LIST_TYPE.search(before) else code.plain(_tail_name(before))
    outer = group.outer
    if kind and kind not in words.CONTROL and kind not in words.SKIPPED:
        outer = (Frame(FrameKind.CALL, kind, labels=labels_of(code, group), line=line), *outer)
    return outer if has_key else (Frame(FrameKind.ITEM, "", index, group.size, line=line), *outer)


def _space(code: Code, group: Group) -> int:
    before = code.text[max(group.floor, group.start - 8) : group.start]
    return len(before) - len(before.rstrip())


def _by_method(code: Code, group: Group, index: int) -> Chain:
    """COMPARE or FALLBACK where the method of a call says so."""
    method = words.method_of(group.callee)
    holder = group.callee.rpartition(".")[0]
    if method in words.EXACT_TESTS:
        return (Frame(FrameKind.COMPARE, holder, labels=("==",)),)
    if method in words.PART_TESTS and (holder or group.size > 1):
        return (Frame(FrameKind.COMPARE, holder, labels=("in",)),)
    if method in words.ALTERNATIVES and group.receiver is not None:
        return (Frame(FrameKind.FALLBACK, result_name(code, group.receiver)),)
    if 0 < index == group.size - 1 and (method in words.DEFAULTING or words.ENVIRONMENTS.search(group.callee)):
        labels = labels_of(code, group)
        inner = group.groups[0] if group.groups and group.groups[0].callee else None
        asked = result_name(code, inner) if inner is not None else (labels[0] if len(labels) > 1 else "")
        is_environment = inner is None and bool(words.ENVIRONMENTS.search(group.callee))
        return (Frame(FrameKind.FALLBACK, f"${asked}" if is_environment and asked else asked),)
    return ()


def result_name(code: Code, group: Group) -> str:
    """How the result of a call is written: `$VAR` where it reads an environment variable, else `callee()`."""
    variable = environment_variable(code, group)
    if (
        not variable
        and group.receiver is not None
        and words.method_of(group.callee) in {"ok", "tostring", "trim", "unwrap"}
    ):
        variable = environment_variable(code, group.receiver)
    return f"${variable}" if variable else f"{group.callee}()" if group.callee else ""


def environment_variable(code: Code, group: Group) -> str:
    """The environment variable that a call or subscript reads; empty if it reads none."""
    if not group.strings or group.size > 2:
        return ""
    if group.mark == "[":
        before = code.text[max(group.floor, group.start - 80) : group.start]
        name = code.plain(_tail_name(before))
        return code.value(group.strings[0]) if words.ENVIRONMENT_TABLES.search(name) else ""
    return code.value(group.strings[0]) if words.ENVIRONMENTS.search(group.callee) else ""


def labels_of(code: Code, group: Group) -> tuple[str, ...]:
    """The literal siblings among a call's arguments (see `Frame.labels`); a table that is an argument counts too."""
    if group.labels is None:
        found: list[str] = []
        inner = [spot for table in group.groups if table.mark in "[{" for spot in table.strings]
        for spot in (*group.strings, *(inner if group.mark == "(" else ())):
            before = code.text[max(spot.floor, spot.start - 80) : spot.start].rstrip()
            key = ""
            if before.endswith(("=>", "=", ":")):
                key = code.plain(_tail_name(before.rstrip("=>:").rstrip().strip(_QUOTES)))
            found.append(f"{key}={code.value(spot)}"[:MAX_NAME] if key else code.value(spot)[:MAX_NAME])
        group.labels = tuple(found[:_MAX_LABELS])
    return group.labels


# -- before a value --------------------------------------------------------------------------------------------------


def _before(code: Code, spot: Spot, parent: Group) -> tuple[list[Frame], bool]:
    """Frames by the operators before a spot, innermost first, and whether they end the value's own statement."""
    frames: list[Frame] = []
    position, left = spot.start, spot.left
    for _ in range(_STEPS):
        before = code.text[max(spot.floor, position - _BEFORE) : position]
        stripped = before.rstrip()
        stripped = _LAMBDA.sub("", stripped).rstrip() if stripped.endswith("|") else stripped
        if not stripped:
            break
        step = _step(code, spot, parent, stripped, left)
        if step is None or ("\n" in before[len(stripped) :] and step.operator not in words.OPERATORS):
            break
        frames.extend(step.frames)
        if step.ends:
            return frames, step.is_statement
        position -= len(before) - step.rest
        if isinstance(left, Group) and step.passes_left:
            position, left = left.start, left.left
    return frames, False


@dataclass(frozen=True, slots=True)
class _Step:
    """One operator or word before a value, read."""

    operator: str
    frames: tuple[Frame, ...] = ()
    ends: bool = False
    is_statement: bool = False
    rest: int = 0
    """Length of the text that is left to read before it."""
    passes_left: bool = False


def _step(code: Code, spot: Spot, parent: Group, stripped: str, left: Spot | None) -> _Step | None:
    operator = _operator(stripped)
    rest = stripped[: len(stripped) - len(operator)].rstrip()
    if not operator:
        return _word_step(code, stripped)
    if operator in words.ASSIGNS:
        return _Step(operator, tuple(_assigned(code, parent, rest)), ends=True, is_statement=parent.role != "call")
    if operator in code.alternatives:
        name = _left_name(code, rest, left)
        passes = isinstance(left, Group) and rest.endswith((")", "]"))
        remaining = rest[: len(rest) - len(_tail_name(rest))] if not passes else rest
        return _Step(operator, (Frame(FrameKind.FALLBACK, name),), rest=len(remaining), passes_left=passes)
    if operator in words.COMPARES:
        compared = Frame(FrameKind.COMPARE, _left_name(code, rest, left), labels=("==",), line=code.line(spot.start))
        return _Step(operator, (compared,), ends=True, is_statement=True)
    if operator in {":", "=>", "->"}:
        return _colon(code, parent, stripped, operator, rest, left)
    if operator == "?":
        return _Step(
            "?", (Frame(FrameKind.BRANCH, "", 0, 2), *_statement(code, parent, rest)), ends=True, is_statement=True
        )
    if operator in {"&", "*", "!", "^"}:
        return _Step(operator, rest=len(rest))
    return None


def _operator(stripped: str) -> str:
    for length in (4, 3, 2, 1):
        if stripped[-length:] in words.OPERATORS and not stripped[-length:].isalpha():
            return stripped[-length:]
    word = _last_word(stripped)
    return word if word in {"eq", "ne", "or"} else ""


def _word_step(code: Code, stripped: str) -> _Step | None:
    word = _last_word(stripped)
    rest = len(stripped) - len(word)
    if word == "return":
        return _Step(word, (Frame(FrameKind.RETURN),), ends=True, is_statement=True)
    if word in {"case", "when"}:
        return _Step(word, (Frame(FrameKind.COMPARE, "", labels=("==",)),), ends=True, is_statement=True)
    if word == "to" and stripped[:rest].rstrip().endswith('"'):
        key = stripped[:rest].rstrip().rpartition('"')[0].rpartition('"')[2]
        return _Step(word, (Frame(FrameKind.KEY, key[:MAX_NAME]),), ends=True)
    if word in words.SKIPPED:
        return _Step(word, rest=rest)
    if code.language.bare_calls and word and not word[0].isdigit() and word not in words.CONTROL:
        name = code.plain(_tail_name(stripped))
        return _Step(word, (Frame(FrameKind.CALL, name, 0, 1),), ends=True, is_statement=True)
    return None


def _colon(code: Code, parent: Group, stripped: str, operator: str, rest: str, left: Spot | None) -> _Step | None:
    """A key before its value, the second arm of a ternary, or a label that says nothing."""
    line = stripped[stripped.rfind("\n") + 1 :]
    if operator == ":" and "?" in line and not _tail_name(rest).endswith("?"):
        condition = line[: line.find("?")]
        frames = (Frame(FrameKind.BRANCH, "", 1, 2), *_statement(code, parent, condition))
        return _Step(operator, frames, ends=True, is_statement=True)
    if line.lstrip().startswith(("case ", "default", "when ")) or (operator != ":" and parent.role == "block"):
        return _Step(operator, (Frame(FrameKind.BRANCH),), ends=True, is_statement=True)
    if rest.endswith(tuple(_QUOTES)):
        # the key may lie behind a wrapper (`aws.String("k"): …`) or be a string of its own
        key = code.value(left) if left is not None and not isinstance(left, Group) else ""
    else:
        key = code.plain(_tail_name(rest))
    kind = FrameKind.KEYWORD if parent.role == "call" and operator == ":" else FrameKind.KEY
    named = Frame(kind, key[:MAX_NAME], line=code.line(parent.start)) if key else None
    return _Step(operator, (named,) if named else (), ends=True)


def _statement(code: Code, parent: Group, condition: str) -> list[Frame]:
    """The assignment or return of which a ternary is the value."""
    if re.match(r"\s*return\b", condition):
        return [Frame(FrameKind.RETURN)]
    match = re.search(r"[^=!<>]:?=(?![=>])", condition)
    return _assigned(code, parent, condition[: match.start() + 1].rstrip()) if match else []


def _assigned(code: Code, parent: Group, rest: str) -> list[Frame]:
    """What is assigned: a variable, field, enum member, named argument, parameter default or table entry."""
    line = rest[rest.rfind("\n") + 1 :]
    entry = _TABLE_KEY.search(line[-160:]) if line.endswith("]") else None
    if entry:
        holder = [Frame(FrameKind.ASSIGN, code.plain(entry[1]))] if entry[1] else []
        return [Frame(FrameKind.KEY, entry[2]), *holder]
    typed = _TYPED.search(line[-160:])
    first = _FIRST_NAME.match(line) if code.language.type_after_name else None
    raw = typed[1] if typed else first[1] if first else _tail_name(line.removesuffix("[]").rstrip())
    name = code.plain(raw)
    is_declared = typed is not None or len(line.split()) > 1
    if parent.role in {"signature", "call"} and is_declared:
        scope = parent.scope[:1]
        kind = FrameKind.FIELD if scope and scope[0].kind is FrameKind.CLASS else FrameKind.PARAMETER
        made = [] if parent.role == "signature" else [Frame(FrameKind.FUNCTION, parent.callee)]
        return [Frame(kind, name, parent.commas if parent.size == 0 else -1), *made]
    if parent.role == "call":
        return [Frame(FrameKind.KEYWORD, name)]
    if parent.role == "table":
        return [Frame(FrameKind.KEY, name)]
    return [Frame(_assigned_kind(parent, line), name)]


def _assigned_kind(parent: Group, line: str) -> FrameKind:
    top = parent.scope[0] if parent.scope else None
    if top is None or top.kind is not FrameKind.CLASS:
        return FrameKind.ASSIGN
    is_enum = "enum" in top.bases and line.lstrip().startswith("case ")
    return FrameKind.ENUM if is_enum else FrameKind.FIELD


def _left_name(code: Code, rest: str, left: Spot | None) -> str:
    if rest.endswith((")", "]")) and isinstance(left, Group):
        return result_name(code, left)
    return code.plain(_tail_name(rest))


def _tail_name(stripped: str) -> str:
    """The name at the end of a text; separators other than dots are handled by whoever writes it plainly."""
    at = len(stripped)
    while at and (stripped[at - 1] in _NAME_CHARACTERS or stripped[at - 1].isalnum() or _joins(stripped, at)):
        at -= 1
    return stripped[at:]


def _joins(text: str, at: int) -> bool:
    """Whether the character before `at` belongs to `::`, `->` or `&.` inside a name."""
    return text[max(0, at - 2) : at] in {"::", "->", "&."} or text[at - 1 : at + 1] in {"::", "->", "&."}


def _last_word(stripped: str) -> str:
    at = len(stripped.rstrip())
    end = at
    while at and (stripped[at - 1].isalnum() or stripped[at - 1] == "_"):
        at -= 1
    return stripped[at:end]


# -- behind a value --------------------------------------------------------------------------------------------------

_COMPARED = re.compile(r"\s*(?:===?|!==?)\s*([\w$@.>:-]*)")
_EQUALS = re.compile(r"\s*\.\s*(?:equals|equalsIgnoreCase|contentEquals)\s*\(\s*([\w$.]*)")
_MEMBER = re.compile(r"\s*(?:in|not in|!in)\s+([\w$@.]+)")
_IS_KEY = re.compile(r"\s*(?:=>|->|:(?![:=]))|\s+to\s")


def _behind(code: Code, spot: Spot, parent: Group) -> Chain | None:
    """The frames of a string that what follows makes a key or an operand; None where nothing does."""
    if spot.symbol or isinstance(spot, Group):
        return None
    after = code.text[spot.end : spot.end + 120]
    compared = _COMPARED.match(after) or _EQUALS.match(after) or _MEMBER.match(after)
    line = code.line(parent.start)
    if compared:
        asked = Frame(FrameKind.COMPARE, code.plain(compared[1]), labels=("==",), line=code.line(spot.start))
        return (asked, *scope_of(code, spot, parent))
    key = _IS_KEY.match(after)
    if key is None or "?" in code.text[max(spot.floor, spot.start - 80) : spot.start].rpartition("\n")[2]:
        return None
    if key[0].strip() == "to" and code.language.name != "kotlin":
        return None
    if parent.role == "block" or not parent.mark:
        return (Frame(FrameKind.COMPARE, "", labels=("==",), line=line), *scope_of(code, spot, parent))
    around = _inside(code, parent, spot, has_key=True)
    return (Frame(FrameKind.KEY_ITSELF, "", spot.index, parent.size, line=line), *around)[:MAX_FRAMES]
