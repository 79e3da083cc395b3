"""`pyproject.toml`, `Pipfile` and `Cargo.toml`: ordinary TOML documents whose tables and lists name packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vcdd.detect.sites.dependencies import named_entries, paths, requirement_items
from vcdd.detect.sites.lines import read_instead
from vcdd.detect.sites.sheet import comment_site, finished, sheet_of
from vcdd.detect.sites.toml_values import parse
from vcdd.detect.sites.tree import Mapping, Sequence, TreeError
from vcdd.detect.sites.tree_sites import tree_sites

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vcdd.core.site import Frame, ReadFile, Site
    from vcdd.core.source_file import SourceFile
    from vcdd.detect.sites.sheet import Sheet
    from vcdd.detect.sites.tree import Node

_LISTS = frozenset(("dependencies", "requires", "dev-dependencies", "extra-dependencies"))
_GROUPS = frozenset(("optional-dependencies", "dependency-groups", "dev-dependencies"))
"""Tables whose entries are lists of requirements."""
_TABLES = frozenset(("dependencies", "dev-dependencies", "build-dependencies"))
"""Tables whose keys are packages (Poetry, Cargo)."""
_PIPFILE = frozenset(("packages", "dev-packages"))


def read(source: SourceFile) -> ReadFile:
    """What the TOML reader sees, and the packages; never raises."""
    sheet = sheet_of(source, "toml")
    try:
        document, comments = parse(source.text)
    except TreeError as refusal:
        return read_instead(source, "toml", str(refusal))
    name = source.path.rpartition("/")[2].lower()
    if name == "cargo.toml" and isinstance(document, Mapping):
        document.entries = [
            entry for entry in document.entries if entry[0].text != "features"
        ]  # names of packages and switches
    sites = tree_sites(sheet, document)
    sites.extend(site for offset, comment in comments if (site := comment_site(sheet, offset, comment)))
    for names, frames, node in paths(sheet, document):
        sites.extend(_packages(sheet, name, names, frames, node))
    return finished(sheet, sites)


def _packages(sheet: Sheet, file: str, names: tuple[str, ...], frames: tuple[Frame, ...], node: Node) -> Iterator[Site]:
    if not names:
        return
    last, around = names[-1], names[-2] if len(names) > 1 else ""
    if isinstance(node, Sequence) and file == "pyproject.toml":
        if last in _LISTS or around in _GROUPS:
            yield from requirement_items(sheet, node, frames)
    elif isinstance(node, Mapping):
        ecosystem = _ecosystem(file, names)
        if ecosystem:
            yield from named_entries(sheet, node, ecosystem, frames)


def _ecosystem(file: str, names: tuple[str, ...]) -> str:
    """The ecosystem of a table whose keys are packages; empty for any other table."""
    if file == "cargo.toml":
        return "cargo" if names[-1] in _TABLES else ""
    if file == "pipfile":
        return "pypi" if len(names) == 1 and names[0] in _PIPFILE else ""
    return "pypi" if names[-1] in _TABLES and names[:2] == ("tool", "poetry") else ""
