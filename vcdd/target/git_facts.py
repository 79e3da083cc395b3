"""The commit of a clone and what version control tracks, read from its files: no git process ever sees the target.

A stranger's `.git/config` can name programs that git then runs (fsmonitor, hooks, filters), so it is never read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vcdd.target.entry import UnreadableError, read_file
from vcdd.target.git_index import read_tracked
from vcdd.target.limits import MIB

_ID = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})\Z")
_REF = re.compile(r"refs/[A-Za-z0-9][A-Za-z0-9._/+@#-]{0,250}\Z")


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
    commit = resolve_ref(root, "HEAD")
    return GitFacts(commit=commit, tracked=read_tracked(f"{root}/.git/index", id_bytes=len(commit) // 2 or 20))


def resolve_ref(root: str, name: str, *, git: str = ".git") -> str:
    """The commit id that a ref leads to, through at most five symbolic refs; empty when there is none."""
    for _ in range(5):
        text = _text(f"{root}/{git}/{name}", 1024).strip()
        if not text:
            text = _packed(_text(f"{root}/{git}/packed-refs", 16 * MIB), name)
        if _ID.match(text):
            return text
        name = text.removeprefix("ref:").strip()
        if not text.startswith("ref:") or not is_ref(name):
            return ""
    return ""


def is_ref(name: str) -> bool:
    """Whether this is the full name of a ref that cannot lead out of the folder."""
    return bool(_REF.match(name)) and ".." not in name and "//" not in name


def _text(path: str, limit: int) -> str:
    try:
        return read_file(path, limit).decode("ascii", "replace")
    except UnreadableError:
        return ""


def _packed(text: str, name: str) -> str:
    ending = " " + name
    return next((line[: -len(ending)] for line in text.splitlines() if line.endswith(ending)), "")
