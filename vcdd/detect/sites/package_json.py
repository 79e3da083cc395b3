"""`package.json`: an ordinary JSON document whose dependency tables name npm packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vcdd.detect.sites.dependencies import dependency, inside, named_entries, paths
from vcdd.detect.sites.json_values import parse
from vcdd.detect.sites.lines import read_instead
from vcdd.detect.sites.sheet import comment_site, finished, sheet_of
from vcdd.detect.sites.tree import Mapping, Scalar, Sequence, TreeError
from vcdd.detect.sites.tree_sites import tree_sites

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vcdd.core.site import ReadFile, Site
    from vcdd.core.source_file import SourceFile
    from vcdd.detect.sites.sheet import Sheet
    from vcdd.detect.sites.tree import Node

_TABLES = {
    "package.json": ("npm", ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")),
    "composer.json": ("composer", ("require", "require-dev")),
    "deno.json": ("npm", ("imports",)),
    "deno.jsonc": ("npm", ("imports",)),
}
"""File name to ecosystem and the tables whose keys are packages."""
_LISTS = frozenset({"bundledDependencies", "bundleDependencies"})


def read(source: SourceFile) -> ReadFile:
    """Every string under its keys, every package, and the scripts as shell; never raises."""
    sheet = sheet_of(source, "package-json")
    try:
        documents, comments = parse(source.text)
    except TreeError as refusal:
        return read_instead(source, "package-json", str(refusal))
    ecosystem, tables = _TABLES.get(source.path.rpartition("/")[2].lower(), _TABLES["package.json"])
    sites = [site for offset, comment in comments if (site := comment_site(sheet, offset, comment))]
    for document in documents:
        sites.extend(tree_sites(sheet, document))
        sites.extend(_packages(sheet, document, ecosystem, tables))
    return finished(sheet, sites)


def _packages(sheet: Sheet, document: Node, ecosystem: str, tables: tuple[str, ...]) -> Iterator[Site]:
    for names, frames, node in paths(sheet, document):
        if len(names) != 1:
            continue
        if names[0] in tables and isinstance(node, Mapping):
            yield from named_entries(sheet, node, ecosystem, frames)
        elif names[0] in _LISTS and isinstance(node, Sequence):
            for item in node.items:
                if isinstance(item, Scalar):
                    yield dependency(sheet, inside(item), item.text, ecosystem, frames)
