"""Jobs through a crew: results as they finish, one company's failure its own row, nothing done twice, memory flat.

No more jobs are out than the crew has hands, so the run holds a few companies at a time whatever the portfolio's size.
When a worker process dies, nobody can say which of the jobs that were out killed it; each is then done again alone, and
the one that breaks its worker alone is the culprit.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from dataclasses import dataclass, field

from vcdd.errors import TargetError
from vcdd.portfolio.crew import Crew
from vcdd.portfolio.time_limit import GRACE_S
from vcdd.portfolio.values import Job, JobResult, SourceResult, Status

Work = Callable[[Job], JobResult]
_TICK_S = 1.0
PATIENCE_S = GRACE_S + 20.0
"""Seconds past its limit that a job may be out: a worker's grace, and time to start and import, which is not the
company's fault."""


@dataclass(slots=True)
class _Out:
    """Jobs that are out, and those that wait for a turn of their own."""

    flying: dict[Future[JobResult], tuple[Job, float]] = field(default_factory=dict)
    """With the time each was handed over."""
    suspects: deque[Job] = field(default_factory=deque)
    """Out when a worker died; done one at a time."""
    given_up: list[Future[JobResult]] = field(default_factory=list)
    """No longer waited for; each keeps a hand busy until it ends."""
    handed: int = 0
    """Jobs handed to the executor in use."""
    is_alone: bool = False
    """Whether the one job that is out is a suspect."""


def run_jobs(jobs: Iterable[Job], work: Work, crew: Crew, *, patience_s: float = PATIENCE_S) -> Iterator[JobResult]:
    """One result for each job, in the order in which they finish. `work` must be importable in a worker.

    Raises:
        TargetError: the crew is gone for good; what was yielded stays valid, and the run can be resumed.
    """
    waiting = iter(jobs)
    out = _Out()
    while _hand_over(waiting, out, work, crew):
        done, _ = wait(out.flying, timeout=_TICK_S, return_when=FIRST_COMPLETED)
        broken = False
        for future in done:
            job, _ = out.flying[future]
            result, is_broken = _outcome(future, job, is_alone=out.is_alone)
            broken = broken or is_broken
            if result is not None:
                del out.flying[future]
                yield result
        if broken:
            yield from _recover(out, crew)
        yield from _overdue(out, patience_s)


def failed_job(job: Job, why: str) -> JobResult:
    """The row of a company of which nothing came back."""
    sources = tuple(SourceResult(spec=spec, status=Status.FAILED, error=why) for spec in job.company.shown)
    return JobResult(position=job.position, company=job.company, sources=sources)


def _hand_over(waiting: Iterator[Job], out: _Out, work: Work, crew: Crew) -> bool:
    """Fill the crew's hands; whether anything is out."""
    if out.suspects:
        if not out.flying:
            out.is_alone = True
            _submit(out.suspects.popleft(), out, work, crew)
        return True
    if out.flying and out.is_alone:
        return True
    out.is_alone = False
    if crew.renew_after and out.handed >= crew.renew_after:
        if out.flying:
            return True
        crew.restart()
        out.handed = 0
    hands = crew.size - sum(not future.done() for future in out.given_up)
    while len(out.flying) < hands and (job := next(waiting, None)) is not None:
        _submit(job, out, work, crew)
    if hands <= 0 and not out.flying and next(waiting, None) is not None:
        raise TargetError(
            "every worker is stuck", help="Restart the workers and run the same command again: it resumes."
        )
    return bool(out.flying)


def _submit(job: Job, out: _Out, work: Work, crew: Crew) -> None:
    for last in (False, True):
        try:
            out.flying[crew.executor.submit(work, job)] = (job, time.monotonic())
            out.handed += 1
        except BrokenExecutor as error:
            if last:
                raise TargetError("worker processes cannot be started", help="Run again to resume.") from error
            crew.restart()
        else:
            return


def _outcome(future: Future[JobResult], job: Job, *, is_alone: bool) -> tuple[JobResult | None, bool]:
    """The result, and whether the crew broke; no result means that nobody knows yet."""
    try:
        return future.result(), False
    except BrokenExecutor:
        return (failed_job(job, "the worker process died while scanning it") if is_alone else None), True
    except CancelledError as error:
        raise TargetError(
            "the workers went away", help="Run the same command again: what is done stays done."
        ) from error
    except Exception as error:  # noqa: BLE001 -- whatever a worker or a cluster makes of one company is its own row
        return failed_job(job, f"the worker failed: {type(error).__name__}: {str(error)[:200]}"), False


def _recover(out: _Out, crew: Crew) -> Iterator[JobResult]:
    """Everything that was out when a worker died: late ones are over, the others are suspects."""
    crew.restart()
    out.handed = 0
    now = time.monotonic()
    for job, since in out.flying.values():
        if now - since > job.timeout_s:
            yield failed_job(job, f"stopped: not done after {job.timeout_s:g} seconds")
        else:
            out.suspects.append(job)
    out.flying.clear()


def _overdue(out: _Out, patience_s: float) -> Iterator[JobResult]:
    """Jobs whose worker neither ends nor reacts are given up."""
    now = time.monotonic()
    for future, (job, since) in list(out.flying.items()):
        if now - since > job.timeout_s + patience_s and not future.done():
            del out.flying[future]
            out.given_up.append(future)
            yield failed_job(job, f"stopped: not done after {job.timeout_s:g} seconds")
