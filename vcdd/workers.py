"""Reading many files: which entries are read, in which process, and what was not read and why.

One file costs at most itself: whatever a reader or a native parser does to it, the rest is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from vcdd.core.lexicon import Lexicon
from vcdd.core.site import ReadFile
from vcdd.core.source_file import Coverage, Skipped
from vcdd.core.vocabulary import Vocabulary
from vcdd.detect.engine import read_source
from vcdd.detect.sites.choose import kind_of
from vcdd.target.entry import Entry
from vcdd.target.limits import Limits
from vcdd.target.prefilter import Prefilter
from vcdd.target.read import read_sources

Progress = Callable[[int, int], None]
"""Called with (files read, files parsed) so far."""

_ALWAYS = frozenset(
    {"requirements", "pyproject", "package-json", "env", "dockerfile", "modelfile", "weights-json", "manifest", "conda"}
)
"""Kinds of files that are parsed without a literal: they are small, and what they name is often bare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesRead:
    """All sites of a target, and the denominator."""

    files: tuple[ReadFile, ...]
    """In the order of the entries; a large file gives one ReadFile for each window."""
    coverage: Coverage


def prefilter_for(vocabulary: Vocabulary, lexicon: Lexicon) -> Prefilter:
    """The literals of which one stands in every file worth parsing: known ids and hosts, and the calls that load."""
    calls = {callee.rpartition(".")[2].rpartition("#")[2] for row in lexicon.rows for callee in row.callees}
    names = [f'"{name}"'.strip('"') for name in sorted(calls) if len(name) >= _SHORTEST_CALL]
    return Prefilter([*vocabulary.literals, *(name.encode() for name in (*names, *_PLACES))])


_SHORTEST_CALL = 8
"""Shorter names of calls (`load`, `chat`) stand in too many files to be a reason to parse one."""
_PLACES = ("model", "_llm", "llm_", "checkpoint", "repo_id", ".gguf", ".safetensors", ".onnx", ".ckpt", ".pth", "licen")
"""Words of places in which an id nobody knows may stand."""


def read_entries(
    entries: Iterable[Entry | Skipped], prefilter: Prefilter, limits: Limits, progress: Progress
) -> FilesRead:
    """Read, search and parse every entry of a target."""
    return _gather(_results(entries, prefilter, limits), progress)


_Result = tuple[list[ReadFile], tuple[Skipped, ...], int]
"""Files parsed, reasons, and how many files the entry stands for."""


def _results(entries: Iterable[Entry | Skipped], prefilter: Prefilter, limits: Limits) -> Iterator[_Result]:
    for entry in entries:
        if isinstance(entry, Skipped):
            yield [], (entry,), 0
        else:
            found, reasons = read_entry(entry, prefilter, limits)
            yield found, reasons, 1


def _gather(results: Iterable[_Result], progress: Progress) -> FilesRead:
    files: list[ReadFile] = []
    skipped: list[Skipped] = []
    total = read = parsed = 0
    for found, reasons, count in results:
        missed = sum(reason.files for reason in reasons)
        total += max(count, missed)
        read += 1 if count and not missed else 0
        parsed += bool(found)
        files.extend(found)
        skipped.extend(reasons)
        progress(read, parsed)
    coverage = Coverage(
        files_total=total,
        files_read=read,
        files_parsed=parsed,
        files_skipped=tuple(sorted(skipped, key=lambda row: (row.path, row.reason))),
    )
    return FilesRead(files=tuple(files), coverage=coverage)


def read_entry(entry: Entry, prefilter: Prefilter, limits: Limits) -> tuple[list[ReadFile], tuple[Skipped, ...]]:
    """Sites of one entry, and why something of it was not read. Never raises on account of the file."""
    reading = read_sources(entry, prefilter, limits, always=kind_of(entry.path) in _ALWAYS)
    found = []
    for source in reading.sources:
        try:
            result = read_source(source)
        except Exception as error:  # noqa: BLE001 -- a reader's fault costs one file, and is named in the coverage
            return [], (*reading.skipped, Skipped(path=entry.path, reason=f"reader failed: {type(error).__name__}"))
        if result is not None:
            found.append(result)
    return found, reading.skipped
