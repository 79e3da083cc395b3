"""A shallow clone into a temporary folder, without a work tree: nothing of it is checked out, and nothing of it runs.

Files are read out of the clone's packs by `objects.py`, so links, hooks, filters and submodules never come to life.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from vcdd.core.report import TargetInfo
from vcdd.core.source_file import Skipped
from vcdd.errors import TargetError
from vcdd.target.archive import Budget
from vcdd.target.entry import Entry, MemberEntry, UnreadableError
from vcdd.target.git_facts import commit_date
from vcdd.target.git_process import run_clone
from vcdd.target.git_url import GitUrl
from vcdd.target.limits import Limits
from vcdd.target.objects import MissingObjectError, Repository, TreeEntry
from vcdd.target.sieve import Sieve, kept_bytes
from vcdd.target.target import Target

_LINK, _SUBMODULE = 0o120000, 0o160000


def clone(url: GitUrl, limits: Limits, *, deep: bool = False) -> Target:
    """Clone one commit and give its files. The temporary folder is removed by `close`. Raises TargetError."""
    folder = Path(tempfile.mkdtemp(prefix="vcdd-clone-"))
    try:
        run_clone(url, folder, limits)
        repository = Repository(folder / "clone", object_bytes=limits.object_bytes)
        commit = repository.resolve("HEAD")
        tree = repository.commit(commit).tree
    except UnreadableError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise TargetError(f"cannot read the clone of {url.shown}: {error}", help="Is the repository empty?") from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise

    def close() -> None:
        repository.close()
        shutil.rmtree(folder, ignore_errors=True)

    info = TargetInfo(name=url.name, kind="git", commit=commit, commit_date=commit_date(str(folder / "clone"), commit))
    return Target(info=info, source=lambda: tree_files(repository, tree, limits, deep=deep), closer=close)


def tree_files(repository: Repository, tree: str, limits: Limits, *, deep: bool) -> Iterator[Entry | Skipped]:
    """The files of a tree by whole path, each in memory up to what a reader can want. Raises nothing."""
    sieve, budget = Sieve(deep=deep), Budget(limits)
    try:
        for row in repository.tree_entries(tree):
            found = _file(repository, row, sieve, limits)
            budget.take(len(found.data) if isinstance(found, MemberEntry) else 0)
            if found:
                yield found
    except UnreadableError as error:
        yield Skipped(path=".", reason=str(error), files=0)
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
