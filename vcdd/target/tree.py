"""A commit as a target: its files read out of the objects of a repository, without git and without a work tree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from vcdd.core.report import TargetInfo
from vcdd.core.source_file import Skipped
from vcdd.errors import TargetError
from vcdd.target.archive import Budget
from vcdd.target.entry import Entry, MemberEntry, UnreadableError
from vcdd.target.git_index import read_index
from vcdd.target.limits import Limits
from vcdd.target.names import to_shown
from vcdd.target.objects import Commit, MissingObjectError, Repository, TreeEntry
from vcdd.target.sieve import Sieve, kept_bytes
from vcdd.target.target import Target

_LINK, _SUBMODULE = 0o120000, 0o160000


def open_commit(folder: str, ref: str, limits: Limits, *, deep: bool = False) -> Target:
    """One commit of the repository in `folder` as a target. `ref` is a branch, tag or commit id. Raises TargetError."""
    try:
        repository = Repository(folder, object_bytes=limits.object_bytes)
        commit = repository.commit(repository.resolve(ref))
    except UnreadableError as error:
        raise TargetError(
            f"cannot read {to_shown(ref)}: {error}", help="Name a branch, a tag or a commit id."
        ) from error
    return commit_target(repository, commit, to_shown(Path(folder).resolve().name), limits, deep=deep)


def commit_target(repository: Repository, commit: Commit, name: str, limits: Limits, *, deep: bool) -> Target:
    """A commit of an open repository as a target, which closes the repository."""
    info = TargetInfo(name=name, kind="git", commit=commit.id, commit_date=to_date(commit.author_time))
    files = lambda: tree_files(repository, commit.tree, limits, deep=deep)  # noqa: E731
    return Target(info=info, source=files, closer=repository.close)


def open_staged(folder: str, limits: Limits, *, deep: bool = False) -> Target:
    """What the repository in `folder` would commit now: the files of its index. Raises TargetError."""
    try:
        repository = Repository(folder, object_bytes=limits.object_bytes)
        entries = read_index(repository.index_path, id_bytes=repository.id_bytes)
    except UnreadableError as error:
        raise TargetError(f"cannot read what is staged: {error}", help="Name the top folder of a clone.") from error
    if entries is None:
        repository.close()
        raise TargetError("nothing is staged: there is no index that can be read", help="Stage files with git add.")
    rows = [
        TreeEntry(path=entry.name.decode("utf-8", "surrogateescape"), id=entry.id, mode=entry.mode)
        for entry in entries
        if entry.is_settled
    ]
    info = TargetInfo(name=to_shown(Path(folder).resolve().name), kind="git")
    return Target(info=info, source=lambda: _files(repository, iter(rows), limits, deep=deep), closer=repository.close)


def first_parents(repository: Repository, commit: str, count: int) -> Iterator[Commit]:
    """A commit and its first parents, newest first, at most `count`; ends where a shallow clone does."""
    for _ in range(count):
        try:
            found = repository.commit(commit)
        except UnreadableError:
            return
        yield found
        if not found.parents:
            return
        commit = found.parents[0]


def to_date(seconds: int) -> str:
    """Seconds since 1970 in ISO 8601, UTC; empty for 0 and for what no calendar holds."""
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds else ""
    except (OverflowError, ValueError, OSError):
        return ""


def tree_files(repository: Repository, tree: str, limits: Limits, *, deep: bool) -> Iterator[Entry | Skipped]:
    """The files of a tree by whole path, each in memory up to what a reader can want. Raises nothing."""
    return _files(repository, repository.tree_entries(tree), limits, deep=deep)


def _files(
    repository: Repository, rows: Iterator[TreeEntry], limits: Limits, *, deep: bool
) -> Iterator[Entry | Skipped]:
    sieve, budget = Sieve(deep=deep), Budget(limits)
    try:
        for row in rows:
            found = _file(repository, row, sieve, limits)
            budget.take(len(found.data) if isinstance(found, MemberEntry) else 0)
            if found:
                yield found
    except UnreadableError as error:
        yield Skipped(path=".", reason=str(error), files=0, open_ended=True)
    yield from sieve.rows()


def _file(repository: Repository, row: TreeEntry, sieve: Sieve, limits: Limits) -> MemberEntry | Skipped | None:
    path = sieve.judge(row.path)
    if not isinstance(path, str):
        return path
    if row.mode in (_LINK, _SUBMODULE):
        reason = "symbolic link" if row.mode == _LINK else "submodule: not fetched"
        return Skipped(path=sieve.shown(path), reason=reason)
    try:
        size = repository.size(row.id)
        data = repository.blob(row.id, kept_bytes(path, limits))
    except MissingObjectError:
        return Skipped(path=sieve.shown(path), reason="large file: left on the server")
    except UnreadableError as error:
        return Skipped(path=sieve.shown(path), reason=str(error))
    vendored = sieve.is_vendored(path)
    return MemberEntry(path=sieve.shown(path), size=size, data=data, vendored=vendored, tracked=True, stamp=row.id)
