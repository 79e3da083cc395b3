"""GitHub's two workflows: the first may only read, the second posts two small files that it does not trust."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.ci_kit.shell import bash, program

FOLDER = Path(__file__).parents[2] / "examples" / "ci"
COMMENT = "<!-- vcdd:diff -->\nModel changes\n"
HEAD, OTHER = "a" * 40, "b" * 40

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the steps are bash")


def workflow(name: str) -> dict[str, Any]:
    return dict(yaml.safe_load((FOLDER / f"github-{name}.yml").read_text(encoding="utf-8")))


def shell_steps(name: str) -> list[dict[str, Any]]:
    (job,) = workflow(name)["jobs"].values()
    return [step for step in job["steps"] if "run" in step]


def post(tmp_path: Path, comment: str, *, number: str = "7", old: str = "") -> tuple[int, list[str]]:
    """Exit status and the calls that change something, by a `gh` that only writes down what it is asked."""
    tools, calls = tmp_path / "tools", tmp_path / "calls"
    (tmp_path / "comment").mkdir()
    (tmp_path / "comment" / "body.md").write_text(comment, encoding="utf-8")
    (tmp_path / "comment" / "number").write_text(f"{number}\n", encoding="utf-8")
    tools.mkdir()
    answers = f'case "$*" in *pulls/7*) echo {HEAD};; *pulls/*) echo {OTHER};; *--paginate*) printf "%s" "{old}";; *) echo "$*" >> {calls};; esac'
    program(tools / "gh", answers)
    (step,) = shell_steps("comment")
    env = {"GH_TOKEN": "none", "GH_REPO": "o/r", "HEAD_SHA": HEAD}
    done = bash(step["run"], env, home=tmp_path, cwd=tmp_path, tools=tools)
    return done.returncode, calls.read_text(encoding="utf-8").splitlines() if calls.exists() else []


def test_the_first_comment_is_posted(tmp_path: Path) -> None:
    assert post(tmp_path, COMMENT) == (0, ["api --method POST repos/o/r/issues/7/comments --field body=@short.md"])


def test_a_later_one_replaces_it(tmp_path: Path) -> None:
    calls = ["api --method PATCH repos/o/r/issues/comments/99 --field body=@short.md"]
    assert post(tmp_path, COMMENT, old="99") == (0, calls)


def test_a_pull_request_that_changes_no_model_gets_no_comment(tmp_path: Path) -> None:
    assert post(tmp_path, "<!-- vcdd:diff -->\nNo model change. 2 in use\n") == (0, [])


def test_a_comment_that_was_true_is_replaced_when_nothing_changes_any_more(tmp_path: Path) -> None:
    assert post(tmp_path, "<!-- vcdd:diff -->\nNo model change. 2 in use\n", old="99")[1][0].startswith(
        "api --method PATCH"
    )


def test_an_artefact_that_names_another_pull_request_is_refused(tmp_path: Path) -> None:
    assert post(tmp_path, COMMENT, number="8") == (1, [])


def test_a_number_with_shell_syntax_is_a_number(tmp_path: Path) -> None:
    status, _ = post(tmp_path, COMMENT, number="7$(>canary)")
    assert status == 0
    assert not (tmp_path / "canary").exists()


def test_a_long_comment_is_cut_below_the_limit_of_github(tmp_path: Path) -> None:
    post(tmp_path, COMMENT + "x" * 200_000)
    assert len((tmp_path / "short.md").read_bytes()) == 60_000


def test_the_workflow_that_sees_foreign_code_may_only_read() -> None:
    assert workflow("scan")["permissions"] == {"contents": "read"}


def test_the_workflow_that_may_write_checks_nothing_out() -> None:
    (job,) = workflow("comment")["jobs"].values()
    assert not any("checkout" in step.get("uses", "") for step in job["steps"])


@pytest.mark.parametrize("name", ["scan", "comment"])
def test_what_a_stranger_wrote_reaches_the_shell_by_environment_only(name: str) -> None:
    assert not any("${{" in step["run"] for step in shell_steps(name))


def test_the_action_gets_inputs_that_it_has() -> None:
    action = yaml.safe_load((FOLDER.parents[1] / "action.yml").read_text(encoding="utf-8"))
    (job,) = workflow("scan")["jobs"].values()
    (step,) = (step for step in job["steps"] if step.get("uses", "").startswith("OWNER/vcdd"))
    assert set(step["with"]) <= set(action["inputs"])
