from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

BEFORE, AFTER = "gpt-4o-mini", "gpt-4o"


@pytest.fixture
def pull_request(tmp_path: Path) -> Path:
    """A clone as a runner checks it out for a pull request: the merge commit, whose first parent is the base."""
    if shutil.which("git") is None:
        pytest.skip("needs git")
    root = tmp_path / "clone"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    commit(root, BEFORE)
    git(root, "switch", "-q", "-c", "topic")
    commit(root, AFTER)
    git(root, "switch", "-q", "main")
    git(root, "merge", "-q", "--no-ff", "-m", "Merge", "topic")
    return root


def commit(root: Path, model: str) -> None:
    text = f'from openai import OpenAI\nOpenAI().chat.completions.create(model="{model}", messages=[])\n'
    (root / "app.py").write_text(text, encoding="utf-8")
    git(root, "add", "app.py")
    git(root, "commit", "-q", "-m", model)


def git(root: Path, *arguments: str) -> str:
    name = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b"}
    env = {"PATH": os.environ["PATH"], "HOME": str(root), "GIT_CONFIG_NOSYSTEM": "1", **name}
    done = subprocess.run(["git", *arguments], cwd=root, env=env, capture_output=True, text=True, check=True)
    return done.stdout.strip()
