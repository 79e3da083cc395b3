"""The guard and the harness notice what they are there to notice."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.hostile.cases import CANARY, Case, ordinary
from tests.hostile.harness import CHECKOUT, assert_harmless, built, run, snapshot

CASE = Case(name="plain", build=ordinary, promise="Nothing.", seconds=60)
PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]); from tests.hostile.child import guard; sys.addaudithook(guard); "
)


@pytest.mark.parametrize(
    "deed",
    [
        "open('x', 'w')",
        "open('x', 'a')",
        "import os; os.open('x', os.O_CREAT | os.O_RDWR)",
        "import os; os.system('true')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.mkdir('x')",
        "import os; os.unlink('app.py')",
        "import os; os.fork()",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import tempfile; tempfile.mkdtemp()",
        "import pickle; pickle.loads(b'cos\\nsystem\\n.')",
    ],
)
def test_the_guard_ends_a_process_that_does_what_it_must_not(deed: str) -> None:
    with built(CASE) as root:
        outcome = run([sys.executable, "-c", PROGRAM + deed, str(CHECKOUT)], root, CASE)
    assert outcome.status == 99, outcome.stderr
    assert "FORBIDDEN" in outcome.stderr


def test_the_guard_lets_a_process_read() -> None:
    with built(CASE) as root:
        outcome = run([sys.executable, "-c", PROGRAM + "print(open('app.py').read())", str(CHECKOUT)], root, CASE)
    assert (outcome.status, outcome.stderr) == (0, "")


@pytest.mark.parametrize("name", [CANARY, f"../{CANARY}", "new", "app.py", "../new"])
def test_a_write_anywhere_near_the_target_is_noticed(name: str) -> None:
    with built(CASE) as root:
        before = snapshot(root)
        Path(root, name).write_text("changed")
        with pytest.raises(AssertionError):
            assert_harmless(CASE, root, before)


def test_a_hang_is_ended_and_memory_is_measured() -> None:
    slow = Case(name="slow", build=ordinary, promise="Nothing.", seconds=1)
    with built(slow) as root:
        with pytest.raises(AssertionError, match="more than 1 s"):
            run([sys.executable, "-c", "import time; time.sleep(60)"], root, slow)
        ballast = bytearray(300 * 2**20)  # what the test run itself holds is not the command's
        large = run([sys.executable, "-c", "x = bytearray(200 * 2**20)"], root, CASE)
        small = run([sys.executable, "-c", "pass"], root, CASE)
    assert small.peak_megabytes < 100 < large.peak_megabytes < 300 <= len(ballast) // 2**20
