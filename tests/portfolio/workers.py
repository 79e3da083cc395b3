"""What workers do in tests of the run: functions of a module, since they are sent to other processes.

The name of the company says what happens, so a test reads like a story.
"""

from __future__ import annotations

import os
import signal
import threading
import time

from tests.portfolio.factory import result
from vcdd.portfolio.time_limit import OutOfTime, time_limit
from vcdd.portfolio.values import Job, JobResult


def obey(job: Job) -> JobResult:
    """Do what the company's name says: die, hang, raise, swallow the alarm, sleep a little; else succeed."""
    name = job.company.name
    if name.startswith("dies"):
        os._exit(9)
    if name.startswith("raises"):
        raise ValueError("boom")
    if name.startswith("slow"):
        time.sleep(0.15)
    if name.startswith("hangs"):
        return _bounded(job, swallow=False)
    if name.startswith("stubborn"):
        return _bounded(job, swallow=True)
    if name.startswith("deaf"):
        return _deaf(job)
    return result(job.position, name)


def wait_for_ever(job: Job) -> JobResult:
    """Nothing comes back of one company, as of a worker that was cut off."""
    if job.company.name.startswith("lost"):
        LOST.wait(20)
    return result(job.position, job.company.name)


LOST = threading.Event()
"""Set at the end of a test, so that its thread can go."""


def _deaf(job: Job) -> JobResult:
    """Native code that never returns: no signal reaches it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    with time_limit(job.timeout_s, grace_s=0.2):
        time.sleep(60)
    return result(job.position, job.company.name)


def _bounded(job: Job, *, swallow: bool) -> JobResult:
    try:
        with time_limit(job.timeout_s):
            while True:
                try:
                    time.sleep(60)
                except Exception:
                    if not swallow:
                        raise
    except OutOfTime:
        return result(job.position, f"{job.company.name} stopped")
