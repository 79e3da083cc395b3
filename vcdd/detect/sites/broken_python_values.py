"""Expressions in a tree-sitter tree of Python, with the frames that the exact Python reader gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites.broken_python_text import dotted, env_name, is_textual, literal, parts_of, symbol_of, text
from vcdd.detect.sites.tree_sitter_walk import MAX_FRAMES, MAX_NAME, Chain, Scope, Walk

if TYPE_CHECKING:
    from tree_sitter import Node

_MAX_LABELS = 12
_SCALARS: Final = frozenset({"integer", "float", "true", "false", "none"})
_NAMES: Final = frozenset({"identifier", "attribute", "subscript", "call"})
# The lists of the exact reader: string methods that look for a part, and calls of the form f(name, default).
_TESTS: Final = frozenset(
    {"startswith", "endswith", "find", "rfind", "index", "count", "removeprefix", "removesuffix"}
    | {"split", "rsplit", "replace", "strip"}
)
_DEFAULTING: Final = frozenset({"get", "getenv", "getattr", "pop", "setdefault"})


def counted(node: Node) -> list[Node]:
    """The children that count: comments are no arguments, entries or items."""
    return [child for child in node.named_children if child.type != "comment"]


def string(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """A string, f-string, implicit concatenation, sum or formatting: one site, and what stands in its holes."""
    parts = parts_of(node)
    if any(parts):
        pieces = [part if isinstance(part, str) else "{" + symbol_of(part, scope) + "}" for part in parts]
        composed = node.type == "binary_operator" or len(parts) > len([part for part in parts if isinstance(part, str)])
        walk.add(node, "".join(pieces), chain, composed=composed)
    for part in parts:
        if not isinstance(part, str) and part.type not in {"identifier", "attribute"}:
            walk.push_value(part, Frame(FrameKind.FORMAT), chain, scope)


def name(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """An identifier or attribute."""
    symbol = symbol_of(node, scope)
    if symbol and chain is not scope.frames and chain[0].kind is not FrameKind.TYPE:  # names of types are no values
        walk.symbol(node, symbol, chain)
    below = node.child_by_field_name("object")
    if below is not None and below.type != "identifier":
        walk.push(below, scope.frames, scope)


def subscript(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """`TABLE[key]`, `os.environ["X"]`, `Literal["a", "b"]`."""
    indexed, key = node.child_by_field_name("value"), node.children_by_field_name("subscript")
    called = dotted(indexed, scope)
    if called.rpartition(".")[2] == "Literal":
        literal_members(walk, node, key, chain, scope)
        return
    name(walk, node, chain, scope)
    if not env_name(node, scope):
        frame = Frame(FrameKind.SUBSCRIPT, called, line=walk.line(node))
        for part in key:
            walk.push_value(part, frame, chain, scope)


def literal_members(walk: Walk, node: Node, members: list[Node], chain: Chain, scope: Scope) -> None:
    """The members of a literal type."""
    line = walk.line(node)
    for index, member in enumerate(members):
        walk.push_value(member, Frame(FrameKind.TYPE, "", index, len(members), line=line), chain, scope)


def generic_type(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """A parametrised type in an annotation."""
    named = node.named_children
    inside = [child for part in named[1:] for child in part.named_children]
    if named and text(named[0]).rpartition(".")[2] == "Literal":
        literal_members(walk, node, inside, chain, scope)
    else:
        walk.push_all(inside, chain, scope)


def call(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """A call: its result may be a value, its arguments stand in a CALL."""
    function = node.child_by_field_name("function")
    arguments = node.child_by_field_name("arguments")
    variable = env_name(node, scope)
    if variable:
        walk.symbol(node, f"${variable}", chain)
        return
    called = dotted(function, scope)
    method = called.rpartition(".")[2] or text(function.child_by_field_name("attribute") if function else None)
    holder = function.child_by_field_name("object") if function is not None else None
    if method == "format" and holder is not None and is_textual(holder):
        walk.push(holder, chain, scope)  # `"org/{}".format(x)` stands where its result stands
    elif function is not None and function.type != "identifier":
        walk.push(function, scope.frames, scope)
    values = counted(arguments) if arguments is not None else []
    labels = labels_of(values, scope)
    line = walk.line(node)
    if called and ("." in called or chain is not scope.frames):
        own = Frame(FrameKind.CALL, called, labels=labels, line=line)
        walk.symbol(node, f"{called}()", (own, *chain[: MAX_FRAMES - 1]))
    positional = [value for value in values if value.type != "keyword_argument"]
    for index, value in enumerate(positional):
        own = Frame(FrameKind.CALL, called, index, len(positional), labels=labels, line=line)
        _argument(walk, value, own, method, chain, scope)
    for value in values:
        if value.type == "keyword_argument":
            _keyword(walk, value, Frame(FrameKind.CALL, called, labels=labels, line=line), method, chain, scope)


def _argument(walk: Walk, value: Node, own: Frame, method: str, chain: Chain, scope: Scope) -> None:
    inside = (own, *chain[: MAX_FRAMES - 1])
    if method in _TESTS or (method == "get" and own.index == 0):
        walk.push_value(value, Frame(FrameKind.COMPARE, own.name.rpartition(".")[0]), inside, scope)
    elif method in _DEFAULTING and 0 < own.index == own.size - 1:
        walk.push_value(value, Frame(FrameKind.FALLBACK, own.labels[0] if own.labels else ""), inside, scope)
    else:
        walk.push(value, inside, scope)


def _keyword(walk: Walk, node: Node, own: Frame, method: str, chain: Chain, scope: Scope) -> None:
    word = text(node.child_by_field_name("name"))
    inside = (Frame(FrameKind.KEYWORD, word), own, *chain[: MAX_FRAMES - 2])
    value = node.child_by_field_name("value")
    if word == "default" and method in _DEFAULTING:
        walk.push_value(value, Frame(FrameKind.FALLBACK, own.labels[0] if own.labels else ""), inside, scope)
    else:
        walk.push(value, inside, scope)


def keyword(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """A `name=value` whose call was broken off by a syntax error."""
    name = text(node.child_by_field_name("name"))
    walk.push_value(node.child_by_field_name("value"), Frame(FrameKind.KEYWORD, name), chain, scope)


def labels_of(values: list[Node], scope: Scope) -> tuple[str, ...]:
    """The literal siblings among a call's arguments (see `Frame.labels`)."""
    labels = [literal(value)[:MAX_NAME] for value in values[:4] if literal(value)]
    for value in values[: 4 * _MAX_LABELS]:
        if value.type == "keyword_argument":
            written = _label(value.child_by_field_name("value"), scope)
            if written:
                labels.append(f"{text(value.child_by_field_name('name'))}={written[:MAX_NAME]}")
    return tuple(labels[:_MAX_LABELS])


