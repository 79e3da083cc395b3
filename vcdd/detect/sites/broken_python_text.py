"""Names and strings in a tree-sitter tree of Python, written as the exact Python reader writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tree_sitter import Node

    from vcdd.detect.sites.tree_sitter_walk import Scope

_MAX_PARTS = 16
_ENVIRON: Final = frozenset({"os.environ", "environ"})
_GETENV: Final = frozenset({"os.getenv", "getenv", "os.environ.get", "environ.get"})
_STRINGS: Final = frozenset({"string", "concatenated_string"})
# Python reference, "String and Bytes literals": the escapes that are not the character itself.
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0-7]{1,3})|(\n|[\s\S]))")
_SINGLE: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "a": "\a", "\n": "", "\\": "\\"}
_SELF: Final = "'\""


def text(node: Node | None) -> str:
    """What stands in the file for a node; empty for none."""
    return (node.text or b"").decode("utf-8", "replace") if node is not None else ""


def dotted(node: Node | None, scope: Scope | None) -> str:
    """`a.b().c[k]` with its first part expanded by the imports; empty for anything else."""
    tail: list[str] = []
    while node is not None and len(tail) < _MAX_PARTS:
        kind = node.type
        if kind == "identifier":
            word = text(node)
            return ((scope.source(word) if scope else "") or word) + "".join(reversed(tail))
        if kind == "attribute":
            tail.append("." + text(node.child_by_field_name("attribute")))
            node = node.child_by_field_name("object")
        elif kind == "call":
            tail.append("()")
            node = node.child_by_field_name("function")
        elif kind == "subscript":
            tail.append(f"[{_key(node.child_by_field_name('subscript'))}]")
            node = node.child_by_field_name("value")
        elif kind in {"await", "parenthesized_expression"} and node.named_child_count:
            node = node.named_children[0]
        else:
            return ""
    return ""


def _key(node: Node | None) -> str:
    if node is None or node.type not in {"string", "integer"}:
        return "*"
    return literal(node)[:120] if node.type == "string" else text(node)


def env_name(node: Node, scope: Scope) -> str:
    """The environment variable that an expression reads without a default; empty if it reads none."""
    if node.type == "subscript" and dotted(node.child_by_field_name("value"), scope) in _ENVIRON:
        return literal(node.child_by_field_name("subscript"))
    if node.type == "call" and dotted(node.child_by_field_name("function"), scope) in _GETENV:
        arguments = node.child_by_field_name("arguments")
        listed = arguments.named_children if arguments is not None else []
        return literal(listed[0]) if len(listed) == 1 else ""
    return ""


def symbol_of(node: Node | None, scope: Scope) -> str:
    """How a name that stands where a string could is written: `$VAR` for an environment variable, else dotted."""
    if node is None:
        return ""
    variable = env_name(node, scope)
    return f"${variable}" if variable else dotted(node, scope)


def literal(node: Node | None) -> str:
    """The value of a string whose parts are all known; empty for anything else."""
    if node is None or node.type not in _STRINGS:
        return ""
    parts = parts_of(node)
    return "".join(part for part in parts if isinstance(part, str)) if all(isinstance(p, str) for p in parts) else ""


def is_textual(node: Node) -> bool:
    """Whether an expression is a string, or a sum or formatting that begins or ends with one."""
    for _ in range(64):
        if node.type in _STRINGS:
            return True
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        operator = text(node.child_by_field_name("operator"))
        if node.type != "binary_operator" or left is None or right is None or operator not in {"+", "%"}:
            return False
        if operator == "+" and right.type in _STRINGS:
            return True
        node = left
    return False


def parts_of(node: Node) -> list[str | Node]:
    """The pieces of a string, f-string, implicit concatenation, sum or `%` formatting: text, or the expression."""
    parts: list[str | Node] = []
    stack = [node]
    while stack:
        current = stack.pop()
        operator = text(current.child_by_field_name("operator")) if current.type == "binary_operator" else ""
        if current.type == "string":
            parts.extend(_string_parts(current))
        elif current.type in {"concatenated_string", "parenthesized_expression"}:
            stack.extend(reversed(current.named_children))
        elif operator == "+":
            stack.extend(side for side in map(current.child_by_field_name, ("right", "left")) if side is not None)
        elif operator == "%" and literal(current.child_by_field_name("left")):
            parts.append(literal(current.child_by_field_name("left")).replace("%s", "{}"))
        elif current.type != "comment":
            parts.append(current)
    return parts


def _string_parts(node: Node) -> list[str | Node]:
    children = node.named_children
    prefix = text(children[0]).rstrip("'\"").lower() if children and children[0].type == "string_start" else ""
    parts: list[str | Node] = []
    for child in children:
        if child.type == "string_content":
            raw = text(child)
            parts.append(raw if "r" in prefix else _ESCAPE.sub(_character, raw))
        elif child.type == "interpolation":
            expression = child.child_by_field_name("expression")
            if expression is not None:
                parts.append(expression)
    return parts


def _character(match: re.Match[str]) -> str:
    byte, short, long, octal, single = match.groups()
    code = byte or short or long
    if code or octal:
        number = int(code, 16) if code else int(octal, 8)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    return _SINGLE.get(single, single if single in _SELF else match[0])
