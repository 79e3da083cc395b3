"""What bad input gets: a sentence with the next step, the right exit status, and everything else still reported."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.e2e.command import vcdd

GOOD = 'from openai import OpenAI\nOpenAI().chat.completions.create(model="gpt-4o", messages=[])\n'


def models(path: Path) -> set[str]:
    return {model["id"] for model in json.loads(path.read_text(encoding="utf-8"))["models"]}


def test_a_missing_path_says_so_and_exits_4(home: Path) -> None:
    ran = vcdd("scan", str(home / "nowhere"), home=home)
    assert ran.status == 4
    assert "no such file or folder" in ran.err
    assert "Traceback" not in ran.err
    assert ran.out == ""


def test_an_empty_folder_exits_4(home: Path, tmp_path: Path) -> None:
    ran = vcdd("scan", str(tmp_path), home=home)
    assert ran.status == 4
    assert "empty" in ran.err


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (("--fail-on", "terrible"), "unknown severity"),
        (("--format", "docx"), "unknown format"),
        (("--policy", "defualt"), "default"),
        (("--output", "memo.docx"), "cannot tell a format"),
        (("--company", "missing.toml"), "cannot read company file"),
    ],
)
def test_a_wrong_flag_exits_2_with_the_next_step(
    flags: tuple[str, str], words: str, home: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.py").write_text(GOOD)
    ran = vcdd("scan", str(tmp_path), "--offline", *flags, home=home)
    assert ran.status == 2
    assert words in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("scna", "."), "Did you mean 'scan'?"),
        (("scan", ".", "--of-line"), "No such option: --of-line"),
        (("scan",), "Missing argument 'TARGET'"),
        (("scan", ".", "--format"), "requires an argument"),
        (("policy", "sho"), "Did you mean 'show'?"),
    ],
)
def test_a_wrong_command_line_is_no_bug_of_ours(arguments: tuple[str, ...], words: str, home: Path) -> None:
    ran = vcdd(*arguments, home=home)
    assert ran.status == 2
    assert words in ran.err
    assert "--help" in ran.err
    assert "bug" not in ran.err


def test_an_unknown_config_key_names_the_near_miss(home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(GOOD)
    config = home / "settings.toml"
    config.write_text("[scan]\noffine = true\n")
    ran = vcdd("scan", str(tmp_path), "--config", str(config), home=home)
    assert ran.status == 2
    assert "Did you mean `offline`?" in ran.err


def test_broken_files_cost_only_themselves(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    (target / "good.py").write_text(GOOD)
    (target / "broken.py").write_text("def f(:\n    model = 'claude-opus-4-1'\n")
    (target / "broken.yaml").write_text("model: gpt-4.1\n  bad: [unclosed\n")
    (target / "latin.py").write_bytes(b"# \xe9\nMODEL = 'gpt-4.1-mini'\n")
    (target / "blob.py").write_bytes(b"\0\1\2" * 5000)
    (target / "loop").symlink_to(target)
    (target / "big.py").write_text("x = 1\n" * 2_000_000 + "MODEL = 'gpt-4o-mini'\n")
    out = tmp_path / "report.json"
    ran = vcdd("scan", str(target), "--offline", "-o", str(out), home=home)
    report = json.loads(out.read_text(encoding="utf-8"))
    assert ran.status == 0
    assert {"gpt-4o", "gpt-4.1-mini"} <= models(out)
    assert any("claude-opus-4-1" in model for model in models(out))
    reasons = {row["path"]: row["reason"] for row in report["coverage"]["files_skipped"]}
    assert {"blob.py", "loop", "big.py"} <= set(reasons)
    assert "broken.py" in {row["path"] for row in report["coverage"]["parse_fallbacks"]}


def test_strict_exits_3_when_something_stayed_unread(home: Path, tmp_path: Path) -> None:
    (tmp_path / "good.py").write_text(GOOD)
    (tmp_path / "link.py").symlink_to(tmp_path / "good.py")
    assert vcdd("scan", str(tmp_path), "--offline", "--strict", "-q", home=home).status == 3


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_folder_is_named(home: Path, tmp_path: Path) -> None:
    (tmp_path / "good.py").write_text(GOOD)
    locked = tmp_path / "locked"
    locked.mkdir(mode=0)
    ran = vcdd("scan", str(tmp_path), "--offline", home=home)
    locked.chmod(0o700)
    assert "locked" in ran.out


def test_markup_and_control_characters_in_an_id_are_inert(home: Path) -> None:
    ran = vcdd("scan", "-", "--offline", stdin="evil[/red][bold]\x1b[31m-7b\n", home=home)
    assert ran.status == 0
    assert "\x1b" not in ran.out
    assert "Traceback" not in ran.err


def test_ids_on_stdin_keep_their_routes(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "list.json"
    ran = vcdd("scan", "-", "--offline", "-o", str(out), stdin="gpt-5.4\nqwen3:8b\tollama\nfal-ai/wan-25\n", home=home)
    report = json.loads(out.read_text(encoding="utf-8"))
    assert ran.status == 0
    assert report["target"]["kind"] == "list"
    routes = {m["id"]: [r["kind"] for r in m["routes"]] for m in report["models"]}
    assert routes["Qwen/Qwen3-8B"] == ["self-hosted"]


def test_a_closed_pipe_is_no_error(home: Path, examples: Path) -> None:
    import subprocess
    import sys

    process = subprocess.Popen(
        [sys.executable, "-m", "vcdd", "scan", str(examples / "clipforge"), "--offline", "-q"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")},
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate(timeout=60)
    assert b"Traceback" not in err


def test_a_read_only_output_folder_leaves_nothing(home: Path, examples: Path, tmp_path: Path) -> None:
    missing = tmp_path / "no" / "such" / "memo.md"
    ran = vcdd("scan", str(examples / "fieldnote"), "--offline", "-q", "-o", str(missing), home=home)
    assert ran.status == 2
    assert "cannot write" in ran.err
    assert list(tmp_path.iterdir()) == []
