"""The GitLab job's script runs as it stands, with the variables that a runner sets."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.ci_kit.conftest import git
from tests.ci_kit.shell import bash, install

FILE = Path(__file__).parents[2] / "examples" / "ci" / "gitlab-ci.yml"

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="GitLab's runners use bash")


def job() -> dict[str, Any]:
    (only,) = yaml.safe_load(FILE.read_text(encoding="utf-8")).items()
    assert only[0] == "vcdd"
    return dict(only[1])


def run(tmp_path: Path, clone: Path, **variables: str) -> tuple[int, str]:
    tools = tmp_path / "tools"
    install(tools)
    env = {**job()["variables"], **variables}
    done = bash("\n".join(job()["script"]), env, home=tmp_path, cwd=clone, tools=tools)
    return done.returncode, done.stdout


def test_a_merge_request_gets_code_quality_a_memo_and_what_changed(tmp_path: Path, pull_request: Path) -> None:
    status, said = run(tmp_path, pull_request, CI_MERGE_REQUEST_DIFF_BASE_SHA=git(pull_request, "rev-parse", "HEAD~1"))
    assert status == 0
    assert "Model changes" in said
    assert "gpt-4o-mini" in said
    assert isinstance(json.loads((pull_request / "gl-code-quality.gitlab.json").read_text(encoding="utf-8")), list)
    written = {path.name for path in pull_request.iterdir()}
    assert {*job()["artifacts"]["paths"], job()["artifacts"]["reports"]["codequality"]} <= written


def test_a_branch_is_scanned_and_compared_with_nothing(tmp_path: Path, pull_request: Path) -> None:
    status, said = run(tmp_path, pull_request)
    assert (status, said) == (0, "")
    assert "gpt-4o" in (pull_request / "vcdd-memo.md").read_text(encoding="utf-8")
    assert not (pull_request / "vcdd-changes.md").exists()


def test_a_gate_set_as_a_variable_fails_the_job_after_everything_is_written(tmp_path: Path, pull_request: Path) -> None:
    base = git(pull_request, "rev-parse", "HEAD~1")
    status, said = run(tmp_path, pull_request, VCDD_FAIL_ON="info", CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert status == 1
    assert "Model changes" in said
    assert (pull_request / "vcdd-memo.md").exists()


def test_a_folder_with_shell_syntax_is_a_folder(tmp_path: Path, pull_request: Path) -> None:
    canary = tmp_path / "canary"
    status, _ = run(tmp_path, pull_request, FOLDER=f"; touch {canary}; $(touch {canary})")
    assert status == 4
    assert not canary.exists()


def test_nothing_is_installed_into_the_scanned_folder() -> None:
    assert all("/tmp/vcdd" in line for line in job()["before_script"])
