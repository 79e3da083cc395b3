"""Runs the installed command as a user would: a subprocess, a scrubbed environment, a home and a cache of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

KEPT = ("PATH", "LANG", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "OPENBLAS_CORETYPE")
EPOCH = "1795478400"
"""2026-11-24T00:00:00Z: the clock of every end-to-end test."""


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str


def vcdd(*arguments: str, home: Path, stdin: str = "", cwd: Path | None = None, **environment: str) -> Ran:
    """One run of `vcdd`, at most two minutes."""
    clean = {name: os.environ[name] for name in KEPT if name in os.environ}
    if "PYTHONPATH" in os.environ:  # a second work tree beside the installed one
        clean["PYTHONPATH"] = str(Path(os.environ["PYTHONPATH"]).resolve())
    clean |= {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "SOURCE_DATE_EPOCH": EPOCH,
        "COLUMNS": "80",
        "NO_PROXY": "127.0.0.1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "vcdd", *arguments],
        input=stdin, capture_output=True, text=True, encoding="utf-8", env=clean | environment, cwd=cwd or home, timeout=120, check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)
