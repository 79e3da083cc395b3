"""`vcdd baseline write`: accept today's findings, so that tomorrow shows what is new or worse."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vcdd.cli import options
from vcdd.cli.quick import App

baseline_app = App(help="Accept known findings.", rich_markup_mode=None, no_args_is_help=True)


@baseline_app.callback()
def _group() -> None:
    """Accept known findings."""


@baseline_app.command()
def write(
    target: options.TargetArgument,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where the baseline goes.")] = Path(
        ".vcdd/baseline.json"
    ),
    policy: options.Policy = None,
    company: options.CompanyFile = None,
    registry: options.RegistryFiles = None,
    deep: options.Deep = None,
    offline: options.Offline = None,
    config: options.Config = None,
) -> None:
    """Write the fingerprints of all active findings and the facts behind them.

    Give the files that later scans are given: what is known of the company is a fact behind a finding, too.

    \b
    Examples:
      vcdd baseline write .
      vcdd baseline write ./pitch-repo --output baseline.json
    """
    from vcdd.cli.console import say  # noqa: PLC0415 -- slow import
    from vcdd.cli.lookup import settings_from  # noqa: PLC0415
    from vcdd.cli.output import write_atomically  # noqa: PLC0415
    from vcdd.cli.scanning import report_of  # noqa: PLC0415
    from vcdd.errors import OutputError  # noqa: PLC0415
    from vcdd.rules.baseline import write_baseline  # noqa: PLC0415

    flags = {"policy": policy, "company": company, "registry": registry, "deep": deep, "offline": offline}
    report = report_of(target, settings_from(config, flags), quiet=True)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"cannot create {output.parent}: {error.strerror}", help="Choose another place with --output."
        ) from error
    write_atomically(output, write_baseline(report))
    say(f"{sum(finding.is_active for finding in report.findings)} findings accepted in {output}")
