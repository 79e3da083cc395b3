"""Git's deltas: copies out of a base and insertions (git's `gitformat-pack`), bounded."""

from __future__ import annotations

from vcdd.target.entry import UnreadableError


def apply_delta(base: bytes, delta: bytes, bound: int) -> bytes:
    """The object that a delta makes out of its base. Raises UnreadableError on damage or above `bound` bytes."""
    try:
        expected, at = varint(delta, 0)
        size, at = varint(delta, at)
        if expected != len(base) or size > bound:
            raise UnreadableError("damaged pack: a delta for another base, or larger than the limit")
        parts: list[bytes] = []
        made = 0
        while at < len(delta):
            part, at = _step(base, delta, at)
            made += len(part)
            if made > size:
                break
            parts.append(part)
    except IndexError as error:
        raise UnreadableError("damaged pack: a delta ends too early") from error
    if made != size:
        raise UnreadableError("damaged pack: a delta of another length")
    return b"".join(parts)


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, lowest first, and the place behind it. Raises UnreadableError or IndexError."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if not byte & 0x80:
            return value, at
        if shift > 63:
            raise UnreadableError("damaged pack: a number without end")


def _step(base: bytes, delta: bytes, at: int) -> tuple[bytes, int]:
    """The bytes that one instruction gives, and the place behind it."""
    code = delta[at]
    at += 1
    if not code & 0x80:
        if not code or at + code > len(delta):
            raise UnreadableError("damaged pack: an instruction that is none")
        return delta[at : at + code], at + code
    offset = size = 0
    for bit in range(4):
        if code & 1 << bit:
            offset |= delta[at] << 8 * bit
            at += 1
    for bit in range(3):
        if code & 0x10 << bit:
            size |= delta[at] << 8 * bit
            at += 1
    size = size or 0x10000
    if offset + size > len(base):
        raise UnreadableError("damaged pack: a copy from outside the base")
    return base[offset : offset + size], at
