"""Reading many files: which entries are read, in which process, and what was not read and why.

One file costs at most itself: whatever a reader or a native parser does to it, the rest is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from vcdd.core.site import ReadFile
from vcdd.core.source_file import Coverage, Skipped
from vcdd.detect.engine import read_source
from vcdd.target.entry import Entry
from vcdd.target.limits import Limits
from vcdd.target.prefilter import Prefilter
from vcdd.target.read import read_sources

Progress = Callable[[int, int], None]
"""Called with (files read, files parsed) so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesRead:
    """All sites of a target, and the denominator."""

    files: tuple[ReadFile, ...]
    """In the order of the entries; a large file gives one ReadFile for each window."""
    coverage: Coverage


def read_entries(
    entries: Iterable[Entry | Skipped], prefilter: Prefilter, limits: Limits, always: Callable[[str], bool], progress: Progress
) -> FilesRead:
    """Read, search and parse every entry in this process."""
    files: list[ReadFile] = []
    skipped: list[Skipped] = []
    total = read = parsed = 0
    for entry in entries:
        if isinstance(entry, Skipped):
            skipped.append(entry)
            total += entry.files
            continue
        total += 1
        found, reasons = read_entry(entry, prefilter, limits, always)
        skipped.extend(reasons)
        read += not any(reason.files for reason in reasons)
        parsed += bool(found)
        files.extend(found)
        progress(read, parsed)
    coverage = Coverage(
        files_total=total,
        files_read=read,
        files_parsed=parsed,
        files_skipped=tuple(sorted(skipped, key=lambda row: (row.path, row.reason))),
    )
    return FilesRead(files=tuple(files), coverage=coverage)


def read_entry(
    entry: Entry, prefilter: Prefilter, limits: Limits, always: Callable[[str], bool]
) -> tuple[list[ReadFile], tuple[Skipped, ...]]:
    """Sites of one entry, and why something of it was not read. Never raises on account of the file."""
    reading = read_sources(entry, prefilter, limits, always=always(entry.path))
    found = []
    for source in reading.sources:
        try:
            result = read_source(source)
        except Exception as error:  # noqa: BLE001 -- one of three broad catches: a reader's fault costs one file, and is named
            return [], (*reading.skipped, Skipped(path=entry.path, reason=f"reader failed: {type(error).__name__}"))
        if result is not None:
            found.append(result)
    return found, reading.skipped


def chunks(items: Iterable[Entry], size: int) -> Iterator[Sequence[Entry]]:
    """Groups of at most `size`, in order."""
    group: list[Entry] = []
    for item in items:
        group.append(item)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group
