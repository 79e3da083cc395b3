"""`vcdd questions`: what only the founders can answer."""

from __future__ import annotations

from typing import Annotated

import typer

from vcdd.cli import options
from vcdd.errors import UsageError


def questions(
    target: options.TargetArgument,
    format: Annotated[str, typer.Option("--format", "-f", help="markdown or csv.")] = "markdown",
    output: options.Outputs = None,
    offline: options.Offline = None,
    policy: options.Policy = None,
    company: options.CompanyFile = None,
    config: options.Config = None,
    quiet: options.Quiet = False,
) -> None:
    """Ask the founders: every question the code leaves open, with the reason, weightiest first.

    \b
    Examples:
      vcdd questions ./pitch-repo
      vcdd questions ./pitch-repo --format csv --output questions.csv
    """
    from vcdd.cli.lookup import settings_from  # noqa: PLC0415
    from vcdd.cli.output import print_text, write_atomically  # noqa: PLC0415 -- slow import
    from vcdd.cli.scanning import report_of  # noqa: PLC0415
    from vcdd.render.questions import questions_csv, questions_markdown  # noqa: PLC0415

    if format not in ("markdown", "csv"):
        raise UsageError(f"unknown format {format!r}", help="Use markdown or csv.")
    settings = settings_from(config, {"offline": offline, "policy": policy, "company": company})
    report = report_of(target, settings, quiet=quiet)
    text = questions_csv(report) if format == "csv" else questions_markdown(report)
    if not output:
        print_text(text)
    for path in output or []:
        write_atomically(path, text)
