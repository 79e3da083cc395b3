"""Print what the registry costs: start-up with and without its cache, and ids identified per second.

Not a test: machines are shared and noisy, so the numbers are printed and read by people.
Run: python tests/benchmarks/registry_speed.py
"""

import gc
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from vcdd.cli.run import OBJECTS_BETWEEN_COLLECTIONS
from vcdd.registry.load import load_registry
from vcdd.registry.vocabulary import compile_vocabulary

WANTED = 100_000


def best_ms(action, times=5):
    """The best of several runs, in milliseconds of CPU time."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        action()
        spent.append((time.process_time() - start) * 1000)
    return min(spent)


def load_without_cache(folder):
    """Load after removing whatever the cache folder holds."""
    for path in folder.iterdir():
        path.unlink()
    load_registry(cache=folder)


def many_ids(registry):
    """Distinct ids: every known spelling, then the same with dates, suffixes and prefixes that nobody has listed."""
    known = list(registry.compiled.exact)
    forms = ("{}", "openrouter/{}", "{}-2031{:04d}", "someone/{}-{:04d}-GGUF", "{}:{:04d}")
    return [forms[n % len(forms)].format(known[n % len(known)], n % 10_000) for n in range(WANTED)]


def main():
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 20, 100)  # as in every command
    with tempfile.TemporaryDirectory() as folder:
        cold = best_ms(lambda: load_without_cache(Path(folder)), 2)
        warm = best_ms(lambda: load_registry(cache=Path(folder)))
        answer = best_ms(lambda: load_registry(cache=Path(folder)).identify("Qwen/Qwen2.5-7B-Instruct"))
        registry = load_registry(cache=Path(folder))
    vocabulary = best_ms(lambda: compile_vocabulary(registry), 3)
    ids = many_ids(registry)
    start, cpu = time.perf_counter(), time.process_time()
    known = sum(registry.identify(written).match != "none" for written in ids)
    wall, cpu = time.perf_counter() - start, time.process_time() - cpu
    print(f"start-up without cache  {cold:8.1f} ms CPU")
    print(f"start-up with cache     {warm:8.1f} ms CPU   (wanted: under 30)")
    print(f"and one answer          {answer:8.1f} ms CPU")
    print(f"vocabulary              {vocabulary:8.1f} ms CPU")
    print(f"identify                {len(ids) / cpu:8.0f} ids/s CPU, {len(ids) / wall:.0f} ids/s wall")
    print(f"{len(ids):,} ids           {wall:8.2f} s wall, {cpu:.2f} s CPU (wanted: under 5), {known:,} known")


if __name__ == "__main__":
    main()
