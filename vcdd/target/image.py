"""Files of a container image saved as a tar: the layers laid over one another as a run-time would, without unpacking.

Two passes over the tar: the first learns the order of the layers and which layer has the last word on each path, the
second reads what is still there.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import IO

from vcdd.core.source_file import Skipped
from vcdd.target.archive import Budget, take_member
from vcdd.target.entry import Entry, MemberEntry, UnreadableError
from vcdd.target.image_config import to_dockerfile
from vcdd.target.image_survey import WHITEOUT, Layer, order_of, owners_of, survey
from vcdd.target.limits import Limits
from vcdd.target.names import to_member
from vcdd.target.sieve import Sieve
from vcdd.target.streams import Source, open_part, open_stream, read_up_to
from vcdd.target.tar import TarKind, read_tar


def image_entries(file: IO[bytes], name: str, limits: Limits, *, deep: bool) -> Iterator[Entry | Skipped]:
    """The files that a container would see, layer by layer, as `layerN!path`, N from 1 for the lowest layer.

    The image's own configuration comes first as `image!Dockerfile`. Raises nothing; damage is a row.
    """
    try:
        image = survey(open_stream(file, limits), limits, deep=deep)
        order, config = order_of(image)
        if config:
            data = to_dockerfile(config).encode()
            yield MemberEntry(path="image!Dockerfile", size=len(data), data=data)
        owners = owners_of([image.layers.get(layer, Layer()) for layer in order])
        missing = [layer for layer in order if layer not in image.layers]
        for layer in missing:
            where = f"layer{order.index(layer) + 1}"
            yield Skipped(path=where, reason="the layer is not in the file", files=0, open_ended=True)
        yield from _read(open_stream(file, limits), order, owners, limits, deep=deep)
    except UnreadableError as error:
        yield Skipped(path=name, reason=str(error), files=0, open_ended=True)


def _read(
    source: Source, order: list[str], owners: dict[str, int], limits: Limits, *, deep: bool
) -> Iterator[Entry | Skipped]:
    budget = Budget(limits)
    for member in read_tar(source):
        name = to_member(member.name)
        if member.kind is not TarKind.FILE or name not in order:
            continue
        index = order.index(name)
        sieve = Sieve(f"layer{index + 1}!", deep=deep, is_image=True)
        head = read_up_to(member.data, 512)
        try:
            yield from _read_layer(open_part(member.data, head, limits), index, owners, limits, sieve, budget)
        except UnreadableError as error:
            yield Skipped(path=f"layer{index + 1}", reason=str(error), files=0, open_ended=True)
        yield from sieve.rows()


def _read_layer(
    source: Source, index: int, owners: dict[str, int], limits: Limits, sieve: Sieve, budget: Budget
) -> Iterator[Entry | Skipped]:
    """What a layer still shows. A path without an owner lies in a counted folder, or a higher layer removed it."""
    for member in read_tar(source):
        path = to_member(member.name)
        if member.kind is TarKind.FOLDER or posixpath.basename(member.name).startswith(WHITEOUT):
            continue
        owner = owners.get(path) if path else None
        if owner is None:
            judged = sieve.judge(member.name)
            found: Entry | Skipped | None = judged if isinstance(judged, Skipped) and path is None else None
        elif owner != index:
            continue
        elif member.kind is TarKind.FILE:
            found = take_member(member.data, member.name, member.size, limits, sieve, budget)
        else:
            found = Skipped(path=sieve.shown(path or ""), reason=member.kind.value)
        if found:
            yield found
