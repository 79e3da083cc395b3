"""Packages a manifest names: sites whose innermost frame is KEY `dependency:<ecosystem>` and whose text is the package.

Extras stand under KEY `extra:<package>` and an address of a direct reference under KEY `url:<package>`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites.tree import MAX_DEPTH, Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vcdd.core.site import Site
    from vcdd.detect.sites.sheet import Frames, Sheet

# Names as PEP 508 has them.
_REQUIREMENT = re.compile(
    r"""\s*(?P<name>[A-Za-z0-9](?:[\w.\-]*[A-Za-z0-9])?)\s*(?:\[(?P<extras>[\w.\-,\s]*)\])?\s*
        (?:@\s*(?P<url>[^\s;]+))?(?=$|[\s<>=!~;,@(\\\#])""",
    re.VERBOSE,
)
_EXTRA = re.compile(r"[\w.\-]+")
_EGG = re.compile(r"[#&]egg=([A-Za-z0-9][\w.\-]*)(?:\[([\w.\-,]*)\])?")
# `name-1.2.3-py3-none-any.whl` (binary distribution format) and `name-1.2.3.tar.gz`.
_ARCHIVE = re.compile(r"/([A-Za-z0-9][A-Za-z0-9._\-]*?)-\d[^/]*\.(?:whl|tar\.gz|zip)(?:[#?]|$)")
_GIT = re.compile(r"(?:git\+|\.git(?:@|$|#))")
_GIT_NAME = re.compile(r"/([A-Za-z0-9][\w.\-]*?)(?:\.git)?(?:@[^/]*)?(?:#.*)?$")


def normalised(name: str) -> str:
    """A Python package name in the normal form of PEP 503: lower case, runs of `-_.` as one hyphen."""
    return re.sub(r"[-_.]+", "-", name).lower()


def dependency(sheet: Sheet, offset: int, name: str, ecosystem: str, outer: Frames = ()) -> Site:
    """The site of one package."""
    frame = Frame(FrameKind.KEY, f"dependency:{ecosystem}", line=sheet.line(offset))
    return sheet.site(offset, name, (frame, *outer))


def requirement(sheet: Sheet, offset: int, text: str, outer: Frames = ()) -> Iterator[Site]:
    """The sites of one requirement as pip takes it: `name[extra]>=1; marker`, `name @ url`, a bare address."""
    if "://" in text.partition("@")[0] or text.lstrip().startswith(("git+", "file:")):
        yield from _address(sheet, offset, text, outer)
        return
    match = _REQUIREMENT.match(text)
    if match is None:
        return
    name = normalised(match["name"])
    yield dependency(sheet, offset + match.start("name"), name, "pypi", outer)
    if match["extras"]:
        yield from _extras(sheet, offset + match.start("extras"), match["extras"], name, outer)
    if match["url"]:
        yield sheet.site(offset + match.start("url"), match["url"], (Frame(FrameKind.KEY, f"url:{name}"), *outer))


def _address(sheet: Sheet, offset: int, text: str, outer: Frames) -> Iterator[Site]:
    egg = _EGG.search(text)
    address = text.split(";", maxsplit=1)[0].strip()
    found = (
        egg
        or _ARCHIVE.search(text)
        or (_GIT_NAME.search(text.split(";", maxsplit=1)[0].strip()) if _GIT.search(text) else None)
    )
    name = normalised(found[1]) if found else ""
    if name:
        yield dependency(sheet, offset, name, "pypi", outer)
    if egg and egg[2]:
        yield from _extras(sheet, offset + egg.start(2), egg[2], name, outer)
    lead = len(text) - len(text.lstrip())
    yield sheet.site(offset + lead, address, (Frame(FrameKind.KEY, f"url:{name}"), *outer))


def _extras(sheet: Sheet, offset: int, text: str, name: str, outer: Frames) -> Iterator[Site]:
    for extra in _EXTRA.finditer(text):
        yield sheet.site(offset + extra.start(), extra[0], (Frame(FrameKind.KEY, f"extra:{name}"), *outer))


def paths(
    sheet: Sheet, node: Node, names: tuple[str, ...] = (), frames: Frames = ()
) -> Iterator[tuple[tuple[str, ...], Frames, Node]]:
    """Every mapping and sequence of a document with its keys, outermost first, and its frames, innermost first."""
    if isinstance(node, Scalar) or len(frames) > MAX_DEPTH:
        return
    yield names, frames, node
    line = sheet.line(node.start)
    if isinstance(node, Mapping):
        for entry, value in node.entries:
            frame = Frame(FrameKind.KEY, entry.text[:200], line=line)
            yield from paths(sheet, value, (*names, entry.text), (frame, *frames))
    else:
        for index, item in enumerate(node.items):
            frame = Frame(FrameKind.ITEM, "", index, len(node.items), line=line)
            yield from paths(sheet, item, names, (frame, *frames))


def requirement_items(sheet: Sheet, node: Sequence, frames: Frames) -> Iterator[Site]:
    """The requirements of a list of strings."""
    for index, item in enumerate(node.items):
        if isinstance(item, Scalar):
            frame = Frame(FrameKind.ITEM, "", index, len(node.items), line=sheet.line(node.start))
            yield from requirement(sheet, inside(item), item.text, (frame, *frames))


def named_entries(sheet: Sheet, node: Mapping, ecosystem: str, frames: Frames) -> Iterator[Site]:
    """The packages that are the keys of a mapping."""
    for entry, _ in node.entries:
        name = normalised(entry.text) if ecosystem == "pypi" else entry.text
        if name and not (ecosystem == "pypi" and name == "python"):
            yield dependency(sheet, entry.start, name, ecosystem, frames)


def inside(scalar: Scalar) -> int:
    """Offset of the first character of a scalar's text, past its quote."""
    return scalar.start + (1 if scalar.style in {'"', "'"} else 0)
