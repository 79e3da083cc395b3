"""Statements of JavaScript and TypeScript that define or assign: variables, functions, classes, branches, returns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites.javascript_imports import bind
from vcdd.detect.sites.javascript_names import dotted, inner, root_module, symbol_of, text
from vcdd.detect.sites.javascript_patterns import bound_names
from vcdd.detect.sites.javascript_strings import operator_of
from vcdd.detect.sites.javascript_values import counted, is_value, key_name, tested_name
from vcdd.detect.sites.tree_sitter_walk import MAX_NAME, Chain, Scope, Walk

if TYPE_CHECKING:
    from tree_sitter import Node

_NAMING: Final = frozenset({FrameKind.ASSIGN, FrameKind.KEY, FrameKind.FIELD, FrameKind.PARAMETER})
_PATTERNS: Final = frozenset({"object_pattern", "array_pattern"})
_KEEPING: Final = frozenset({"accessibility_modifier", "readonly"})
"""Before a parameter of a constructor: the object keeps it under its name."""
_RETURN: Final = Frame(FrameKind.RETURN)
_LOGICAL: Final = frozenset({"??=", "||="})


def declarator(walk: Walk, node: Node, _chain: Chain, scope: Scope) -> None:
    """`const name = value` and its destructuring forms; `require` makes it an import."""
    target, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    if target is not None:
        _assign(walk, node, target, value, scope, declares=True)
        walk.push(node.child_by_field_name("type"), scope.frames, scope)


def assignment(walk: Walk, node: Node, _chain: Chain, scope: Scope) -> None:
    """`target = value`; `target ??= value` also stands in for the target."""
    target, value = node.child_by_field_name("left"), node.child_by_field_name("right")
    if target is None:
        return
    if operator_of(node) in _LOGICAL:
        chain = _target(walk, node, target, scope)
        walk.push_value(value, Frame(FrameKind.FALLBACK, symbol_of(target, scope), line=walk.line(node)), chain, scope)
    else:
        _assign(walk, node, target, value, scope, declares=False)


def _assign(walk: Walk, node: Node, target: Node, value: Node | None, scope: Scope, *, declares: bool) -> None:
    is_module = value is not None and root_module(value)
    if target.type in _PATTERNS:
        _destructure(walk, node, target, value, scope)
        if not is_module:
            walk.push(value, scope.frames, scope)
        return
    if is_module and target.type == "identifier":
        bind(walk, node, text(target), dotted(value, scope), scope)
        return
    if declares:
        scope.hide(text(target))
    walk.push(value, _target(walk, node, target, scope), scope)
    if target.type != "identifier":
        _target_parts(walk, target, scope)


def _target_parts(walk: Walk, target: Node, scope: Scope) -> None:
    """What stands inside a target: calls, and the key of `MODELS["x"] = …`, which is an entry of a table."""
    index = target.child_by_field_name("index")
    if index is not None and index.type == "string":
        holder = Frame(FrameKind.ASSIGN, dotted(target.child_by_field_name("object"), None), line=walk.line(target))
        walk.push_value(index, Frame(FrameKind.KEY_ITSELF), (holder, *scope.frames), scope)
        walk.push(target.child_by_field_name("object"), scope.frames, scope)
    else:
        walk.push(target, scope.frames, scope)


def _target(walk: Walk, node: Node, target: Node, scope: Scope) -> Chain:
    """The frames of an assignment: a key of what is assigned for `x["k"] = …`."""
    line = walk.line(node)
    index = target.child_by_field_name("index") if target.type == "subscript_expression" else None
    if index is not None and index.type == "string":
        holder = Frame(FrameKind.ASSIGN, dotted(target.child_by_field_name("object"), None), line=line)
        return (Frame(FrameKind.KEY, key_name(index)), holder, *scope.frames)
    return (Frame(FrameKind.ASSIGN, dotted(target, None), line=line), *scope.frames)


def _destructure(walk: Walk, node: Node, target: Node, value: Node | None, scope: Scope) -> None:
    """`const { model: m = "x" } = config`: `m` is `config.model`, or "x" where that is not set."""
    whole = symbol_of(value, scope) if value is not None else ""
    is_module = value is not None and root_module(value)
    environment = dotted(value, scope) in {"process.env", "import.meta.env"} if value is not None else False
    for item in bound_names(target):
        asked = f"${item.source}" if environment else _member(whole, item.source)
        if is_module and item.source:
            bind(walk, item.node, item.name, asked, scope)
            continue
        scope.hide(item.name)
        chain = (Frame(FrameKind.ASSIGN, item.name, line=walk.line(node)), *scope.frames)
        if item.source and whole:
            walk.symbol(item.node, asked, chain)
        walk.push_value(item.default, Frame(FrameKind.FALLBACK, asked if whole else item.source), chain, scope)


def _member(whole: str, member: str) -> str:
    return whole[:-1] + member if whole.endswith("#*") else f"{whole}.{member}"


def function(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """A function, arrow or method: defaults stand in PARAMETER, the body stands in FUNCTION and in nothing further out.

    What a function body holds is not handed to the call that the function is an argument of.
    """
    parameters = _parameters(node)
    targets = [_target_of(parameter) for parameter in parameters]
    names = tuple("" if target.type in _PATTERNS else text(target)[:MAX_NAME] for target in targets)
    own = Frame(FrameKind.FUNCTION, _function_name(node, chain, scope), labels=names, line=walk.line(node))
    inside = scope.inside(own)
    for index, (parameter, target) in enumerate(zip(parameters, targets, strict=True)):
        if parameter.type == "identifier":
            inside.hide(names[index])
        else:
            _parameter(walk, parameter, target, Frame(FrameKind.PARAMETER, names[index], index), inside)
    walk.push(node.child_by_field_name("return_type"), inside.frames, inside)
    body = node.child_by_field_name("body")
    if body is not None and body.type == "statement_block":
        walk.push(body, inside.frames, inside)
    elif body is not None:
        walk.push_value(body, _RETURN, inside.frames, inside)


def _function_name(node: Node, chain: Chain, scope: Scope) -> str:
    own = node.child_by_field_name("name")
    if own is not None:
        return key_name(own)
    if is_value(chain, scope) and chain and chain[0].kind in _NAMING:
        return chain[0].name.rpartition(".")[2]
    return ""


def _parameters(node: Node) -> list[Node]:
    listed = node.child_by_field_name("parameters") or node.child_by_field_name("parameter")
    if listed is None:
        return []
    return counted(listed) if listed.type == "formal_parameters" else [listed]


def _target_of(parameter: Node) -> Node:
    """The name or pattern of a parameter without its default, type or modifiers."""
    if parameter.type == "identifier":
        return parameter
    field = "left" if parameter.type == "assignment_pattern" else "pattern"
    target = parameter.child_by_field_name(field) or parameter
    return target.named_children[0] if target.type == "rest_pattern" and target.named_child_count else target


def _parameter(walk: Walk, node: Node, target: Node, frame: Frame, scope: Scope) -> None:
    """The default and the type of a parameter, and the defaults inside its pattern."""
    default = node.child_by_field_name("right" if node.type == "assignment_pattern" else "value")
    walk.push_value(default, frame, scope.frames, scope)
    walk.push_value(node.child_by_field_name("type"), frame, scope.frames, scope)
    if any(child.type in _KEEPING for child in node.children):
        kept = Frame(FrameKind.ASSIGN, f"this.{frame.name}", line=walk.line(node))
        walk.symbol(target, frame.name, (kept, *scope.frames))
    for item in bound_names(target):
        scope.hide(item.name)
        if item.default is not None:
            own = Frame(FrameKind.PARAMETER, item.source or item.name, frame.index)
            walk.push_value(item.default, own, scope.frames, scope)


def class_(walk: Walk, node: Node, _chain: Chain, scope: Scope) -> None:
    """A class: its bases and decorators are part of its frame."""
    own = node.child_by_field_name("name")
    bases: list[str] = []
    for child in node.named_children:
        if child.type == "class_heritage":
            bases.extend(_bases(child, scope))
        elif child.type == "decorator" and child.named_child_count:
            called = child.named_children[0]
            bases.append(dotted(called.child_by_field_name("function") or called, scope))
            walk.push(child, scope.frames, scope)
    name = text(own) if own is not None else ""
    frame = Frame(FrameKind.CLASS, name, bases=tuple(filter(None, bases)), line=walk.line(node))
    inside = scope.inside(frame)
    walk.push(node.child_by_field_name("body"), inside.frames, inside)


def _bases(heritage: Node, scope: Scope) -> list[str]:
    """Names after `extends` and `implements`; a call among them gives what is called with `()`."""
    nodes = heritage.named_children
    clauses = [child for child in nodes if child.type in {"extends_clause", "implements_clause"}]
    listed = [base for clause in clauses for base in clause.named_children] or nodes
    return [dotted(_generic(base), scope) for base in listed if base.type != "type_arguments"]


def _generic(node: Node) -> Node:
    return node.child_by_field_name("name") or node if node.type == "generic_type" else node


def field(walk: Walk, node: Node, _chain: Chain, scope: Scope) -> None:
    """A class field with its default and its type."""
    own = node.child_by_field_name("name") or node.child_by_field_name("property")
    frame = Frame(FrameKind.FIELD, key_name(own) if own is not None else "", line=walk.line(node))
    walk.push_value(node.child_by_field_name("value"), frame, scope.frames, scope)
    walk.push_value(node.child_by_field_name("type"), frame, scope.frames, scope)
    walk.push_all([child for child in node.named_children if child.type == "decorator"], scope.frames, scope)


def return_(walk: Walk, node: Node, _chain: Chain, scope: Scope) -> None:
    """A returned value."""
    for child in node.named_children:
        walk.push_value(child, _RETURN, scope.frames, scope)


def if_(walk: Walk, node: Node, _chain: Chain, scope: Scope) -> None:
    """Bodies stand in a BRANCH, or in a FALLBACK where the test asks whether a name is unset."""
    test = node.child_by_field_name("condition")
    unset = _unset_name(test, scope)
    frame = Frame(FrameKind.FALLBACK, unset) if unset else Frame(FrameKind.BRANCH, tested_name(test, scope))
    inside = scope.branch(frame)
    other = scope if unset else inside
    walk.push(test, scope.frames, scope)
    walk.push(node.child_by_field_name("consequence"), inside.frames, inside)
    alternative = node.child_by_field_name("alternative")
    chained = alternative is not None and any(child.type == "if_statement" for child in alternative.named_children)
    # `else if` is the next arm of the same chain, not one level further in
    walk.push(alternative, scope.frames if chained else other.frames, scope if chained else other)


def _unset_name(test: Node | None, scope: Scope) -> str:
    """The name that a test finds unset: `!x`, `x == null`, `x === ""`, `typeof x === "undefined"`."""
    if test is None:
        return ""
    test = inner(test)
    if test.type == "unary_expression":
        return symbol_of(test.child_by_field_name("argument"), scope) if operator_of(test) == "!" else ""
    left, right = test.child_by_field_name("left"), test.child_by_field_name("right")
    if left is None or right is None or operator_of(test) not in {"==", "==="}:
        return ""
    if text(right) in {"null", "undefined", "void 0", '""', "''"}:
        return symbol_of(left, scope)
    if left.type == "unary_expression" and text(right)[1:-1] == "undefined":
        return symbol_of(left.child_by_field_name("argument"), scope)
    return ""


def switch(walk: Walk, node: Node, _chain: Chain, scope: Scope) -> None:
    """Cases are compared whole with the value; their bodies are branches."""
    value = node.child_by_field_name("value")
    walk.push(value, scope.frames, scope)
    asked = symbol_of(value, scope) if value is not None else ""
    body = node.child_by_field_name("body")
    compared = Frame(FrameKind.COMPARE, asked, labels=("==",), line=walk.line(node))
    arms = body.named_children if body is not None else []
    for index, arm in enumerate(arms):
        inside = scope.branch(Frame(FrameKind.BRANCH, asked, index, len(arms)))
        tested = arm.child_by_field_name("value")
        for child in arm.named_children:
            if tested is not None and child == tested:
                walk.push_value(child, compared, scope.frames, scope)
            else:
                walk.push(child, inside.frames, inside)
