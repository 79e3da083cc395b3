"""JSX: attributes are keys of a call of the component, running text is prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites.javascript_names import callee, text
from vcdd.detect.sites.sheet import clean

if TYPE_CHECKING:
    from tree_sitter import Node

    from vcdd.detect.sites.tree_sitter_walk import Chain, Scope, Walk

_TAGS = frozenset({"jsx_opening_element", "jsx_closing_element"})


def element(walk: Walk, node: Node, _chain: Chain, scope: Scope) -> None:
    """`<Name …>children</Name>`: text and expressions between the tags stand in the component's call."""
    opening = node.child_by_field_name("open_tag")
    name = callee(opening.child_by_field_name("name"), scope) if opening is not None else ""
    inside = (Frame(FrameKind.CALL, name, line=walk.line(node)), *scope.frames)
    for child in node.named_children:
        walk.push(child, scope.frames if child.type in _TAGS else inside, scope)


def opening(walk: Walk, node: Node, _chain: Chain, scope: Scope) -> None:
    """The attributes of a tag."""
    name = callee(node.child_by_field_name("name"), scope)
    attributes = node.children_by_field_name("attribute")
    line = walk.line(node)
    call = (Frame(FrameKind.CALL, name, line=line), *scope.frames)
    for index, attribute in enumerate(attributes):
        if attribute.type != "jsx_attribute":
            walk.push_value(attribute, Frame(FrameKind.KEY, "...", index, len(attributes), line=line), call, scope)
        elif attribute.named_child_count > 1:
            own, value = attribute.named_children[0], attribute.named_children[-1]
            walk.push_value(value, Frame(FrameKind.KEY, text(own), index, len(attributes), line=line), call, scope)


def prose(walk: Walk, node: Node, chain: Chain, _scope: Scope) -> None:
    """Text between tags; white space is nothing."""
    written = text(node)
    said = written.strip()
    if not said:
        return
    line, column = walk.text.place(node)
    before = written[: len(written) - len(written.lstrip())]
    rows = before.count("\n")
    start = len(before) - before.rfind("\n") - 1 + (column if not rows else 1)
    walk.add_at(line + rows, start, clean(said), (Frame(FrameKind.PROSE), *chain))