def _label(value: Node | None, scope: Scope) -> str:
    if value is None:
        return ""
    if value.type in _SCALARS:
        return text(value)
    if is_textual(value):
        pieces = parts_of(value)[:16]
        return "".join(part if isinstance(part, str) else "{" + symbol_of(part, scope) + "}" for part in pieces)
    symbol = symbol_of(value, scope).lstrip("$") if value.type in _NAMES else ""
    return f"${symbol}" if symbol else ""


def dictionary(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """A dict: values under keys, and string keys as sites of their own."""
    entries = counted(node)
    line, size = walk.line(node), len(entries)
    for index, entry in enumerate(entries):
        if entry.type == "pair":
            _pair(walk, entry, Frame(FrameKind.KEY, "", index, size, line=line), chain, scope)
        else:
            walk.push(entry, chain, scope)


def pair(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """A `key: value` whose dict was broken off by a syntax error."""
    _pair(walk, node, Frame(FrameKind.KEY, line=walk.line(node)), chain, scope)


def _pair(walk: Walk, node: Node, place: Frame, chain: Chain, scope: Scope) -> None:
    key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
    if key is None:
        return
    word = literal(key) or dotted(key, scope) or (text(key) if key.type in _SCALARS else "")
    named = Frame(FrameKind.KEY, word[:MAX_NAME], place.index, place.size, line=place.line)
    if literal(key):
        walk.push_value(key, Frame(FrameKind.KEY_ITSELF, size=place.size, line=place.line), chain, scope)
    walk.push_value(value, named, chain, scope)


def items(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """A list, set or tuple."""
    kept = counted(node)
    line = walk.line(node)
    for index, item in enumerate(kept):
        walk.push_value(item, Frame(FrameKind.ITEM, "", index, len(kept), line=line), chain, scope)


def boolean(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """`a or "x"`, which may nest deep to the left, and `a and "x"`."""
    operands: list[Node] = []
    word = text(node.child_by_field_name("operator"))
    while node.type == "boolean_operator" and text(node.child_by_field_name("operator")) == word:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            break
        operands.append(right)
        node = left
    kind = FrameKind.FALLBACK if word == "or" else FrameKind.BRANCH
    asked = Frame(kind, symbol_of(node, scope), line=walk.line(node))
    if chain is scope.frames:
        walk.push(node, chain, scope)
    else:
        walk.push_value(node, Frame(FrameKind.BRANCH), chain, scope)
    for operand in operands:
        if chain is not scope.frames or is_textual(operand):
            walk.push_value(operand, asked, chain, scope)
        else:
            walk.push(operand, chain, scope)


def conditional(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """`a if test else b`."""
    parts = counted(node)
    for index, part in enumerate(parts):
        if index == 1:
            walk.push(part, scope.frames, scope)
        else:
            walk.push_value(part, Frame(FrameKind.BRANCH, "", index // 2, 2), chain, scope)


def compare(walk: Walk, node: Node, _chain: Chain, scope: Scope) -> None:
    """A comparison: strings, and lists of them, are compared with the side that has a name."""
    sides = counted(node)
    operators = {text(operator) for operator in node.children_by_field_name("operators")}
    exact = operators <= {"==", "!=", "<>"}
    other = next(filter(None, (symbol_of(side, scope) for side in sides)), "")
    for index, side in enumerate(sides):
        if side.type in {"tuple", "list", "set", "parenthesized_expression"} or is_textual(side):
            whole = ("in",) if index == 0 and not exact else ("==",)
            frame = Frame(FrameKind.COMPARE, other, labels=whole, line=walk.line(node))
            walk.push_value(side, frame, scope.frames, scope)
        else:
            walk.push(side, scope.frames, scope)
