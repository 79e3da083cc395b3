"""Any bytes under any name: no exception, no hang. A small sample in every run, atheris in the slow one."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import CRUEL, HEADS, NAMES, read_and_judge

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("case", CRUEL)
@pytest.mark.parametrize("name", NAMES)
def test_cruel_bytes_are_read_to_the_end(name, case):
    read_and_judge(name, CRUEL[case])


@pytest.mark.parametrize("name", ["a.py", "a.ts", "a.yaml", "a.json", "a.sh", "a.go", "README.md"])
@pytest.mark.parametrize("case", ["deep brackets", "deep parentheses", "unclosed quotes", "broken utf-8", "many joins"])
def test_some_cruel_bytes_in_every_run(name, case):
    read_and_judge(name, CRUEL[case][:30_000])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from((*NAMES, *HEADS)), st.binary(max_size=600))
def test_any_bytes_are_read_and_judged(name, data):
    read_and_judge(name, data)


@pytest.mark.slow
def test_atheris_finds_nothing_in_a_minute():
    pytest.importorskip("atheris", reason="atheris is not installed: the fuzzing run is left out")
    command = [sys.executable, "-m", "tests.fuzz.run_atheris", "-max_total_time=60", "-max_len=4096"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
