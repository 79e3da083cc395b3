"""Imports of a Python file, and the alias table that expands local names to dotted sources."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

from vcdd.core.site import Import


def imports_of(tree: ast.AST, path: str) -> list[Import]:
    """Every import in the file, function-local ones included, in the order of the syntax tree.

    A relative import keeps its dots (`.config.NAME`); a star import has the local name `*`.
    """
    found: list[Import] = []
    for node in _import_nodes(tree):
        if isinstance(node, ast.Import):
            found.extend(
                Import(
                    path=path,
                    line=node.lineno,
                    name=alias.asname or alias.name.partition(".")[0],
                    source=alias.name if alias.asname else alias.name.partition(".")[0],
                )
                for alias in node.names
            )
        else:
            module = "." * node.level + (node.module or "")
            joint = "" if module.endswith(".") else "."
            found.extend(
                Import(
                    path=path, line=node.lineno, name=alias.asname or alias.name, source=f"{module}{joint}{alias.name}"
                )
                for alias in node.names
            )
    return found


def _import_nodes(tree: ast.AST) -> Iterable[ast.Import | ast.ImportFrom]:
    """Import statements anywhere below, expressions not entered."""
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
            continue
        for block in ("body", "orelse", "finalbody", "handlers", "cases"):
            stack.extend(reversed(getattr(node, block, None) or ()) if not isinstance(node, ast.expr) else ())


def aliases_of(imports: Iterable[Import]) -> Mapping[str, str]:
    """Local name to dotted source; the last import of a name wins, as at run time."""
    return {item.name: item.source for item in imports if item.name != "*"}
