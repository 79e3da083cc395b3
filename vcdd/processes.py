"""Work in several processes, so that every core helps and whatever kills a process costs one piece of work.

A worker is forked with everything it needs, gets pieces in small chunks and answers with their results. One that dies,
takes too long or wants too much memory is replaced; its chunk is tried again piece by piece, until the one that did it
is known.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Piece = TypeVar("Piece")
Result = TypeVar("Result")

_CHUNK = 16
"""Pieces handed over at a time, at first."""
_LARGEST_CHUNK = 128
"""And later: of 20,000 small files, handing over and answering took 0.3 s less CPU of 2.1 s than in chunks of 16."""
_GROWTH = 32
"""A chunk is never more than one in so many of the pieces handed over before, so that the last ones end together."""
_AHEAD = 40
"""Chunks that wait or are out of their turn for each worker: what is held in memory."""
SECONDS = 60.0
"""What one piece may take alone, and a chunk before it is taken apart."""

MEMORY = 768 << 20
"""Bytes of data that a worker may take beyond what it was forked with, so that it stays below 1 GB."""

LOST = "reading it "
"""How the reason for every lost piece begins. The machine of the moment may be to blame: it is not to be remembered."""

Progress = Callable[[int, int], None]
"""Called with (files read, files parsed) so far."""

_Numbered = tuple[int, Piece]


def processors() -> int:
    """How many processes are worth starting here: 1 where nothing can be forked, or others already share the cores."""
    started_by = sys.modules.get("multiprocessing.process")  # loaded in whatever it has started
    if not hasattr(os, "fork") or (started_by and started_by.parent_process() is not None):
        return 1
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def in_processes(
    work: Callable[[Piece], Result],
    pieces: Iterable[Piece],
    *,
    lost: Callable[[Piece, str], Result],
    workers: int,
    seconds: float = SECONDS,
    memory: int = MEMORY,
) -> Iterator[Result]:
    """The result of every piece, in order; `lost` makes the result of one that killed its process or outlasted `seconds`.

    A piece that takes more than `memory` bytes kills its process, where Linux counts them.
    Pieces and results travel by pickle between processes of this program only. `work` is never pickled and must not
    raise. With one worker, or beside other threads, which a fork would leave half done, all is done in this process.
    """
    if workers < 2 or threading.active_count() > 1:
        yield from map(work, pieces)
        return
    crew = _Crew(work=work, lost=lost, seconds=seconds, memory=memory)
    numbered, turn = enumerate(pieces), 0
    try:
        for _ in range(workers):
            crew.hire()
        while True:
            while turn in crew.done:
                yield crew.done.pop(turn)
                turn += 1
            crew.hand_over(
                numbered
            )  # after what is due went out: a full shelf would hand out nothing and look like the end
            if not any(worker.chunk for worker in crew.workers):
                return
            crew.listen()
    finally:
        crew.dismiss()


@dataclass(slots=True)
class _Worker(Generic[Piece]):
    process: BaseProcess
    line: Connection
    chunk: list[_Numbered[Piece]] = field(default_factory=list)
    """What it is at; empty while it is idle."""
    since: float = 0.0


@dataclass(slots=True, kw_only=True)
class _Crew(Generic[Piece, Result]):
    """The workers, the chunks that wait for them, and the results that wait for their turn."""

    work: Callable[[Piece], Result]
    lost: Callable[[Piece, str], Result]
    seconds: float
    memory: int
    workers: list[_Worker[Piece]] = field(default_factory=list)
    again: deque[list[_Numbered[Piece]]] = field(default_factory=deque)
    """Pieces of chunks that were taken apart."""
    done: dict[int, Result] = field(default_factory=dict)
    handed: int = 0
    """Pieces handed over so far."""

    def hire(self) -> None:
        """One more worker."""
        import multiprocessing  # noqa: PLC0415 -- slow import

        context = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe()
        inherited = [ours, *(worker.line for worker in self.workers)]
        process = context.Process(target=_serve, args=(self.work, theirs, inherited, self.memory), daemon=True)
        process.start()
        theirs.close()
        self.workers.append(_Worker(process=process, line=ours))

    def hand_over(self, numbered: Iterator[_Numbered[Piece]]) -> None:
        """Give idle workers something to do, unless too many results wait for one that takes long."""
        for worker in self.workers:
            if not worker.chunk and (self.again or len(self.done) < _AHEAD * _CHUNK):
                worker.chunk = self.again.popleft() if self.again else self._next(numbered)
                if worker.chunk:
                    worker.since = time.monotonic()
                    worker.line.send([piece for _, piece in worker.chunk])

    def _next(self, numbered: Iterator[_Numbered[Piece]]) -> list[_Numbered[Piece]]:
        chunk = list(islice(numbered, min(_LARGEST_CHUNK, max(_CHUNK, self.handed // _GROWTH))))
        self.handed += len(chunk)
        return chunk

    def listen(self) -> None:
        """Wait for an answer or for the end of somebody's time."""
        from multiprocessing.connection import wait  # noqa: PLC0415 -- slow import

        busy = [worker for worker in self.workers if worker.chunk]
        left = min(worker.since for worker in busy) + self.seconds - time.monotonic()
        ready = wait([worker.line for worker in busy], max(0.0, left))
        for worker in busy:
            if worker.line in ready:
                self._answered(worker)
            elif time.monotonic() - worker.since > self.seconds:
                self._replace(worker, f"{LOST}took more than {self.seconds:g} s")

    def _answered(self, worker: _Worker[Piece]) -> None:
        try:
            results: list[Result] = worker.line.recv()
        except (EOFError, OSError):
            self._replace(worker, f"{LOST}ended its process")
            return
        self.done.update(zip((number for number, _ in worker.chunk), results, strict=True))
        worker.chunk = []

    def _replace(self, worker: _Worker[Piece], why: str) -> None:
        """Let a worker go, and try what it was at piece by piece, or give up a single piece."""
        self.workers.remove(worker)
        _end(worker)
        if len(worker.chunk) == 1:
            number, piece = worker.chunk[0]
            self.done[number] = self.lost(piece, why)
        else:
            self.again.extend([each] for each in worker.chunk)
        self.hire()

    def dismiss(self) -> None:
        """End all workers at once, whatever they are at."""
        for worker in self.workers:
            _end(worker)


def _end(worker: _Worker[Piece]) -> None:
    worker.process.kill()
    worker.process.join()
    worker.line.close()


def _serve(work: Callable[[Piece], Result], line: Connection, inherited: list[Connection], memory: int) -> None:
    """A worker's life: it ends when the other end of its line does. Ctrl-C is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in inherited:
        other.close()  # else this process would keep the lines of its elders open when the parent is gone
    _limit_memory(memory)
    while True:
        try:
            pieces = line.recv()
        except EOFError:
            return
        try:
            line.send([work(piece) for piece in pieces])
        except MemoryError:
            os._exit(1)  # what else is to be done here would want memory too


def _limit_memory(more: int) -> None:
    """Refuse this process more data than so many bytes beyond what it has; native code is refused like Python's.

    Not its address space: libraries and the allocator reserve far more of that than they use. The sixth number of
    `statm` is data and stack in pages (proc(5)); where there is none, nothing is limited.
    """
    import resource  # noqa: PLC0415 -- not on Windows, where nothing is forked

    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (pages * resource.getpagesize() + more, hard))
