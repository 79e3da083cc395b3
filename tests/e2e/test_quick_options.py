"""Options that are converted without pydantic mean what they meant."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pytest
import typer

from vcdd.cli.quick import App


def parsed(plain: type[typer.Typer], argv: list[str]) -> object:
    """What a command with every kind of our options receives, or how it refuses."""
    app, got = plain(pretty_exceptions_enable=False), {}

    @app.command()
    def command(
        names: list[str],
        file: Path | None = None,
        files: list[Path] | None = None,
        text: str = "t",
        flag: bool = False,
        either: Annotated[bool | None, typer.Option("--yes/--no")] = None,
        number: int = 3,
        loud: Annotated[int, typer.Option("-v", count=True)] = 0,
    ) -> None:
        got.update(locals())

    try:
        app(argv, standalone_mode=False)
    except Exception as error:  # noqa: BLE001 -- its words are compared
        return type(error).__name__, str(error)
    got.pop("got", None)
    return got


@pytest.mark.parametrize(
    "argv",
    [
        ["a"],
        ["a", "b", "--file", "x.md"],
        ["a", "--files", "x", "--files", "y/z"],
        ["a", "--text", "", "--flag", "--no", "-vv"],
        ["a", "--number", "4"],
        ["a", "--number", "four"],
        [],
        ["a", "--file"],
        ["a", "--unknown"],
    ],
    ids=" ".join,
)
def test_every_kind_of_option_gives_what_typer_gives(argv):
    assert parsed(App, argv) == parsed(typer.Typer, argv)
