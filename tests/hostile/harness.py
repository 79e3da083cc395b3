"""Runs a command on a hostile input in a process of its own and proves that it did no harm."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.hostile.cases import CANARY, Case, UnbuildableError

CHECKOUT = Path(__file__).parents[2]

_LAUNCHER = """
import os, signal, sys
report = int(sys.argv[1])
os.set_inheritable(report, False)
pid = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ, setsigdef=[signal.SIGPIPE, signal.SIGXFSZ])
_, status, usage = os.wait4(pid, 0)
os.write(report, f"{os.waitstatus_to_exitcode(status)} {usage.ru_maxrss // 1024}".encode())
"""
"""A small process between the test run and the command.

Linux counts the memory of the process that called `fork` into the peak of what it starts (`setmax_mm_hiwater_rss` at
exec), so a command started by a worker of 400 MB would seem to need 400 MB.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How the process ended."""

    status: int
    """Exit status; negative for a signal."""
    stdout: str
    stderr: str
    peak_megabytes: int
    """Peak memory of the process and of those it waited for."""


@contextmanager
def built(case: Case) -> Iterator[Path]:
    """The folder of a case, readable by everybody, in a parent of its own. Raises UnbuildableError."""
    parent = Path(tempfile.mkdtemp(prefix="vcdd-hostile-"))
    parent.chmod(0o755)
    root = parent / "target"
    root.mkdir()
    try:
        case.build(root)
        yield root
    finally:
        _remove(parent)


def run(command: Sequence[str], root: Path, case: Case, **variables: str) -> Outcome:
    """Run a command in the folder of the case, with a bound on its time; no variable of ours but PATH."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(root.parent), "LC_ALL": "C.UTF-8", **variables}
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr, tempfile.TemporaryFile() as report:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _LAUNCHER, str(report.fileno()), *command],
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
            pass_fds=[report.fileno()],
        )
        _wait(process, case)
        status, peak = map(int, _text(report).split())
        return Outcome(status=status, stdout=_text(stdout), stderr=_text(stderr), peak_megabytes=peak)


def _wait(process: subprocess.Popen[bytes], case: Case) -> None:
    """Until the command ends. Kills it and all it started, and raises AssertionError, when its time is over."""
    try:
        process.wait(case.seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise AssertionError(f"{case.name}: more than {case.seconds} s") from None


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def snapshot(root: Path) -> dict[str, tuple[int, int, int]]:
    """Everything beside and below the folder with its size, mode and time of change: nothing of it may be written."""
    rows: dict[str, tuple[int, int, int]] = {}
    above = len(f"{root.parent}/")
    for folder, folders, files in os.walk(root.parent):
        for name in (*folders, *files):
            path = f"{folder}/{name}"
            with suppress(OSError):  # deeper than a path may be long
                status = os.lstat(path)
                rows[path[above:]] = (status.st_size, status.st_mode, status.st_mtime_ns)
    return rows


def assert_harmless(case: Case, root: Path, before: dict[str, tuple[int, int, int]]) -> None:
    """Nothing ran, nothing was written beside or below the target."""
    assert not (root.parent / CANARY).exists(), f"{case.name}: something of the target ran"
    assert not (root / CANARY).exists(), f"{case.name}: something of the target ran"
    assert snapshot(root) == before, f"{case.name}: something was written"


def target_command(case: Case) -> list[str]:
    """The command that runs the target layer alone on a case and prints JSON."""
    program = "import sys; sys.path.insert(0, sys.argv[1]); from tests.hostile.child import main; main(sys.argv[2:])"
    options = [*(["--deep"] if case.deep else []), *(["--unprivileged"] if case.is_unprivileged else [])]
    return [sys.executable, "-P", "-c", program, str(CHECKOUT), case.spec, *options]


def parsed(outcome: Outcome) -> dict[str, object]:
    """The JSON that the child printed."""
    assert outcome.status == 0, outcome.stderr[-2000:]
    document: dict[str, object] = json.loads(outcome.stdout)
    return document


def _remove(parent: Path) -> None:
    """By the system's own tools, which also manage folders deeper than a path may be long."""
    subprocess.run(["chmod", "-R", "u+rwX", str(parent)], check=False, stderr=subprocess.DEVNULL)
    subprocess.run(["rm", "-rf", str(parent)], check=False)


__all__ = ["Outcome", "UnbuildableError", "assert_harmless", "built", "parsed", "run", "snapshot", "target_command"]
