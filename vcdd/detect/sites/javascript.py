"""JavaScript and TypeScript reader: tree-sitter with the grammar that the file name asks for.

Sees every string, template and sum of strings, the names that stand where a string could, imports in ESM, CommonJS and
compiled form, comments and JSX text. Broken files give what could be parsed. Misses on purpose: strings joined at run
time, names bound by assignment to a value that is not a module.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from vcdd.core.site import ReadFile
from vcdd.detect.sites import javascript_calls as calls
from vcdd.detect.sites import javascript_definitions as definitions
from vcdd.detect.sites import javascript_imports as imports
from vcdd.detect.sites import javascript_jsx as jsx
from vcdd.detect.sites import javascript_types as types
from vcdd.detect.sites import javascript_values as values
from vcdd.detect.sites.lines import read_instead
from vcdd.detect.sites.sheet import MAX_SITES
from vcdd.detect.sites.tree_sitter_text import (
    TOO_LONG,
    ParseTooLongError,
    broken_bytes,
    first_error_line,
    parse,
    text_of,
)
from vcdd.detect.sites.tree_sitter_walk import Handler, Walk, pass_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tree_sitter import Tree

    from vcdd.core.source_file import SourceFile

_READER = "javascript"
# Old-style casts (`<T>x`) fail in the tsx grammar, Flow types in the javascript one: each suffix has its order.
_GRAMMARS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "ts": ("typescript",),
        "mts": ("typescript",),
        "cts": ("typescript",),
        "tsx": ("tsx",),
        "jsx": ("tsx", "javascript"),
    }
)
_OTHERS = ("javascript", "tsx")

HANDLERS: Final[Mapping[str, Handler]] = MappingProxyType(
    {
        "abstract_class_declaration": definitions.class_,
        "array": values.array,
        "array_type": pass_on,
        "arrow_function": definitions.function,
        "as_expression": pass_on,
        "assignment_expression": definitions.assignment,
        "augmented_assignment_expression": definitions.assignment,
        "await_expression": pass_on,
        "binary_expression": values.binary,
        "call_expression": calls.call,
        "class": definitions.class_,
        "class_declaration": definitions.class_,
        "computed_property_name": pass_on,
        "enum_declaration": types.enum,
        "export_statement": imports.export_statement,
        "field_definition": definitions.field,
        "function_declaration": definitions.function,
        "function_expression": definitions.function,
        "function_signature": definitions.function,
        "generator_function": definitions.function,
        "generator_function_declaration": definitions.function,
        "generic_type": pass_on,
        "identifier": values.identifier,
        "if_statement": definitions.if_,
        "import_statement": imports.import_statement,
        "interface_declaration": types.interface,
        "intersection_type": pass_on,
        "jsx_element": jsx.element,
        "jsx_expression": pass_on,
        "jsx_opening_element": jsx.opening,
        "jsx_self_closing_element": jsx.opening,
        "jsx_text": jsx.prose,
        "literal_type": types.literal_type,
        "member_expression": values.member,
        "method_definition": definitions.function,
        "method_signature": definitions.function,
        "new_expression": calls.call,
        "non_null_expression": pass_on,
        "object": values.object_,
        "object_type": pass_on,
        "pair": values.pair,
        "parenthesized_expression": pass_on,
        "parenthesized_type": pass_on,
        "property_signature": types.property_signature,
        "public_field_definition": definitions.field,
        "readonly_type": pass_on,
        "return_statement": definitions.return_,
        "satisfies_expression": pass_on,
        "sequence_expression": values.last_value,
        "shorthand_property_identifier": values.identifier,
        "spread_element": pass_on,
        "string": values.string,
        "subscript_expression": values.subscript,
        "switch_statement": definitions.switch,
        "template_literal_type": types.template_type,
        "template_string": values.template,
        "ternary_expression": values.ternary,
        "tuple_type": pass_on,
        "type_alias_declaration": types.type_alias,
        "type_annotation": pass_on,
        "type_arguments": pass_on,
        "union_type": types.union,
        "variable_declarator": definitions.declarator,
        "yield_expression": pass_on,
    }
)


def read(source: SourceFile) -> ReadFile:
    """Every site of one JavaScript or TypeScript file, in order of appearance; never raises."""
    suffix = source.path.rpartition(".")[2].lower()
    text = text_of(source)
    try:
        tree, grammar = _best_tree(_GRAMMARS.get(suffix, _OTHERS), text.data)
    except ParseTooLongError:
        return read_instead(source, _READER, TOO_LONG)
    walk = Walk(text, _READER, HANDLERS)
    walk.run(tree.root_node, (b"//", b"/*", b"<!--", b"-->"))
    broken_line = first_error_line(tree)
    reason = f"syntax error at line {broken_line + source.offset_lines}" if broken_line else ""
    used = f"{grammar} grammar with error recovery" if broken_line else ""
    if len(walk.sites) > MAX_SITES:
        reason, used = reason or f"more than {MAX_SITES} strings: the rest is left out", used or _READER
    return ReadFile(
        path=source.path,
        reader=_READER,
        sites=tuple(sorted(walk.sites, key=lambda site: (site.line, site.column))[:MAX_SITES]),
        imports=tuple(walk.imports),
        fallback_reason=reason,
        fallback_used=used,
    )


def _best_tree(grammars: tuple[str, ...], data: bytes) -> tuple[Tree, str]:
    """The first clean tree, or else the one of which the least is broken, with its grammar."""
    best: tuple[int, Tree, str] | None = None
    for grammar in grammars:
        try:
            tree = parse(grammar, data)
        except ParseTooLongError:
            if best is None:
                raise
            break
        broken = broken_bytes(tree)
        if best is None or broken < best[0]:
            best = (broken, tree, grammar)
        if not broken or broken * 10 > len(data) * 9:
            break  # what is broken from end to end is no other dialect either, and errors are what costs time
    assert best is not None, "every suffix has a grammar"  # noqa: S101 -- the table above is not empty
    return best[1], best[2]
