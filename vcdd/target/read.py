"""From an entry to source files: bounded, decoded, and cut into windows where a file is too large to parse."""

from __future__ import annotations

from dataclasses import replace

from vcdd.core.source_file import Skipped, SourceFile
from vcdd.target.decode import is_binary, to_text, to_utf8
from vcdd.target.entry import Entry, UnreadableError
from vcdd.target.limits import MIB, Limits
from vcdd.target.prefilter import Prefilter
from vcdd.target.presence import load_presence
from vcdd.target.windows import Window, cut_windows, is_within, lines_of
from vcdd.values import dataclass

# Git LFS leaves this text in place of a large file (its pointer file specification).
_LFS_POINTER = b"version https://git-lfs.github.com/spec/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The bounded bytes of one entry: UTF-8 text with line feeds, or the head of a weight file."""

    path: str
    data: bytes
    size: int
    is_weights: bool = False
    truncated: bool = False
    """True when `data` is not the whole file."""
    tracked: bool | None = None
    vendored: bool = False
    is_notebook: bool = False

    @property
    def note(self) -> Skipped | None:
        """The row for the coverage when a part was not read, None otherwise. Of a weight file the header is all."""
        if self.is_weights and self.data.startswith(_LFS_POINTER):
            return Skipped(path=self.path, reason="Git LFS pointer: the weights themselves are not in the target")
        if self.truncated and not self.is_weights:
            return Skipped(path=self.path, reason=f"read to {_mib(len(self.data))} of {_mib(self.size)}", files=0)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one entry came to."""

    sources: tuple[SourceFile, ...] = ()
    """One; several windows of a large file; or none, when the file was read and holds no literal."""
    skipped: tuple[Skipped, ...] = ()
    """Why nothing, or not everything, was read."""
    weak: bool = False
    """Whether a weak literal was seen."""


def load(entry: Entry, limits: Limits) -> Loaded | Skipped:
    """The bytes of an entry within the limits, or why there are none. Never raises on account of the file."""
    name = entry.path.rpartition("/")[2].lower()
    is_weights = load_presence().is_weights(name)
    bound = limits.head_bytes if is_weights else limits.of_text(name)
    try:
        raw = entry.read(bound, whole_binary=is_weights)
    except UnreadableError as error:
        return Skipped(path=entry.path, reason=str(error))
    if not is_weights and is_binary(raw):
        return Skipped(path=entry.path, reason="binary")
    return Loaded(
        path=entry.path,
        data=raw if is_weights else to_utf8(raw),
        size=max(entry.size, len(raw)),
        is_weights=is_weights,
        truncated=max(entry.size, len(raw)) > len(raw),
        tracked=entry.tracked,
        vendored=entry.vendored,
        is_notebook=name.endswith(".ipynb"),
    )


def to_source(loaded: Loaded, limits: Limits, positions: tuple[int, ...] = ()) -> SourceFile:
    """The whole of what was loaded as one source file; above the parse cap, `hits` names the lines of `positions`."""
    hits = lines_of(loaded.data, positions) if is_too_large(loaded, limits) else ()
    return SourceFile(
        path=loaded.path,
        text="" if loaded.is_weights else to_text(loaded.data),
        head=loaded.data if loaded.is_weights else b"",
        size_bytes=loaded.size,
        truncated=loaded.truncated,
        hits=hits,
        tracked=loaded.tracked,
        vendored=loaded.vendored,
    )


def to_windows(
    loaded: Loaded, limits: Limits, positions: tuple[int, ...], strong: tuple[int, ...] | None = None
) -> Reading:
    """The surroundings of the positions as source files of their own, in order, none overlapping.

    Where they are too many, those of `strong` alone, and where these are too, with less around them.
    """
    windows, left_out = cut_windows(loaded.data, positions, limits)
    if left_out and strong is not None:
        windows, missed = cut_windows(loaded.data, strong, limits)
        if missed:
            windows, _ = cut_windows(loaded.data, strong, replace(limits, window_lines=limits.narrow_lines))
        left_out = sum(1 for position in positions if not is_within(windows, position))
    why = f"large file: {left_out:,} of {len(positions):,} places that may name a model were not parsed"
    skipped = (Skipped(path=loaded.path, reason=why, files=0),) if left_out else ()
    return Reading(sources=tuple(_window_source(loaded, window) for window in windows), skipped=skipped)


def is_too_large(loaded: Loaded, limits: Limits) -> bool:
    """Whether only windows of it are parsed. A notebook is JSON and quickly parsed whole, its outputs set aside."""
    return not loaded.is_weights and not loaded.is_notebook and len(loaded.data) > limits.parse_bytes


def read_sources(entry: Entry, prefilter: Prefilter, limits: Limits, *, always: bool = False) -> Reading:
    """Everything a worker does with one entry before parsing.

    A file without a strong literal is read and yields no source, unless `always`. A large one yields windows.
    """
    loaded = load(entry, limits)
    if isinstance(loaded, Skipped):
        return Reading(skipped=(loaded,))
    note = (loaded.note,) if loaded.note else ()
    if loaded.is_weights:
        return Reading(sources=(to_source(loaded, limits),), skipped=note)
    hits = prefilter.hits(loaded.data)
    if not hits.strong and not always:
        return Reading(skipped=note, weak=hits.weak)
    if not is_too_large(loaded, limits):
        return Reading(sources=(to_source(loaded, limits),), skipped=note, weak=hits.weak)
    windows = to_windows(loaded, limits, prefilter.positions(loaded.data))
    return replace(windows, skipped=(*note, *windows.skipped), weak=hits.weak)


def _window_source(loaded: Loaded, window: Window) -> SourceFile:
    return SourceFile(
        path=loaded.path,
        text=to_text(window.data),
        size_bytes=loaded.size,
        truncated=True,
        hits=window.hits,
        offset_lines=window.offset_lines,
        offset_columns=window.offset_columns,
        tracked=loaded.tracked,
        vendored=loaded.vendored,
    )


def _mib(size: int) -> str:
    return f"{size / MIB:,.1f} MiB"
