"""Reading many files: which entries are read, in which process, and what was not read and why.

One file costs at most itself: whatever a reader or a native parser does to it, the rest is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from functools import partial
from itertools import chain, islice

from vcdd.core.lexicon import Lexicon
from vcdd.core.site import ReadFile
from vcdd.core.source_file import Coverage, Skipped
from vcdd.detect.engine import read_source
from vcdd.detect.judge.remember import RememberingVocabulary
from vcdd.detect.observe.licences import is_licence_file
from vcdd.detect.observe.wishes import OWN_FILE
from vcdd.detect.sites.choose import kind_of
from vcdd.detect.worth import Worth
from vcdd.processes import Progress, in_processes
from vcdd.target.entry import Entry
from vcdd.target.limits import Limits
from vcdd.target.prefilter import Prefilter
from vcdd.target.read import Reading, is_too_large, load, to_source, to_windows
from vcdd.values import dataclass

_ALWAYS = frozenset(
    {"requirements", "pyproject", "package-json", "env", "dockerfile", "modelfile", "weights-json", "manifest", "conda"}
)
"""Kinds of files that are parsed without a literal: they are small, and what they name is often bare."""
_ALWAYS_NAMES = frozenset(("setup.py", "jsr.json", OWN_FILE))
"""Manifests in the clothes of another kind, and what the scanned party asks of this tool."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesRead:
    """All sites of a target, and the denominator."""

    files: tuple[ReadFile, ...]
    """In the order of the entries; a large file gives one ReadFile for each window."""
    coverage: Coverage


class FileFilter:
    """The two levels by which a file is opened: bare literals in its bytes, then the words that confirm them."""

    def __init__(self, worth: Worth) -> None:
        self._worth = worth
        self._engines = iter(_ENGINES)
        self._left = 0
        self._change_engine()

    def fresh(self) -> FileFilter:
        """The same for another scan, with nothing remembered and nothing compiled again."""
        other = copy(self)
        other._worth = self._worth.fresh()  # noqa: SLF001 -- of the same class
        other._engines = copy(self._engines)  # noqa: SLF001
        return other

    @property
    def literals(self) -> tuple[bytes, ...]:
        """Those of the first level, whatever their case."""
        return self._worth.literals

    def is_worth(self, data: bytes, kind: str) -> bool:
        """Whether a file of this kind is parsed."""
        self._left -= len(data)
        if self._left < 0:
            self._change_engine()
        hits = self._prefilter.hits(data)
        return (hits.strong and self._worth.is_worth(data, kind)) or (hits.weak and self._worth.holds_key(data))

    def _change_engine(self) -> None:
        engine, searched = next(self._engines)
        self._left += searched
        self._prefilter = Prefilter(self._worth.literals, self._worth.weak_literals, engine=engine)

    def places(self, data: bytes, kind: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Byte offsets of what is worth parsing in a file too large to parse whole, ascending; and the strong of these."""
        return self._worth.places(data, kind)


_ENGINES = (("ahocorasick-nfa", 2 << 20), ("ahocorasick", 64 << 20), ("", 1 << 62))
"""Engines, and the bytes searched before the next one is worth its compilation: 0.03 s, and 0.15 s where one faster than
that is installed."""


def prefilter_for(vocabulary: RememberingVocabulary, lexicon: Lexicon) -> FileFilter:
    """The filter of one scan: known ids and hosts, the calls, commands, modules and settings of the tables, keys."""
    return FileFilter(Worth(vocabulary, lexicon))


def read_entries(
    entries: Iterable[Entry | Skipped], prefilter: FileFilter, limits: Limits, progress: Progress, *, workers: int = 1
) -> FilesRead:
    """Read, search and parse every entry of a target, in `workers` processes when there are many."""
    rest = iter(entries)
    first = list(islice(rest, _FEWEST))
    results = in_processes(
        partial(_result, prefilter=prefilter, limits=limits),
        chain(first, rest),
        lost=_lost,
        workers=workers if len(first) == _FEWEST else 1,
    )
    return _gather(results, progress)


_FEWEST = 500
"""Fewer entries are read in this process: to start others and to send the results would take longer."""
_Result = tuple[list[ReadFile], tuple[Skipped, ...], int]
"""Files parsed, reasons, and how many files the entry stands for."""


def _result(entry: Entry | Skipped, prefilter: FileFilter, limits: Limits) -> _Result:
    if isinstance(entry, Skipped):
        return [], (entry,), 0
    found, reasons = read_entry(entry, prefilter, limits)
    return found, reasons, 1


def _lost(entry: Entry | Skipped, why: str) -> _Result:
    return [], (entry if isinstance(entry, Skipped) else Skipped(path=entry.path, reason=why),), 1


def _gather(results: Iterable[_Result], progress: Progress) -> FilesRead:
    files: list[ReadFile] = []
    skipped: list[Skipped] = []
    total = read = parsed = 0
    for found, reasons, count in results:
        missed = sum(reason.files for reason in reasons) if reasons else 0
        total += max(count, missed)
        read += 1 if count and not reasons else 0
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


def read_entry(entry: Entry, prefilter: FileFilter, limits: Limits) -> tuple[list[ReadFile], tuple[Skipped, ...]]:
    """Sites of one entry, and why something of it was not read. Never raises on account of the file."""
    reading = _sources(entry, prefilter, limits)
    found = []
    for source in reading.sources:
        try:
            result = read_source(source)
        except Exception as error:  # noqa: BLE001 -- a reader's fault costs one file, and is named in the coverage
            return [], (*reading.skipped, Skipped(path=entry.path, reason=f"reader failed: {type(error).__name__}"))
        if result is not None:
            found.append(result)
    return found, reading.skipped


def _sources(entry: Entry, prefilter: FileFilter, limits: Limits) -> Reading:
    """What of an entry is parsed: nothing without a confirmed literal, windows of a large file, else the whole."""
    loaded = load(entry, limits)
    if isinstance(loaded, Skipped):
        return Reading(skipped=(loaded,))
    kind = kind_of(entry.path)
    skipped = (loaded.note,) if loaded.note else ()
    always = loaded.is_weights or kind in _ALWAYS or entry.path.rpartition("/")[2].lower() in _ALWAYS_NAMES
    if not (always or is_licence_file(entry.path) or prefilter.is_worth(loaded.data, kind)):
        return Reading(skipped=skipped)
    if not is_too_large(loaded, limits):
        return Reading(sources=(to_source(loaded, limits),), skipped=skipped)
    windows = to_windows(loaded, limits, *prefilter.places(loaded.data, kind))
    return replace(windows, skipped=(*skipped, *windows.skipped))
