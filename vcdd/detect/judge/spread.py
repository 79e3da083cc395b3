"""Catalogues that are spread over files: a folder of settings, one model in each (`models/llm/*.json`).

No file of such a folder says that it is one of many; only their company does.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from vcdd.core.site import FrameKind
from vcdd.detect.judge.candidate import Candidate
from vcdd.detect.judge.evidence import CATALOG_SIZE
from vcdd.detect.judge.link_keys import CODE

_SUFFIXES = (".json", ".json5", ".jsonc", ".toml", ".yaml", ".yml")
_MOSTLY = 0.8
"""Share of the files that must hold an id of their own: a dozen agents that all take one model are no catalogue."""
_Spread = tuple[str, tuple[str, ...]]
"""A folder, and the keys under which its files hold their models, innermost first."""


def spread_over_files(found: Iterable[Candidate]) -> list[Candidate]:
    """The candidates in their order; those of a folder's many files as members of one long list."""
    candidates = list(found)
    paths: dict[_Spread, set[str]] = defaultdict(set)
    texts: dict[_Spread, set[str]] = defaultdict(set)
    for candidate in candidates:
        if spread := _spread(candidate):
            paths[spread].add(candidate.site.path)
            texts[spread].add(candidate.site.text)
    sizes = {key: len(files) for key, files in paths.items() if len(texts[key]) >= _MOSTLY * len(files)}
    return [_among(candidate, sizes.get(_spread(candidate) or ("", ()), 0)) for candidate in candidates]


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
    return (posixpath.dirname(site.path), keys) if keys else None
