"""What the path of a file says of everything in it."""

from __future__ import annotations

from enum import StrEnum
from fnmatch import fnmatchcase

from vcdd.core.lexicon import PathWords


class Area(StrEnum):
    """The part of a repository a file belongs to."""

    PRODUCT = "product"
    DEPLOY = "deploy"
    TEST = "test"
    DOCS = "docs"
    GENERATED = "generated"
    """Recorded traffic, lock files, compiled bundles."""
    HISTORY = "history"
    """Database migrations: what the product once took by default."""


_METADATA = frozenset(("pkg-info", "metadata", "record"))
"""Packaging metadata repeats the README (core metadata specification)."""


def area_of(path: str, words: PathWords) -> Area:
    """The area of a path; folders nearer to the root do not outrank those nearer to the file, any one decides."""
    lower = path.lower()
    parts = lower.split("/")
    folders, name = set(parts[:-1]), parts[-1]
    if folders & words.tests or _is_test_name(name):
        return Area.TEST
    if folders & words.generated or name in _METADATA or ".egg-info/" in lower or ".dist-info/" in lower:
        return Area.GENERATED
    if folders & (words.docs | words.examples) or name.endswith(tuple(words.doc_suffixes)) or _is_example_name(name):
        return Area.DOCS
    if folders & words.history:
        return Area.HISTORY
    if folders & words.deploy or any(fnmatchcase(name, pattern) for pattern in words.deploy_names):
        return Area.DEPLOY
    return Area.PRODUCT


def _is_test_name(name: str) -> bool:
    stem = name.partition(".")[0]
    return (
        stem.startswith("test_")
        or stem.endswith(("_test", "_tests", "_spec"))
        or stem in ("conftest", "test", "tests")
        or ".test." in name
        or ".spec." in name
    )


def _is_example_name(name: str) -> bool:
    return name.partition(".")[0] in ("example", "examples", "demo", "quickstart", "tutorial", "sample")
