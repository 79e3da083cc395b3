"""Reads and judges the files of a target: the part of a scan that a target which has not changed can do without."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from vcdd.core.source_file import Skipped
from vcdd.detect.engine import detect
from vcdd.detect.observe import Observer
from vcdd.detect.observe.artefacts import SMALLEST_WEIGHTS
from vcdd.instruments import instruments_for
from vcdd.memory import Detected
from vcdd.processes import Progress
from vcdd.registry.licence_text import match_licence_text
from vcdd.registry.registry import Registry
from vcdd.target.entry import Entry
from vcdd.target.limits import Limits
from vcdd.workers import read_entries


def read_and_judge(
    entries: Iterable[Entry | Skipped], registry: Registry, limits: Limits, progress: Progress, *, workers: int = 1
) -> Detected:
    """What these entries hold: references, observations, weights, and what was not read."""
    use = instruments_for(registry)
    lying: list[tuple[str, int]] = []
    noted = _noted(entries, lying)
    files = read_entries(noted, use.prefilter, limits, progress, workers=workers)
    detection = detect(files.files, use.judge)
    return Detected(
        references=detection.references,
        observations=Observer(use.lexicon, _licence_matcher(registry)).observe(files.files, lying),
        shapes=tuple(shape for file in files.files for shape in file.shapes),
        coverage=replace(files.coverage, parse_fallbacks=detection.fallbacks),
    )


def _noted(entries: Iterable[Entry | Skipped], lying: list[tuple[str, int]]) -> Iterator[Entry | Skipped]:
    """The entries as they come; path and size of the target's own files that may hold weights go into `lying`."""
    for entry in entries:
        if not isinstance(entry, Skipped) and not entry.vendored and entry.size >= SMALLEST_WEIGHTS:
            lying.append((entry.path, entry.size))
        yield entry


def _licence_matcher(registry: Registry) -> Callable[[str], tuple[str, str]]:
    def match(text: str) -> tuple[str, str]:
        found = match_licence_text(registry, text)
        licence = registry.licence(found.licence) if found.licence else None
        return licence.name if licence else "", found.clauses[0].quote if found.clauses else ""

    return match
