"""One `vcdd portfolio scan`: from the command line's values to a run, a line for each company as it finishes."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import Any

from vcdd.cli.console import say
from vcdd.cli.lookup import now_from
from vcdd.cli.portfolio_job import scan_company
from vcdd.portfolio.crew import open_crew
from vcdd.portfolio.manifest import read_manifest
from vcdd.portfolio.scan import Plan, Tally, scan_portfolio
from vcdd.portfolio.store.store import open_store
from vcdd.portfolio.values import JobResult, Status
from vcdd.render.plain import count
from vcdd.settings import Settings
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanRequest:
    """What the command line asks for."""

    manifest: Path
    store: Path
    settings: Settings
    workers: int
    dask: str
    timeout_s: float
    reuse: bool
    again: bool
    retry: bool
    is_quiet: bool


def run_scan(request: ScanRequest) -> tuple[int, int]:
    """(failed, scanned) companies of this call. A run that was whole already scans none only when it is resumed."""
    from vcdd.registry.load import load_registry  # noqa: PLC0415 -- slow import

    manifest = read_manifest(request.manifest)
    plan = Plan(
        options=options_of(request.settings),
        registry_version=load_registry([Path(path) for path in request.settings.registry]).version,
        now=now_from(os.environ),
        timeout_s=request.timeout_s,
        reuse=request.reuse,
        again=request.again,
        retry=request.retry,
    )
    total = len(manifest.companies)

    def tell(result: JobResult, written: int) -> None:
        if not request.is_quiet:
            say(f"{written:>6}/{total} {_line(result)}")

    with open_store(request.store) as store, closing(open_crew(request.dask, request.workers)) as crew:
        tally = scan_portfolio(manifest, plan, store, crew, scan_company, tell)
    say(_summary(tally, request.store))
    return tally.failed_wholly, tally.done


def options_of(settings: Settings) -> tuple[tuple[str, Any], ...]:
    """The settings that differ from their defaults, sorted; files as absolute paths, since workers stand elsewhere."""
    found = {}
    for field in fields(Settings):
        value = getattr(settings, field.name)
        if field.name != "origins" and value != field.default:
            found[field.name] = _absolute(field.name, value)
    return tuple(sorted(found.items()))


def _absolute(name: str, value: Any) -> Any:
    if name == "registry":
        return [str(Path(path).resolve()) for path in value]
    is_file = isinstance(value, str) and name != "fail_on" and Path(value).is_file()
    return str(Path(value).resolve()) if is_file else value


def _line(result: JobResult) -> str:
    name = result.company.name
    if result.status is Status.FAILED:
        return f"{name}: not scanned: {result.error}"
    used = {use.model for source in result.sources for use in source.uses if use.is_use}
    how = "judged again" if all(source.is_reused for source in result.sources) else f"{result.elapsed_s:.1f} s"
    words = f"{name}: {count(len(used), 'model')} in use ({how})"
    return words if result.status is Status.DONE else f"{words}; not wholly scanned: {result.error}"


def _summary(tally: Tally, store: Path) -> str:
    resumed = f", {tally.resumed} were there already" if tally.resumed else ""
    return (
        f"run {tally.run} in {store}: {tally.done} companies scanned{resumed}, {tally.reused} of them judged "
        f"again from an earlier report, {tally.failed} not wholly scanned"
    )
