"""Entries: files of a target that were found and not yet read. They can be pickled, so worker processes read them."""

from __future__ import annotations

import os
import stat
from typing import Protocol

from vcdd.target.decode import SNIFFED, is_binary
from vcdd.values import dataclass

# Never through a link, and without waiting for the other end of a pipe.
_FLAGS = os.O_RDONLY + sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))


class UnreadableError(OSError):
    """One entry could not be read; the message is the reason for the coverage. The rest of the target is unharmed."""


class ExhaustedError(UnreadableError):
    """A limit of a whole archive was reached: the rest of it is not read."""


class Entry(Protocol):
    """A file of the target, found and not yet read."""

    @property
    def path(self) -> str:
        """Posix path relative to the root, fit to be shown."""
        ...

    @property
    def size(self) -> int:
        """Size in bytes on disk or in the archive."""
        ...

    @property
    def vendored(self) -> bool:
        """Whether it lies in a folder of other people's code."""
        ...

    @property
    def tracked(self) -> bool | None:
        """Whether version control tracks it; None where that is not known."""
        ...

    @property
    def stamp(self) -> str:
        """Changes when the file changes, known without reading; empty where no such thing exists."""
        ...

    @property
    def mtime_ns(self) -> int:
        """Time of the last change in ns; 0 where there is none."""
        ...

    def read(self, limit: int, *, whole_binary: bool = True) -> bytes:
        """At most the first `limit` bytes. Raises UnreadableError.

        Without `whole_binary`, a file whose first 8 KB are no text gives those 8 KB only.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """A file on disk. `inode` and `device` are what the walk saw: a file swapped since then is refused."""

    root: str
    name: str
    """Path relative to the root with bytes that are no UTF-8 as surrogates, for opening only."""
    path: str
    size: int
    mtime_ns: int = 0
    ctime_ns: int = 0
    """Unlike `mtime_ns`, nobody can set it back."""
    inode: int = 0
    """0 where the platform has none; then nothing is compared."""
    device: int = 0
    vendored: bool = False
    tracked: bool | None = None

    @property
    def stamp(self) -> str:
        """Size, times of change in ns, inode and path."""
        return f"{self.size}:{self.mtime_ns}:{self.ctime_ns}:{self.inode}:{self.device}:{self.root}/{self.name}"

    def read(self, limit: int, *, whole_binary: bool = True) -> bytes:
        """At most the first `limit` bytes of the very file the walk saw; never through a link or out of the root."""
        descriptor, status = _open(f"{self.root}/{self.name}")
        try:
            self._check(status)
            return _read(descriptor, limit, whole_binary=whole_binary)
        except UnreadableError:
            raise
        except OSError as error:
            raise UnreadableError(reason_of(error)) from error
        finally:
            os.close(descriptor)

    def _check(self, status: os.stat_result) -> None:
        if self.inode and (status.st_ino, status.st_dev) != (self.inode, self.device):
            raise UnreadableError("changed while it was scanned")


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberEntry:
    """A member of an archive, already in memory, cut at the limit for members."""

    path: str
    size: int
    data: bytes
    vendored: bool = False
    tracked: bool | None = None
    stamp: str = ""
    mtime_ns: int = 0

    def read(self, limit: int, *, whole_binary: bool = True) -> bytes:
        """At most the first `limit` bytes."""
        if not whole_binary and is_binary(self.data):
            limit = min(limit, SNIFFED)
        return self.data[:limit]


def open_regular(path: str | bytes) -> int:
    """A read-only descriptor of a regular file that is no symbolic link and never blocks. Raises UnreadableError."""
    return _open(path)[0]


def _open(path: str | bytes) -> tuple[int, os.stat_result]:
    try:
        descriptor = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:
        raise UnreadableError(reason_of(error)) from error
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise UnreadableError("not a regular file")
    return descriptor, status


def read_file(path: str | bytes, limit: int) -> bytes:
    """At most the first `limit` bytes of a regular file that is no symbolic link. Raises UnreadableError."""
    descriptor = open_regular(path)
    try:
        return _read(descriptor, limit, whole_binary=True)
    except OSError as error:
        raise UnreadableError(reason_of(error)) from error
    finally:
        os.close(descriptor)


def inside(root: str, relative: str) -> str:
    """The path of something below `root` to which no symbolic link leads. Raises UnreadableError when one does."""
    path = os.path.join(os.path.realpath(root), relative)  # noqa: PTH118 -- hot
    try:
        if os.path.realpath(path) != path:
            raise UnreadableError("symbolic link")
    except (OSError, ValueError) as error:
        raise UnreadableError(reason_of(error)) from error
    return path


def reason_of(error: OSError | ValueError) -> str:
    """The operating system's words for what went wrong, without the path."""
    words = (getattr(error, "strerror", None) or str(error) or type(error).__name__).lower()
    return {"too many levels of symbolic links": "symbolic link"}.get(words, words)


def _read(descriptor: int, limit: int, *, whole_binary: bool) -> bytes:
    head = os.read(descriptor, min(limit, SNIFFED))
    if len(head) < min(limit, SNIFFED) or len(head) == limit or (not whole_binary and is_binary(head)):
        return head
    blocks = [head]
    left = limit - len(head)
    while left > 0 and (block := os.read(descriptor, min(left, 1 << 20))):
        blocks.append(block)
        left -= len(block)
    return b"".join(blocks)
