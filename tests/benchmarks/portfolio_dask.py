"""A real portfolio twice: `python -m tests.benchmarks.portfolio_dask PORTFOLIO.toml`. Prints, asserts nothing.

Once on a Dask cluster of this machine (a scheduler and two workers, each a process), of which one worker is killed when
a quarter of the companies is done; once on the process pool. Then every table of the two stores, byte against byte.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.portfolio.factory import NOW
from tests.portfolio.test_dask import LocalCluster, connected
from vcdd.cli.portfolio_job import scan_company
from vcdd.portfolio.crew import Crew, Processes
from vcdd.portfolio.manifest import read_manifest
from vcdd.portfolio.scan import Plan, scan_portfolio
from vcdd.portfolio.store.export import TABLES, to_csv
from vcdd.portfolio.store.reading import read_companies, reading
from vcdd.portfolio.store.store import open_store
from vcdd.portfolio.values import JobResult
from vcdd.registry.load import load_registry


def main() -> None:
    """Cluster, pool, comparison."""
    manifest = Path(sys.argv[1])
    number = len(read_manifest(manifest).companies)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cluster = LocalCluster(folder)
        try:
            with connected(cluster) as crew:
                on_cluster = _scan(manifest, folder / "dask.db", crew, number // 4, cluster.workers[0].kill)
        finally:
            cluster.close()
        with closing(Processes(2)) as pool:
            on_pool = _scan(manifest, folder / "pool.db", pool, 0, lambda: None)
    for table in TABLES:
        same = on_cluster[table] == on_pool[table]
        print(f"{table}: {'the same' if same else 'DIFFERENT'} {len(on_pool[table].encode()):,} bytes")


def _scan(manifest: Path, store: Path, crew: Crew, after: int, do: Callable[[], None]) -> dict[str, str]:
    """The tables of one run; `do` is done once, when `after` companies have come back."""
    began = time.perf_counter()

    def tell(_: JobResult, written: int) -> None:
        if written == after:
            do()
            print(f"  one worker killed after {written} companies")

    options = (("cache", False), ("offline", True))
    plan = Plan(options=options, registry_version=load_registry([]).version, now=NOW)
    with open_store(store) as opened:
        tally = scan_portfolio(read_manifest(manifest), plan, opened, crew, scan_company, tell)
    with reading(store) as connection:
        names = Counter(row.name for row in read_companies(connection, 1))
        print(
            f"{store.stem}: {tally.done} companies in {time.perf_counter() - began:.0f} s, {tally.failed} failed, "
            f"{sum(number > 1 for number in names.values())} twice"
        )
        return {table: to_csv(connection, 1, table) for table in TABLES}


if __name__ == "__main__":
    main()
