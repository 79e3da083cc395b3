"""A full disk, a closed pipe and a folder that cannot be written: a sentence, a status, and nothing half-written."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.command import EPOCH

FULL = Path("/dev/full")
REPORT = "REPORT"
TO_STDOUT = (
    ("scan", REPORT), ("scan", REPORT, "-f", "json"), ("model", "gpt-4o", "--offline"), ("cost", REPORT),
    ("diff", REPORT, REPORT, "--offline", "-f", "markdown"), ("policy", "list"), ("--help",), ("--version",),
)  # fmt: skip
TO_A_FILE = (
    ("scan", REPORT, "-o", "OUT/memo.md"),
    ("scan", REPORT, "-o", "OUT/a.html", "-o", "OUT/a.json"),
    ("diff", REPORT, REPORT, "--offline", "-o", "OUT/diff.md"),
    ("questions", REPORT, "-o", "OUT/questions.md"),
    ("baseline", "write", REPORT, "--output", "OUT/baseline.json"),
)


@pytest.fixture
def run(home: Path, rendered: dict[str, Path]) -> Callable[..., subprocess.CompletedProcess[str]]:
    report = str(rendered["clipforge"] / "report.json")

    def call(*words: str, out: Path | None = None, **more: object) -> subprocess.CompletedProcess[str]:
        arguments = [report if word == REPORT else word.replace("OUT", str(out)) for word in words]
        paths = {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "SOURCE_DATE_EPOCH": EPOCH}
        return subprocess.run(
            [sys.executable, "-m", "vcdd", *arguments],
            env=os.environ | paths, stderr=subprocess.PIPE, text=True, timeout=120, check=False, **more,
        )  # type: ignore[call-overload]  # fmt: skip

    return call


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", TO_STDOUT, ids=" ".join)
def test_a_full_disk_behind_stdout_is_a_sentence_and_no_bug(run, words: tuple[str, ...]) -> None:
    with FULL.open("w") as full:
        done = run(*words, stdout=full)
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == "vcdd: cannot write the output: No space left on device"
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "words", [("scan", REPORT, "-f", "json", "-q"), ("policy", "list"), ("--version",)], ids=" ".join
)
def test_a_reader_that_went_away_is_no_error(run, words: tuple[str, ...]) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    try:
        done = run(*words, stdout=theirs)
    finally:
        os.close(theirs)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("words", TO_A_FILE, ids=lambda words: " ".join(words[:1]))
def test_a_disk_that_fills_while_a_file_is_written_leaves_the_old_file(run, words, tmp_path: Path) -> None:
    """A limit on the size of files stands in for the disk: the kernel refuses the same way."""
    out = tmp_path / "out"
    out.mkdir()
    old = [out / Path(word).name for word in words if word.startswith("OUT/")]
    for path in old:
        path.write_text("old", encoding="utf-8")
    done = run(
        *words, out=out, stdout=subprocess.DEVNULL, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4, 4))
    )
    assert done.returncode == 2, done.stderr
    assert "cannot write" in done.stderr
    assert sorted(out.iterdir()) == sorted(old)
    assert [path.read_text(encoding="utf-8") for path in old] == ["old"] * len(old)


@pytest.mark.parametrize("words", TO_A_FILE[1::2] + TO_A_FILE[-1:], ids=lambda words: " ".join(words[:1]))
def test_a_folder_that_cannot_be_written_is_named(run, words, tmp_path: Path) -> None:
    """A file where the folder should be is refused to root as well."""
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    done = run(*words, out=tmp_path / "out", stdout=subprocess.DEVNULL)
    assert done.returncode == 2, done.stderr
    assert re.search(rf"cannot (write|create) {tmp_path / 'out'}", done.stderr)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
