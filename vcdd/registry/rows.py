"""Tables that are kept as one line of JSON for each row, and read when a row is first asked for.

One question to the registry needs a few of its thousands of records. A line is cheap to keep; only what is asked for
becomes objects.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

V = TypeVar("V")


class Rows(Mapping[str, V]):
    """Values by key, in the order of the keys. Immutable in effect: it only remembers what it has read."""

    __slots__ = ("_rows",)

    def __init__(self, keys: Sequence[str], lines: Sequence[bytes]) -> None:
        self._rows: dict[str, bytes | V] = dict(zip(keys, lines, strict=True))

    def __getitem__(self, key: str) -> V:
        row = self._rows[key]
        if isinstance(row, bytes):
            row = self._rows[key] = json.loads(row)
        return row

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
