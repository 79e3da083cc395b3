"""Every case of the hostile corpus, scanned by the whole command as a user would scan it."""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.hostile.cases import Case, UnbuildableError, all_cases
from tests.hostile.harness import CHECKOUT, Outcome, assert_harmless, built, run, snapshot

DONE, NOTHING = 0, 4
PROGRAM = "import sys; sys.path.insert(0, sys.argv.pop(1)); from vcdd.__main__ import main; sys.exit(main())"
CASES = [
    pytest.param(case, id=case.name.replace(" ", "-"), marks=[pytest.mark.slow] if case.is_slow else [])
    for case in all_cases()
]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's cache folder, far from any target: the registry and the price lists are compiled once for all cases."""
    return tmp_path_factory.mktemp("hostile-cache")


def scan(root: Path, case: Case, cache: Path, *options: str) -> Outcome:
    deep = ["--deep"] if case.deep else []
    command = [sys.executable, "-P", "-c", PROGRAM, str(CHECKOUT), "scan", case.spec, "--offline", *deep, *options]
    return run(command, root, case, XDG_CACHE_HOME=str(cache))


@pytest.mark.parametrize("case", CASES)
def test_the_promise_holds(case: Case, cache: Path) -> None:
    try:
        with built(case) as root:
            before = snapshot(root)
            outcome = scan(root, case, cache, "--format", "json")
            assert_harmless(case, root, before)
    except UnbuildableError as error:
        pytest.skip(str(error))
    assert outcome.status in (DONE, NOTHING), outcome.stderr[-2000:]
    assert "Traceback" not in outcome.stderr
    assert outcome.peak_megabytes < case.whole_megabytes
    assert_plain(outcome.stderr)
    assert_plain(outcome.stdout)
    if outcome.status == DONE:
        rows = json.loads(outcome.stdout)["coverage"]["files_skipped"]
        assert not [row for row in rows if row["reason"].startswith("reader failed")]
        assert_named(case, rows)


@pytest.mark.parametrize("form", ["terminal", "memo", "html", "csv", "sarif", "cyclonedx", "spdx", "gitlab"])
@pytest.mark.parametrize("name", ["ids of markup", "names"])
def test_no_format_prints_live_control_characters(name: str, form: str, cache: Path) -> None:
    case = next(case for case in all_cases() if case.name == name)
    with built(case) as root:
        outcome = scan(root, case, cache, "--format", form)
    assert outcome.status == DONE, outcome.stderr
    assert_plain(outcome.stdout)
    assert "<script>alert" not in outcome.stdout
    shown = MarkdownIt("commonmark", {"html": True}).enable("table").render(outcome.stdout) if form == "memo" else ""
    assert "<img src=x" not in (outcome.stdout if form == "html" else shown)


def assert_named(case: Case, rows: list[dict[str, str]]) -> None:
    """What the target layer gives as a reason is in the report; a whole run as root can read everything."""
    for path, reason in case.reasons.items():
        if not case.is_unprivileged:
            assert any(reason in row["reason"] for row in rows if row["path"] == path), (case.promise, path)


def assert_plain(text: str) -> None:
    """No control or direction character but the line ends."""
    unfit = {character for character in text if unicodedata.category(character) in ("Cc", "Cf", "Cs")}
    assert not unfit - {"\n", "\t"}
