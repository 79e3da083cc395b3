"""CPU of short commands, start of Python included: `python -m tests.benchmarks.start_up [--rounds N]`.

Each runs in turn with the others, and the fastest counts: load of the machine only ever adds. The scan is of one file
that calls one model; caches of the registry and of the price lists are warm, as after any earlier scan.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.side_by_side import measure

VCDD = [sys.executable, "-m", "vcdd"]
COMMANDS = {
    "`python -c pass`": ([sys.executable, "-c", "pass"], None),
    "`--version`": ([*VCDD, "--version"], 0.06),
    "`--help`": ([*VCDD, "--help"], 0.12),
    "`model ID --offline`": ([*VCDD, "model", "Qwen/Qwen2.5-7B-Instruct", "--offline"], 0.3),
    "`scan` of one file, offline, `--no-cache`": ([*VCDD, "scan", "{}", "--offline", "--no-cache", "-q"], 0.4),
    "the same, second scan": ([*VCDD, "scan", "{}", "--offline", "-q"], 0.5),
}
"""Name, command, and the bar of the design page in seconds."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    best: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as tree:
        Path(tree, "app.py").write_text('from openai import OpenAI\nOpenAI().responses.create(model="gpt-4o")\n')
        os.utime(Path(tree, "app.py"), (1.7e9, 1.7e9))  # a file that has just changed is not remembered
        for _ in range(options.rounds + 1):  # the first round fills the caches
            for name, (command, _) in COMMANDS.items():
                cost = measure([part.replace("{}", tree) for part in command], home)
                best[name] = min(cost.cpu_s, best.get(name, cost.cpu_s))
    load = os.getloadavg()[0]
    print(f"{platform.machine()}, Python {platform.python_version()}, load {load:.1f}, fastest of {options.rounds}.\n")
    print("| Command | CPU, s | Bar, s |\n|---|--:|--:|")
    for name, (_, bar) in COMMANDS.items():
        print(f"| {name} | {best[name]:.2f} | {bar or ''} |")


if __name__ == "__main__":
    main()
