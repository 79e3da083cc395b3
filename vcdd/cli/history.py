"""`vcdd history`: when did the stack change?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from vcdd.cli import options
from vcdd.cli.options import ANALYSIS, INPUT, OUTPUT
from vcdd.errors import UsageError


def history(
    repository: Annotated[str, typer.Argument(metavar="REPO", help="A local clone; only its git objects are read.")],
    ref: Annotated[
        str, typer.Option("--ref", metavar="REF", help="Up to this branch, tag or commit.", rich_help_panel=INPUT)
    ] = "HEAD",
    samples: Annotated[
        int,
        typer.Option("--samples", min=2, max=2000, help="Commits read evenly in time.", rich_help_panel=ANALYSIS),
    ] = 32,
    extra: Annotated[
        int,
        typer.Option("--extra", min=0, max=4000, help="More, to find the very change.", rich_help_panel=ANALYSIS),
    ] = 64,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help=".svg, .json, .csv or .txt.", rich_help_panel=OUTPUT),
    ] = None,
    registry: options.RegistryFiles = None,
    config: options.Config = None,
    quiet: options.Quiet = False,
) -> None:
    """Draw when a product's models changed: first and last commit of each, shares by lab and country over time.

    \b
    Examples:
      vcdd history ./pitch-repo
      vcdd history ./pitch-repo --output stack.svg
    """
    from vcdd.cli.lookup import settings_from  # noqa: PLC0415
    from vcdd.cli.output import print_text, write_atomically  # noqa: PLC0415 -- slow import

    kind = output.suffix.lower() if output else ".txt"
    if kind not in (".svg", ".json", ".csv", ".txt"):
        raise UsageError(
            f"cannot tell a format from {output}", help="Name a file that ends in .svg, .json, .csv or .txt."
        )
    settings = settings_from(config, {"registry": registry, "offline": True})
    text = _drawn(repository, ref, samples, extra, kind, settings, quiet=quiet)
    if output is None:
        print_text(text)
    else:
        write_atomically(output, text)


def _drawn(repository: str, ref: str, samples: int, extra: int, kind: str, settings: object, *, quiet: bool) -> str:
    from vcdd.cli.console import say  # noqa: PLC0415 -- slow import
    from vcdd.cli.inputs import open_inputs  # noqa: PLC0415
    from vcdd.portfolio.history.svg import history_svg  # noqa: PLC0415
    from vcdd.portfolio.history.text import history_csv, history_json, history_text  # noqa: PLC0415
    from vcdd.portfolio.history.walk import read_history  # noqa: PLC0415

    inputs = open_inputs(settings, prices=False)  # type: ignore[arg-type]
    tell = _silent if quiet or not sys.stderr.isatty() else _count
    found = read_history(repository, ref, inputs, samples=samples, extra=extra, tell=tell)
    if tell is _count:
        sys.stderr.write("\r\x1b[K")
    if kind != ".txt" and not quiet:
        for warning in found.warnings:
            say(f"warning: {warning}")
    return {".svg": history_svg, ".json": history_json, ".csv": history_csv, ".txt": history_text}[kind](found)


def _silent(_commits: int) -> None:
    """No progress."""


def _count(commits: int) -> None:
    sys.stderr.write(f"\r\x1b[K{commits} commits read")
    sys.stderr.flush()
