"""Shell steps run as a runner would run them, with this work tree's command under the name `vcdd`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


def install(folder: Path) -> None:
    """The command where an install step would put it."""
    folder.mkdir(parents=True)
    program(folder / "vcdd", f'exec "{sys.executable}" -m vcdd "$@"')


def program(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def bash(
    script: str, env: Mapping[str, str], *, home: Path, cwd: Path, tools: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """`bash -e` as GitHub and GitLab call it, with nothing of this process's environment but its paths."""
    path = f"{tools}:{os.environ['PATH']}" if tools else os.environ["PATH"]
    whole = {"PATH": path, "HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[2]), **env}
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        env=whole, cwd=cwd, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
