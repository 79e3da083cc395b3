"""The paths in a git index, read without git (index format versions 2 to 4, as git's own documentation gives them)."""

from __future__ import annotations

import struct
from typing import NamedTuple

from vcdd.target.entry import UnreadableError, read_file
from vcdd.target.limits import MIB

_FIXED = 40
"""Bytes of times, numbers and size before the object id; the mode is at byte 24."""
_MODE = 24
_EXTENDED = 0x4000
_STAGE = 0x3000
"""Bits of the flags that are set for the sides of a merge that is not resolved."""


class IndexEntry(NamedTuple):
    """One file as it would be committed."""

    name: bytes
    """Path relative to the top folder."""
    id: str
    mode: int
    is_settled: bool
    """False for one side of a merge that is not resolved."""


def read_tracked(path: str, *, id_bytes: int = 20) -> frozenset[bytes] | None:
    """The paths an index lists, as bytes relative to the top folder; None when there is no index we can read.

    `id_bytes` is 32 in a repository with SHA-256 object ids.
    """
    entries = read_index(path, id_bytes=id_bytes)
    return None if entries is None else frozenset(entry.name for entry in entries)


def read_index(path: str, *, id_bytes: int = 20) -> list[IndexEntry] | None:
    """The entries of an index in its order, by path; None when there is no index we can read."""
    try:
        data = read_file(path, 256 * MIB)
    except UnreadableError:
        return None
    if len(data) < 12 or data[:4] != b"DIRC":
        return None
    version, count = struct.unpack(">II", data[4:12])
    if version not in (2, 3, 4):
        return None
    try:
        return _entries(data, version, count, id_bytes)
    except (IndexError, struct.error, ValueError):
        return None


def _entries(data: bytes, version: int, count: int, id_bytes: int) -> list[IndexEntry]:
    """Raises IndexError, struct.error or ValueError on a damaged index."""
    entries: list[IndexEntry] = []
    at, name = 12, b""
    for _ in range(count):
        start = at
        at += _FIXED + id_bytes
        (mode,) = struct.unpack_from(">I", data, start + _MODE)
        (flags,) = struct.unpack_from(">H", data, at)
        id_ = data[start + _FIXED : at].hex()
        at += 4 if version >= 3 and flags & _EXTENDED else 2
        if version == 4:
            drop, at = _varint(data, at)
            name = name[: len(name) - drop] if drop else name
        else:
            name = b""
        end = data.index(b"\0", at)
        name += data[at:end]
        entries.append(IndexEntry(name, id_, mode, not flags & _STAGE))
        at = end + 1 if version == 4 else start + (end - start + 8) // 8 * 8
    return entries


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Git's offset encoding: seven bits a byte, one added at each continuation."""
    byte = data[at]
    value = byte & 0x7F
    while byte & 0x80:
        at += 1
        byte = data[at]
        value = ((value + 1) << 7) | (byte & 0x7F)
        if value >> 32:
            raise ValueError("a number without end")
    return value, at + 1
