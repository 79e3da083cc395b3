"""Conda `environment.yml`: ordinary YAML whose `dependencies` name conda and, under `pip`, Python packages."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from vcdd.detect.sites.dependencies import dependency, inside, paths, requirement_items
from vcdd.detect.sites.sheet import finished, sheet_of
from vcdd.detect.sites.tree import Scalar, Sequence, TreeError
from vcdd.detect.sites.yaml_events import parse
from vcdd.detect.sites.yaml_events import read as read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vcdd.core.site import ReadFile, Site
    from vcdd.core.source_file import SourceFile
    from vcdd.detect.sites.sheet import Sheet
    from vcdd.detect.sites.tree import Node

# `channel::name=version=build`, the match specification of conda.
_SPEC = re.compile(r"(?:[\w.\-/]+::)?([A-Za-z0-9_][\w.\-]*)")


def read(source: SourceFile) -> ReadFile:
    """What the YAML reader sees, and the packages; never raises."""
    plain = read_yaml(source)
    sheet = sheet_of(source, plain.reader)
    try:
        documents = parse(source.text)
    except TreeError:
        return plain
    packages = [site for document in documents for site in _packages(sheet, document)]
    return replace(plain, sites=finished(sheet, (*plain.sites, *packages)).sites)


def _packages(sheet: Sheet, document: Node) -> Iterator[Site]:
    for names, frames, node in paths(sheet, document):
        if not isinstance(node, Sequence):
            continue
        if names == ("dependencies",):
            for item in node.items:
                match = _SPEC.match(item.text) if isinstance(item, Scalar) else None
                if match and isinstance(item, Scalar):
                    yield dependency(sheet, inside(item) + match.start(1), match[1].lower(), "conda", frames)
        elif names == ("dependencies", "pip"):
            yield from requirement_items(sheet, node, frames)
