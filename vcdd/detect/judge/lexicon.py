"""The lexicon from its tables: loaders, words of places and paths, hidden weights, signals."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tomli

from vcdd.core.lexicon import HiddenWeights, Lexicon, LoaderRow, PathWords, PlaceWords, Signal
from vcdd.core.reference import ReferenceKind

_DATA = Path(__file__).parent / "data"
_ONLY_FOR_TESTS = ("language",)


def load_lexicon() -> Lexicon:
    """Every table of the package, read once per call; raises KeyError or ValueError for a broken table (our own bug)."""
    words = _read("words.toml")
    paths = dict(words["paths"])
    hidden = _read("hidden.toml")
    return Lexicon(
        rows=tuple(_row(raw) for raw in loader_records()),
        hidden=tuple(HiddenWeights(**_tuples(raw)) for raw in hidden.get("hidden", ())),
        signals=tuple(Signal(**_tuples(raw)) for raw in _read("signals.toml").get("signal", ())),
        places=PlaceWords(**{name: frozenset(values) for name, values in words["places"].items()}),
        paths=PathWords(
            deploy_names=tuple(paths.pop("deploy_names")), **{name: frozenset(values) for name, values in paths.items()}
        ),
        packages=_read("packages.toml").get("packages", {}),
        provider_names=words["provider_names"],
    )


def loader_records() -> Iterable[dict[str, Any]]:
    """The raw rows of every loaders table, files in name order."""
    tables = sorted((f for f in _DATA.joinpath("loaders").iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    for table in tables:
        yield from tomli.loads(table.read_text(encoding="utf-8")).get("row", ())


def _row(raw: dict[str, Any]) -> LoaderRow:
    fields = {name: value for name, value in raw.items() if name not in _ONLY_FOR_TESTS}
    kind = ReferenceKind(fields.pop("kind", ReferenceKind.API_MODEL))
    return LoaderRow(kind=kind, **_tuples(fields))


def _read(name: str) -> dict[str, Any]:
    return tomli.loads(_DATA.joinpath(name).read_text(encoding="utf-8"))


def _tuples(raw: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()}
