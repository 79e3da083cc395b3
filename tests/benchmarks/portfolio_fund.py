"""A synthetic fund: `python -m tests.benchmarks.portfolio_fund [COMPANIES] [WORKERS]`. Prints numbers, asserts nothing.

Each company is a folder of a few files with one to three models in use. The same run is measured at every quarter, so
that growth and memory can be read off; then everything is judged again, reported and exported.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from vcdd.cli.portfolio_job import scan_company
from vcdd.cli.portfolio_views import dashboard_page, summary
from vcdd.portfolio.crew import Processes
from vcdd.portfolio.manifest import read_manifest
from vcdd.portfolio.scan import Plan, scan_portfolio
from vcdd.portfolio.store.export import TABLES, to_csv
from vcdd.portfolio.store.reading import choose_run, reading
from vcdd.portfolio.store.store import open_store
from vcdd.portfolio.values import JobResult
from vcdd.registry.load import load_registry

_API = 'from openai import OpenAI\nclient = OpenAI()\nclient.chat.completions.create(model="{0}", messages=[])\n'
_HUB = 'from transformers import AutoModel\nAutoModel.from_pretrained("{0}")\n'
_MODELS = (
    (_API, "gpt-4o"), (_API, "gpt-4.1-mini"), (_HUB, "Qwen/Qwen2.5-7B-Instruct"), (_HUB, "meta-llama/Llama-3.1-8B-Instruct"),
    (_HUB, "mistralai/Mistral-7B-Instruct-v0.3"), (_HUB, "deepseek-ai/DeepSeek-R1"), (_HUB, "google/gemma-3-1b-it"),
)  # fmt: skip
_NOW = datetime(2026, 11, 24, tzinfo=UTC)


def main() -> None:
    """Scan, scan again, report, export; the figures of each."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    workers = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    with tempfile.TemporaryDirectory() as folder:
        manifest, store = _fund(Path(folder), number), Path(folder) / "fund.db"
        for words in ("first run", "second run, nothing changed"):
            print(f"{words}: {number:,} companies, {workers} processes")
            _scan(manifest, store, workers, number)
            print(f"  store {_size(store) / 1e6:.1f} MB, {_size(store) / number / 1000:.1f} KB a company in it")
        _timed("report as text", lambda: len(summary(store, 0, "CN")))
        _timed("dashboard", lambda: len(dashboard_page(store, 0, "CN", {}).encode()))
        with reading(store) as connection:
            run = choose_run(connection).id
            for table in TABLES:
                _timed(f"export of {table}", lambda name=table: len(to_csv(connection, run, name).encode()))  # type: ignore[misc]


def _fund(folder: Path, number: int) -> Path:
    rows = []
    for n in range(number):
        home = folder / "repos" / f"c{n:05}"
        home.mkdir(parents=True)
        for k in range(1 + n % 3):
            template, model = _MODELS[(n + k * 2) % len(_MODELS)]
            (home / f"part{k}.py").write_text(template.format(model), encoding="utf-8")
        (home / "README.md").write_text(f"# Company {n}\n", encoding="utf-8")
        rows.append(f'[[company]]\nname = "Company {n}"\nsource = "repos/c{n:05}"\nstage = "seed"\n')
    manifest = folder / "portfolio.toml"
    manifest.write_text("\n".join(rows), encoding="utf-8")
    return manifest


def _scan(manifest: Path, store: Path, workers: int, number: int) -> None:
    plan = Plan(options=(("cache", False), ("offline", True)), registry_version=load_registry([]).version, now=_NOW)
    began, seen = time.perf_counter(), 0
    quarters = {number * step // 4 for step in (1, 2, 3, 4)}

    def tell(_: JobResult) -> None:
        nonlocal seen
        seen += 1
        if seen in quarters:
            spent = time.perf_counter() - began
            print(
                f"  {seen:>6,} after {spent:7.1f} s ({1000 * spent / seen:.0f} ms each), this process {_peak():.0f} MB at most"
            )

    with open_store(store) as opened, closing(Processes(workers)) as crew:
        scan_portfolio(read_manifest(manifest), plan, opened, crew, scan_company, tell)
    print(f"  workers {_peak(resource.RUSAGE_CHILDREN):.0f} MB at most each")


def _peak(who: int = resource.RUSAGE_SELF) -> float:
    """Largest resident set so far in MB (Linux counts in KB)."""
    return resource.getrusage(who).ru_maxrss / 1024


def _size(store: Path) -> int:
    return sum(path.stat().st_size for path in store.parent.glob(f"{store.name}*"))


def _timed(words: str, work: Callable[[], int]) -> None:
    began = time.perf_counter()
    size = work()
    print(f"{words}: {size / 1e6:.2f} MB in {time.perf_counter() - began:.2f} s")


if __name__ == "__main__":
    main()
