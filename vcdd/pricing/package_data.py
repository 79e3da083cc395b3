"""Reads this room's own data files. They lie in the package and were reviewed; a fault in one is our own bug."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any


def _data(name: str) -> Path:
    return Path(__file__).parent / "data" / name


def has_data(name: str) -> bool:
    """Whether a data file of this name exists."""
    return _data(name).is_file()


def read_toml(name: str) -> dict[str, Any]:
    """The document `data/<name>`, numbers with a point as Decimal."""
    import tomli  # noqa: PLC0415 -- slow import

    return tomli.loads(_data(name).read_text(encoding="utf-8"), parse_float=Decimal)


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of the comma-separated file `data/<name>`; lines that begin with `#` are its field manual."""
    lines = _data(name).read_text(encoding="utf-8").splitlines()
    yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def read_notes(name: str) -> dict[str, str]:
    """The `# key=value` lines at the head of a comma-separated file."""
    lines = _data(name).read_text(encoding="utf-8").splitlines()
    pairs = (line[1:].strip().partition("=") for line in lines if line.startswith("#") and "=" in line)
    return {key: value for key, _, value in pairs}
