"""The paths in a git index, read without git (index format versions 2 to 4, as git's own documentation gives them)."""

from __future__ import annotations

import struct

from vcdd.target.entry import UnreadableError, read_file
from vcdd.target.limits import MIB

_FIXED = 40
"""Bytes of times, numbers and size before the object id."""
_EXTENDED = 0x4000


def read_tracked(path: str, *, id_bytes: int = 20) -> frozenset[bytes] | None:
    """The paths an index lists, as bytes relative to the top folder; None when there is no index we can read.

    `id_bytes` is 32 in a repository with SHA-256 object ids.
    """
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
        return frozenset(_names(data, version, count, id_bytes))
    except (IndexError, struct.error, ValueError):
        return None


def _names(data: bytes, version: int, count: int, id_bytes: int) -> list[bytes]:
    """Raises IndexError, struct.error or ValueError on a damaged index."""
    names: list[bytes] = []
    at, name = 12, b""
    for _ in range(count):
        start = at
        at += _FIXED + id_bytes
        (flags,) = struct.unpack_from(">H", data, at)
        at += 4 if version >= 3 and flags & _EXTENDED else 2
        if version == 4:
            drop, at = _varint(data, at)
            name = name[: len(name) - drop] if drop else name
        else:
            name = b""
        end = data.index(b"\0", at)
        name += data[at:end]
        names.append(name)
        at = end + 1 if version == 4 else start + (end - start + 8) // 8 * 8
    return names


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
