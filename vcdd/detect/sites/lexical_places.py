"""Frames of a lexical spot from what is around it: the role of every bracket, outermost first, and only where asked.

Only the text near a string is looked at, so the cost follows the strings and not the code.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites import lexical_words as words
from vcdd.detect.sites.lexical_beside import Chain, frames_before, frames_behind, scope_of
from vcdd.detect.sites.lexical_definitions import block_frames, is_signature
from vcdd.detect.sites.lexical_spots import Group, Spot
from vcdd.detect.sites.lexical_text import labels_of, last_word, result_name, tail_name
from vcdd.detect.sites.tree_sitter_walk import MAX_FRAMES

if TYPE_CHECKING:
    from vcdd.detect.sites.lexical_text import Code

_STATEMENTS: Final = frozenset({"const", "var", "import", "let"})
"""Words before a parenthesis that holds statements (Go)."""
_NEAR: Final = 100
_LIST_TYPE = re.compile(r"\][\w.*\[\]]*\Z")
_DEFINES = re.compile(rf"\b(?:{words.CLASSES}|{words.FUNCTIONS}|namespace|module|mod|package|union|static|else)\b")


def chain_of(code: Code, spot: Spot) -> Chain:
    """The frames of a string or a name, innermost first."""
    parent = spot.parent
    if parent is None:
        return ()
    _prepare(code, parent)
    behind = frames_behind(code, spot, parent)
    if behind is None:
        return _placed(code, spot, parent)
    is_key = behind[0].kind is FrameKind.KEY_ITSELF
    around = _inside(code, parent, spot, FrameKind.KEY) if is_key else scope_of(code, spot, parent)
    return (*behind, *around)[:MAX_FRAMES]


def _placed(code: Code, spot: Spot, parent: Group) -> Chain:
    """The frames of a spot by what stands before it, then those of its group."""
    frames, is_statement = frames_before(code, spot, parent)
    if code.language.symbols and parent.role != "call" and not is_statement:
        frames += _declared(code, spot, parent, frames)
    if is_statement:
        return (*frames, *scope_of(code, spot, parent))[:MAX_FRAMES]
    key = next((frame.kind for frame in frames if frame.kind in {FrameKind.KEY, FrameKind.KEYWORD}), None)
    return (*frames, *_inside(code, parent, spot, key))[:MAX_FRAMES]


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
        group.scope = (*block_frames(code.text, group, code.line), *group.scope)[:MAX_FRAMES]
    elif group.role == "signature" and group.mark == "(":
        kind = is_signature(code.text, group) or FrameKind.FUNCTION
        group.scope = (Frame(kind, group.callee, line=code.line(group.start)), *group.scope)[:MAX_FRAMES]
    elif group.role not in {"statements", "control", "signature"}:
        group.outer = _placed(code, group, parent)
        top = group.scope[0] if group.scope else None
        if group.outer == group.scope and top is not None and "enum" in top.bases and group.callee:
            # `GPT_4("gpt-4")` in the body of an enum is a member with its value
            group.outer = (Frame(FrameKind.ENUM, group.callee), *group.scope)[:MAX_FRAMES]


def _role(code: Code, group: Group) -> str:
    """What a bracket is: call, signature, plain, statements, control, items, subscript, table or block."""
    if group.mark == "(":
        return _parenthesis_role(code, group)
    before = code.text[max(group.statement, group.start - 240) : group.start]
    if group.mark == "{":
        if group.parent is not None and group.parent.role == "signature":
            return "signature"  # named parameters of Dart
        return "table" if _is_table(code, before, group.parent) else "block"
    after = code.text[group.end : group.end + 8].lstrip()
    if group.parent is not None and group.parent.role == "table" and after[:1] == "=" and after[:2] != "==":
        return "key"  # `["k"] = "v"` in a table of C# or Lua
    touching = before[-1:]
    follows = bool(touching) and (touching.isalnum() or touching in "_)]?$")
    return "subscript" if follows and last_word(before) not in words.CONTROL else "items"


def _parenthesis_role(code: Code, group: Group) -> str:
    if not group.callee:
        return "plain"
    if group.callee in _STATEMENTS:
        return "statements"
    if group.callee in words.CONTROL:
        return "control"
    return "signature" if is_signature(code.text, group) else "call"


def _is_table(code: Code, before: str, parent: Group | None) -> bool:
    """Whether `{` opens a list, a map or a struct rather than code."""
    stripped = before.rstrip()
    if code.language.indented:
        return True  # braces of Ruby, Elixir and Lua hold tables, or blocks whose strings stand in nothing
    if not stripped:
        return parent is not None and parent.role in {"table", "items"}
    return not _is_code(stripped) and (
        bool(_LIST_TYPE.search(stripped))
        or (code.language.braces_are_values and (stripped[-1] in "=(,:[?&{" or stripped.endswith("return")))
        or (_is_typed(code, before, stripped) and not _DEFINES.search(stripped.rpartition("\n")[2]))
    )


def _is_code(stripped: str) -> bool:
    """Whether the words before `{` lead to statements whatever the language."""
    first = re.match(r"[\s})(]*(\w*)", stripped[stripped.rfind("\n") + 1 :])
    is_control = first is not None and first[1] in words.CONTROL - {"return", "go", "defer", "await"}
    return is_control or stripped.endswith(("=>", "->")) or (stripped.endswith(")") and "new " not in stripped)


def _is_typed(code: Code, before: str, stripped: str) -> bool:
    """Whether a type stands before the brace in the way in which the language writes a value."""
    kind = code.language.typed_braces
    if kind == "new":
        return "new " in stripped[-60:]
    near = kind == "spaced" or before == stripped
    return (
        bool(kind)
        and near
        and (stripped[-1].isalnum() or stripped[-1] in ">_")
        and last_word(stripped) not in words.CONTROL
    )


def _inside(code: Code, group: Group, spot: Spot, key: FrameKind | None) -> Chain:
    """The frames that a group gives to what stands directly in it, under a key of that kind if any."""
    if group.role == "call":
        labels = labels_of(code, group)
        index = -1 if key is FrameKind.KEYWORD else spot.index
        own = Frame(FrameKind.CALL, group.callee, index, group.size, labels=labels, line=code.line(group.start))
        return (*_by_method(code, group, spot.index), *_by_symbol(code, group, spot.index), own, *group.outer)
    if group.role == "plain":
        return group.outer
    if group.role in {"items", "table"}:
        outer = _typed_table(code, group) if group.role == "table" else group.outer
        item = Frame(FrameKind.ITEM, "", spot.index, group.size, line=code.line(group.start))
        return outer if key else (item, *outer)
    if group.role == "subscript":
        indexed = code.plain(tail_name(code.before(group)))
        return (Frame(FrameKind.SUBSCRIPT, indexed, line=code.line(group.start)), *group.scope)
    if group.role == "key" and group.parent is not None:
        around = _inside(code, group.parent, group, FrameKind.KEY)
        return (
            Frame(FrameKind.KEY_ITSELF, "", group.index, group.parent.size, line=code.line(group.parent.start)),
            *around,
        )
    return scope_of(code, spot, group)


def _typed_table(code: Code, group: Group) -> Chain:
    """A struct literal is a call of its type with named arguments."""
    before = code.before(group).rstrip()
    left = group.left
    if isinstance(left, Group) and left.mark == "(" and code.text[left.end : group.start].isspace():
        kind = left.callee  # `new Options("x") { Model = … }`
    else:
        made = re.search(
            r"\bnew\s+([\w.]+)<[^<>{}]*>\Z", code.text[max(group.statement, group.start - 160) : group.start].rstrip()
        )
        kind = made[1] if made else "" if _LIST_TYPE.search(before) else code.plain(tail_name(before))
    if not kind or kind in words.CONTROL or kind in words.SKIPPED:
        return group.outer
    return (Frame(FrameKind.CALL, kind, labels=labels_of(code, group), line=code.line(group.start)), *group.outer)


def _by_method(code: Code, group: Group, index: int) -> Chain:
    """COMPARE or FALLBACK where the method of a call says so."""
    method = words.method_of(group.callee)
    holder = group.callee.rpartition(".")[0]
    if method in words.EXACT_TESTS:
        return (Frame(FrameKind.COMPARE, holder, labels=("==",)),)
    if method in words.PART_TESTS and (holder or group.size > 1):
        return (Frame(FrameKind.COMPARE, holder, labels=("in",)),)
    if method in words.ALTERNATIVES and group.size == 1:
        asked = result_name(code, group.receiver) if group.receiver is not None else holder
        return (Frame(FrameKind.FALLBACK, asked),)
    if 0 < index == group.size - 1 and (method in words.DEFAULTING or words.ENVIRONMENTS.search(group.callee)):
        return (Frame(FrameKind.FALLBACK, _asked_first(code, group)),)
    return ()


_DECLARATION = re.compile(r"[ \t]*([A-Za-z_][\w.]{0,80}[?!]?)[ \t]+:(\w{1,80})[ \t]*,")


def _declared(code: Code, spot: Spot, parent: Group, frames: list[Frame]) -> list[Frame]:
    """KEY and CALL of a call without parentheses whose first argument is a symbol (`option :model, "x"`)."""
    start = max(code.text.rfind("\n", 0, spot.start) + 1, parent.opened)
    called = _DECLARATION.match(code.text, start, spot.start)
    if called is None:
        return []
    frames[:] = [replace(frame, kind=FrameKind.KEYWORD) if frame.kind is FrameKind.KEY else frame for frame in frames]
    line = code.line(spot.start)
    return [
        Frame(FrameKind.KEY, called[2], line=line),
        Frame(FrameKind.CALL, called[1], -1 if frames else 1, line=line),
    ]


_SYMBOL = re.compile(r"\s*:(\w{1,80})\s*,")


def _by_symbol(code: Code, group: Group, index: int) -> Chain:
    """KEY where a symbol is the first argument: it names what the others are for (`option :model, "x"`)."""
    symbol = (
        _SYMBOL.match(code.text, group.opened, group.opened + _NEAR) if index > 0 and code.language.symbols else None
    )
    return (Frame(FrameKind.KEY, symbol[1], line=code.line(group.start)),) if symbol else ()


def _asked_first(code: Code, group: Group) -> str:
    """What f(name, default) asks for: `$VAR` of the environment, the key as written, or the name of a call."""
    if group.groups and group.groups[0].callee and group.groups[0].index == 0:
        return result_name(code, group.groups[0])
    first = group.strings[0] if group.strings and group.strings[0].index == 0 else None
    if first is None:
        return ""
    return ("$" if words.ENVIRONMENTS.search(group.callee) else "") + code.value(first)
