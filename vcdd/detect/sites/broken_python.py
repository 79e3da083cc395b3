"""Python files that `ast` refuses: Python 2, merge markers, syntax of a later version, a broken line.

Gives the frames of the exact reader as far as the tree goes. Misses on purpose: what an error swallowed whole.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from vcdd.core.site import Frame, FrameKind, Import, ReadFile
from vcdd.detect.sites import broken_python_values as values
from vcdd.detect.sites.broken_python_text import dotted, is_textual, literal, symbol_of, text
from vcdd.detect.sites.lines import read_instead
from vcdd.detect.sites.sheet import MAX_SITES
from vcdd.detect.sites.tree_sitter_text import ParseTooLongError, parse, text_of
from vcdd.detect.sites.tree_sitter_walk import MAX_FRAMES, Chain, Handler, Scope, Walk, enter, pass_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tree_sitter import Node

    from vcdd.core.source_file import SourceFile


_MAX_CONTINUATIONS = 2000
"""Backslash continuations in one file; real code has a few dozen."""


def read_broken(source: SourceFile, reason: str) -> ReadFile:
    """Every site that a tree with errors still shows, in order of appearance; never raises.

    `reason` is why the exact reader gave up, and is passed on as such.
    """
    if source.text.count("\\\n") > _MAX_CONTINUATIONS:
        # The grammar's scanner is quadratic in continued lines: 100 KB of them take 21 s.
        return read_instead(source, "python", reason)
    parsed = text_of(source)
    walk = Walk(parsed, "python", HANDLERS)
    try:
        root = parse("python", parsed.data).root_node
    except ParseTooLongError:
        return read_instead(source, "python", reason)
    walk.run(root, (b"#",))
    return ReadFile(
        path=source.path,
        reader="python",
        sites=tuple(sorted(walk.sites, key=lambda site: (site.line, site.column))[:MAX_SITES]),
        imports=tuple(walk.imports),
        fallback_reason=reason,
        fallback_used="tree-sitter python grammar with error recovery",
    )


def _import(walk: Walk, node: Node, _chain: Chain, scope: Scope) -> None:
    module = text(node.child_by_field_name("module_name"))
    joint = "" if not module or module.endswith(".") else "."
    for child in node.children_by_field_name("name"):
        alias = child.child_by_field_name("alias")
        member = text(child.child_by_field_name("name") if alias is not None else child)
        if not module and alias is None:
            member = member.partition(".")[0]
        _bind(walk, node, text(alias) or member, f"{module}{joint}{member}", scope)
    if any(child.type == "wildcard_import" for child in node.named_children):
        walk.imports.append(Import(path=walk.path, line=walk.line(node), name="*", source=f"{module}{joint}*"))


def _bind(walk: Walk, node: Node, local: str, source: str, scope: Scope) -> None:
    walk.imports.append(Import(path=walk.path, line=walk.line(node), name=local, source=source))
    scope.names[local] = source


def _assignment(walk: Walk, node: Node, _chain: Chain, scope: Scope) -> None:
    target = node.child_by_field_name("left") or node.child_by_field_name("name")
    value = node.child_by_field_name("right") or node.child_by_field_name("value")
    if target is None:
        return
    chain = _target(walk, node, target, scope)
    walk.push_value(node.child_by_field_name("type"), Frame(FrameKind.TYPE), chain, scope)
    pairs = _unpacked(target, value)
    for each, part in pairs:
        walk.push(part, _target(walk, node, each, scope), scope)
    if not pairs:
        walk.push(value, chain, scope)


def _unpacked(target: Node, value: Node | None) -> list[tuple[Node, Node]]:
    """The pairs of `a, b = "x", "y"`; empty for any other assignment."""
    lists = {"pattern_list", "tuple_pattern", "expression_list", "tuple"}
    if value is None or target.type not in lists or value.type not in lists:
        return []
    names, parts = target.named_children, value.named_children
    return list(zip(names, parts, strict=True)) if len(names) == len(parts) else []


def _target(walk: Walk, node: Node, target: Node, scope: Scope) -> Chain:
    """The frames of an assignment: a field or enum member right under a class, a key for `x["k"] = …`."""
    line = walk.line(node)
    key = literal(target.child_by_field_name("subscript")) if target.type == "subscript" else ""
    outer = scope.frames[: MAX_FRAMES - 2]
    if key:
        holder = Frame(FrameKind.ASSIGN, dotted(target.child_by_field_name("value"), None), line=line)
        return (Frame(FrameKind.KEY, key), holder, *outer)
    kind = FrameKind.ASSIGN
    if outer and outer[0].kind is FrameKind.CLASS:
        is_enum = any(base.rpartition(".")[2].endswith("Enum") for base in outer[0].bases)
        kind = FrameKind.ENUM if is_enum else FrameKind.FIELD
    return (Frame(kind, dotted(target, None), line=line), *outer)


def _function(walk: Walk, node: Node, _chain: Chain, scope: Scope) -> None:
    name = "<lambda>" if node.type == "lambda" else text(node.child_by_field_name("name"))
    listed = node.child_by_field_name("parameters")
    parameters = [child for child in listed.named_children if child.type not in _MARKS] if listed is not None else []
    names = tuple(_parameter_name(parameter) for parameter in parameters)
    inside = scope.inside(Frame(FrameKind.FUNCTION, name, labels=names, line=walk.line(node)))
    for index, parameter in enumerate(parameters):
        own = (Frame(FrameKind.PARAMETER, names[index], index), *inside.frames)
        walk.push(parameter.child_by_field_name("value"), own, inside)
        walk.push_value(parameter.child_by_field_name("type"), Frame(FrameKind.TYPE), own, inside)
    body = node.child_by_field_name("body")
    if node.type == "lambda":
        walk.push_value(body, Frame(FrameKind.RETURN), inside.frames, inside)
    else:
        walk.push(body, inside.frames, inside)


_MARKS: Final = frozenset({"keyword_separator", "positional_separator", "comment"})


def _parameter_name(node: Node) -> str:
    name = node.child_by_field_name("name")
    if name is None and node.type == "typed_parameter" and node.named_child_count:
        name = node.named_children[0]
    return text(name if name is not None else node).lstrip("*")[:80]


def _class(walk: Walk, node: Node, _chain: Chain, scope: Scope) -> None:
    parents = node.child_by_field_name("superclasses")
    listed = parents.named_children if parents is not None else []
    bases = [symbol_of(base, scope) for base in listed if base.type != "keyword_argument"]
    around = node.parent
    if around is not None and around.type == "decorated_definition":
        bases += [_decorator(child, scope) for child in around.named_children if child.type == "decorator"]
    own = text(node.child_by_field_name("name"))
    inside = scope.inside(Frame(FrameKind.CLASS, own, bases=tuple(filter(None, bases)), line=walk.line(node)))
    walk.push(node.child_by_field_name("body"), inside.frames, inside)


def _decorator(node: Node, scope: Scope) -> str:
    called = node.named_children[0] if node.named_child_count else None
    return dotted(called.child_by_field_name("function") or called, scope) if called is not None else ""


def _if(walk: Walk, node: Node, _chain: Chain, scope: Scope) -> None:
    """Bodies stand in a BRANCH, or in a FALLBACK where the test asks whether a name is unset."""
    test = node.child_by_field_name("condition")
    unset = _unset_name(test, scope)
    asked = symbol_of(test.named_children[0], scope) if test is not None and test.type == "comparison_operator" else ""
    frame = Frame(FrameKind.FALLBACK, unset) if unset else Frame(FrameKind.BRANCH, asked)
    inside = scope if asked == "__name__" else scope.branch(frame)
    other = scope if unset else inside
    walk.push(test, scope.frames, scope)
    walk.push(node.child_by_field_name("consequence"), inside.frames, inside)
    for alternative in node.children_by_field_name("alternative"):
        chained = alternative.type == "elif_clause"
        walk.push(alternative, scope.frames if chained else other.frames, scope if chained else other)


def _unset_name(test: Node | None, scope: Scope) -> str:
    """The name that a test asks to be unset (`not x`, `x is None`, `x == ""`), else empty."""
    if test is not None and test.type == "not_operator":
        return symbol_of(test.child_by_field_name("argument"), scope)
    if test is not None and test.type == "comparison_operator" and test.named_child_count == 2:
        left, right = test.named_children
        operators = [text(operator) for operator in test.children_by_field_name("operators")]
        if operators in (["is"], ["=="]) and text(right) in {"None", '""', "''"}:
            return symbol_of(left, scope)
    return ""


def _return(walk: Walk, node: Node, _chain: Chain, scope: Scope) -> None:
    for child in node.named_children:
        walk.push_value(child, Frame(FrameKind.RETURN), scope.frames, scope)


def _statement(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """A statement that is only a string is a docstring, wherever it stands."""
    children = node.named_children
    if len(children) == 1 and children[0].type in {"string", "concatenated_string"}:
        walk.push_value(children[0], Frame(FrameKind.DOCSTRING), scope.frames, scope)
    else:
        enter(walk, node, chain, scope)


def _binary(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    if is_textual(node):
        values.string(walk, node, chain, scope)
    else:
        walk.push_all(node.named_children, chain, scope)


def _case(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    walk.push_value(node, Frame(FrameKind.COMPARE, labels=("==",), line=walk.line(node)), chain, scope)


def _case_clause(walk: Walk, node: Node, _chain: Chain, scope: Scope) -> None:
    compared = Frame(FrameKind.COMPARE, labels=("==",), line=walk.line(node))
    inside = scope.branch(Frame(FrameKind.BRANCH))
    for child in node.named_children:
        if child.type == "case_pattern":
            walk.push_value(child, compared, scope.frames, scope)
        else:
            walk.push(child, inside.frames, inside)


def _print(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """Python 2's `print "x"` is a call without parentheses."""
    said = node.children_by_field_name("argument")
    for index, value in enumerate(said):
        walk.push_value(value, Frame(FrameKind.CALL, "print", index, len(said), line=walk.line(node)), chain, scope)


