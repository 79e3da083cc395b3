"""One git pack with its version 2 index (git's `gitformat-pack`), read in place and bounded."""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Callable

from vcdd.target.delta import apply_delta, varint
from vcdd.target.entry import UnreadableError, open_regular, read_file
from vcdd.target.limits import GIB

_KINDS = {1: "commit", 2: "tree", 3: "blob", 4: "tag"}
_OFFSET_DELTA, _ID_DELTA = 6, 7
_CHAIN = 4096
"""Longest chain of deltas that git writes (`pack.depth` is at most 4095)."""
_BLOCK = 64 * 1024
_MAGIC = b"\xfftOc\0\0\0\x02"

BaseReader = Callable[[bytes], tuple[str, bytes]]


class Pack:
    """The objects of one pack. Files are opened on first use."""

    def __init__(self, stem: str, object_bytes: int) -> None:
        """`stem` is the path without `.pack` and `.idx`."""
        self._stem, self._bound = stem, object_bytes
        self._pack = -1
        self._index: _Index | None = None

    def find(self, raw: bytes) -> int | None:
        """Offset of the object with this id; None when it is not in this pack, or the index cannot be read."""
        return self._opened().find(raw)

    def starting_with(self, prefix: str) -> list[str]:
        """Ids that start with these hexadecimal digits, at most two."""
        return self._opened().starting_with(prefix)

    def size(self, offset: int) -> int:
        """Length of the object at an offset, from headers alone."""
        kind, size, at, _ = self._header(offset)
        if kind not in (_OFFSET_DELTA, _ID_DELTA):
            return size
        head = self._inflate(at, 32, whole=False)
        _, position = varint(head, 0)
        return varint(head, position)[0]

    def read(self, offset: int, base: BaseReader) -> tuple[str, bytes]:
        """Kind and content of the object at an offset; deltas are applied to their bases. Raises UnreadableError."""
        deltas: list[bytes] = []
        for _ in range(_CHAIN):
            kind, size, at, back = self._header(offset)
            if size > self._bound:
                raise UnreadableError("larger than the limit for one object")
            data = self._inflate(at, size, whole=True)
            if kind in _KINDS:
                return _KINDS[kind], self._apply(data, deltas)
            deltas.append(data)
            if kind == _ID_DELTA:
                name, content = self._other(back, base)
                if name:
                    return name, self._apply(content, deltas)
                offset = self.find(back) or 0
            else:
                offset -= int.from_bytes(back, "big")
            if sum(map(len, deltas)) > 4 * self._bound or offset <= 0:
                raise UnreadableError("damaged pack: a delta without a base")
        raise UnreadableError("damaged pack: deltas without end")

    def close(self) -> None:
        """Close the files."""
        if self._pack >= 0:
            os.close(self._pack)
            self._pack = -1
        self._index = None

    def _other(self, raw: bytes, base: BaseReader) -> tuple[str, bytes]:
        """The base from elsewhere; empty when it lies in this pack, where the chain's bound applies."""
        return ("", b"") if self.find(raw) is not None else base(raw)

    def _apply(self, data: bytes, deltas: list[bytes]) -> bytes:
        for delta in reversed(deltas):
            data = apply_delta(data, delta, self._bound)
        return data

    def _header(self, offset: int) -> tuple[int, int, int, bytes]:
        """Kind, size, where the compressed bytes start, and for deltas the distance or the id of the base."""
        id_bytes = self._opened().id_bytes
        head = self._at(offset, 64)
        try:
            kind, size, at = head[0] >> 4 & 7, head[0] & 15, 1
            shift = 4
            while head[at - 1] & 0x80:
                size |= (head[at] & 0x7F) << shift
                at, shift = at + 1, shift + 7
            back = b""
            if kind == _ID_DELTA:
                back = head[at : at + id_bytes]
                at += id_bytes
            elif kind == _OFFSET_DELTA:
                distance = head[at] & 0x7F
                while head[at] & 0x80:
                    at += 1
                    distance = (distance + 1 << 7) | (head[at] & 0x7F)
                at += 1
                back = distance.to_bytes(16, "big")
        except (IndexError, OverflowError) as error:
            raise UnreadableError("damaged pack") from error
        if kind not in _KINDS and kind not in (_OFFSET_DELTA, _ID_DELTA):
            raise UnreadableError("damaged pack")
        return kind, size, offset + at, back

    def _inflate(self, at: int, size: int, *, whole: bool) -> bytes:
        """The first `size` bytes that come out of the stream at an offset."""
        state = zlib.decompressobj()
        parts: list[bytes] = []
        left = size
        try:
            while left > 0 and not state.eof and (block := self._at(at, min(_BLOCK, left + 64))):
                at += len(block)
                part = state.decompress(block, left)
                parts.append(part)
                left -= len(part)
        except zlib.error as error:
            raise UnreadableError("damaged pack") from error
        if whole and left:
            raise UnreadableError("damaged pack: it ends too early")
        return b"".join(parts)

    def _at(self, offset: int, size: int) -> bytes:
        if self._pack < 0:
            self._pack = open_regular(f"{self._stem}.pack")
        return os.pread(self._pack, size, offset)

    def _opened(self) -> _Index:
        if self._index is None:
            self._index = _Index(f"{self._stem}.idx")
        return self._index


class _Index:
    """Object ids in order with their offsets; an index that cannot be read is empty."""

    def __init__(self, path: str) -> None:
        self._data, self.count, self.id_bytes = b"", 0, 20
        data = _content(path)
        if len(data) < 8 + 1024 or not data.startswith(_MAGIC):
            return
        count = struct.unpack_from(">I", data, 8 + 1020)[0]
        # The name of a pack is a hash of the repository's own kind: 40 digits for SHA-1, 64 for SHA-256.
        self.id_bytes = 32 if len(path.rpartition("pack-")[2]) == 64 + len(".idx") else 20
        if len(data) >= 1032 + count * (self.id_bytes + 8):
            self._data, self.count = data, count

    def find(self, raw: bytes) -> int | None:
        if not self.count or len(raw) != self.id_bytes:
            return None
        place = self._place(raw)
        return self._offset(place) if place < self.count and self._id(place) == raw else None

    def starting_with(self, prefix: str) -> list[str]:
        raw = bytes.fromhex(prefix + "0" * (len(prefix) % 2)).ljust(self.id_bytes, b"\0")
        place = self._place(raw) if self.count else 0
        ids = (self._id(row).hex() for row in range(place, min(place + 2, self.count)))
        return [id_ for id_ in ids if id_.startswith(prefix)]

    def _place(self, raw: bytes) -> int:
        low, high = 0, self.count
        while low < high:
            middle = (low + high) // 2
            if self._id(middle) < raw:
                low = middle + 1
            else:
                high = middle
        return low

    def _id(self, place: int) -> bytes:
        at = 1032 + place * self.id_bytes
        return self._data[at : at + self.id_bytes]

    def _offset(self, place: int) -> int | None:
        table = 1032 + self.count * (self.id_bytes + 4)
        (offset,) = struct.unpack_from(">I", self._data, table + place * 4)
        if offset < 0x80000000:
            return int(offset)
        at = table + self.count * 4 + (offset - 0x80000000) * 8
        return int(struct.unpack_from(">Q", self._data, at)[0]) if at + 8 <= len(self._data) else None


def _content(path: str) -> bytes:
    try:
        return read_file(path, GIB // 2)
    except UnreadableError:
        return b""
