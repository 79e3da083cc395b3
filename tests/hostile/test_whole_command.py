"""Every case of the hostile corpus, scanned by the whole command as a user would scan it."""

from __future__ import annotations

import json
import sys
import unicodedata

import pytest
from markdown_it import MarkdownIt

from tests.hostile.cases import Case, UnbuildableError, all_cases
from tests.hostile.harness import CHECKOUT, Outcome, assert_harmless, built, run, snapshot

DONE, NOTHING = 0, 4
MEGABYTES = 1000
PROGRAM = "import sys; sys.path.insert(0, sys.argv.pop(1)); from vcdd.__main__ import main; sys.exit(main())"
CASES = [
    pytest.param(case, id=case.name.replace(" ", "-"), marks=[pytest.mark.slow] if case.is_slow else [])
    for case in all_cases()
]


def scan(root, case: Case, *options: str) -> Outcome:
    deep = ["--deep"] if case.deep else []
    command = [sys.executable, "-P", "-c", PROGRAM, str(CHECKOUT), "scan", case.spec, "--offline", *deep, *options]
    cache = root.parent.parent / f"{root.parent.name}-cache"  # beside the folder that nothing may be written to
    try:
        return run(command, root, case, XDG_CACHE_HOME=str(cache))
    finally:
        _remove(cache)


@pytest.mark.parametrize("case", CASES)
def test_the_promise_holds(case: Case) -> None:
    try:
        with built(case) as root:
            before = snapshot(root)
            outcome = scan(root, case, "--format", "json")
            assert_harmless(case, root, before)
    except UnbuildableError as error:
        pytest.skip(str(error))
    assert outcome.status in (DONE, NOTHING), outcome.stderr[-2000:]
    assert "Traceback" not in outcome.stderr
    assert outcome.peak_megabytes < MEGABYTES
    assert_plain(outcome.stderr)
    assert_plain(outcome.stdout)
    if outcome.status == DONE:
        rows = json.loads(outcome.stdout)["coverage"]["files_skipped"]
        assert not [row for row in rows if row["reason"].startswith("reader failed")]
        assert_named(case, rows)


@pytest.mark.parametrize("form", ["terminal", "memo", "html", "csv", "sarif", "cyclonedx", "spdx", "gitlab"])
@pytest.mark.parametrize("name", ["ids of markup", "names"])
def test_no_format_prints_live_control_characters(name: str, form: str) -> None:
    case = next(case for case in all_cases() if case.name == name)
    with built(case) as root:
        outcome = scan(root, case, "--format", form)
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


def _remove(folder) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
