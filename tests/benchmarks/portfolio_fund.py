"""A synthetic fund: `python -m tests.benchmarks.portfolio_fund [COMPANIES…]`. Prints a table, asserts nothing.

Each company is a folder of a few files with one to three models in use, composed here. Every size is measured in a
process of its own, since a peak of memory never comes down again: a first run, a second one that judges everything
again, the report, the dashboard, and the store. Seconds of the processors are printed beside those of the clock,
because machines are shared; they count this process and its workers, ended ones included.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from vcdd.cli.portfolio_job import scan_company
from vcdd.cli.portfolio_views import dashboard_page, summary
from vcdd.portfolio.crew import Processes
from vcdd.portfolio.manifest import read_manifest
from vcdd.portfolio.scan import Plan, scan_portfolio
from vcdd.portfolio.store.store import open_store
from vcdd.registry.load import load_registry

_API = 'from openai import OpenAI\nclient = OpenAI()\nclient.chat.completions.create(model="{0}", messages=[])\n'
_HUB = 'from transformers import AutoModel\nAutoModel.from_pretrained("{0}")\n'
_MODELS = (
    (_API, "gpt-4o"), (_API, "gpt-4.1-mini"), (_HUB, "Qwen/Qwen2.5-7B-Instruct"), (_HUB, "meta-llama/Llama-3.1-8B-Instruct"),
    (_HUB, "mistralai/Mistral-7B-Instruct-v0.3"), (_HUB, "deepseek-ai/DeepSeek-R1"), (_HUB, "google/gemma-3-1b-it"),
)  # fmt: skip
_NOW = datetime(2026, 11, 24, tzinfo=UTC)
_SIZES = (500, 1_000, 2_000)
_WORKERS = 2
_COLUMNS = {
    "companies": "{companies:,}",
    "first run, wall s": "{first_wall_s:.0f}",
    "first run, processor s": "{first_processor_s:.0f}",
    "processor ms each": "{first_each_ms:.0f}",
    "second run, wall s": "{second_wall_s:.0f}",
    "main process, MB": "{main_mb:.0f}",
    "a worker, MB": "{worker_mb:.0f}",
    "store after 1 run, MB": "{store_first_mb:.1f}",
    "after 2 runs, MB": "{store_second_mb:.1f}",
    "report, s": "{report_s:.1f}",
    "dashboard, s": "{dashboard_s:.1f}",
    "dashboard, MB": "{dashboard_mb:.1f}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What was measured for one size; MB are millions of bytes for files and 2²⁰ bytes for memory."""

    companies: int
    first_wall_s: float
    first_processor_s: float
    first_each_ms: float
    second_wall_s: float
    main_mb: float
    """Largest resident set of the process that hands out jobs and writes the store, both runs and the report."""
    worker_mb: float
    """Largest resident set of any worker."""
    store_first_mb: float
    store_second_mb: float
    report_s: float
    dashboard_s: float
    dashboard_mb: float


def main() -> None:
    """A row for each size as it is measured."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(asdict(measure(int(sys.argv[2])))))
        return
    print(f"| {' | '.join(_COLUMNS)} |\n|{'---:|' * len(_COLUMNS)}", flush=True)
    for size in [int(word) for word in sys.argv[1:]] or _SIZES:
        words = [sys.executable, "-m", "tests.benchmarks.portfolio_fund", "--one", str(size)]
        found = json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout)
        print(f"| {' | '.join(cell.format(**found) for cell in _COLUMNS.values())} |", flush=True)


def measure(number: int) -> Figures:
    """Two runs over so many companies, then the report and the dashboard of the second."""
    with tempfile.TemporaryDirectory() as folder:
        manifest, store = _fund(Path(folder), number), Path(folder) / "fund.db"
        first_wall, first_processor = _timed(lambda: _scan(manifest, store))
        store_first = _size(store)
        second_wall, _ = _timed(lambda: _scan(manifest, store))
        report_wall, _ = _timed(lambda: summary(store, 0, "CN"))
        page = Path(folder) / "dashboard.html"
        dashboard_wall, _ = _timed(lambda: page.write_text(dashboard_page(store, 0, "CN", {}), encoding="utf-8"))
        return Figures(
            companies=number,
            first_wall_s=first_wall,
            first_processor_s=first_processor,
            first_each_ms=1000 * first_processor / number,
            second_wall_s=second_wall,
            main_mb=_peak(resource.RUSAGE_SELF),
            worker_mb=_peak(resource.RUSAGE_CHILDREN),
            store_first_mb=store_first / 1e6,
            store_second_mb=_size(store) / 1e6,
            report_s=report_wall,
            dashboard_s=dashboard_wall,
            dashboard_mb=page.stat().st_size / 1e6,
        )


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


def _scan(manifest: Path, store: Path) -> None:
    plan = Plan(options=(("cache", False), ("offline", True)), registry_version=load_registry([]).version, now=_NOW)
    with open_store(store) as opened, closing(Processes(_WORKERS)) as crew:
        scan_portfolio(read_manifest(manifest), plan, opened, crew, scan_company, lambda *_: None)


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the clock, and of the processors for this process and its ended children."""
    began, before = time.perf_counter(), os.times()
    work()
    wall, after = time.perf_counter() - began, os.times()
    return wall, sum(after[:4]) - sum(before[:4])


def _peak(who: int) -> float:
    """Largest resident set so far, in units of 2²⁰ bytes (Linux counts in KiB)."""
    return resource.getrusage(who).ru_maxrss / 1024


def _size(store: Path) -> int:
    return sum(path.stat().st_size for path in store.parent.glob(f"{store.name}*"))


if __name__ == "__main__":
    main()
