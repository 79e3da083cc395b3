"""The registry as plain tables, exactly as the TOML files have them, keyed by id."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import tomli

DATA = Path(__file__).parent / "data"

Raw = dict[str, Any]
Tables = dict[str, dict[str, Raw]]
"""Kind of record to id to table: labs, families, checkpoints, providers, licences, lists, distributors, words."""

KINDS = ("labs", "families", "checkpoints", "providers", "licences", "lists", "distributors")

ARRAYS = {
    "lab": "labs",
    "family": "families",
    "checkpoint": "checkpoints",
    "provider": "providers",
    "licence": "licences",
    "list": "lists",
    "distributor": "distributors",
}
"""Heading of a TOML table to the kind it belongs to; `[lab]` and `[[lab]]` are read alike."""


def toml_entries(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    """Every TOML file of the registry below a folder, in no order, ready to ask for its state: the start-up path."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from toml_entries(entry.path)
            elif entry.name.endswith(".toml"):
                yield entry


def read_tables(root: Path) -> Tables:
    """All records below a data folder.

    Raises:
        OSError: a file cannot be read.
        ValueError: a file is not TOML, or an id stands twice; the message names the file.
    """
    tables: Tables = {kind: {} for kind in (*KINDS, "words")}
    for path in map(Path, sorted(entry.path for entry in toml_entries(root))):
        try:
            document = tomli.loads(path.read_text(encoding="utf-8"))
            add_document(tables, document)
        except ValueError as error:
            raise ValueError(f"{path.relative_to(root).as_posix()}: {error}") from error
    return tables


def add_document(tables: Tables, document: Mapping[str, Any]) -> None:
    """Put the records of one file into the tables.

    Raises:
        ValueError: an id stands twice, or a heading is not known.
    """
    for kind, key, record in records_of(document):
        if key in tables[kind]:
            raise ValueError(f"{key!r} stands twice among the {kind}")
        tables[kind][key] = record


def records_of(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Raw]]:
    """(kind, id, table) of each record in one file; families and checkpoints get the lab of their file.

    Raises:
        ValueError: a heading is not known.
    """
    owner = document["lab"]["id"] if isinstance(document.get("lab"), dict) else ""
    for heading, value in document.items():
        if heading == "words":
            yield "words", "words", value
            continue
        if heading not in ARRAYS:
            raise ValueError(f"unknown heading {heading!r}; known are {', '.join(sorted(ARRAYS))}")
        for record in value if isinstance(value, list) else [value]:
            if owner and heading != "lab":
                record.setdefault("lab", owner)
            yield ARRAYS[heading], record["code" if heading == "list" else "id"], record
