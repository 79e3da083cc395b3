"""Refs of a git repository read from its files, bounded, never through a link."""

from __future__ import annotations

import re

from vcdd.target.entry import UnreadableError, inside, read_file
from vcdd.target.limits import MIB

_ID = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})\Z")
_REF = re.compile(r"refs/[A-Za-z0-9][A-Za-z0-9._/+@#-]{0,250}\Z")


def commit_id(text: str) -> str:
    """The text if it is a whole object id, SHA-1 or SHA-256, in hexadecimal; empty otherwise."""
    return text if _ID.match(text) else ""


def is_ref(name: str) -> bool:
    """Whether this is the full name of a ref that cannot lead out of the repository."""
    return bool(_REF.match(name)) and ".." not in name and "//" not in name


def resolve_ref(git: str, name: str) -> str:
    """The object id that a ref of the repository folder `git` leads to, through at most five symbolic refs; or empty.

    `name` is `HEAD` or passes `is_ref`.
    """
    for _ in range(5):
        text = _text(git, name, 1024).strip() or _packed(_text(git, "packed-refs", 64 * MIB), name)
        if commit_id(text):
            return text
        name = text.removeprefix("ref:").strip()
        if not text.startswith("ref:") or not is_ref(name):
            return ""
    return ""


def _text(git: str, name: str, limit: int) -> str:
    try:
        return read_file(inside(git, name), limit).decode("ascii", "replace")
    except UnreadableError:
        return ""


def _packed(text: str, name: str) -> str:
    """The id before the name in `packed-refs`, whose lines are an id, a space and a name."""
    at = text.find(f" {name}\n")
    return text[max(0, text.rfind("\n", 0, at) + 1) : at] if at >= 0 else ""
