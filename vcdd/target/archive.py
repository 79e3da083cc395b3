"""Members of zips and tars as entries, read in memory one after the other. Nothing is ever unpacked to disk."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from vcdd.core.source_file import Skipped
from vcdd.target.entry import Entry, ExhaustedError, MemberEntry, UnreadableError
from vcdd.target.limits import Limits
from vcdd.target.presence import load_presence
from vcdd.target.sieve import Sieve, kept_bytes
from vcdd.target.streams import Source, is_compressed, open_stream, read_up_to
from vcdd.target.tar import TarKind, read_tar

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"Cr24")
_DAMAGE = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    zlib.error,
    struct.error,
)


class Budget:
    """What may still be taken from one archive, shared with the archives inside it."""

    def __init__(self, limits: Limits) -> None:
        self._bytes, self._members = limits.total_bytes, limits.files

    def take(self, size: int) -> None:
        """Count one member and its bytes. Raises UnreadableError when that is too much."""
        self._bytes -= size
        self._members -= 1
        if self._bytes < 0 or self._members < 0:
            raise ExhaustedError("more in the archive than the limit allows; the rest was not read")


def is_zip(head: bytes) -> bool:
    """Whether the first bytes are those of a zip (wheels, VSIX, NuGet and Java packages are zips)."""
    return head.startswith(_ZIP)


def is_tar(head: bytes) -> bool:
    """Whether the first 512 bytes are those of a tar or of a compressed file that may hold one."""
    return head[257:262] == b"ustar" or is_compressed(head)


def archive_entries(
    file: IO[bytes], name: str, limits: Limits, *, deep: bool, prefix: str = "", budget: Budget | None = None
) -> Iterator[Entry | Skipped]:
    """Members of an archive as entries; damage and bombs end it with a row that says so. Raises nothing.

    `name` is the archive's own path for that row. An archive inside the archive (`prefix` empty) is opened with `deep`.
    """
    budget = budget or Budget(limits)
    sieve = Sieve(prefix, deep=deep)
    try:
        file.seek(0)
        head = file.read(4)
        members = (
            _zip(file, limits, sieve, budget)
            if is_zip(head)
            else _tar(open_stream(file, limits), limits, sieve, budget)
        )
        for found in members:
            if isinstance(found, MemberEntry) and load_presence().is_archive(found.path):
                yield from _nested(found, limits, budget, is_inner=bool(prefix))
            else:
                yield found
    except UnreadableError as error:
        yield Skipped(path=name, reason=str(error), files=0, open_ended=True)
    yield from sieve.rows()


def _nested(found: MemberEntry, limits: Limits, budget: Budget, *, is_inner: bool) -> Iterator[Entry | Skipped]:
    if is_inner:
        yield Skipped(path=found.path, reason="archive too deep inside archives", open_ended=True)
    elif found.size > len(found.data):
        why = "archive inside an archive, too large to be read in memory"
        yield Skipped(path=found.path, reason=why, open_ended=True)
    else:
        inner = io.BytesIO(found.data)
        yield from archive_entries(inner, found.path, limits, deep=True, prefix=f"{found.path}!", budget=budget)


def take_member(
    source: Source, name: str, size: int, limits: Limits, sieve: Sieve, budget: Budget
) -> Entry | Skipped | None:
    """Read one member as far as a reader can want it; None for one that is only counted."""
    path = sieve.judge(name)
    if path is None or isinstance(path, Skipped):
        budget.take(0)
        return path
    bound = limits.nested_bytes if load_presence().is_archive(path) else kept_bytes(path, limits)
    data = read_up_to(source, min(bound, size + 1))
    budget.take(len(data))
    true_size = size if len(data) == bound else len(data)  # a header may lie about what is there
    return MemberEntry(path=sieve.shown(path), size=true_size, data=data, vendored=sieve.is_vendored(path))


def _tar(source: Source, limits: Limits, sieve: Sieve, budget: Budget) -> Iterator[Entry | Skipped]:
    for member in read_tar(source):
        if member.kind is TarKind.FOLDER:
            continue
        if member.kind is not TarKind.FILE:
            path = sieve.judge(member.name)
            if isinstance(path, str):
                yield Skipped(path=sieve.shown(path), reason=member.kind.value)
            elif path:
                yield path
            continue
        found = take_member(member.data, member.name, member.size, limits, sieve, budget)
        if found:
            yield found


def _zip(file: IO[bytes], limits: Limits, sieve: Sieve, budget: Budget) -> Iterator[Entry | Skipped]:
    archive = _open_zip(file, limits)
    total = file.seek(0, io.SEEK_END)
    kept = 0
    members = {member.filename: member for member in archive.infolist()}  # of two of one name the last counts
    for name in sorted(members):
        if name.endswith("/"):
            continue
        if stat.S_ISLNK(members[name].external_attr >> 16):
            yield Skipped(path=sieve.shown(name), reason="symbolic link")
            continue
        found = _zip_member(archive, members[name], limits, sieve, budget)
        if isinstance(found, MemberEntry):
            kept += len(found.data)
            if kept > limits.ratio_floor and kept > limits.ratio * total:
                raise ExhaustedError(f"expands more than {limits.ratio} times; the rest was not read")
        if found:
            yield found


def _zip_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits, sieve: Sieve, budget: Budget
) -> Entry | Skipped | None:
    if member.flag_bits & 1:
        return Skipped(path=sieve.shown(member.filename), reason="encrypted")
    try:
        with archive.open(member) as source:
            return take_member(source, member.filename, member.file_size, limits, sieve, budget)
    except ExhaustedError:
        raise
    except _DAMAGE as error:
        return Skipped(path=sieve.shown(member.filename), reason=f"damaged member: {error}")


def _open_zip(file: IO[bytes], limits: Limits) -> zipfile.ZipFile:
    if _directory_bytes(file) > limits.directory_bytes:
        raise UnreadableError("the zip lists more members than the limit allows")
    try:
        return zipfile.ZipFile(file)
    except _DAMAGE as error:
        raise UnreadableError(f"damaged archive: {error}") from error


def _directory_bytes(file: IO[bytes]) -> int:
    """Size of the central directory by the record at the end, which `zipfile` believes (APPNOTE 4.3.16, 4.3.14)."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 16:
        return 0
    (stated,) = struct.unpack_from("<I", tail, at + 12)
    wide = tail.rfind(b"PK\x06\x06", 0, at)
    if stated == 0xFFFFFFFF and wide >= 0 and len(tail) >= wide + 48:
        (stated,) = struct.unpack_from("<Q", tail, wide + 40)
    return int(stated)
