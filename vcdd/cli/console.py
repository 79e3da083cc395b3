"""The terminal: what may go to stderr, colours, width and progress. Renderers never ask a stream."""

from __future__ import annotations

import os
import shutil
import sys
import time
import unicodedata
from collections.abc import Mapping
from typing import TextIO

_REDRAW_S = 0.1
"""Seconds between two redraws of the progress line."""


def plain(text: str) -> str:
    """Text fit for a terminal: control characters, line breaks and direction marks replaced by spaces."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text)


def wants_colour(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """NO_COLOR beats FORCE_COLOR beats what the stream is (no-color.org)."""
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and environ.get("TERM") != "dumb"


def width_of(environ: Mapping[str, str]) -> int:
    """Columns of the terminal, 80 where there is none."""
    columns = environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns) >= 40:
        return int(columns)
    return min(shutil.get_terminal_size((80, 24)).columns, 120) if sys.stdout.isatty() else 80


def say(message: str) -> None:
    """One line to stderr."""
    sys.stderr.write(f"{plain(message)}\n")


class ProgressLine:
    """Counts on one line of a terminal's stderr, redrawn at most ten times a second; silent anywhere else."""

    def __init__(self, *, enabled: bool) -> None:
        self._enabled = enabled and sys.stderr.isatty() and not os.environ.get("CI")
        self._drawn = 0.0
        self._started = time.monotonic()

    def __call__(self, read: int, parsed: int) -> None:
        """Show the counts so far."""
        now = time.monotonic()
        if self._enabled and now - self._drawn >= _REDRAW_S:
            self._drawn = now
            sys.stderr.write(f"\r\x1b[K{read:,} files read, {parsed:,} parsed, {now - self._started:.0f} s")
            sys.stderr.flush()

    def close(self) -> None:
        """Remove the line."""
        if self._enabled and self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
