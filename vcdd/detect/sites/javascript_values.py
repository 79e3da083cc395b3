"""Expressions of JavaScript and TypeScript: strings, names, calls, objects, arrays, fallbacks and comparisons.

Each handler visits the parts of one kind of node in the place where they stand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites.javascript_names import dotted, inner, is_rootless, symbol_of, text
from vcdd.detect.sites.javascript_strings import is_textual, literal, operator_of, parts_of, string_value
from vcdd.detect.sites.tree_sitter_walk import MAX_NAME, Chain, Scope, Walk

if TYPE_CHECKING:
    from tree_sitter import Node

VALUELESS: Final = frozenset({"comment", "number", "true", "false", "null", "undefined", "regex"})
"""Nodes that hold neither a string nor a name."""
PLAIN: Final = frozenset({"identifier", "import", "super", "this"})
"""Nodes that are a name and hold nothing else."""
_WHOLE: Final = ("==",)
_PART: Final = ("in",)
_EQUALITY: Final = frozenset({"==", "===", "!=", "!=="})
_COMPARISONS: Final = _EQUALITY | {"<", ">", "<=", ">=", "in", "instanceof"}
_BLANK = re.compile(r"\S\s+\S")
ALTERNATIVES: Final = frozenset({"||", "??"})
"""Operators whose right side stands in for an unset left one."""


def is_value(chain: Chain, scope: Scope) -> bool:
    """Whether a string could stand here: the frames are not merely those of the enclosing definition."""
    return chain is not scope.frames


def counted(node: Node) -> list[Node]:
    """The children that count: comments are no arguments, entries or items."""
    return [child for child in node.named_children if child.type != "comment"]


def string(walk: Walk, node: Node, chain: Chain, _scope: Scope) -> None:
    """A string literal."""
    value = string_value(node)
    if value:
        walk.add(node, value, chain)


def template(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """A template literal or a sum of strings: one composed site, and what stands in its holes."""
    parts = parts_of(node)
    known = [part for part in parts if isinstance(part, str)]
    if any(known):
        pieces = [part if isinstance(part, str) else "{" + symbol_of(part, scope) + "}" for part in parts]
        walk.add(node, "".join(pieces), chain, composed=len(parts) > 1)
    for index, part in enumerate(parts):
        if not isinstance(part, str):
            walk.push_value(part, Frame(FrameKind.FORMAT, "", index, len(parts)), chain, scope)


def identifier(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """A name standing alone."""
    if chain is not scope.frames:
        word = text(node)
        if word != "undefined":
            walk.symbol(node, scope.source(word) or word, chain)


def member(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """A member of something, which may hold more than names."""
    if chain is not scope.frames:
        symbol = symbol_of(node, scope)
        if symbol and not is_rootless(symbol):
            walk.symbol(node, symbol, chain)
    below = node.child_by_field_name("object")
    while below is not None and below.type == "member_expression":
        below = below.child_by_field_name("object")
    if below is not None and below.type not in PLAIN:
        walk.push(below, scope.frames, scope)


def subscript(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """`MODELS[key]`: a name, and an index with a place of its own."""
    member(walk, node, chain, scope)
    index = node.child_by_field_name("index")
    if index is not None and index.type not in VALUELESS:
        below = node.child_by_field_name("object")
        deep = below is not None and below.type == "subscript_expression"  # of `a[x][y]` only `a` is named
        frame = Frame(FrameKind.SUBSCRIPT, "" if deep else dotted(below, scope), line=walk.line(node))
        walk.push_value(index, frame, scope.frames, scope)


def key_name(node: Node) -> str:
    """The name of a property as written; empty for a computed one that is not a literal or a name."""
    if node.type == "computed_property_name":
        node = node.named_children[0] if node.named_child_count else node
    plain = literal(node)
    return (plain if plain is not None else text(node) if node.type != "computed_property_name" else "")[:MAX_NAME]


def object_(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """An object literal: values under keys, and string keys as sites of their own."""
    entries = counted(node)
    line, size = walk.line(node), len(entries)
    for index, entry in enumerate(entries):
        if walk.text.is_silent(entry):
            continue
        if entry.type == "pair":
            pair_in(walk, entry, chain, scope, Frame(FrameKind.KEY_ITSELF, "", index, size, line=line))
        elif entry.type == "shorthand_property_identifier":
            frame = Frame(FrameKind.KEY, text(entry), index, size, line=line)
            walk.push_value(entry, frame, chain, scope)
        elif entry.type == "spread_element":
            walk.push_value(entry, Frame(FrameKind.KEY, "...", index, size, line=line), chain, scope)
        else:
            walk.push(entry, scope.frames, scope)


def pair_in(walk: Walk, node: Node, chain: Chain, scope: Scope, place: Frame) -> None:
    """One `key: value` at the given place of its object."""
    key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
    if key is not None and key.type in {"string", "computed_property_name"}:
        walk.push_value(key, place, chain, scope)
    if value is not None and value.type not in VALUELESS:
        named = Frame(FrameKind.KEY, key_name(key) if key is not None else "", place.index, place.size, line=place.line)
        walk.push_value(value, named, chain, scope)


def pair(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """A `key: value` whose object was broken off by a syntax error."""
    pair_in(walk, node, chain, scope, Frame(FrameKind.KEY_ITSELF, line=walk.line(node)))


def array(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """An array literal."""
    items = counted(node)
    line, size = walk.line(node), len(items)
    for index, item in enumerate(items):
        if item.type not in VALUELESS:
            word = "..." if item.type == "spread_element" else ""
            walk.push_value(item, Frame(FrameKind.ITEM, word, index, size, line=line), chain, scope)


def binary(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """Sums of strings, fallbacks, comparisons; other operators take no string."""
    kind = operator_of(node)
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None:
        walk.push_all(node.named_children, scope.frames, scope)
    elif kind in ALTERNATIVES:
        _fallback(walk, node, chain, scope)
    elif kind in _COMPARISONS:
        _compare(walk, left, kind, right, scope)
    elif kind == "+" and is_textual(node):
        _sum(walk, node, chain, scope)
    elif kind == "&&":
        walk.push(left, scope.frames, scope)
        if is_value(chain, scope):
            walk.push_value(right, Frame(FrameKind.BRANCH, symbol_of(left, scope), 0, 1), chain, scope)
        else:
            walk.push(right, chain, scope)
    else:
        place = chain if kind == "+" else scope.frames
        walk.push(left, place, scope)
        walk.push(right, place, scope)


def _sum(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """A sum with strings is one text; running text over several lines is left in parts, each on its own line."""
    is_prose = node.start_point[0] != node.end_point[0] and _BLANK.search(
        "".join(part for part in parts_of(node) if isinstance(part, str))
    )
    if not is_prose:
        template(walk, node, chain, scope)
        return
    while operator_of(node) == "+":
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            break
        walk.push(right, chain, scope)
        node = left
    walk.push(node, chain, scope)


def _fallback(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """`a ?? b ?? "x"`: everything after the first stands in for it. Unrolled by a loop; it may nest deep."""
    operands: list[Node] = []
    while node.type == "binary_expression":
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if operator_of(node) not in ALTERNATIVES or left is None or right is None:
            break
        operands.append(right)
        node = inner(left)
    walk.push(node, chain, scope)
    asked = Frame(FrameKind.FALLBACK, symbol_of(node, scope), line=walk.line(node))
    for operand in operands:
        if is_value(chain, scope) or is_textual(inner(operand)):
            walk.push_value(operand, asked, chain, scope)
        else:
            walk.push(operand, chain, scope)


def _compare(walk: Walk, left: Node, operator: str, right: Node, scope: Scope) -> None:
    whole = _WHOLE if operator in _EQUALITY or operator == "in" else _PART
    for side, other in ((left, right), (right, left)):
        if is_textual(side):
            asked = Frame(FrameKind.COMPARE, symbol_of(other, scope), labels=whole, line=walk.line(left))
            walk.push_value(side, asked, scope.frames, scope)
        else:
            walk.push(side, scope.frames, scope)


def ternary(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """`test ? a : b`: two arms in the place of the whole."""
    test = node.child_by_field_name("condition")
    walk.push(test, scope.frames, scope)
    asked = tested_name(test, scope)
    for index, field in enumerate(("consequence", "alternative")):
        arm = node.child_by_field_name(field)
        walk.push_value(arm, Frame(FrameKind.BRANCH, asked, index, 2), chain, scope)


def tested_name(test: Node | None, scope: Scope) -> str:
    """The name that a condition asks about: the left side of a comparison, or the tested name itself."""
    if test is None:
        return ""
    test = inner(test)
    left = test.child_by_field_name("left") if test.type == "binary_expression" else None
    return symbol_of(left if left is not None else test, scope)


def last_value(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """A comma sequence: only its last expression stands where the sequence stands."""
    children = node.named_children
    walk.push_all(children[:-1], scope.frames, scope)
    walk.push_all(children[-1:], chain, scope)