HANDLERS: Final[Mapping[str, Handler]] = MappingProxyType(
    {
        "assignment": _assignment,
        "attribute": values.name,
        "augmented_assignment": _assignment,
        "await": pass_on,
        "binary_operator": _binary,
        "boolean_operator": values.boolean,
        "call": values.call,
        "case_clause": _case_clause,
        "case_pattern": pass_on,
        "class_definition": _class,
        "comparison_operator": values.compare,
        "concatenated_string": values.string,
        "conditional_expression": values.conditional,
        "dictionary": values.dictionary,
        "dictionary_splat": pass_on,
        "elif_clause": _if,
        "expression_list": values.items,
        "expression_statement": _statement,
        "function_definition": _function,
        "generic_type": values.generic_type,
        "identifier": values.name,
        "if_statement": _if,
        "import_from_statement": _import,
        "import_statement": _import,
        "keyword_argument": values.keyword,
        "lambda": _function,
        "list": values.items,
        "list_splat": pass_on,
        "named_expression": _assignment,
        "pair": values.pair,
        "parenthesized_expression": pass_on,
        "print_statement": _print,
        "return_statement": _return,
        "set": values.items,
        "string": values.string,
        "subscript": values.subscript,
        "tuple": values.items,
        "type": pass_on,
        "union_pattern": pass_on,
        "yield": pass_on,
    }
)
