"""TypeScript types and enums: literal types, interface members, enum members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites.javascript_names import text
from vcdd.detect.sites.javascript_values import counted, is_value, key_name, template

if TYPE_CHECKING:
    from tree_sitter import Node

    from vcdd.detect.sites.tree_sitter_walk import Chain, Scope, Walk


def type_alias(walk: Walk, node: Node, _chain: Chain, scope: Scope) -> None:
    """`type Name = …`."""
    own = node.child_by_field_name("name")
    frame = Frame(FrameKind.ASSIGN, text(own) if own is not None else "", line=walk.line(node))
    walk.push_value(node.child_by_field_name("value"), frame, scope.frames, scope)


def union(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """A union, which nests to the left: its members are numbered as they are written."""
    members: list[Node] = []
    stack = [node]
    while stack:
        current = stack.pop()
        if current.type == "union_type":
            stack.extend(reversed(current.named_children))
        else:
            members.append(current)
    line = walk.line(node)
    size = sum(member.type != "comment" for member in members)
    index = 0
    for member in members:
        if member.type in _LITERALS:
            walk.push_value(member, Frame(FrameKind.TYPE, "", index, size, line=line), chain, scope)
        else:
            walk.push(member, chain, scope)
        index += member.type != "comment"


_LITERALS = ("literal_type", "template_literal_type")


def literal_type(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """A literal as a type, alone or in a union."""
    inside = _as_type(walk, node, chain)
    walk.push_all([child for child in node.named_children if child.type == "string"], inside, scope)


def template_type(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """A template as a type: one literal, or many of one pattern."""
    template(walk, node, _as_type(walk, node, chain), scope)


def _as_type(walk: Walk, node: Node, chain: Chain) -> Chain:
    if chain and chain[0].kind is FrameKind.TYPE:
        return chain
    return (Frame(FrameKind.TYPE, "", 0, 1, line=walk.line(node)), *chain)


def interface(walk: Walk, node: Node, _chain: Chain, scope: Scope) -> None:
    """An interface is a class without code."""
    own = node.child_by_field_name("name")
    inside = scope.inside(Frame(FrameKind.CLASS, text(own) if own is not None else "", line=walk.line(node)))
    walk.push(node.child_by_field_name("body"), inside.frames, inside)


def property_signature(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """A member of an interface (FIELD) or of an object type (KEY)."""
    own = node.child_by_field_name("name")
    kind = FrameKind.KEY if is_value(chain, scope) else FrameKind.FIELD
    frame = Frame(kind, key_name(own) if own is not None else "", line=walk.line(node))
    walk.push_value(node.child_by_field_name("type"), frame, chain, scope)


def enum(walk: Walk, node: Node, _chain: Chain, scope: Scope) -> None:
    """`enum Name { A = "x" }`."""
    own, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    inside = scope.inside(
        Frame(FrameKind.CLASS, text(own) if own is not None else "", bases=("enum",), line=walk.line(node))
    )
    members = counted(body) if body is not None else []
    for index, member in enumerate(members):
        name, value = member.child_by_field_name("name"), member.child_by_field_name("value")
        if name is not None and value is not None:
            frame = Frame(FrameKind.ENUM, key_name(name), index, len(members), line=walk.line(member))
            walk.push_value(value, frame, inside.frames, inside)
