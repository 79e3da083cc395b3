"""Many processes: the same results in the same order, and whatever ends a process costs one piece."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vcdd.processes import in_processes

PIECES = list(range(100))


def squared(piece: int) -> int:
    return piece * piece


def lost(piece: int, why: str) -> str:
    return f"{piece}: {why}"


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_results_come_in_the_order_of_the_pieces(workers: int) -> None:
    assert list(in_processes(squared, iter(PIECES), lost=lost, workers=workers)) == [piece**2 for piece in PIECES]


def test_no_pieces_give_no_results() -> None:
    assert list(in_processes(squared, [], lost=lost, workers=2)) == []


def test_a_piece_that_kills_its_process_costs_only_itself() -> None:
    def deadly(piece: int) -> int:
        if piece in (7, 50):
            os.kill(os.getpid(), signal.SIGKILL)
        return piece

    found = list(in_processes(deadly, PIECES, lost=lost, workers=2))
    assert found == [
        "7: reading it ended its process" if n == 7 else "50: reading it ended its process" if n == 50 else n
        for n in PIECES
    ]


def test_a_piece_that_never_ends_costs_only_itself() -> None:
    def endless(piece: int) -> int:
        if piece == 3:
            time.sleep(3_600)
        return piece

    found = list(in_processes(endless, PIECES, lost=lost, workers=2, seconds=0.5))
    assert found == ["3: reading it took more than 0.5 s" if n == 3 else n for n in PIECES]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux says how much data a process has")
def test_a_piece_that_wants_too_much_memory_costs_only_itself(capfd: pytest.CaptureFixture[str]) -> None:
    def greedy(piece: int) -> int:
        return len(bytearray(512 << 20)) if piece in (7, 50) else piece

    found = list(in_processes(greedy, PIECES, lost=lost, workers=2, memory=256 << 20))
    assert found == [f"{n}: reading it ended its process" if n in (7, 50) else n for n in PIECES]
    assert capfd.readouterr().err == ""


NATIVE = """
from ahocorasick_rs import AhoCorasick, Implementation
from vcdd.processes import in_processes

def greedy(piece):
    words = [f"{number:07d}" for number in range(300_000 if piece == 7 else 10)]
    return piece if AhoCorasick(words, implementation=Implementation.DFA) else -1

lost = lambda piece, why: f"{piece}: {why}"
print(list(in_processes(greedy, range(12), lost=lost, workers=2, memory=64 << 20)))
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux says how much data a process has")
def test_native_code_is_refused_memory_like_python() -> None:
    """The engine of the prefilter is Rust: what it allocates counts as well, and it aborts.

    In an interpreter of its own: one that has run other tests may have that much memory free already.
    """
    done = subprocess.run([sys.executable, "-c", NATIVE], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == str(["7: reading it ended its process" if n == 7 else n for n in range(12)])


@pytest.mark.parametrize("slow", [0, 700])
def test_a_slow_piece_holds_back_others_and_loses_none(slow: int) -> None:
    def slowly(piece: int) -> int:
        if piece == slow:
            time.sleep(0.5)  # long enough for more results to wait than are kept ahead
        return piece

    assert list(in_processes(slowly, range(1500), lost=lost, workers=2)) == list(range(1500))


def test_leaving_early_leaves_no_process_behind() -> None:
    pids = in_processes(lambda _: os.getpid(), PIECES, lost=lost, workers=2)
    first = next(pids)
    pids.close()
    with pytest.raises(ProcessLookupError):
        os.kill(int(first), 0)
