"""Catalogues that no list holds together: folders of settings, one model in each, and data files of many records.

No file of such a folder, and no piece of such a file, says that it is one of many; only their company does.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from vcdd.core.site import FrameKind
from vcdd.detect.judge.candidate import Candidate
from vcdd.detect.judge.evidence import CATALOG_SIZE
from vcdd.detect.judge.link_keys import CODE

_SUFFIXES = (".json", ".json5", ".jsonc", ".toml", ".yaml", ".yml")
_MOSTLY = 0.8
"""Share of the files that must hold an id of their own: a dozen agents that all take one model are no catalogue."""
_MANY = 2 * CATALOG_SIZE
"""Ids under keys of one name that make a data file a catalogue: no product is set to so many different ones in one file."""
_BULK = 8 * CATALOG_SIZE
"""So many, that every other id in the file belongs to one of its records."""
_Spread = tuple[str, tuple[str, ...]]
"""A folder (see `_folder`), and the keys under which its files hold their models, innermost first."""


def spread_over_files(found: Iterable[Candidate]) -> list[Candidate]:
    """The candidates in their order; those of a folder's many files, or of one file's many records, as members of a long list."""
    candidates = _gathered(list(found))
    paths: dict[_Spread, set[str]] = defaultdict(set)
    texts: dict[_Spread, set[str]] = defaultdict(set)
    for candidate in candidates:
        if spread := _spread(candidate):
            paths[spread].add(candidate.site.path)
            texts[spread].add(candidate.site.text)
    sizes: dict[str, int] = defaultdict(int)
    for key, files in paths.items():
        if len(texts[key]) >= _MOSTLY * len(files):
            sizes[key[0]] = max(sizes[key[0]], len(files))
    return [_among(candidate, _size(candidate, sizes)) for candidate in candidates]


def _gathered(candidates: list[Candidate]) -> list[Candidate]:
    texts: dict[tuple[str, str], set[str]] = defaultdict(set)
    for candidate in candidates:
        if spread := _spread(candidate):
            texts[(candidate.site.path, spread[1][0])].add(candidate.site.text)
    many = {place: len(ids) for place, ids in texts.items() if len(ids) >= _MANY}
    whole = {path: size for (path, _), size in many.items() if size >= _BULK}
    return [
        _among(candidate, many.get((path, spread[1][0]), whole.get(path, 0))) if spread else candidate
        for candidate, path, spread in ((each, each.site.path, _spread(each)) for each in candidates)
    ]


def _size(candidate: Candidate, sizes: Mapping[str, int]) -> int:
    """How many files the catalogue around a candidate has; every entry of its files is one of it, under whatever key."""
    spread = _spread(candidate)
    return sizes.get(spread[0], 0) if spread else 0


def _among(candidate: Candidate, size: int) -> Candidate:
    if size < CATALOG_SIZE:
        return candidate
    return replace(
        candidate, place=replace(candidate.place, records=max(size, candidate.place.records), selected=False)
    )


def _spread(candidate: Candidate) -> _Spread | None:
    site = candidate.site
    if site.reader in CODE or not site.path.endswith(_SUFFIXES):
        return None
    keys = tuple(frame.name for frame in site.frames if frame.kind is FrameKind.KEY)
    return (_folder(site.path), keys) if keys else None


def _folder(path: str) -> str:
    """The folder of a file, folders of one name beside each other being one (`model/*/specs` of chat, audio and video)."""
    above, _, name = posixpath.dirname(path).rpartition("/")
    return f"{posixpath.dirname(above)}/*/{name}" if "/" in above else f"{above}/{name}"
