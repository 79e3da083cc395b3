"""A bound on the time of one job, as firm as the place allows.

In the main thread of a worker process an alarm raises `OutOfTime`, and again some seconds later should something have
swallowed it; should native code never return, the process ends itself and the run sees a broken worker. In any other
thread neither is possible: there the run stops waiting for the job.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_AGAIN_S = 3.0
"""Long enough for what tidies up after the first one (a clone's folder) not to be interrupted by the second."""
GRACE_S = 10.0
"""Seconds past the limit after which a worker that does not react is given up."""


class OutOfTime(BaseException):
    """The job's time is over. Not an Exception, so that no broad catch takes it for the fault of one file."""


@contextmanager
def time_limit(seconds: float, grace_s: float = GRACE_S) -> Iterator[None]:
    """Raise `OutOfTime` inside the block after so many seconds, where that is possible; see above."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 -- the watchdog needs a real descriptor
        before = signal.signal(signal.SIGALRM, _out_of_time)
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN_S)
        faulthandler.dump_traceback_later(seconds + grace_s, exit=True, file=nowhere)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            faulthandler.cancel_dump_traceback_later()
            signal.signal(signal.SIGALRM, before)


def _out_of_time(*_: object) -> None:
    raise OutOfTime
