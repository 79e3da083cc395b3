"""Python reader: `ast`, and tree-sitter where `ast` refuses the file.

Sees every string literal, composed string and comment, the names that stand where a string could, and the imports.
Misses on purpose: strings computed at run time (`"".join(…)`, `%` with unknown parts).
"""

from __future__ import annotations

import ast
import warnings

from vcdd.core.site import Import, ReadFile
from vcdd.core.source_file import SourceFile
from vcdd.detect.sites.python_comments import comment_sites
from vcdd.detect.sites.python_imports import aliases_of, imports_of
from vcdd.detect.sites.python_walk import walk

_REFUSALS = (SyntaxError, ValueError, MemoryError, RecursionError)
"""What `ast.parse` raises on broken or hostile text (`libraries` page, section 2)."""


def read(source: SourceFile) -> ReadFile:
    """Every site of one Python file, in order of appearance; never raises."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # invalid escapes are the target's business
            tree = ast.parse(source.text)
        imports = imports_of(tree, source.path)
        sites = walk(tree, source, aliases_of(imports))
    except _REFUSALS as refusal:
        return _read_broken(source, type(refusal).__name__)
    comments = comment_sites(source)
    return ReadFile(
        path=source.path,
        reader="python",
        sites=tuple(sorted((*sites, *comments), key=lambda site: (site.line, site.column))),
        imports=tuple(imports),
    )


def _read_broken(source: SourceFile, reason: str) -> ReadFile:
    from vcdd.detect.sites.broken_python import read_broken  # noqa: PLC0415 -- slow import, rarely needed

    return read_broken(source, reason)


__all__ = ["Import", "read"]
