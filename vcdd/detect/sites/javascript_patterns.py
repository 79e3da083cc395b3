"""Destructuring patterns, flattened to the names they bind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vcdd.detect.sites.javascript_names import text
from vcdd.detect.sites.javascript_strings import literal
from vcdd.values import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node


@dataclass(frozen=True, slots=True)
class Bound:
    """One name that a pattern binds."""

    name: str
    """The local name."""
    source: str
    """Dotted path of the property it takes (`a.b`); empty for an array element, a rest or a plain name."""
    default: Node | None
    """What it is where the property is not set."""
    node: Node


def bound_names(pattern: Node) -> list[Bound]:
    """Every name a parameter or destructuring pattern binds, in order; nested patterns by a loop."""
    found: list[Bound] = []
    stack: list[tuple[Node, str, Node | None]] = [(pattern, "", None)]
    while stack:
        node, path, default = stack.pop()
        kind = node.type
        if kind in {"identifier", "shorthand_property_identifier_pattern"}:
            found.append(Bound(text(node), path, default, node))
        elif kind in {"assignment_pattern", "object_assignment_pattern"}:
            left = node.child_by_field_name("left")
            if left is not None:
                stack.append((left, path, node.child_by_field_name("right")))
        elif kind == "object_pattern":
            stack.extend(_properties(node, path))
        elif kind in {"array_pattern", "rest_pattern"}:
            stack.extend((child, "", None) for child in reversed(node.named_children))
    return found


def _properties(node: Node, path: str) -> list[tuple[Node, str, Node | None]]:
    """The properties of an object pattern, last first, each with the path of what it takes."""
    taken: list[tuple[Node, str, Node | None]] = []
    prefix = f"{path}." if path else ""
    if len(prefix) > 200:  # no product nests patterns so deep
        return taken
    for child in reversed(node.named_children):
        if child.type == "shorthand_property_identifier_pattern":
            taken.append((child, prefix + text(child), None))
        elif child.type == "object_assignment_pattern":
            left = child.child_by_field_name("left")
            taken.append((child, prefix + (text(left) if left is not None else ""), None))
        elif child.type == "pair_pattern":
            key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
            if key is not None and value is not None:
                plain = literal(key)
                taken.append((value, prefix + (plain if plain is not None else text(key)), None))
        else:
            taken.append((child, "", None))
    return taken
