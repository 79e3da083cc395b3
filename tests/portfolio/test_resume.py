"""A run killed in the middle, in a process of its own: afterwards every company exactly once, and the same bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.portfolio.factory import GPT, QWEN, write_fund
from vcdd.portfolio.store.export import TABLES, to_csv
from vcdd.portfolio.store.reading import choose_run, list_runs, read_companies, reading

ROOT = Path(__file__).parents[2]
_APP = "from vcdd.cli.portfolio import portfolio_app\nif __name__ == '__main__':\n    portfolio_app()\n"
_MANY = 40
"""Enough that the run is far from its end when it is killed."""
_LONG = 200
"""Companies of a run that lasts longer than a second process needs to start."""


@pytest.fixture
def start(tmp_path):
    """Starts `portfolio …` in the fund's folder, in a process group of its own."""
    (tmp_path / "run.py").write_text(_APP, encoding="utf-8")
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "SOURCE_DATE_EPOCH": "1795521600",
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }

    def run(*words):
        return subprocess.Popen(
            [sys.executable, "run.py", *words],
            cwd=tmp_path,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return run


def finish(process):
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out


def tables(store):
    with reading(store) as connection:
        run = choose_run(connection).id
        return {table: to_csv(connection, run, table) for table in TABLES}


def wait_for(condition, seconds=60.0):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.02)
    return False


def written(store):
    if not store.exists():
        return 0
    try:
        with reading(store) as connection:
            return sum(run.written for run in list_runs(connection))
    except Exception:  # noqa: BLE001 -- the file is being made
        return 0


def test_kill_minus_nine_then_resume(start, tmp_path):
    """Killed after a few companies, resumed: one row each, the rows of a run that nobody killed, and no orphan worker."""
    write_fund(tmp_path, **{f"c{n:02}": (GPT if n % 2 else QWEN) for n in range(_MANY)})
    store = tmp_path / "killed.db"
    scan = ("scan", "portfolio.toml", "--offline", "--workers", "1", "--no-reuse", "--store")
    process = start(*scan, str(store))
    assert wait_for(lambda: written(store) >= 2)
    workers = children(process.pid)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    before = written(store)
    assert 2 <= before < _MANY
    assert wait_for(lambda: not any(alive(pid) for pid in workers), 20), "workers outlived the run"

    resumed = start(*scan, str(store))
    _, said = resumed.communicate(timeout=120)
    assert resumed.returncode == 0, said
    assert f"{before + 1:>6}/{_MANY} " in said, "the count goes on where it stopped"
    with reading(store) as connection:
        assert [(run.id, run.written) for run in list_runs(connection)] == [(1, _MANY)]
        names = [company.name for company in read_companies(connection, 1)]
    assert names == [f"c{n:02}" for n in range(_MANY)]

    finish(start(*scan, str(tmp_path / "whole.db")))
    assert tables(store) == tables(tmp_path / "whole.db")


def children(parent):
    """Processes whose parent this is."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(folder.name))
        except (OSError, ValueError, IndexError):
            continue
    return found


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_two_runs_at_once_on_one_store(start, tmp_path):
    """The second says so at once and leaves; the first ends as if it had been alone."""
    write_fund(tmp_path, **{f"c{n}": GPT for n in range(_LONG)})
    store = tmp_path / "fund.db"
    words = ("scan", "portfolio.toml", "--offline", "--workers", "1", "--store", str(store))
    first = start(*words)
    assert wait_for(lambda: written(store) >= 1)
    second = start(*words)
    _, err = second.communicate(timeout=60)
    assert second.returncode != 0
    assert "another run is writing to fund.db" in err
    finish(first)
    with reading(store) as connection:
        assert [run.written for run in list_runs(connection)] == [_LONG]
