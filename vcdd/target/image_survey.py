"""The first look through a container image: the order of its layers, and which has the last word on each path.

Sources: the Docker image specification v1.2 (`manifest.json`, whiteouts) and the OCI image layout (`index.json`).
"""

from __future__ import annotations

import contextlib
import json
import posixpath
import re
from dataclasses import dataclass, field
from typing import IO, Any

from vcdd.target.archive import is_tar
from vcdd.target.entry import UnreadableError
from vcdd.target.limits import MIB, Limits
from vcdd.target.names import to_member
from vcdd.target.sieve import Sieve
from vcdd.target.streams import Source, open_part, open_stream, read_up_to
from vcdd.target.tar import TarKind, TarMember, read_tar

# What stands before the manifest in the tars of `docker save`: blobs, or folders and files named by a digest.
_IMAGE_MEMBER = re.compile(r"(?:blobs(?:/.*)?|index\.json|repositories|[0-9a-f]{64}(?:\.json|/.*)?)\Z")
_DOCUMENTS = 512
"""Small JSON members kept in memory: manifests and configurations."""
WHITEOUT = ".wh."
"""Before the name of a file that a layer removes."""
_OPAQUE = ".wh..wh..opq"


@dataclass(slots=True)
class Layer:
    """What the first pass learns of one layer."""

    paths: set[str] = field(default_factory=set)
    whiteouts: set[str] = field(default_factory=set)
    opaque: set[str] = field(default_factory=set)
    """Folders whose content in lower layers is hidden."""


@dataclass(slots=True)
class Survey:
    """What the first pass learns of the tar."""

    documents: dict[str, bytes] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    layers: dict[str, Layer] = field(default_factory=dict)


def is_image(file: IO[bytes], limits: Limits) -> bool:
    """Whether a tar holds an image. Of an ordinary archive only the first member is looked at."""
    try:
        for count, member in enumerate(read_tar(open_stream(file, limits))):
            name = to_member(member.name) or ""
            if name == "oci-layout":
                return True
            if name == "manifest.json":
                return bool(_layers_of(_parsed(read_up_to(member.data, 8 * MIB))))
            if not _IMAGE_MEMBER.match(name) or count > 10_000:
                return False
    except UnreadableError:
        return False
    return False


def survey(source: Source, limits: Limits, *, deep: bool) -> Survey:
    """Look once through the tar of an image. Raises UnreadableError when the tar itself is damaged or too much."""
    image = Survey()
    left = limits.files
    for member in read_tar(source):
        name = to_member(member.name)
        if name is None or member.kind is TarKind.FOLDER:
            continue
        if member.kind in (TarKind.SYMBOLIC_LINK, TarKind.HARD_LINK):
            image.links[name] = _target(name, member)
        elif member.kind is TarKind.FILE:
            left -= _survey_member(image, name, member, limits, deep=deep)
        if left < 0 or len(image.links) > 10_000:
            raise UnreadableError("more in the image than the limit allows")
    return image


def _target(name: str, member: TarMember) -> str:
    base = posixpath.dirname(name) if member.kind is TarKind.SYMBOLIC_LINK else ""
    return posixpath.normpath(posixpath.join(base, member.link))


def _survey_member(image: Survey, name: str, member: TarMember, limits: Limits, *, deep: bool) -> int:
    """Keep a small JSON document, or look through a layer. Returns the number of paths learnt."""
    head = read_up_to(member.data, 512)
    if head.lstrip()[:1] in (b"{", b"[") and member.size <= 8 * MIB:
        if len(image.documents) < _DOCUMENTS:
            image.documents[name] = head + read_up_to(member.data, 8 * MIB)
        return 1
    if not is_tar(head) and head.strip(b"\0"):
        return 1
    layer = image.layers[name] = Layer()
    sieve = Sieve(deep=deep, is_image=True)
    with contextlib.suppress(UnreadableError):  # the second pass meets it again and says so
        for inner in read_tar(open_part(member.data, head, limits)):
            _note(layer, inner, sieve)
            if len(layer.paths) + len(layer.whiteouts) > limits.files:
                break
    return len(layer.paths) + len(layer.whiteouts) + 1


def _note(layer: Layer, member: TarMember, sieve: Sieve) -> None:
    path = to_member(member.name)
    if path is None:
        return
    folder, base = posixpath.split(path)
    if base == _OPAQUE:
        layer.opaque.add(folder)
    elif base.startswith(WHITEOUT):
        layer.whiteouts.add(posixpath.join(folder, base.removeprefix(WHITEOUT)))
    elif member.kind is not TarKind.FOLDER and sieve.judge(path) is not None:
        layer.paths.add(path)


def owners_of(layers: list[Layer]) -> dict[str, int]:
    """Path to the index of the layer that has the last word on it; paths that a higher layer removed are left out."""
    owners: dict[str, int] = {}
    removed: set[str] = set()
    opaque: set[str] = set()
    for index in reversed(range(len(layers))):
        layer = layers[index]
        for path in layer.paths:
            if path not in owners and not _is_hidden(path, removed, opaque):
                owners[path] = index
        removed |= layer.whiteouts
        opaque |= layer.opaque
    return owners


def _is_hidden(path: str, removed: set[str], opaque: set[str]) -> bool:
    if path in removed:
        return True
    folder = path
    while folder:
        folder = posixpath.dirname(folder)
        if folder in opaque or folder in removed:
            return True
    return False


def order_of(image: Survey) -> tuple[list[str], dict[str, Any]]:
    """The layers from the lowest up, links followed, each once, and the configuration of the (first) image."""
    manifest = _json(image, "manifest.json")
    names = _layers_of(manifest)
    if names:
        config = _json(image, str(manifest[0].get("Config", "")))
    else:
        names, config = _oci_order(image)
    order: dict[str, None] = {}
    for name in names:
        path = to_member(name) or ""
        order.setdefault(image.links.get(path, path))
    return list(order), config if isinstance(config, dict) else {}


def _layers_of(manifest: Any) -> list[str]:
    """The layers of every image in a `manifest.json`, as written; empty for any other document."""
    rows = _as_list(manifest)
    if not all(isinstance(row, dict) for row in rows):
        return []
    return [str(layer) for row in rows for layer in _as_list(row.get("Layers"))]


def _oci_order(image: Survey) -> tuple[list[str], Any]:
    """By `index.json`, which may point to further indexes; the walk through them is bounded."""
    names: list[str] = []
    config: Any = None
    pending, seen = ["index.json"], 0
    while pending and seen < 64:
        seen += 1
        document = _json(image, pending.pop())
        if not isinstance(document, dict):
            continue
        pending.extend(_blob(row) for row in reversed(_as_list(document.get("manifests"))))
        names.extend(_blob(row) for row in _as_list(document.get("layers")))
        if config is None and "config" in document:
            config = _json(image, _blob(document["config"]))
    return names, config


def _blob(row: object) -> str:
    digest = row.get("digest") if isinstance(row, dict) else None
    return "blobs/" + str(digest).replace(":", "/", 1)


def _json(image: Survey, name: str) -> Any:
    return _parsed(image.documents.get(name, b"null"))


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
