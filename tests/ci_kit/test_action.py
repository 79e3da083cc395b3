"""The shell steps of the action run as they stand, with the environment that a runner gives them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.ci_kit.shell import bash, install

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the action's steps are bash")


def steps() -> dict[str, dict[str, Any]]:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return {step["name"]: step for step in action["runs"]["steps"]}


def scan(tmp_path: Path, cwd: Path = ROOT, **inputs: str) -> tuple[int, str]:
    """Exit status and job summary of the scan step; the installed tool stands where the install step would put it."""
    install(tmp_path / "vcdd" / "bin")
    names = ("VCDD_PATH", "VCDD_RULES", "VCDD_LEVEL", "VCDD_KNOWN", "VCDD_SARIF", "VCDD_COMMENT", "VCDD_BASE")
    summary = tmp_path / "summary.md"
    env = {"RUNNER_TEMP": str(tmp_path), "GITHUB_STEP_SUMMARY": str(summary)}
    env |= dict.fromkeys(names, "") | {f"VCDD_{name}": value for name, value in inputs.items()}
    done = bash(steps()["Scan"]["run"], env, home=tmp_path, cwd=cwd)
    return done.returncode, summary.read_text(encoding="utf-8") if summary.exists() else done.stderr


def test_the_memo_goes_to_the_job_summary(tmp_path: Path) -> None:
    status, summary = scan(tmp_path, PATH=str(EXAMPLES / "fieldnote"))
    assert status == 0
    assert "Qwen/Qwen3-32B" in summary


def test_a_policy_that_denies_fails_the_job_and_still_writes_the_summary(tmp_path: Path) -> None:
    status, summary = scan(tmp_path, PATH=str(EXAMPLES / "clipforge"), RULES="default")
    assert status == 1
    assert "sora-2" in summary


def test_sarif_is_written_when_asked_for(tmp_path: Path) -> None:
    sarif = tmp_path / "out.sarif"
    scan(tmp_path, PATH=str(EXAMPLES / "clipforge"), SARIF=str(sarif))
    assert '"2.1.0"' in sarif.read_text(encoding="utf-8")


def test_a_comment_compares_with_the_first_parent_of_a_merge(tmp_path: Path, pull_request: Path) -> None:
    comment = tmp_path / "out" / "body.md"
    status, _ = scan(tmp_path, cwd=pull_request, PATH=".", COMMENT=str(comment), BASE=".@HEAD~1")
    assert status == 0
    assert comment.read_text(encoding="utf-8").startswith("<!-- vcdd:diff -->\nModel changes\n")
    assert "gpt-4o" in comment.read_text(encoding="utf-8")


def test_inputs_reach_the_shell_by_environment_only() -> None:
    assert not any("${{" in step["run"] for step in steps().values())


def test_a_path_with_shell_syntax_is_a_path(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    status, _ = scan(tmp_path, PATH=f"; touch {canary}; $(touch {canary})")
    assert status == 4
    assert not canary.exists()


def test_the_hook_names_a_command_that_exists() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    words = hook["entry"].split()
    done = subprocess.run(
        [sys.executable, "-m", "vcdd", words[1], "--help"], capture_output=True, text=True, check=True
    )
    assert words[0] == "vcdd"
    assert all(flag in done.stdout for flag in words if flag.startswith("--"))
