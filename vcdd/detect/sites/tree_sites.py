"""The sites of a configuration document: values under KEY and ITEM frames, keys, and the shell inside.

Besides each string by itself, three habits of configuration get sites of their own:
`{name: X, value: y}` and `- X=y` (environment lists) give `y` under KEY X; commands are read as shell, so that COMMAND
and FLAG frames stand inside the KEY frames.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites.expand import value_site
from vcdd.detect.sites.tree import MAX_DEPTH, Mapping, Scalar, Sequence
from vcdd.detect.sites.tree_commands import mapping_commands

if TYPE_CHECKING:
    from vcdd.core.site import Site
    from vcdd.detect.sites.sheet import Frames, Sheet
    from vcdd.detect.sites.tree import Node

_NUMBER = re.compile(r"[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|0[xob][\da-fA-F_]+|~|null|Null|NULL")
_NAMED = re.compile(r"([A-Za-z_][\w.]{0,80})=(?=\S)")


def tree_sites(sheet: Sheet, root: Node, outer: Frames = ()) -> list[Site]:
    """The sites of a document, `outer` being the frames around it. Deeper than `MAX_DEPTH` nothing is read."""
    out: list[Site] = []
    _walk(sheet, root, outer, out)
    return out


def _walk(sheet: Sheet, node: Node, outer: Frames, out: list[Site]) -> None:
    if isinstance(node, Scalar):
        _scalar(sheet, node, outer, out)
    elif len(outer) > MAX_DEPTH:
        return
    elif isinstance(node, Mapping):
        _mapping(sheet, node, outer, out)
    else:
        _sequence(sheet, node, outer, out)


def _mapping(sheet: Sheet, node: Mapping, outer: Frames, out: list[Site]) -> None:
    size, line = len(node.entries), sheet.line(node.start)
    for index, (entry, value) in enumerate(node.entries):
        if entry.text:
            itself = Frame(FrameKind.KEY_ITSELF, "", index, size, line=line)
            out.append(sheet.site(entry.start, entry.text, (itself, *outer)))
        _walk(sheet, value, (Frame(FrameKind.KEY, entry.text[:200], index, size, line=line), *outer), out)
    _environment_pair(sheet, node, outer, out)
    out.extend(mapping_commands(sheet, node, outer))


def _sequence(sheet: Sheet, node: Sequence, outer: Frames, out: list[Site]) -> None:
    size, line = len(node.items), sheet.line(node.start)
    for index, item in enumerate(node.items):
        frames = (Frame(FrameKind.ITEM, "", index, size, line=line), *outer)
        if not (isinstance(item, Scalar) and _named_item(sheet, item, frames, out)):
            _walk(sheet, item, frames, out)


def _scalar(sheet: Sheet, node: Scalar, outer: Frames, out: list[Site]) -> None:
    if node.symbol:
        out.append(sheet.site(node.start, node.text, outer, symbol=node.symbol))
    elif node.text and (node.style or _NUMBER.fullmatch(node.text) is None):
        out.append(value_site(sheet, node.start, node.text, outer))


def _environment_pair(sheet: Sheet, node: Mapping, outer: Frames, out: list[Site]) -> None:
    """`{name: X, value: y}`, the way Kubernetes, ECS and Cloud Run write variables; Render writes `key`."""
    name = node.scalar("name") or node.scalar("Name") or node.scalar("key")
    value = node.scalar("value") or node.scalar("Value")
    if name is not None and value is not None and name.text and value.text:
        frame = Frame(FrameKind.KEY, name.text[:200], line=sheet.line(node.start))
        out.append(value_site(sheet, value.start, value.text, (frame, *outer)))


def _named_item(sheet: Sheet, item: Scalar, frames: Frames, out: list[Site]) -> bool:
    """`- X=y`, the way Compose writes variables; False for any other item."""
    match = _NAMED.match(item.text)
    if match is None:
        return False
    offset = item.start + match.end() + (1 if item.style in {'"', "'"} else 0)
    frame = Frame(FrameKind.KEY, match[1], line=sheet.line(item.start))
    out.append(value_site(sheet, offset, item.text[match.end() :], (frame, *frames)))
    return True
