"""Every file of a folder in path order, and for everything that is not read the reason.

Links are never followed, so there are no loops; nothing is opened but folders. Ignore files hide nothing: what version
control leaves out (weights, `.env`) is evidence.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Container, Iterator

from vcdd.core.source_file import Skipped
from vcdd.target.entry import FileEntry, reason_of
from vcdd.target.limits import Limits
from vcdd.target.names import to_shown
from vcdd.target.presence import Presence, load_presence
from vcdd.values import dataclass

_BY_DESCRIPTOR = os.scandir in os.supports_fd


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkOptions:
    """How to walk."""

    deep: bool = False
    """Also into folders of other people's code, lock files, bundles and archives."""
    tracked: Container[bytes] | None = None
    """Paths that version control tracks; None when that is not known."""


@dataclass(frozen=True, slots=True)
class _Found:
    """One name in a folder. `status` is set for regular files; `reason` for what is not read."""

    name: str
    is_folder: bool = False
    status: os.stat_result | None = None
    reason: str = ""
    vendored: bool = False

    @property
    def order(self) -> str:
        return self.name + "/" if self.is_folder else self.name


def walk(root: str, limits: Limits, options: WalkOptions = WalkOptions()) -> Iterator[FileEntry | Skipped]:  # noqa: B008 -- it is frozen
    """Files of the folder `root`, sorted by their whole path. Raises nothing: what fails is a `Skipped`."""
    presence = load_presence()
    pending = [_Found("", is_folder=True)]
    seen = 0
    while pending:
        found = pending.pop()
        seen += 1
        if seen > limits.files:
            why = f"more than {limits.files:,} files; the rest was not walked"
            yield Skipped(path=to_shown(found.name), reason=why, open_ended=True)
            return
        if found.is_folder:
            children = _enter(root, found, presence, options)
            if isinstance(children, Skipped):
                if children.files:
                    yield children
                continue
            pending.extend(children)
        else:
            yield _entry(root, found, presence, options)


def count_files(path: str, bound: int) -> int:
    """Number of files and links below a folder, links not followed, up to `bound`; unreadable folders are empty."""
    pending, count = [path], 0
    while pending and count < bound:
        try:
            with os.scandir(pending.pop()) as names:
                for name in names:
                    if name.is_dir(follow_symlinks=False):
                        pending.append(name.path)
                    else:
                        count += 1
        except OSError:
            continue
    return min(count, bound)


def _enter(root: str, found: _Found, presence: Presence, options: WalkOptions) -> list[_Found] | Skipped:
    """The children of a folder, last first; or one row for a folder that is counted or cannot be read."""
    path = os.path.join(root, found.name) if found.name else root  # noqa: PTH118 -- hot
    why = presence.folder(os.path.basename(found.name)) if found.name else ""  # noqa: PTH119 -- hot
    if why and not options.deep:
        return _counted(path, found.name, why)
    try:
        children = _list(path, found.name, vendored=found.vendored or why == "vendored")
    except OSError as error:
        return Skipped(path=to_shown(found.name) or ".", reason=f"folder: {reason_of(error)}", open_ended=True)
    names = {child.name.rpartition("/")[2].lower() for child in children}
    if found.name and not options.deep and names & presence.environment:
        return _counted(path, found.name, "vendored")
    kept = [child for child in children if child.name.rpartition("/")[2].lower() not in presence.version_control]
    kept.sort(key=lambda child: child.order, reverse=True)
    return kept


def _counted(path: str, name: str, why: str) -> Skipped:
    return Skipped(path=to_shown(name), reason=f"{why}; use --deep", files=count_files(path, 10_000_000))


def _list(path: str, name: str, *, vendored: bool) -> list[_Found]:
    """The names in one folder, unsorted. Raises OSError when the folder itself cannot be read."""
    prefix = name + "/" if name else ""
    if not _BY_DESCRIPTOR:
        with os.scandir(path) as rows:
            return [_look(row, prefix, vendored=vendored) for row in rows]
    descriptor = os.open(
        path, os.O_RDONLY | os.O_DIRECTORY | os.O_NONBLOCK | os.O_CLOEXEC | (os.O_NOFOLLOW if name else 0)
    )
    try:
        with os.scandir(descriptor) as rows:
            return [_look(row, prefix, vendored=vendored) for row in rows]
    finally:
        os.close(descriptor)


def _look(row: os.DirEntry[str], prefix: str, *, vendored: bool) -> _Found:
    name = prefix + row.name
    try:
        if row.is_symlink():
            return _Found(name, reason="symbolic link")
        if row.is_dir(follow_symlinks=False):
            return _Found(name, is_folder=True, vendored=vendored)
        status = row.stat(follow_symlinks=False)
    except OSError as error:
        return _Found(name, reason=reason_of(error))
    if stat.S_ISREG(status.st_mode):
        return _Found(name, status=status, vendored=vendored)
    return _Found(name, reason=_special(status.st_mode))


def _special(mode: int) -> str:
    kinds = (
        (stat.S_ISFIFO, "named pipe"),
        (stat.S_ISSOCK, "socket"),
        (stat.S_ISCHR, "device"),
        (stat.S_ISBLK, "device"),
    )
    return next((word for test, word in kinds if test(mode)), "not a regular file")


def _entry(root: str, found: _Found, presence: Presence, options: WalkOptions) -> FileEntry | Skipped:
    path = to_shown(found.name)
    if found.status is None:
        return Skipped(path=path, reason=found.reason)
    if reason := unread_reason(found.name, presence, deep=options.deep):
        return Skipped(path=path, reason=reason)
    status = found.status
    return FileEntry(
        root=root,
        name=found.name,
        path=path,
        size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        ctime_ns=status.st_ctime_ns,
        inode=status.st_ino,
        device=status.st_dev,
        vendored=found.vendored,
        tracked=None if options.tracked is None else os.fsencode(found.name) in options.tracked,
    )


def unread_reason(name: str, presence: Presence, *, deep: bool) -> str:
    """Why a file of this name is not read; empty when it is."""
    base = name.rpartition("/")[2]
    if presence.is_media(base):
        return "binary"
    if deep:
        return ""
    if why := presence.file(base):
        return f"{why}; use --deep"
    return "archive; use --deep" if presence.is_archive(base) else ""
