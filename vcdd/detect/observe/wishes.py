"""What the scanned party asks to have set aside: comments and tables of its own. They are facts and hide nothing.

Catches `# vcdd: ignore[L101] reason` on the line of a finding or the one above it, in any comment syntax, and the
`[[suppress]]` tables of a `vcdd.toml` in the target. Misses on purpose a comment without a reason: that is no reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from vcdd.core.location import Location
from vcdd.core.reference import Observation, ObservationKind
from vcdd.core.source_file import SourceFile
from vcdd.detect.observe.secrets import key_shapes

OWN_FILE = "vcdd.toml"
"""The name of the tool's settings file; in a target it was written by the scanned party."""
DECLARED = frozenset(("binding", "suppress"))
"""Tables of that file that speak to this tool: a model named there is declared, not bound."""
_MARK = "vcdd: ignore["
_COMMENT = re.compile(r"vcdd: ignore\[([A-Za-z]\d{3}(?:, ?[A-Za-z]\d{3}){0,9})\][ \t]*(\S[^\n]{0,160})")
_MOST = 200
"""So many wishes of one file are read."""


def wishes(source: SourceFile) -> tuple[Observation, ...]:
    """Every wish of a file, in order of line; its subject is `RULE`, or `RULE model=ID` and `RULE path=FOLDER`."""
    if source.path.rpartition("/")[2] == OWN_FILE:
        return tuple(_of_tables(source))[:_MOST]
    return tuple(_of_comments(source))[:_MOST] if _MARK in source.text else ()


def _of_comments(source: SourceFile) -> Iterator[Observation]:
    for number, line in enumerate(source.text.split("\n"), start=1 + source.offset_lines):
        found = _COMMENT.search(line) if _MARK in line else None
        for rule in re.split(", ?", found[1]) if found else ():
            yield _wish(source.path, number, rule.upper(), found[2] if found else "")


def _of_tables(source: SourceFile) -> Iterator[Observation]:
    import tomli  # noqa: PLC0415 -- slow import

    try:
        tables: Any = tomli.loads(source.text).get("suppress", ())
    except (tomli.TOMLDecodeError, RecursionError):
        return
    for table in tables if isinstance(tables, list) else ():
        if not isinstance(table, dict):
            continue
        words = {key: value for key, value in table.items() if isinstance(value, str)}
        subject = words.get("rule") or words.get("fingerprint")
        if subject and words.get("reason"):
            limits = [f"{key}={words[key]}" for key in ("model", "path") if words.get(key)]
            yield _wish(source.path, 0, " ".join((subject, *limits)), words["reason"])


def _wish(path: str, line: int, subject: str, reason: str) -> Observation:
    where = Location(path=path, line=line, column=1 if line else 0)
    said = "".join(letter for letter in reason[:160] if letter.isprintable())
    words = ("[key]" if any(shape.match(word) for _, shape in key_shapes()) else word for word in said.split(" "))
    return Observation(kind=ObservationKind.TARGET_WISH, subject=subject[:200], location=where, detail=" ".join(words))
