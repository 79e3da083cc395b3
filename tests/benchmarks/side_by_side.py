"""vcdd beside other tools on the same trees in one run: `python -m tests.benchmarks.side_by_side TREE… --peer NAME=COMMAND`.

A peer's command is split at spaces and `{}` in it is the tree (`airom=/path/to/airom fs {} -o json=/dev/null`), so that each
lives in an environment of its own. Cold runs of vcdd use `--no-cache`; the warm one is the second with a cache. Every
command runs `--rounds` times in turn with the others, and the fastest counts: load of the machine only ever adds. Prints
a markdown table: numbers, no verdict. `--literals FILE` writes the prefilter's literals for ripgrep:
`ripgrep=rg --no-ignore --hidden -i -F -l -f FILE {}`.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SCAN = [sys.executable, "-m", "vcdd", "scan", "{}", "--offline", "-q", "--format", "json"]


_COLD, _SECOND = "vcdd, cold", "vcdd, second scan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Of one run."""

    wall_s: float
    cpu_s: float
    peak_mib: int


def measure(command: list[str], home: str) -> Cost:
    """One run, its output thrown away, whatever its exit status."""
    environment = {**os.environ, "HOME": home, "XDG_CACHE_HOME": home}
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0  # waited for above
    wall = time.perf_counter() - began
    return Cost(wall_s=wall, cpu_s=usage.ru_utime + usage.ru_stime, peak_mib=usage.ru_maxrss >> 10)


def grown(root: Path, files: int) -> Path:
    """A tree of small modules, one in a hundred of which names a model."""
    for number in range(files):
        folder = root / f"p{number // 100:04d}"
        folder.mkdir(parents=True, exist_ok=True)
        line = 'client.chat.completions.create(model="gpt-4o")\n' if number % 100 == 0 else ""
        (folder / f"m{number:06d}.py").write_text(f"def f{number}(x):\n    return x + {number}\n{line}")
    return root


def read_all(tree: str) -> None:
    """What `cat` does: every byte of every file, once."""
    for folder, _, names in os.walk(tree):
        for name in names:
            with Path(folder, name).open("rb") as file:
                while file.read(1 << 20):
                    pass


def search_all(tree: str) -> None:
    """What the prefilter does in one process: every byte read and searched for its literals."""
    from vcdd.target.prefilter import Prefilter

    search = Prefilter(literals())
    for folder, _, names in os.walk(tree):
        for name in names:
            search.hits(Path(folder, name).read_bytes())


def literals() -> tuple[bytes, ...]:
    """Those of the first level."""
    from vcdd.instruments import instruments_for
    from vcdd.registry.load import load_registry

    return instruments_for(load_registry()).prefilter.literals


def size_of(tree: Path) -> tuple[int, float]:
    """Files, and MB of them."""
    sizes = [path.lstat().st_size for path in tree.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes) / 1e6


def best_of(tree: Path, commands: dict[str, list[str]], rounds: int, home: str) -> dict[str, Cost]:
    """The fastest run of each command, with caches in the folder `home`."""
    best: dict[str, Cost] = {}
    if _SECOND in commands:
        measure([part.replace("{}", str(tree)) for part in SCAN], home)  # so that there is something to remember
    for _ in range(rounds):
        for name, command in commands.items():
            cost = measure([part.replace("{}", str(tree)) for part in command], home)
            best[name] = min(cost, best.get(name, cost), key=lambda each: each.wall_s)
    return best


def rows_of(name: str, size: tuple[int, float], best: dict[str, Cost]) -> list[str]:
    """A line for each command, the ratio being to vcdd's cold run."""
    files, megabytes = size
    own = best[_COLD]
    return [
        f"| {name} ({files:,} files, {megabytes:,.1f} MB) | {tool} | {cost.wall_s:.2f} | {cost.cpu_s:.2f} "
        f"| {cost.cpu_s / own.cpu_s:.2f} | {files / cost.wall_s:,.0f} | {megabytes / cost.wall_s:,.1f} | {cost.peak_mib} |"
        for tool, cost in best.items()
    ]


def together(costs: Sequence[Cost]) -> Cost:
    """Of one run after the other."""
    return Cost(
        wall_s=sum(cost.wall_s for cost in costs),
        cpu_s=sum(cost.cpu_s for cost in costs),
        peak_mib=max(cost.peak_mib for cost in costs),
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trees", nargs="*", type=Path)
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=COMMAND")
    parser.add_argument(
        "--grow", type=int, action="append", default=[], metavar="FILES", help="also a tree made of so many"
    )
    parser.add_argument("--cold-only", action="store_true", help="only vcdd's cold scan and the peers")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--literals", metavar="FILE", type=Path, help="write the prefilter's literals, one a line")
    parser.add_argument("--read", metavar="TREE", help=argparse.SUPPRESS)
    parser.add_argument("--search", metavar="TREE", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read or options.search:
        search_all(options.search) if options.search else read_all(options.read)
        return
    if options.literals:
        options.literals.write_bytes(b"\n".join(literals()))
    peers = {name: shlex.split(command) for name, _, command in (peer.partition("=") for peer in options.peer)}
    commands = {
        _COLD: [*SCAN, "--no-cache"],
        _SECOND: SCAN,
        "every byte read by Python": [sys.executable, "-I", __file__, "--read", "{}"],
        "read and searched, one process": [sys.executable, "-m", "tests.benchmarks.side_by_side", "--search", "{}"],
        **peers,
    }
    if options.cold_only:
        commands = {name: command for name, command in commands.items() if name == _COLD or name in peers}
    load = os.getloadavg()[0]
    print(
        f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M} UTC, {platform.machine()}, {os.cpu_count()} cores, ",
        end="",
    )
    print(f"Python {platform.python_version()}, load {load:.1f} at the start, fastest of {options.rounds}.\n")
    print(
        "| Tree | Tool | Wall, s | CPU, s | CPU ÷ vcdd cold | files/s | MB/s | Peak, MiB |\n|---|---|--:|--:|--:|--:|--:|--:|"
    )
    with tempfile.TemporaryDirectory() as made, tempfile.TemporaryDirectory() as home:
        measure([part.replace("{}", __file__) for part in SCAN], home)  # the first run of all compiles its tables
        trees = [*options.trees, *(grown(Path(made) / f"made-{files}", files) for files in options.grow)]
        sizes, all_best = [], []
        for tree in trees:
            sizes.append(size_of(tree))
            all_best.append(best_of(tree, commands, options.rounds, home))
            print("\n".join(rows_of(tree.name, sizes[-1], all_best[-1])), flush=True)
        if len(trees) > 1:
            whole = (sum(files for files, _ in sizes), sum(megabytes for _, megabytes in sizes))
            every = {name: together([best[name] for best in all_best]) for name in commands}
            print("\n".join(rows_of(f"all {len(trees)}, one scan each", whole, every)))


if __name__ == "__main__":
    main()
