"""What every command that scans does first: settings, target, inputs, report."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from vcdd.cli.console import ProgressLine, say
from vcdd.cli.inputs import open_inputs
from vcdd.core.company import Usage
from vcdd.core.report import Report
from vcdd.errors import TargetError
from vcdd.pipeline import Inputs, scan, scan_list, weigh
from vcdd.registry.registry import Registry
from vcdd.settings import Settings


def report_of(
    spec: str,
    settings: Settings,
    *,
    quiet: bool = False,
    prices: bool = True,
    stated: Usage | None = None,
    registry: Registry | None = None,
) -> Report:
    """The report of a target under these settings, `stated` volumes over those of the usage file.

    `registry` is one of these settings that is loaded already.

    Raises:
        TargetError: nothing can be opened or read.
        ConfigError: a file named in the settings cannot be used.
    """
    line = ProgressLine(enabled=not quiet)
    inputs = open_inputs(settings, prices=prices, progress=line, registry=registry)
    if stated is not None:
        from vcdd.cli.costing import merge_usage  # noqa: PLC0415 -- that module scans through this one

        inputs = replace(inputs, usage=merge_usage(inputs.usage, stated))
    try:
        report = _opened(spec, settings, inputs)
    finally:
        line.close()
    if not quiet:
        for warning in report.warnings:
            say(f"warning: {warning}")
    return report


def _opened(spec: str, settings: Settings, inputs: Inputs) -> Report:
    """Open what the user named and report on it: a Hub account, a commit of a clone, or any other target."""
    if spec.startswith(HUB):
        from vcdd.cli.published import published_report  # noqa: PLC0415 -- slow import: the network

        return published_report(spec.removeprefix(HUB), settings, inputs)
    folder, _, ref = spec.rpartition("@")
    if ref and folder and not Path(spec).exists() and Path(folder).is_dir():
        from vcdd.target.tree import open_commit, open_staged  # noqa: PLC0415 -- slow import

        if ref == STAGED:
            target = open_staged(folder, inputs.limits, deep=settings.deep)
        else:
            target = open_commit(folder, ref, inputs.limits, deep=settings.deep)
    else:
        from vcdd.target.open import open_target  # noqa: PLC0415 -- slow import

        target = open_target(
            spec, limits=inputs.limits, stdin=sys.stdin, deep=settings.deep, network=not settings.offline
        )
    with target:
        return _report(target, inputs)


STAGED = ":staged"
"""`FOLDER@:staged`: what a clone would commit now."""
HUB = "hf:"
"""`hf:ORG` and `hf:ORG/NAME`: what an account publishes on the Hub."""


def _report(target: Any, inputs: Inputs) -> Report:
    kind = target.info.kind
    if kind == "report":
        from vcdd.render.json_read import from_json  # noqa: PLC0415 -- slow import

        return weigh(from_json(target.text), inputs)
    if kind == "list":
        from vcdd.cli.listed import references_of  # noqa: PLC0415

        return scan_list(target.info, references_of(target.ids), inputs)
    if kind == "bom":
        from vcdd.cli.listed import references_of_bom  # noqa: PLC0415

        return scan_list(target.info, references_of_bom(target.text), inputs)
    report = scan(target, inputs)
    if not report.coverage.files_read and not report.coverage.files_in_part:
        raise TargetError(*_nothing(report))
    return report


def _nothing(report: Report) -> tuple[str]:
    reasons: Sequence[str] = sorted({row.reason for row in report.coverage.files_skipped})
    if not reasons:
        return (f"nothing to read in {report.target.name}: it is empty",)
    return (f"nothing in {report.target.name} could be read: {'; '.join(reasons[:3])}",)
