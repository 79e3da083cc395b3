"""A digest of what a scan would read: equal content gives the same digest, wherever and whenever it was written."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from vcdd.core.source_file import Skipped
from vcdd.target.entry import Entry, UnreadableError
from vcdd.target.limits import Limits
from vcdd.target.open import open_target
from vcdd.target.target import Target


def content_digest(spec: str, limits: Limits, *, deep: bool = False) -> str:
    """The digest of a path, in hexadecimal; empty for an address, whose content is known only when it was cloned.

    Raises:
        TargetError: nothing can be opened.
    """
    if "://" in spec and not Path(spec).exists():
        return ""
    with open_target(spec, limits=limits, deep=deep, network=False) as target:
        return digest_of(target, limits)


def digest_of(target: Target, limits: Limits) -> str:
    """The digest of an open target: paths, sizes and the first bytes of every entry, as many as a scan may read.

    Of a saved report what counts is what the company's code says: its references, not when and with what it was read.
    """
    text = _references(target.text) if target.info.kind == "report" else target.text
    whole = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16)
    for line in sorted(_lines(target, limits)):
        whole.update(line)
    return whole.hexdigest()


def _references(text: str) -> str:
    """Commit, strings and places of a report. A document of another shape counts as it is."""
    try:
        document = json.loads(text)
        groups = [*(part["references"] for part in document["models"]), document["other_references"]]
        rows = sorted([r["path"], r["line"], r["column"], r["written"]] for group in groups for r in group)
        return json.dumps([document["target"].get("commit", ""), rows])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return text


def _lines(target: Target, limits: Limits) -> list[bytes]:
    most = max(limits.text_bytes, limits.head_bytes)
    return [_line(entry, most) for entry in target.entries()]


def _line(entry: Entry | Skipped, most: int) -> bytes:
    if isinstance(entry, Skipped):
        return f"{entry.path}\0{entry.reason}\0{entry.files}\n".encode("utf-8", "replace")
    try:
        content = hashlib.blake2b(entry.read(most), digest_size=16).digest()
    except UnreadableError as error:
        content = str(error).encode("utf-8", "replace")
    return f"{entry.path}\0{entry.size}\0".encode("utf-8", "replace") + content + b"\n"
