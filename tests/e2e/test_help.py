"""Every command explains itself by example, and the shell can complete it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
import typer.main

from vcdd.cli.app import app_for
from vcdd.cli.run import run


def commands(group, words=("vcdd",)) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every command that does something, with the words that call it."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*words, name))
        else:
            yield (*words, name), command


ALL = dict(commands(typer.main.get_command(app_for(()))))


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_help_has_two_examples(words):
    """Lines that can be copied, each with the command itself."""
    _, _, examples = (ALL[words].help or "").partition("Examples:")
    lines = [line.strip() for line in examples.splitlines()]
    assert len([line for line in lines if " ".join(words) in line]) >= 2


@pytest.mark.parametrize("words", [words for words in ALL if words[1] in ("policy", "registry")], ids=" ".join)
def test_examples_on_built_in_records_work(words, capsys, monkeypatch, tmp_path):
    """Typed as they stand; those that name a file of the reader's own are left out."""
    monkeypatch.chdir(tmp_path)
    for line in (ALL[words].help or "").partition("Examples:")[2].splitlines():
        typed = line.partition(" > ")[0].partition(" | ")[0].split()
        if typed and ".toml" not in " ".join(typed):
            assert run(typed[1:]) == 0, line
            assert capsys.readouterr().out


def test_the_list_of_commands_is_that_of_the_whole_application(capsys):
    """`--help` builds no options; what it prints is what the full application prints."""
    assert run(["--help"]) == 0
    quick = capsys.readouterr().out
    app_for(())(args=["--help"], prog_name="vcdd", standalone_mode=False)
    assert capsys.readouterr().out == quick


@pytest.mark.parametrize(("typed", "offered"), [("vcdd sc", "scan"), ("vcdd scan --off", "--offline")])
def test_the_shell_completes(typed, offered):
    """Commands and options, by the script that `--show-completion` prints."""
    asked = {**os.environ, "_VCDD_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
    answer = subprocess.run([sys.executable, "-m", "vcdd"], env=asked, capture_output=True, text=True, check=True)
    assert answer.stdout.split() == [offered]
