"""What workers do in tests of the run: functions of a module, since they are sent to other processes.

The name of the company says what happens, so a test reads like a story.
"""

from __future__ import annotations

import os
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
    return result(job.position, name)


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
