"""Jobs through a crew: one company's failure is its own row, whatever it does to its worker."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import closing

import pytest

from tests.portfolio.factory import job, of_position, result
from tests.portfolio.workers import LOST, obey, wait_for_ever
from vcdd.errors import TargetError
from vcdd.portfolio.crew import Processes
from vcdd.portfolio.run import run_jobs
from vcdd.portfolio.values import Status


class Threads:
    """A crew of threads, for tests that need no process."""

    def __init__(self, size: int = 2) -> None:
        self.executor: Executor = ThreadPoolExecutor(size)
        self.size = size
        self.renew_after = 0
        self.restarts = 0

    def restart(self) -> None:
        assert self.renew_after, "threads do not break"
        self.restarts += 1
        self.executor.shutdown(wait=False)
        self.executor = ThreadPoolExecutor(self.size)

    def close(self) -> None:
        self.executor.shutdown()


def test_every_job_comes_back_once():
    """Fifty jobs on two hands, in whatever order they finish."""
    with closing(Threads()) as crew:
        found = list(run_jobs((job(n) for n in range(50)), obey, crew))
    assert of_position(found) == {n: result(n) for n in range(50)}
    assert len(found) == 50


def test_no_more_jobs_are_made_than_hands():
    """Memory stays flat: a job is taken from the portfolio when a hand is free, and not before."""
    made, finished, ahead = 0, 0, []

    def jobs():
        nonlocal made
        for number in range(30):
            made += 1
            ahead.append(made - finished)
            yield job(number)

    with closing(Threads(3)) as crew:
        for _ in run_jobs(jobs(), obey, crew):
            finished += 1
    assert max(ahead) <= 4


def test_an_exception_is_a_row():
    """A worker that raises costs its own company only."""
    with closing(Threads()) as crew:
        found = of_position(list(run_jobs([job(0, "raises"), job(1)], obey, crew)))
    assert found[0].status is Status.FAILED
    assert found[0].error == "the worker failed: ValueError: boom"
    assert found[1].status is Status.DONE


def test_workers_are_renewed_between_jobs():
    """A fresh executor after every ten jobs, never while a job is out, and nothing is lost by it."""
    with closing(Threads(3)) as crew:
        crew.renew_after = 10
        found = list(run_jobs((job(n, f"slow {n}" if n % 9 == 0 else "") for n in range(45)), obey, crew))
    assert sorted(item.position for item in found) == list(range(45))
    assert {item.status for item in found} == {Status.DONE}
    assert crew.restarts == 4


def test_no_jobs_no_results():
    """An empty portfolio, or one whose run is whole, starts nothing."""
    with closing(Threads()) as crew:
        assert list(run_jobs([], obey, crew)) == []


class Gone:
    """A cluster whose scheduler went away: every job comes back cancelled."""

    size = 2
    renew_after = 0

    class _Executor(Executor):
        def submit(self, *_args, **_rest):
            future: Future = Future()
            future.cancel()
            future.set_running_or_notify_cancel()
            return future

    executor = _Executor()

    def restart(self) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""


def test_a_crew_that_is_gone_ends_the_run_and_fails_nobody():
    """No company gets a row that says it failed: the same command resumes."""
    with pytest.raises(TargetError, match="the workers went away"):
        list(run_jobs([job(0)], obey, Gone()))


@pytest.fixture(scope="module")
def processes():
    crew = Processes(2)
    yield crew
    crew.close()


def test_a_worker_that_dies_costs_one_company(processes):
    """Two companies kill their worker process; all others, also those that were out beside them, are done once."""
    names = ["a", "dies", "b", "c", "dies again", "d", "e"]
    found = list(run_jobs([job(n, name) for n, name in enumerate(names)], obey, processes))
    assert sorted(item.position for item in found) == list(range(len(names)))
    failed = {item.company.name: item.error for item in found if item.status is Status.FAILED}
    assert failed == dict.fromkeys(("dies", "dies again"), "the worker process died while scanning it")


def test_a_job_that_hangs_is_stopped_by_its_alarm(processes):
    """Also where a reader's broad catch stands in between."""
    jobs = [job(0, "hangs", timeout_s=0.3), job(1), job(2, "stubborn", timeout_s=0.3), job(3)]
    found = of_position(list(run_jobs(jobs, obey, processes)))
    assert {n: item.company.name for n, item in found.items()} == {
        0: "hangs stopped", 1: "Company 1", 2: "stubborn stopped", 3: "Company 3",
    }  # fmt: skip


def test_native_code_that_never_returns_costs_one_company(processes):
    """No alarm reaches it: its worker ends itself, the row says that time was up, the others are done."""
    found = of_position(list(run_jobs([job(0), job(1, "deaf", timeout_s=0.2), job(2)], obey, processes)))
    assert found[1].error == "stopped: not done after 0.2 seconds"
    assert {n: item.status for n, item in found.items() if n != 1} == {0: Status.DONE, 2: Status.DONE}


@pytest.fixture
def lost():
    """Jobs called "lost" wait until the test is over or says otherwise."""
    LOST.clear()
    yield LOST
    LOST.set()


def test_a_job_that_never_comes_back_is_given_up(lost):
    """A worker that was cut off keeps one hand busy; the run goes on with the other and ends."""
    with closing(Threads(2)) as crew:
        jobs = [job(0, "lost", timeout_s=0.1), *(job(n) for n in range(1, 5))]
        found = of_position(list(run_jobs(jobs, wait_for_ever, crew, patience_s=0.1)))
        lost.set()
    assert found[0].error == "stopped: not done after 0.1 seconds"
    assert all(found[n].status is Status.DONE for n in range(1, 5))


def test_when_every_hand_is_stuck_the_run_ends_and_blames_nobody_else(lost):
    """Companies that never got a hand have no row, so the same command resumes with them."""
    found = []
    with closing(Threads(1)) as crew:
        run = run_jobs([job(0, "lost", timeout_s=0.1), job(1)], wait_for_ever, crew, patience_s=0.1)
        with pytest.raises(TargetError, match="every worker is stuck"):
            found.extend(run)
        lost.set()
    assert len(found) <= 1


def test_closing_a_crew_does_not_wait_for_its_jobs():
    """After Ctrl-C the run leaves at once: the job that was out is dropped, not finished."""
    crew = Processes(1)
    first = crew.executor.submit(obey, job(0))
    assert first.result().status is Status.DONE
    out = crew.executor.submit(obey, job(1, "hangs", timeout_s=60))
    crew.close()
    assert out.cancelled() or isinstance(out.exception(), BrokenExecutor)
