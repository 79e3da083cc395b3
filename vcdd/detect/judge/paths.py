"""What the path of a file says of everything in it."""

from __future__ import annotations

from enum import StrEnum
from fnmatch import fnmatchcase
from functools import lru_cache

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
    """Migrations and what is called deprecated: what the product once took by default."""
    BESIDE = "beside"
    """Evaluations and benchmarks: programs of their own that measure the product."""


_METADATA = frozenset(("pkg-info", "metadata", "record"))
"""Packaging metadata repeats the README (core metadata specification)."""
_TEST_WORDS = frozenset(("test", "tests", "spec", "specs", "fixture", "fixtures", "mock", "mocks"))
"""At either end of a file's name, or between its dots: `test_llm.py`, `llm-fixtures.ts`, `llm.spec.ts`."""


@lru_cache(maxsize=4096)
def area_of(path: str, words: PathWords) -> Area:
    """The area of a path; folders nearer to the root do not outrank those nearer to the file, any one decides."""
    lower = path.lower()
    parts = lower.split("/")
    folders, name = set(parts[:-1]), parts[-1]
    if folders & words.tests or _is_test_name(name):
        return Area.TEST
    if folders & words.generated or name in _METADATA or ".egg-info/" in lower or ".dist-info/" in lower:
        return Area.GENERATED
    if _CHANGES in folders and name.endswith(_CHANGE_SUFFIXES):
        return Area.HISTORY
    if (
        folders & (words.docs | words.examples)
        or any(map(_is_example_folder, folders))
        or name.endswith(tuple(words.doc_suffixes))
        or _is_example_name(name)
    ):
        return Area.DOCS
    if folders & words.history or name.partition(".")[0] in words.history:
        return Area.HISTORY
    if folders & words.beside:
        return Area.BESIDE
    if folders & words.deploy or any(fnmatchcase(name, pattern) for pattern in words.deploy_names):
        return Area.DEPLOY
    return Area.PRODUCT


_CHANGES = "changelog"
_CHANGE_SUFFIXES = (".sql", ".xml", ".yaml", ".yml", ".json")
"""Liquibase keeps a database's changes in a folder of this name; of any other kind of file it holds documents."""


def _is_test_name(name: str) -> bool:
    parts = name.replace("-", "_").split(".")
    words = parts[0].split("_")
    return (
        parts[0] == "conftest"
        or bool(_TEST_WORDS.intersection((words[0], words[-1])))
        or bool(_TEST_WORDS.intersection(parts[1:-1]))
    )


def _is_example_folder(name: str) -> bool:
    """`example_server`, `acme-examples`: what a project shows to those who use it."""
    words = name.replace("-", "_").split("_")
    return not {"example", "examples"}.isdisjoint((words[0], words[-1]))


_DATA = frozenset(("json", "jsonl", "yaml", "yml", "toml", "xml", "http"))
"""Suffixes of files that only show what may be written or sent, where an example of code may well be the program."""


def _is_example_name(name: str) -> bool:
    stem, _, suffix = name.partition(".")
    words = stem.replace("-", "_").split("_")
    if suffix in _DATA and not {"example", "examples"}.isdisjoint((words[0], words[-1])):
        return True
    return stem in ("example", "examples", "demo", "quickstart", "tutorial", "sample")
