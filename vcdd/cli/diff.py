"""`vcdd diff`: what changed between two targets, two saved reports, or a commit and the working tree."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vcdd.cli import options
from vcdd.errors import ExitStatus, UsageError

_FORMATS = ("text", "markdown", "json")


def diff(
    before: Annotated[
        str, typer.Argument(metavar="A", help="A target, a saved report, or a commit or branch of this clone.")
    ],
    after: Annotated[str, typer.Argument(metavar="[B]", help="The same; the working tree here when left out.")] = ".",
    format: Annotated[str, typer.Option("--format", "-f", help="text, markdown or json.")] = "text",
    output: options.Outputs = None,
    policy: options.Policy = None,
    offline: options.Offline = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit 1 when anything that matters changed.")] = False,
    config: options.Config = None,
    quiet: options.Quiet = False,
) -> None:
    """Compare two states: added, removed and changed uses with price, licence, route, origin and policy deltas.

    \b
    Examples:
      vcdd diff origin/main
      vcdd diff old-report.json new-report.json --format markdown
    """
    from vcdd.cli.lookup import settings_from  # noqa: PLC0415
    from vcdd.cli.output import print_text, write_atomically  # noqa: PLC0415 -- slow import
    from vcdd.cli.scanning import report_of  # noqa: PLC0415
    from vcdd.diff.compare import compare  # noqa: PLC0415
    from vcdd.render.comparison import comparison_json, comparison_markdown, comparison_text  # noqa: PLC0415

    if format not in _FORMATS:
        raise UsageError(f"unknown format {format!r}", help=f"Use one of: {', '.join(_FORMATS)}.")
    settings = settings_from(config, {"policy": policy, "offline": offline})
    reports = [report_of(_spec(item, after), settings, quiet=quiet) for item in (before, after)]
    found = compare(*reports)
    text = {"text": comparison_text, "markdown": comparison_markdown, "json": comparison_json}[format](found)
    if not output:
        print_text(text)
    for path in output or []:
        write_atomically(path, text)
    if exit_code and not found.is_silent:
        raise typer.Exit(int(ExitStatus.GATE))


def _spec(item: str, other: str) -> str:
    """A path or address as it is; anything else is a commit or branch of the clone that the other side lies in."""
    if item == "-" or Path(item).exists() or "://" in item or "@" in item:
        return item
    return f"{other if Path(other).is_dir() else '.'}@{item}"
