"""Comments of a Python file, found without tokenising: a `#` outside every string the syntax tree knows."""

from __future__ import annotations

import ast
import re

from vcdd.core.site import Frame, FrameKind, Site
from vcdd.core.source_file import SourceFile

_HASH = re.compile(r"#")
_FRAMES = (Frame(FrameKind.COMMENT),)


def comment_sites(source: SourceFile, tree: ast.AST) -> list[Site]:
    """One site per comment, its text without the mark, in order of lines."""
    if "#" not in source.text:
        return []
    spans = _string_spans(tree)
    sites = []
    for number, line in enumerate(source.text.split("\n"), start=1):
        if "#" not in line:
            continue
        column = _comment_column(line, spans.get(number, ()))
        text = line[column:].lstrip("#! ").rstrip() if column >= 0 else ""
        if text:
            sites.append(
                Site(path=source.path, line=number + source.offset_lines, column=column + 1, text=text, frames=_FRAMES, reader="python")
            )
    return sites


def _comment_column(line: str, spans: tuple[tuple[int, int], ...] | list[tuple[int, int]]) -> int:
    """0-based column of the first `#` outside the byte spans, or -1."""
    for match in _HASH.finditer(line):
        at = match.start() if line.isascii() else len(line[: match.start()].encode("utf-8", "replace"))
        if not any(start <= at < end for start, end in spans):
            return match.start()
    return -1


def _string_spans(tree: ast.AST) -> dict[int, list[tuple[int, int]]]:
    """Line to the byte spans of string literals on it."""
    spans: dict[int, list[tuple[int, int]]] = {}
    stack: list[ast.AST] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)):
            _add_span(node, spans)
        else:
            stack.extend(ast.iter_child_nodes(node))
    return spans


def _add_span(node: ast.expr, spans: dict[int, list[tuple[int, int]]]) -> None:
    last = node.end_lineno or node.lineno
    for line in range(node.lineno, last + 1):
        start = node.col_offset if line == node.lineno else 0
        end = (node.end_col_offset or 0) if line == last else 1 << 30
        spans.setdefault(line, []).append((start, end))
