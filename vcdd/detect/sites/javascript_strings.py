"""String values in JavaScript and TypeScript: escapes decoded, templates and sums composed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tree_sitter import Node

# ECMAScript, "String Literals": the escapes that are not the character itself.
_ESCAPE = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(\r\n|[\s\S]))")
_SINGLE: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r\n": ""}
_TEMPLATES: Final = frozenset({"template_string", "template_literal_type"})
_HOLES: Final = frozenset({"template_substitution", "template_type"})
_GROUPS: Final = frozenset({"parenthesized_expression", "as_expression", "non_null_expression"})


def unescape(raw: str) -> str:
    """The value of the inside of a string or template as written."""
    return _ESCAPE.sub(_character, raw) if "\\" in raw else raw


def _character(match: re.Match[str]) -> str:
    long, short, byte, single = match.groups()
    code = long or short or byte
    if code:
        number = int(code, 16)
        # a lone surrogate cannot be written anywhere, and most are halves of an emoji
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    return _SINGLE.get(single, single)


def string_value(node: Node) -> str:
    """The value of a `string` node; a string that was never closed ends where the node ends."""
    raw = (node.text or b"").decode("utf-8", "replace")
    quote = raw[:1]
    return unescape(raw[1:-1] if len(raw) > 1 and raw.endswith(quote) else raw[1:])


def literal(node: Node) -> str | None:
    """The value of a string or of a template without holes; None for anything else."""
    if node.type == "string":
        return string_value(node)
    if node.type == "template_string" and not any(child.type in _HOLES for child in node.named_children):
        return string_value(node)
    return None


def is_textual(node: Node) -> bool:
    """Whether an expression is a string, a template, or a sum that begins or ends with one."""
    for _ in range(64):
        if node.type == "string" or node.type in _TEMPLATES:
            return True
        right = node.child_by_field_name("right") if node.type == "binary_expression" else None
        left = node.child_by_field_name("left") if node.type == "binary_expression" else None
        if left is None or right is None or operator_of(node) != "+":
            return False
        if right.type == "string" or right.type in _TEMPLATES:
            return True
        node = left
    return False


def operator_of(node: Node) -> str:
    """The operator of a binary or unary expression; empty where a broken file has none."""
    operator = node.child_by_field_name("operator")
    return operator.type if operator is not None else ""


def parts_of(node: Node) -> list[str | Node]:
    """The pieces of a template or of a sum of strings in order: text where it is known, else the expression.

    Nested templates and sums are taken apart too, by a loop, since a hostile file nests them thousands deep.
    """
    parts: list[str | Node] = []
    stack = [node]
    while stack:
        current = stack.pop()
        kind = current.type
        if kind == "string":
            parts.append(string_value(current))
        elif kind in _TEMPLATES:
            stack.extend(reversed(current.named_children))
        elif kind in {"string_fragment", "escape_sequence"}:
            parts.append(unescape((current.text or b"").decode("utf-8", "replace")))
        elif kind in _HOLES or kind in _GROUPS:
            stack.extend(current.named_children[:1])
        elif kind == "binary_expression" and operator_of(current) == "+":
            stack.extend(child for child in map(current.child_by_field_name, ("right", "left")) if child is not None)
        else:
            parts.append(current)
    return parts
