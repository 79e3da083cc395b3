"""Decompressed streams that count: a bomb stops where it starts to be one, and memory stays flat."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable
from typing import IO, Any, Protocol

from vcdd.target.entry import ExhaustedError, UnreadableError
from vcdd.target.limits import MIB, Limits
from vcdd.target.zstd import is_zstd, zstd_states

_BLOCK = 64 * 1024
_XZ_MEMORY = 256 * MIB
"""Dictionary an xz stream may ask for; `xz -9` asks for 64 MiB."""
_DAMAGE = (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError)
"""What the decompressors of the standard library raise on damaged input."""


class Source(Protocol):
    """Anything with a bounded read."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; empty at the end."""
        ...


class Part:
    """The first `size` bytes of a source, as a source: one member of an archive."""

    def __init__(self, source: Source, size: int) -> None:
        self._source = source
        self.left = size
        """Bytes not yet read."""

    def read(self, size: int) -> bytes:
        """At most `size` bytes of the part."""
        if not self.left:
            return b""
        data = self._source.read(min(size, self.left))
        self.left -= len(data)
        return data


class Inflated:
    """A gzip, bzip2, xz or zstd source decompressed forward, several streams in a row included, in bounded memory."""

    def __init__(self, source: Source, head: bytes) -> None:
        """`head` is the start of the source, still to be read: at least the six bytes that tell the format."""
        self._source, self._pending = source, b""
        self._new = _new_state(head)
        self._state = self._new()
        self._streams = self._given = 0

    def read(self, size: int) -> bytes:
        """At most `size` bytes; empty at the end. Raises whatever the decompressor raises on damage."""
        while size > 0:  # to zlib, 0 would mean without bound
            is_last = False
            if self._state.eof and not self._next_stream():
                return b""
            if not self._pending and getattr(self._state, "needs_input", True):
                self._pending = self._source.read(_BLOCK)
                is_last = not self._pending
            data: bytes = self._state.decompress(self._pending, size)
            self._pending = getattr(self._state, "unconsumed_tail", b"")
            if data:
                self._given += len(data)
                return data
            if is_last and not self._state.eof:
                raise EOFError("the compressed stream ends too early")
        return b""

    def _next_stream(self) -> bool:
        rest = (self._state.unused_data or self._source.read(_BLOCK)).lstrip(b"\0")
        if not rest:
            return False
        self._streams += 1
        if self._streams > 1000 + self._given // 1024:  # each costs a copy of the block
            raise ValueError("too many empty streams")
        self._state, self._pending = self._new(), rest
        return True


class Bounded:
    """A decompressed source that is counted against the limits."""

    def __init__(self, inner: Source, taken: Callable[[], int], limits: Limits) -> None:
        """`taken` tells how many compressed bytes were read so far."""
        self._inner, self._taken, self._limits = inner, taken, limits
        self._count = 0

    def read(self, size: int) -> bytes:
        """At most `size` bytes; empty at the end. Raises UnreadableError on damage and ExhaustedError on a bomb."""
        data = read_checked(self._inner, size)
        self._count += len(data)
        if self._count > self._limits.stream_bytes:
            raise ExhaustedError("more comes out of the archive than the limit allows; the rest was not read")
        if self._count > self._limits.ratio_floor and self._count > self._limits.ratio * max(1, self._taken()):
            raise ExhaustedError(f"expands more than {self._limits.ratio} times; the rest was not read")
        return data


class Plain:
    """A file on disk read forward, that can pass over what nobody wants."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._end = raw.seek(0, 2)
        raw.seek(0)

    def read(self, size: int) -> bytes:
        """At most `size` bytes; empty at the end. Raises UnreadableError."""
        return read_checked(self._raw, size)

    def skip(self, size: int) -> None:
        """Pass over `size` bytes. Raises UnreadableError when there are fewer."""
        if self._raw.tell() + size > self._end:
            raise UnreadableError("damaged archive: it ends too early")
        self._raw.seek(size, 1)


class Joined:
    """A head that was read already, then the rest."""

    def __init__(self, head: bytes, rest: Source) -> None:
        self._head, self._rest = head, rest

    def read(self, size: int) -> bytes:
        """At most `size` bytes; empty at the end."""
        if self._head:
            data, self._head = self._head[:size], self._head[size:]
            return data
        return self._rest.read(size)


def open_stream(raw: IO[bytes], limits: Limits) -> Source:
    """The bytes of a file from its start, decompressed if need be. Raises UnreadableError for zstd without its library."""
    raw.seek(0)
    head = raw.read(6)
    return decompressed(Joined(head, raw), head, raw.tell, limits) if is_compressed(head) else Plain(raw)


def open_part(part: Part, head: bytes, limits: Limits) -> Source:
    """The bytes of a member of which `head` was read already, decompressed if need be. Raises UnreadableError."""
    size = part.left
    whole = Joined(head, part)
    return decompressed(whole, head, lambda: len(head) + size - part.left, limits) if is_compressed(head) else whole


def decompressed(source: Source, head: bytes, taken: Callable[[], int], limits: Limits) -> Source:
    """The decompressed bytes of a source that starts with `head`. Raises UnreadableError for zstd without its library."""
    return Bounded(Inflated(source, head), taken, limits)


def is_compressed(head: bytes) -> bool:
    """Whether the first six bytes are those of gzip, bzip2, xz or zstd."""
    return head.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")) or is_zstd(head)


def read_checked(source: Source, size: int) -> bytes:
    """At most `size` bytes, with every kind of damage raised as UnreadableError."""
    try:
        return source.read(size)
    except UnreadableError:
        raise
    except _DAMAGE as error:
        raise UnreadableError(f"damaged archive: {str(error) or type(error).__name__}") from error


def read_up_to(source: Source, size: int) -> bytes:
    """`size` bytes, or all there are."""
    blocks: list[bytes] = []
    while size > 0 and (block := source.read(min(size, MIB))):
        blocks.append(block)
        size -= len(block)
    return b"".join(blocks)


def skip(source: Source, size: int) -> None:
    """Pass over `size` bytes. Raises UnreadableError when there are fewer."""
    if isinstance(source, Plain):
        source.skip(size)
        return
    while size > 0:
        block = source.read(min(size, MIB))
        if not block:
            raise UnreadableError("damaged archive: it ends too early")
        size -= len(block)


def _new_state(head: bytes) -> Callable[[], Any]:
    if head.startswith(b"BZh"):
        return bz2.BZ2Decompressor
    if head.startswith(b"\xfd7zXZ\0"):
        return lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY)
    if is_zstd(head):
        return zstd_states()
    return lambda: zlib.decompressobj(31)  # gzip framing, 32 KiB window
