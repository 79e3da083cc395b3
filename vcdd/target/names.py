"""Names of files made fit to be shown: a name is hostile text too."""

from __future__ import annotations

import re
import unicodedata

# Cc and Cf hold the control, escape and direction-changing characters, Zl and Zp the two that break lines, Cs what
# stands for a byte that is no UTF-8 (PEP 383).
_UNFIT = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_PLAIN = re.compile(r"[\x20-\x7e]*\Z")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_LONGEST = 1024
_LONGEST_PATH = 4096  # PATH_MAX of Linux


def to_shown(name: str) -> str:
    """The name with control, direction and undecodable characters replaced by U+FFFD, at most 1,024 characters long."""
    if not _PLAIN.match(name):
        name = "".join(_REPLACEMENT if unicodedata.category(character) in _UNFIT else character for character in name)
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def to_member(name: str) -> str | None:
    """A clean relative posix path for the name of an archive member or tree entry, or None if it leads outside.

    `./a//b` becomes `a/b`. Absolute names, drive letters, backslashes that climb, `..` and names longer than any
    system takes are refused.
    """
    if len(name) > _LONGEST_PATH:
        return None
    path = name.replace("\\", "/")
    if path.startswith("/") or re.match(r"[A-Za-z]:", path):
        return None
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if ".." in parts:
        return None
    return "/".join(parts)
