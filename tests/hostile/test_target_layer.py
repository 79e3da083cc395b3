"""Every case of the hostile corpus, run against the target layer alone in a guarded process."""

from __future__ import annotations

import unicodedata

import pytest

from tests.hostile.cases import Case, UnbuildableError, all_cases
from tests.hostile.harness import assert_harmless, built, parsed, run, snapshot, target_command

CASES = [
    pytest.param(case, id=case.name.replace(" ", "-"), marks=[pytest.mark.slow] if case.is_slow else [])
    for case in all_cases()
]


@pytest.mark.parametrize("case", CASES)
def test_the_promise_holds(case: Case) -> None:
    try:
        with built(case) as root:
            before = snapshot(root)
            outcome = run(target_command(case), root, case)
            found = parsed(outcome)
            assert_harmless(case, root, before)
    except UnbuildableError as error:
        pytest.skip(str(error))
    assert set(case.reads) <= set(found["read"]), (case.promise, found["skipped"])
    for path, reason in case.reasons.items():
        assert reason in found["skipped"].get(path, "no reason at all"), (case.promise, path)
    assert outcome.peak_megabytes < case.megabytes, case.promise
    assert_printable([*found["read"], *found["skipped"], *found["skipped"].values(), found.get("error", "")])


def test_names_and_promises_are_unique_and_stated() -> None:
    names = [case.name for case in all_cases()]
    assert len(names) == len(set(names))
    assert all(case.promise.endswith(".") for case in all_cases())


def assert_printable(texts: list[str]) -> None:
    unfit = {character for text in texts for character in text if unicodedata.category(character) in ("Cc", "Cf", "Cs")}
    assert not unfit
