"""A shallow clone into a temporary folder, without a work tree: nothing of it is checked out, and nothing of it runs.

Files are read out of the clone's packs by `objects.py`, so links, hooks, filters and submodules never come to life.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from vcdd.errors import TargetError
from vcdd.target.entry import UnreadableError
from vcdd.target.git_process import run_clone
from vcdd.target.git_url import GitUrl
from vcdd.target.limits import Limits
from vcdd.target.objects import Repository
from vcdd.target.target import Target
from vcdd.target.tree import commit_target


def clone(url: GitUrl, limits: Limits, *, deep: bool = False) -> Target:
    """Clone one commit and give its files. The temporary folder is removed by `close`. Raises TargetError."""
    folder = Path(tempfile.mkdtemp(prefix="vcdd-clone-"))
    try:
        run_clone(url, folder, limits)
        repository = Repository(folder / "clone", object_bytes=limits.object_bytes)
        target = commit_target(repository, repository.commit(repository.resolve("HEAD")), url.name, limits, deep=deep)
    except UnreadableError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise TargetError(f"cannot read the clone of {url.shown}: {error}", help="Is the repository empty?") from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise

    def close() -> None:
        repository.close()
        shutil.rmtree(folder, ignore_errors=True)

    return replace(target, closer=close)
