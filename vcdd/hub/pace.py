"""How long the Hub may still be asked: one breaker and one waiting budget, shared by all threads of a run."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from vcdd.core.hub import HubStatus

# Three server errors in a row mean that the service is down rather than one document broken.
_ERRORS_IN_A_ROW = 3


class Pace:
    """Says whether the next question may be sent. After `stop` it never may again in this run.

    `budget_s` is the total time that may be spent waiting for rate limits to reset; `sleep` and `clock` are passed in
    so that tests need not wait.
    """

    def __init__(
        self,
        *,
        budget_s: float,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._budget_s = budget_s
        self._sleep = sleep
        self._clock = clock
        self._lock = threading.Lock()
        self._resume_at = 0.0
        self._errors = 0
        self._stopped: HubStatus | None = None

    @property
    def stopped(self) -> HubStatus | None:
        """Why nothing more may be asked; None while asking is allowed."""
        return self._stopped

    def stop(self, why: HubStatus) -> None:
        """Ask nothing more. The first reason stands."""
        with self._lock:
            self._stopped = self._stopped or why

    def hold(self, seconds: float) -> None:
        """Send nothing for so many seconds, or stop where the budget does not allow that.

        Threads that are told of the same limit at the same time spend the budget once.
        """
        with self._lock:
            now = self._clock()
            longer = now + seconds - max(self._resume_at, now)
            if longer <= 0:
                return
            if longer > self._budget_s:
                self._stopped = self._stopped or HubStatus.RATE_LIMITED
                return
            self._budget_s -= longer
            self._resume_at = now + seconds

    def may_ask(self) -> bool:
        """Wait out a hold that is in force; False where asking has stopped."""
        if self._stopped is None:
            pause = self._resume_at - self._clock()
            if pause > 0:
                self._sleep(pause)
        return self._stopped is None

    def count(self, *, server_error: bool) -> None:
        """Note how an answer went; several server errors in a row stop the asking."""
        with self._lock:
            self._errors = self._errors + 1 if server_error else 0
            if self._errors >= _ERRORS_IN_A_ROW:
                self._stopped = self._stopped or HubStatus.UNREACHABLE
