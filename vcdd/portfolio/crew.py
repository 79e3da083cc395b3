"""Who does the work: a pool of processes on this machine, or the workers of a Dask cluster."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing.connection import Connection
from typing import Any, Protocol

from vcdd.errors import ConfigError

_JOBS_EACH = 200
"""Companies that one process scans before it is replaced, which costs about a second."""


class Crew(Protocol):
    """An executor, how many jobs it does at a time, and how to get a fresh one when it broke."""

    @property
    def executor(self) -> Executor:
        """The executor in use."""
        ...

    @property
    def size(self) -> int:
        """Jobs that run at the same time: no more are handed over, so that waiting jobs lie with the run."""
        ...

    @property
    def renew_after(self) -> int:
        """Jobs after which the executor is to be replaced while nothing is out; 0 for never."""
        ...

    def restart(self) -> None:
        """Replace the executor, broken or not. Jobs that were with it are lost to it."""
        ...

    def close(self) -> None:
        """Let go of all workers; jobs still running are dropped."""
        ...


class Processes:
    """Worker processes on this machine. They end when this process ends, however it ends."""

    def __init__(self, workers: int = 0) -> None:
        """`workers` 0 takes one for each processor that this process may use."""
        self._workers = workers or _processors()
        self._executor, self._leash = self._fresh()

    @property
    def executor(self) -> Executor:
        """The pool."""
        return self._executor

    @property
    def size(self) -> int:
        """Number of processes."""
        return self._workers

    @property
    def renew_after(self) -> int:
        """Native libraries leak a little with each scan (0.13 MB measured): fresh processes keep memory flat."""
        return self._workers * _JOBS_EACH

    def restart(self) -> None:
        """A new pool in place of the old one, whose processes end."""
        self._leash.close()
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor, self._leash = self._fresh()

    def close(self) -> None:
        """End the pool at once, whatever its processes do: after Ctrl-C nobody waits for a clone."""
        self._leash.close()
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _fresh(self) -> tuple[ProcessPoolExecutor, Connection]:
        """A pool, and the end of a pipe whose closing ends its workers."""
        # Spawned, not forked: a fork of a process with threads may hang, and Python 3.14 no longer forks by default.
        context = multiprocessing.get_context("spawn")
        theirs, ours = context.Pipe(duplex=False)
        pool = ProcessPoolExecutor(self._workers, mp_context=context, initializer=_start_worker, initargs=(theirs,))
        return pool, ours


class Cluster:
    """The workers of a Dask cluster, through `distributed.Client.get_executor`."""

    def __init__(self, address: str, timeout_s: float = 10.0) -> None:
        """Connect to a scheduler, `tcp://host:8786` say, that answers within `timeout_s` seconds.

        Raises:
            ConfigError: distributed is not installed, or nobody answers there.
        """
        try:
            import distributed  # noqa: PLC0415 -- slow import, an extra
        except ImportError as error:
            raise ConfigError("--dask needs the package distributed", help="Install the extra: vcdd[dask].") from error
        try:
            module: Any = distributed  # untyped
            self._client = module.Client(address, timeout=timeout_s, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise ConfigError(
                f"no Dask scheduler answers at {address}", help="Start one with `dask scheduler`."
            ) from error
        # Without pure=False the scheduler takes two calls with equal arguments for one.
        self._executor: Executor = self._client.get_executor(pure=False)

    @property
    def executor(self) -> Executor:
        """The cluster as an executor."""
        return self._executor

    @property
    def size(self) -> int:
        """Threads of all workers now; at least 1, so that a cluster whose workers are yet to come gets a job."""
        return max(1, int(sum(self._client.ncores().values())))

    @property
    def renew_after(self) -> int:
        """Never: whoever runs the cluster may give its workers a lifetime."""
        return 0

    def restart(self) -> None:
        """Nothing: the scheduler replaces workers by itself."""

    def close(self) -> None:
        """Disconnect; the cluster stays."""
        self._executor.shutdown(wait=False)
        self._client.close()


def open_crew(dask: str, workers: int) -> Crew:
    """The crew that the command line asks for."""
    make: Callable[[], Crew] = (lambda: Cluster(dask)) if dask else (lambda: Processes(workers))
    return make()


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _start_worker(leash: Connection) -> None:
    """Ctrl-C is the run's to handle; and no worker outlives a run that ended or was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(leash,), daemon=True).start()


def _end_with(leash: Connection) -> None:
    """The other end is closed by the run, or by the operating system when the run is no more."""
    multiprocessing.connection.wait([leash])
    os._exit(1)
