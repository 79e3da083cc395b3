"""The compiled registry as bytes: what every question needs in one line, then one line for each row.

JSON and not pickle: a cache that somebody else wrote can be wrong, but it cannot run code.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from itertools import islice
from typing import Any

from vcdd.registry.compile import Compiled
from vcdd.registry.indexes import Indexes
from vcdd.registry.rows import Rows


def to_bytes(compiled: Compiled) -> bytes:
    """Checksum, index and rows, each row in a line of its own."""
    tables = {"tables": compiled.tables, "globs": compiled.globs}
    index = {
        "exact": compiled.exact,
        "literals": compiled.literals,
        "words": compiled.words,
        "version": compiled.version,
        "indexes": {field.name: getattr(compiled.indexes, field.name) for field in fields(Indexes)},
        "keys": {kind: {name: list(rows) for name, rows in group.items()} for kind, group in tables.items()},
    }
    rows = (row for group in tables.values() for table in group.values() for row in table.values())
    body = b"\n".join(map(_line, (index, *rows)))
    return b"%08x\n%b" % (zlib.crc32(body), body)


def from_bytes(data: bytes) -> Compiled:
    """What `to_bytes` wrote.

    Raises:
        ValueError, KeyError, TypeError: it is not that.
    """
    checksum, _, body = data.partition(b"\n")
    if int(checksum, 16) != zlib.crc32(body):
        raise ValueError("the checksum is another one")
    first, *rest = body.split(b"\n")
    index, lines = json.loads(first), iter(rest)
    keys = index.pop("keys")
    return Compiled(
        tables=_take(keys["tables"], lines),
        globs=_take(keys["globs"], lines),
        indexes=Indexes(**index.pop("indexes")),
        **index,
    )


def _take(keys: Mapping[str, list[str]], lines: Iterator[bytes]) -> dict[str, Rows[Any]]:
    return {name: Rows(own, tuple(islice(lines, len(own)))) for name, own in keys.items()}


def _iso(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be cached")


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_iso)


def _line(value: Any) -> bytes:
    return _ENCODER.encode(value).encode()
