"""Compile the tables into an index that answers in microseconds: dictionaries and prefix buckets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from vcdd.registry.indexes import FIRST, Indexes, index_tables
from vcdd.registry.literals import literals_of
from vcdd.registry.tables import Raw, Tables
from vcdd.values import dataclass

Bucket = dict[str, list[list[Any]]]
"""Literal prefix of a glob to `[remainder, family id, literal characters, scope]` entries."""
Buckets = Mapping[str, Bucket]
"""First two characters of the literal prefix to all that start so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """Tables with their index; everything in it is plain JSON, so that it can be cached."""

    tables: Mapping[str, Mapping[str, Raw]]
    indexes: Indexes
    exact: dict[str, str]
    """Lower-case id or name to checkpoint id."""
    literals: list[str]
    """For the prefilter, sorted; see `literals`."""
    globs: Mapping[str, Buckets]
    """`whole` globs over whole ids; `names` globs over the part behind the organisation; `scoped` bare words."""
    words: dict[str, list[list[Any]]]
    """Lower-case bare word to `[checkpoint id, scope]` entries, in file order."""
    version: str
    """A short digest of the tables."""


def compile_tables(tables: Tables) -> Compiled:
    """The index of these tables; where two records claim a name, the first has it (and the lint reports it)."""
    exact = _exact(tables["checkpoints"])
    return Compiled(
        tables=tables,
        indexes=index_tables(tables),
        exact=exact,
        literals=literals_of(tables, exact),
        globs={
            "whole": _buckets(_whole(tables["families"])),
            "names": _buckets(_names(tables["families"])),
            "scoped": _buckets(_scoped(tables["families"])),
        },
        words=_words(tables["checkpoints"]),
        version=_digest(tables),
    )


def _digest(tables: Tables) -> str:
    text = json.dumps(tables, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def split_glob(glob: str) -> tuple[str, str, int]:
    """(literal prefix, remainder, count of literal characters), lower case. Only `*` is special."""
    glob = glob.lower()
    head, star, tail = glob.partition("*")
    return head, star + tail, len(glob) - glob.count("*")


def _exact(checkpoints: dict[str, Raw]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, record in checkpoints.items():
        for name in (key, *record.get("names", ())):
            found.setdefault(name.lower(), key)
    return found


def _whole(families: dict[str, Raw]) -> Iterator[tuple[str, str, list[str]]]:
    for key, record in families.items():
        for glob in record.get("match", ()):
            yield glob, key, []


def _names(families: dict[str, Raw]) -> Iterator[tuple[str, str, list[str]]]:
    """The name parts of `org/name` globs, for re-uploads and routers; a bare `*` says nothing about a name."""
    for key, record in families.items():
        for glob in record.get("match", ()):
            org, slash, name = glob.partition("/")
            if slash and "/" not in name and "*" not in org and len(name.split("*")[0]) >= 2:
                yield name, key, []


def _scoped(families: dict[str, Raw]) -> Iterator[tuple[str, str, list[str]]]:
    for key, record in families.items():
        for word in record.get("scoped", ()):
            yield word["word"], key, list(word["scope"])


def _words(checkpoints: dict[str, Raw]) -> dict[str, list[list[Any]]]:
    found: dict[str, list[list[Any]]] = {}
    for key, record in checkpoints.items():
        for word in record.get("scoped", ()):
            found.setdefault(word["word"].lower(), []).append([key, list(word["scope"])])
    return found


def _buckets(globs: Iterator[tuple[str, str, list[str]]]) -> Buckets:
    buckets: dict[str, Bucket] = {}
    for glob, family, scope in globs:
        head, rest, literal = split_glob(glob)
        entry = [rest, family, literal, scope]
        entries = buckets.setdefault(head[:FIRST], {}).setdefault(head, [])
        if entry not in entries:
            entries.append(entry)
    return buckets
