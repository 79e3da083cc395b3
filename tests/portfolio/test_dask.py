"""A real Dask cluster on loopback, scheduler and two workers as processes: the same rows, and nothing lost."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.portfolio.factory import GPT, NOW, QWEN, job, write_fund
from tests.portfolio.workers import obey
from vcdd.cli.portfolio_job import scan_company
from vcdd.errors import ConfigError
from vcdd.portfolio.crew import Cluster, Processes
from vcdd.portfolio.manifest import read_manifest
from vcdd.portfolio.run import run_jobs
from vcdd.portfolio.scan import Plan, scan_portfolio
from vcdd.portfolio.store.export import TABLES, to_csv
from vcdd.portfolio.store.reading import reading
from vcdd.portfolio.store.store import open_store
from vcdd.portfolio.values import Status

pytest.importorskip("distributed", reason="distributed is not installed: pip install 'vcdd[dask]'")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
ROOT = Path(__file__).parents[2]


class LocalCluster:
    """One scheduler and two workers of one thread each, as processes of this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.processes: list[subprocess.Popen] = []
        scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
        self.address = self._address(scheduler)
        self.workers = [self._worker() for _ in range(2)]

    def _worker(self) -> subprocess.Popen:
        return self._start(
            "worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"
        )

    def _start(self, *words: str) -> subprocess.Popen:
        log = (self._folder / f"log-{len(self.processes)}").open("w")
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "dask", *words]
        self.processes.append(subprocess.Popen(command, cwd=self._folder, env=env, stdout=log, stderr=log))
        return self.processes[-1]

    def _address(self, scheduler: subprocess.Popen) -> str:
        log = self._folder / "log-0"
        for _ in range(600):
            if found := re.search(r"tcp://127\.0\.0\.1:\d+", log.read_text()):
                return found[0]
            assert scheduler.poll() is None, log.read_text()
            time.sleep(0.05)
        raise AssertionError(log.read_text())

    def close(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@contextmanager
def connected(cluster):
    """A crew on the cluster once both workers are there."""
    with closing(Cluster(cluster.address)) as crew:
        for _ in range(600):
            if crew.size == 2:
                break
            time.sleep(0.05)
        assert crew.size == 2
        yield crew


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    running = LocalCluster(tmp_path_factory.mktemp("dask"))
    yield running
    running.close()


def scan(manifest, store, crew):
    plan = Plan(options=(("cache", False), ("offline", True)), registry_version="r", now=NOW)
    with open_store(store) as opened:
        scan_portfolio(read_manifest(manifest), plan, opened, crew, scan_company, lambda *_: None)
    with reading(store) as connection:
        return {table: to_csv(connection, 1, table) for table in TABLES}


@pytest.mark.slow
def test_the_cluster_gives_the_bytes_of_the_process_pool(cluster, tmp_path):
    """Every table of the store, a failed company among them."""
    manifest = write_fund(tmp_path, acme=GPT, beta=QWEN, gamma=GPT + QWEN)
    manifest.write_text(manifest.read_text() + '[[company]]\nname = "gone"\nsource = "gone"\n')
    with connected(cluster) as crew:
        on_dask = scan(manifest, tmp_path / "dask.db", crew)
    with closing(Processes(1)) as crew:
        assert scan(manifest, tmp_path / "pool.db", crew) == on_dask
    assert '"gone"' in on_dask["companies"]


@pytest.mark.slow
def test_equal_jobs_are_each_done(cluster):
    """Dask takes two calls with equal arguments for one unless told otherwise."""
    with connected(cluster) as crew:
        assert len(list(run_jobs([job(0, "twin"), job(0, "twin")], obey, crew))) == 2


@pytest.mark.slow
def test_a_worker_killed_midway_loses_nothing(tmp_path):
    """One of two workers is killed while both work: every company comes back once, none of them failed."""
    cluster = LocalCluster(tmp_path)
    try:
        with connected(cluster) as crew:
            jobs = [job(n, f"slow {n}") for n in range(16)]
            found = []
            for result in run_jobs(jobs, obey, crew):
                found.append(result)
                if len(found) == 4:
                    cluster.workers[0].kill()
        assert sorted(item.position for item in found) == list(range(16))
        assert {item.status for item in found} == {Status.DONE}
    finally:
        cluster.close()


def test_nobody_at_the_address_is_said_at_once():
    """With a next step, and no store touched."""
    with pytest.raises(ConfigError, match="no Dask scheduler answers"):
        Cluster("127.0.0.1:1", timeout_s=0.5)


def test_any_executor_will_do():
    """Threads, processes and a cluster are one to the run."""

    class Crew:
        executor = ThreadPoolExecutor(1)
        size = 1
        renew_after = 0

        def restart(self):
            raise AssertionError

        def close(self):
            self.executor.shutdown()

    with closing(Crew()) as crew:
        assert [item.status for item in run_jobs([job(0)], obey, crew)] == [Status.DONE]
