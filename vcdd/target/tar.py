"""Tar read forward with bounded memory: ustar, pax and GNU, as POSIX `pax` and the GNU tar manual describe them.

The standard library's reader takes extended headers of any size into memory; this one knows a bound for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from vcdd.target.entry import UnreadableError
from vcdd.target.limits import MIB
from vcdd.target.streams import Part, Source, read_up_to, skip
from vcdd.values import dataclass

_BLOCK = 512
_EXTENDED_BYTES = MIB
"""Bound of one extended header; paths are 4 KiB at most on Linux."""


class TarKind(StrEnum):
    """What a member is."""

    FILE = "file"
    FOLDER = "folder"
    SYMBOLIC_LINK = "symbolic link"
    HARD_LINK = "hard link"
    SPECIAL = "device or pipe"
    SPARSE = "sparse file"


_KINDS = {
    b"1": TarKind.HARD_LINK,
    b"2": TarKind.SYMBOLIC_LINK,
    b"3": TarKind.SPECIAL,
    b"4": TarKind.SPECIAL,
    b"5": TarKind.FOLDER,
    b"6": TarKind.SPECIAL,
    b"S": TarKind.SPARSE,
}
_WITHOUT_DATA = frozenset({TarKind.HARD_LINK, TarKind.SYMBOLIC_LINK, TarKind.SPECIAL, TarKind.FOLDER})


@dataclass(frozen=True, slots=True, kw_only=True)
class TarMember:
    """One member; `data` is valid until the next member is asked for."""

    name: str
    """As stored, bytes that are no UTF-8 as surrogates. Hostile: it may be absolute or climb."""
    kind: TarKind
    size: int
    link: str = ""
    """For links: the target as stored."""
    data: Part


def read_tar(source: Source) -> Iterator[TarMember]:
    """The members in stored order. Raises UnreadableError at the first damaged header; what came before stands."""
    extended: dict[str, str] = {}
    block = read_up_to(source, _BLOCK)
    if len(block) < _BLOCK or (block.strip(b"\0") and block[257:262] != b"ustar" and not _has_checksum(block)):
        raise UnreadableError("not a tar archive")
    while block.strip(b"\0"):
        kind, size = _checked(block)
        if kind in (b"x", b"g", b"L", b"K"):
            extended = extended | _extended(source, kind, size)
            block = read_up_to(source, _BLOCK)
            continue
        member = _member(block, kind, size, extended, source)
        if member.kind is TarKind.SPARSE and kind == b"S":
            _skip_sparse_maps(source, block)
        padding = -member.data.left % _BLOCK
        yield member
        skip(source, member.data.left)
        read_up_to(source, padding)
        extended = {}
        block = read_up_to(source, _BLOCK)


def commit_in_header(source: Source) -> str:
    """The commit id that `git archive` leaves in the first header of a tar; empty when there is none."""
    block = read_up_to(source, _BLOCK)
    if block[156:157] != b"g" or len(block) < _BLOCK:
        return ""
    kind, size = _checked(block)
    return _records(read_up_to(source, min(size, _EXTENDED_BYTES))).get("comment", "") if kind else ""


def _checked(block: bytes) -> tuple[bytes, int]:
    """Type and size of a header whose checksum is right."""
    if len(block) < _BLOCK:
        raise UnreadableError("damaged archive: it ends inside a header")
    if not _has_checksum(block):
        raise UnreadableError("damaged archive: a header's checksum is wrong")
    return block[156:157], _number(block[124:136])


def _has_checksum(block: bytes) -> bool:
    """Whether the sum of the header's bytes, its own field taken as spaces, is the one it states."""
    stated = block[148:156].split(b"\0", 1)[0].strip()
    return stated.isdigit() and sum(block) - sum(block[148:156]) + 8 * 32 == _number(block[148:156])


def _number(field: bytes) -> int:
    """Octal digits, or base 256 when the top bit is set (GNU)."""
    if field[0] & 0x80:
        if field[0] & 0x40:
            raise UnreadableError("damaged archive: a negative size")
        return int.from_bytes(bytes([field[0] & 0x7F]) + field[1:], "big")
    digits = field.split(b"\0", 1)[0].strip()
    if digits and not digits.isdigit():
        raise UnreadableError("damaged archive: a number that is none")
    try:
        return int(digits or b"0", 8)
    except ValueError as error:
        raise UnreadableError("damaged archive: a number that is none") from error


def _extended(source: Source, kind: bytes, size: int) -> dict[str, str]:
    """What an extended header says of the next member; a global one says nothing we need."""
    if size > _EXTENDED_BYTES:
        raise UnreadableError("damaged archive: an extended header of absurd size")
    body = read_up_to(source, size)
    read_up_to(source, -size % _BLOCK)
    if kind == b"g":
        return {}
    if kind == b"x":
        return _records(body)
    return {"path" if kind == b"L" else "linkpath": _text(body)}


def _records(body: bytes) -> dict[str, str]:
    """The pax records, each `LENGTH KEY=VALUE` and a line feed; reading stops at the first that is malformed."""
    records: dict[str, str] = {}
    at = 0
    while at < len(body):
        space = body.find(b" ", at, at + 8)
        if space < 0 or not body[at:space].isdigit() or int(body[at:space]) <= space - at + 1:
            break
        end = at + int(body[at:space])
        key, _, value = body[space + 1 : end - 1].partition(b"=")
        records[_text(key)] = _text(value)
        at = end
    return records


def _member(block: bytes, kind: bytes, size: int, extended: dict[str, str], source: Source) -> TarMember:
    name = _text(block[:100])
    if block[257:263] == b"ustar\0" and block[345] and "path" not in extended:
        name = f"{_text(block[345:500])}/{name}"
    name = extended.get("GNU.sparse.name") or extended.get("path", name)
    what = _KINDS.get(kind, TarKind.FILE)
    if what is TarKind.FILE and any(key.startswith("GNU.sparse") for key in extended):
        what = TarKind.SPARSE
    if what is TarKind.FILE and name.endswith("/"):
        what = TarKind.FOLDER
    stored = extended.get("size", "")
    size = int(stored) if stored.isdecimal() and len(stored) < 20 else size
    data = Part(source, 0 if what in _WITHOUT_DATA else size)
    return TarMember(name=name, kind=what, size=size, link=extended.get("linkpath", _text(block[157:257])), data=data)


def _skip_sparse_maps(source: Source, block: bytes) -> None:
    """Old GNU sparse files have further map blocks before the data while a flag says so."""
    is_extended = block[482:483] == b"\x01"
    while is_extended:
        more = read_up_to(source, _BLOCK)
        is_extended = more[504:505] == b"\x01"


def _text(field: bytes) -> str:
    return field.split(b"\0", 1)[0].decode("utf-8", "surrogateescape")
