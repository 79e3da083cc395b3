"""The commit of a clone and what version control tracks, read from its files: no git process ever sees the target.

A stranger's `.git/config` can name programs that git then runs (fsmonitor, hooks, filters), so it is never read.
"""

from __future__ import annotations

from vcdd.target.entry import UnreadableError, inside
from vcdd.target.git_index import read_tracked
from vcdd.target.objects import Repository
from vcdd.target.refs import resolve_ref
from vcdd.target.tree import to_date
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GitFacts:
    """What a `.git` folder tells without git."""

    commit: str = ""
    """Commit id; empty where the folder is no clone or its head cannot be read."""
    date: str = ""
    """Author date of the commit, ISO 8601 in UTC; empty where the commit cannot be read."""
    tracked: frozenset[bytes] | None = None
    """Paths in the index; None where there is none."""


def read_git_facts(root: str) -> GitFacts:
    """Facts of the clone whose top folder is `root`; all empty when it is none. Raises nothing.

    A `.git` file that points elsewhere (work trees, submodules) is not followed: it may point out of the target.
    """
    try:
        git = inside(root, ".git")
    except UnreadableError:
        return GitFacts()
    commit = resolve_ref(git, "HEAD")
    tracked = read_tracked(f"{git}/index", id_bytes=len(commit) // 2 or 20)
    return GitFacts(commit=commit, date=commit_date(root, commit), tracked=tracked)


def commit_date(root: str, commit: str) -> str:
    """Author date of a commit in ISO 8601, UTC; empty where it cannot be read."""
    try:
        repository = Repository(root)
    except (UnreadableError, OSError):
        return ""
    try:
        return to_date(repository.commit(commit).author_time)
    except (UnreadableError, OSError):
        return ""
    finally:
        repository.close()
