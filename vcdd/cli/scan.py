"""`vcdd scan`: one target, one report, any formats."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from vcdd.cli import options
from vcdd.cli.options import ANALYSIS, INPUT, OUTPUT
from vcdd.errors import ExitStatus, UsageError

_SEVERITIES = ("blocker", "high", "medium", "low", "info", "deny", "review")


def scan(
    target: options.TargetArgument,
    format: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            help="terminal, memo, json, html, sarif, cyclonedx, cyclonedx-1.7, spdx, csv or gitlab.",
            rich_help_panel=OUTPUT,
        ),
    ] = "",
    output: options.Outputs = None,
    offline: options.Offline = None,
    policy: options.Policy = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            "--fail-on", metavar="SEVERITY", help="Exit 1 at or above this severity.", rich_help_panel=ANALYSIS
        ),
    ] = None,
    strict: Annotated[
        bool | None,
        typer.Option("--strict/--no-strict", help="Exit 3 when anything stayed unread.", rich_help_panel=ANALYSIS),
    ] = None,
    claims: Annotated[
        Path | None,
        typer.Option(
            "--claims", metavar="FILE", help="A deck or README as text, to set against the code.", rich_help_panel=INPUT
        ),
    ] = None,
    company: options.CompanyFile = None,
    usage: options.UsageFile = None,
    prices: options.PricesFile = None,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Show only what is new or worse.", rich_help_panel=INPUT),
    ] = None,
    suppressions: options.Suppressions = None,
    attestation: options.Attestation = None,
    registry: options.RegistryFiles = None,
    config: options.Config = None,
    deep: options.Deep = None,
    staged: options.Staged = False,
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="FILE", help="The firm's own memo template.", rich_help_panel=OUTPUT),
    ] = None,
    no_cache: options.NoCache = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = 0,
) -> None:
    """Scan a target: which models it uses, who made them, under which licence, by which route, at what price.

    \b
    Examples:
      vcdd scan ./pitch-repo
      vcdd scan repo.zip --offline --policy us-gov-facing --output memo.md --output report.html
    """
    from vcdd.cli.lookup import settings_from  # noqa: PLC0415
    from vcdd.cli.output import planned  # noqa: PLC0415 -- slow import
    from vcdd.cli.scanning import STAGED, report_of  # noqa: PLC0415

    settings = settings_from(
        config,
        {
            "offline": offline, "policy": policy, "fail_on": fail_on, "strict": strict, "claims": claims, "company": company,
            "usage": usage, "prices": prices, "baseline": baseline, "suppressions": suppressions, "attestation": attestation,
            "registry": registry, "deep": deep, "cache": False if no_cache else None,
        },
    )  # fmt: skip
    if settings.fail_on and settings.fail_on not in _SEVERITIES:
        known = ", ".join(_SEVERITIES)
        raise UsageError(f"unknown severity {settings.fail_on!r} for --fail-on", help=f"Use one of: {known}.")
    files = planned(output or [], format)
    report = report_of(
        f"{target}@{STAGED}" if staged else target,
        settings,
        quiet=quiet,
        prices=_needs_prices(files, format, settings.fail_on),
    )
    _emit(report, files, format, template, verbose)
    status = _status(report, settings.fail_on, strict=settings.strict)
    if status is not ExitStatus.DONE:
        raise typer.Exit(int(status))


def _needs_prices(files: Sequence[tuple[Path, str]], chosen: str, fail_on: str) -> bool:
    """Whether anything that is written shows prices, or a gate counts what is said about them."""
    from vcdd.render.renderer import INVENTORIES  # noqa: PLC0415 -- slow import

    kinds = {kind for _, kind in files} or {chosen or "terminal"}
    return bool(fail_on) or not kinds <= INVENTORIES


def _emit(report: object, files: Sequence[tuple[Path, str]], chosen: str, template: Path | None, verbose: int) -> None:
    """Render everything first, then write: a failing format leaves no half of the files."""
    from vcdd.cli.console import wants_colour, width_of  # noqa: PLC0415 -- slow import
    from vcdd.cli.inputs import read_text  # noqa: PLC0415
    from vcdd.cli.output import print_text, write_atomically  # noqa: PLC0415
    from vcdd.cli.texts import rule_texts  # noqa: PLC0415
    from vcdd.render.options import RenderOptions  # noqa: PLC0415
    from vcdd.render.renderer import render  # noqa: PLC0415

    own = read_text(str(template), "template") if template else ""
    base = {"verbose": verbose > 0, "template": own, "rule_texts": rule_texts()}
    rendered = [(path, kind, render(report, kind, RenderOptions(**base))) for path, kind in files]  # type: ignore[arg-type]
    for path, kind, text in rendered:
        write_atomically(path, _with_edits(path, text) if kind == "memo" else text)
    if not files:
        shown = RenderOptions(**base, width=width_of(os.environ), colour=wants_colour(sys.stdout, os.environ))  # type: ignore[arg-type]
        print_text(render(report, chosen or "terminal", shown))  # type: ignore[arg-type]


def _with_edits(path: Path, text: str) -> str:
    """A memo that replaces an older one keeps what a person wrote between the markers."""
    from vcdd.render.merge import merge_edits  # noqa: PLC0415 -- slow import

    try:
        old = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return text
    return merge_edits(old, text)


def _status(report: object, fail_on: str, *, strict: bool) -> ExitStatus:
    from vcdd.cli.gates import status_of  # noqa: PLC0415 -- slow import

    return status_of(report, fail_on, strict=strict)  # type: ignore[arg-type]
