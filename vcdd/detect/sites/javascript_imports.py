"""Imports of JavaScript and TypeScript, in every form that sources and compilers write, and the names they bind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind, Import
from vcdd.detect.sites.javascript_names import text
from vcdd.detect.sites.javascript_strings import literal

if TYPE_CHECKING:
    from tree_sitter import Node

    from vcdd.detect.sites.tree_sitter_walk import Chain, Scope, Walk


def add_import(walk: Walk, node: Node, local: str, source: str) -> None:
    """Note that `local` stands for `source` from here on."""
    walk.imports.append(Import(path=walk.path, line=walk.line(node), name=local, source=source))


def bind(walk: Walk, node: Node, local: str, source: str, scope: Scope) -> None:
    """Note an import and expand the local name from here on."""
    add_import(walk, node, local, source)
    if local:
        scope.names[local] = source


def import_statement(walk: Walk, node: Node, _chain: Chain, scope: Scope) -> None:
    """`import a, { b as c } from "m"`, `import * as m from "m"`, `import "m"`, `import m = require("m")`."""
    source = node.child_by_field_name("source")
    module = literal(source) if source is not None else None
    clauses = [child for child in node.named_children if child.type in {"import_clause", "import_require_clause"}]
    if module is not None and not clauses:
        add_import(walk, node, "", module)
    for clause in clauses:
        if clause.type == "import_require_clause":
            _require_clause(walk, clause, scope)
        elif module is not None:
            for child in clause.named_children:
                _binding(walk, child, module, scope)


def _require_clause(walk: Walk, clause: Node, scope: Scope) -> None:
    source = clause.child_by_field_name("source")
    module = literal(source) if source is not None else None
    if module and clause.named_children[0].type == "identifier":
        bind(walk, clause, text(clause.named_children[0]), f"{module}#*", scope)


def _binding(walk: Walk, node: Node, module: str, scope: Scope) -> None:
    if node.type == "identifier":
        bind(walk, node, text(node), f"{module}#default", scope)
    elif node.type == "namespace_import" and node.named_child_count:
        bind(walk, node, text(node.named_children[-1]), f"{module}#*", scope)
    elif node.type == "named_imports":
        for specifier in node.named_children:
            member, local = _specifier(specifier)
            if member:
                bind(walk, specifier, local, f"{module}#{member}", scope)


def _specifier(node: Node) -> tuple[str, str]:
    """(name in the module, name here) of an import or export specifier; empty names for anything else."""
    member = node.child_by_field_name("name")
    if member is None:
        return "", ""
    alias = node.child_by_field_name("alias")
    plain = literal(member)
    name = plain if plain is not None else text(member)
    return name, text(alias) if alias is not None else name


def export_statement(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """Re-exports as imports, a default export as an assignment, a declaration as itself."""
    source = node.child_by_field_name("source")
    module = literal(source) if source is not None else None
    if module is not None:
        _re_export(walk, node, module)
        return
    value = node.child_by_field_name("value")
    for child in node.named_children:
        if value is not None and child == value:
            frame = Frame(FrameKind.ASSIGN, "exports.default", line=walk.line(node))
            walk.push_value(child, frame, scope.frames, scope)
        elif child.type == "export_clause":
            _renamed(walk, child, scope)
        else:
            walk.push(child, chain, scope)


def _re_export(walk: Walk, node: Node, module: str) -> None:
    clauses = [child for child in node.named_children if child.type in {"export_clause", "namespace_export"}]
    if not clauses:
        add_import(walk, node, "*", f"{module}#*")
    for clause in clauses:
        if clause.type == "namespace_export" and clause.named_child_count:
            add_import(walk, clause, text(clause.named_children[-1]), f"{module}#*")
        for specifier in clause.named_children if clause.type == "export_clause" else ():
            member, local = _specifier(specifier)
            if member:
                add_import(walk, specifier, local, f"{module}#{member}")


def _renamed(walk: Walk, clause: Node, scope: Scope) -> None:
    """`export { local as Name }`: the other files know it as `Name`."""
    for specifier in clause.named_children:
        local, name = _specifier(specifier)
        if name and name != local:
            frame = Frame(FrameKind.ASSIGN, f"exports.{name}", line=walk.line(specifier))
            walk.symbol(specifier, scope.source(local) or local, (frame, *scope.frames))
