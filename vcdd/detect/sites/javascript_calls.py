"""Calls in JavaScript and TypeScript: arguments, the literals beside them, and calls that only look for a string."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vcdd.core.site import Frame, FrameKind, Import
from vcdd.detect.sites.javascript_names import callee, inner, is_rootless, required, symbol_of, text
from vcdd.detect.sites.javascript_strings import is_textual, literal, operator_of, parts_of
from vcdd.detect.sites.javascript_values import (
    ALTERNATIVES,
    PLAIN,
    VALUELESS,
    counted,
    key_name,
)
from vcdd.detect.sites.tree_sitter_walk import MAX_FRAMES, MAX_NAME, Chain, Scope, Walk

if TYPE_CHECKING:
    from tree_sitter import Node

_MAX_LABELS = 12
_NAMED: Final = frozenset(
    {
        "identifier",
        "member_expression",
        "subscript_expression",
        "call_expression",
        "new_expression",
    }
)
_FUNCTIONS: Final = frozenset({"arrow_function", "function_expression", "generator_function"})
_STRINGS: Final = frozenset({"string", "template_string"})
_SCALARS: Final = frozenset({"number", "true", "false", "null"})
# Methods of String, Array, Set and Map that look for their argument; only the last ones compare it whole.
_SEARCHES: Final = frozenset(
    {
        "startsWith",
        "endsWith",
        "match",
        "matchAll",
        "search",
        "indexOf",
        "lastIndexOf",
        "includes",
        "has",
        "localeCompare",
    }
)
_WHOLE_SEARCHES: Final = frozenset({"has", "localeCompare"})
_WHOLE: Final = ("==",)
_PART: Final = ("in",)


def call(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """A call or construction: its result may be a value, its arguments stand in a CALL, the function may hold more."""
    function = node.child_by_field_name("function") or node.child_by_field_name("constructor")
    arguments = node.child_by_field_name("arguments")
    if function is None:
        return
    if function.type in PLAIN and text(function) in {"require", "import"} and required(node):
        walk.imports.append(Import(path=walk.path, line=walk.line(node), name="", source=required(node)))
        return
    called = callee(function, scope)
    if arguments is not None and called.rpartition(".")[2] in _SEARCHES and "." in called:
        _search(walk, node, called, function, arguments, scope)
        return
    if not called or is_rootless(called) or "(" in called or "[" in called:
        walk.push(function, scope.frames, scope)
    if arguments is not None and arguments.type == "template_string":
        walk.push_value(arguments, Frame(FrameKind.CALL, called, 0, 1, line=walk.line(node)), chain, scope)
    elif called == "Deno.env.get":
        walk.symbol(node, symbol_of(node, scope), chain)
    else:
        _arguments(walk, node, called, arguments, chain, scope)


def _arguments(walk: Walk, node: Node, called: str, arguments: Node | None, chain: Chain, scope: Scope) -> None:
    """The arguments of a call, and the call itself where its result may be a value or its name says whose it is."""
    values = counted(arguments) if arguments is not None else []
    kinds = [value.type for value in values]
    result = chain is not scope.frames or "#" in called or called.count(".") > 1
    named = bool(called) and result and not is_rootless(called)
    if not named and VALUELESS.issuperset(kinds):
        return
    labels = labels_of(values, kinds, scope)
    line, size = walk.line(node), len(values)
    if named:
        own = Frame(FrameKind.CALL, called, labels=labels, line=line)
        walk.symbol(node, f"{called}()", (own, *chain[: MAX_FRAMES - 1]))
    for index, (value, kind) in enumerate(zip(values, kinds, strict=True)):
        if kind in _FUNCTIONS:
            walk.push(value, scope.frames, scope)
        elif kind not in VALUELESS:
            frame = Frame(FrameKind.CALL, called, index, size, labels=labels, line=line)
            walk.push_value(value, frame, chain, scope)


def _search(walk: Walk, node: Node, called: str, function: Node, arguments: Node, scope: Scope) -> None:
    """`model.startsWith("x")` looks for a part; `["a", "b"].includes(model)` compares each item whole."""
    holder, _, method = called.rpartition(".")
    line = walk.line(node)
    whole = _WHOLE if method in _WHOLE_SEARCHES else _PART
    values = counted(arguments)
    sought = Frame(FrameKind.COMPARE, holder, labels=whole, line=line)
    for index, value in enumerate(values):
        if is_textual(value):
            frame = Frame(FrameKind.CALL, called, index, len(values), line=line)
            walk.push_value(value, sought, (frame, *scope.frames), scope)
        else:
            walk.push(value, scope.frames, scope)
    searched = inner(function.child_by_field_name("object") or function)
    if searched.type == "array":
        asked = symbol_of(values[0], scope) if values else ""
        frame = Frame(FrameKind.COMPARE, asked, labels=_WHOLE, line=line)
        walk.push_value(searched, frame, scope.frames, scope)
    else:
        walk.push(function, scope.frames, scope)


def labels_of(values: list[Node], kinds: list[str], scope: Scope) -> tuple[str, ...]:
    """The literal siblings among a call's arguments, object properties as named ones (see `Frame.labels`)."""
    labels: list[str] = []
    for value, kind in zip(values[:4], kinds, strict=False):
        if kind in _STRINGS:
            labels.append((literal(value) or "")[:MAX_NAME])
        elif kind == "object":
            for pair in value.named_children[: 4 * _MAX_LABELS]:
                labels.extend(_label(pair, scope))
    return tuple([label for label in labels if label][:_MAX_LABELS])


def _label(pair: Node, scope: Scope) -> list[str]:
    if pair.type == "shorthand_property_identifier":
        return [f"{text(pair)}=${text(pair)}"[:MAX_NAME]]
    key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
    if pair.type != "pair" or key is None or value is None:
        return []
    written = literal(value)
    if written is None and value.type in _SCALARS:
        written = text(value)
    if written is None and (value.type in _NAMED or value.type == "non_null_expression"):
        symbol = symbol_of(value, scope).lstrip("$")
        written = f"${symbol}" if symbol else None
    if written is None and value.type == "binary_expression" and operator_of(value) in ALTERNATIVES:
        written = literal(value.child_by_field_name("right") or value)
    if written is None and is_textual(value):
        pieces = parts_of(value)
        written = "".join(part if isinstance(part, str) else "{" + symbol_of(part, scope) + "}" for part in pieces[:16])
    return [f"{key_name(key)}={written[:MAX_NAME]}"] if written is not None else []
