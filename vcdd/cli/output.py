"""Writing results: to stdout, or atomically to files that are opened only when everything is rendered."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from vcdd.errors import OutputError, UsageError
from vcdd.whole import write_whole


def format_for(path: str) -> str:
    """The format that the end of a file name asks for; longer endings win. Raises UsageError for an unknown one."""
    from vcdd.render.renderer import SUFFIXES, format_of  # noqa: PLC0415 -- slow import

    found = format_of(path)
    if not found:
        endings = ", ".join(sorted(SUFFIXES))
        raise UsageError(f"cannot tell a format from the name {path}", help=f"Use --format, or one of {endings}.")
    return found


def write_atomically(path: Path, content: str | bytes) -> None:
    """All of the content or nothing, readable by whom the user's umask lets.

    Raises:
        OutputError: the folder cannot be written or the disk is full; no half-written file remains.
    """
    try:
        write_whole(path, content, mode=0o666 & ~_umask())
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"cannot write {path}: {reason}", help="Choose another place with --output.") from error


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def print_text(text: str) -> None:
    """Text to stdout as UTF-8 where the stream allows it."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace")
    sys.stdout.write(text)
    sys.stdout.flush()


def planned(outputs: Sequence[Path], chosen: str) -> list[tuple[Path, str]]:
    """(file, format) for every --output; --format decides when there is one file, the suffix otherwise."""
    if len(outputs) == 1 and chosen:
        return [(outputs[0], chosen)]
    return [(path, format_for(path.name)) for path in outputs]
