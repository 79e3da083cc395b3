"""One file of the target as the readers get it."""

from __future__ import annotations

from dataclasses import field

from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A bounded, decoded read of one file. Readers never open anything themselves."""

    path: str
    """Posix path relative to the root, control characters replaced."""
    text: str
    """Decoded text, newlines normalised to `\\n`; empty for a binary file."""
    head: bytes = b""
    """The first bytes of a weight or other binary file, bounded; empty for text."""
    size_bytes: int = 0
    """Size on disk or in the archive, which may exceed what was read."""
    truncated: bool = False
    """True when `text` or `head` is not the whole file."""
    hits: tuple[int, ...] = ()
    """For a file too large to parse: 1-based lines at which the prefilter saw a literal."""
    offset_lines: int = 0
    """Lines that come before `text` in the real file, for a window cut out of a larger one."""
    offset_columns: int = 0
    """Code points that come before `text` on its first line, for a window cut out of one very long line."""
    tracked: bool | None = None
    """Whether version control tracks the file; None where that is not known."""
    vendored: bool = False
    """True under site-packages, node_modules, vendor and the like, read only with `--deep`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A file that was not read, and why. Not read is not clean."""

    path: str
    reason: str
    files: int = 1
    """Files that this row stands for: more than 1 for a vendored folder, 0 for a thing that is no file."""
    open_ended: bool = False
    """True where reading ended early and nobody knows how much lies behind this row: a limit, a bomb, damage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallback:
    """A file that its own parser refused and a weaker reader read."""

    path: str
    parser: str
    """The reader that failed, `python` say."""
    used: str
    """The weaker reader that read it instead."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The denominator: what lay there, what was read, what was not and why."""

    files_total: int = 0
    files_read: int = 0
    """Opened and searched for literals to the end; parsed where one was found."""
    files_parsed: int = 0
    files_skipped: tuple[Skipped, ...] = ()
    """Sorted by path."""
    parse_fallbacks: tuple[Fallback, ...] = field(default=())
    """Sorted by path."""

    @property
    def ratio(self) -> float:
        """Share of files read, 0 to 1; 1.0 for an empty target."""
        return self.files_read / self.files_total if self.files_total else 1.0

    @property
    def files_in_part(self) -> int:
        """Files that were opened and not read or parsed to the end; they are not among `files_read`."""
        return len({row.path for row in self.files_skipped if not row.files and not row.open_ended})

    @property
    def cut(self) -> Skipped | None:
        """The first row behind which an unknown number of files lies; None when every file was counted."""
        return next((row for row in self.files_skipped if row.open_ended), None)
