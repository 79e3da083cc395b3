"""Foreign text made fit to carry: one place where control characters leave what the Hub says."""

from __future__ import annotations

import re
import unicodedata

_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# The Hub's own rule: ASCII word characters, dot and dash, at most 96 a part, neither `--` nor `..`
# (huggingface_hub, utils/_validators.py). Written here too, because answers must be judged without importing it.
_PART = r"[A-Za-z0-9_](?:[A-Za-z0-9_.\-]{0,94}[A-Za-z0-9_])?"
_REPO_ID = re.compile(rf"(?:{_PART}/)?{_PART}")


def clean(value: object, limit: int = 300) -> str:
    """`value` as one line of printable text of at most `limit` characters; empty for anything that is not a string.

    Control, format (right-to-left marks, zero widths), surrogate and private characters are dropped, not escaped: an
    escape sequence loses its ESC and is inert.
    """
    if not isinstance(value, str):
        return ""
    cut = value[: limit * 4]
    if cut.isascii() and cut.isprintable():
        return cut.strip()[:limit].strip()
    spaced = cut.replace("\n", " ").replace("\t", " ")
    return "".join(c for c in spaced if unicodedata.category(c) not in _DROPPED).strip()[:limit].strip()


def is_repo_id(text: str) -> bool:
    """Whether `text` can be the id of a Hub repository (`name` or `org/name`)."""
    return _REPO_ID.fullmatch(text) is not None and "--" not in text and ".." not in text and not text.endswith(".git")
