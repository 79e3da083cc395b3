"""Runs one command and turns every error into a sentence and an exit status."""

from __future__ import annotations

import errno
import gc
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Protocol, TypeGuard

from vcdd.errors import ExitStatus, VcddError

OBJECTS_BETWEEN_COLLECTIONS = 200_000
"""A scan makes millions of values that refer to each other in one direction only, and looking for circles among them
was a sixth of its time. What is in a circle (a few syntax trees) waits a little longer."""


_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""What a full or broken disk behind stdout says."""


def run(argv: Sequence[str]) -> int:
    """The exit status of `vcdd ARGV…`. Data goes to stdout, everything else to stderr."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 20, 100)
    try:
        return _run(argv)
    except VcddError as error:
        _say(error.message, error.help)
        return int(error.status)
    except KeyboardInterrupt:
        _say("interrupted", "")
        return int(ExitStatus.INTERRUPTED)
    except (BrokenPipeError, SystemExit):
        # The reader of our stdout went away (`vcdd … | head`). click leaves with 1 for that, which means a gate here;
        # our own commands leave with typer's Exit.
        _silence()
        return int(ExitStatus.DONE)
    except Exception as error:  # noqa: BLE001 -- the last of three broad catches: our own bug must not look like a finding
        if isinstance(error, OSError) and error.errno in _NO_ROOM and error.filename is None:
            _silence()
            _say(f"cannot write the output: {error.strerror}", "What was written so far is cut; free some room first.")
            return int(ExitStatus.USAGE)
        if _is_usage(error):
            _say(error.format_message(), f"{_command(error)} --help lists what there is.")
            return int(ExitStatus.USAGE)
        _say(
            f"internal error: {type(error).__name__}: {error}",
            "This is a bug in vcdd; please report it. -vv shows where.",
        )
        if "-vv" in argv:
            traceback.print_exc()
        return int(ExitStatus.BUG)


def _silence() -> None:
    """No flush at exit may fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _run(argv: Sequence[str]) -> int:
    from vcdd.cli.app import app_for  # noqa: PLC0415 -- slow import: typer

    result = app_for(argv)(args=list(argv), prog_name="vcdd", standalone_mode=False)
    sys.stdout.flush()  # a full disk is told here, not by the interpreter on its way out
    return int(result or 0)


def _is_usage(error: Exception) -> TypeGuard[_UsageProblem]:
    """True for a wrong command or flag.

    By shape and not by class: typer up to 0.25 raises click's exceptions, later ones those of its own private copy.
    """
    return callable(getattr(error, "format_message", None)) and isinstance(getattr(error, "exit_code", None), int)


def _command(error: _UsageProblem) -> str:
    path = getattr(getattr(error, "ctx", None), "command_path", None)
    return path if isinstance(path, str) else "vcdd"


class _UsageProblem(Protocol):
    exit_code: int

    def format_message(self) -> str: ...


def _say(message: str, help_line: str) -> None:
    from vcdd.cli.console import plain  # noqa: PLC0415

    sys.stderr.write(f"vcdd: {plain(message)}\n")
    if help_line:
        sys.stderr.write(f"      {plain(help_line)}\n")
