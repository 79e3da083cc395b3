"""What `vcdd portfolio report`, `show`, `diff`, `export` and `benchmark` read from a store."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from vcdd import __version__
from vcdd.cli.output import print_text, write_atomically
from vcdd.errors import OutputError, UsageError
from vcdd.portfolio.changes import compare
from vcdd.portfolio.extract import unpack
from vcdd.portfolio.statistics import Statistics, measure
from vcdd.portfolio.store.export import to_csv, to_parquet
from vcdd.portfolio.store.reading import (
    CompanyRow,
    RunInfo,
    choose_run,
    list_runs,
    read_companies,
    read_freshness,
    read_report,
    reading,
)
from vcdd.portfolio.values import Status
from vcdd.portfolio.views.claims import claims_text, load_claims
from vcdd.portfolio.views.text import changes_text, report_text
from vcdd.render.plain import clean


def summary(store: Path, run: int, country: str, tag: str = "") -> str:
    """The report of a run for a terminal, with the claims ledger apart at the end; `tag` leaves others out."""
    with reading(store) as connection:
        chosen, companies = _read(connection, run, tag)
        failed = [row for row in companies if row.status != Status.DONE]
        measured, freshness = _measure(chosen, companies, country), read_freshness(connection, chosen)
        only = f"Only companies tagged {clean(tag)}.\n" if tag else ""
        return only + report_text(chosen, measured, failed, freshness) + "\n" + claims_text(load_claims())


def dashboard_page(store: Path, run: int, country: str, links: Mapping[int, str], tag: str = "") -> str:
    """The dashboard of a run, with the changes since the finished run before it."""
    from vcdd.portfolio.views.dashboard import Dashboard, render_dashboard  # noqa: PLC0415 -- slow import

    with reading(store) as connection:
        chosen, companies = _read(connection, run, tag)
        names = {row.name for row in companies}
        before = max((r.id for r in list_runs(connection) if r.finished and r.id < chosen.id), default=0)
        shown = Dashboard(
            run=chosen,
            statistics=_measure(chosen, companies, country),
            companies=companies,
            changes=[c for c in compare(connection, before, chosen.id) if not tag or c.company in names]
            if before
            else (),
            before=before,
            claims=load_claims(),
            freshness=read_freshness(connection, chosen),
            tag=tag,
            links=links,
        )
    return render_dashboard(shown)


def full_reports(store: Path, run: int, folder: Path, base: Path) -> dict[int, str]:
    """Write each company's first report as HTML; position of a company to its address relative to `base`.

    Raises:
        OutputError: the folder cannot be made or written.
    """
    links = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shown = folder.resolve().relative_to(base.resolve())
    except (OSError, ValueError) as error:
        raise OutputError(f"cannot use {folder}", help="Name a folder below that of the dashboard.") from error
    with reading(store) as connection:
        for row in read_companies(connection, choose_run(connection, run).id):
            place = next((s.source for s in row.sources if s.status == Status.DONE), None)
            if place is None:
                continue
            name = f"{row.position:05}-{re.sub(r'[^a-z0-9]+', '-', row.name.lower()).strip('-')[:40] or 'company'}.html"
            write_atomically(folder / name, company_report(store, run, row.name, place, "html"))
            links[row.position] = f"{shown.as_posix()}/{name}"
    return links


def company_report(store: Path, run: int, name: str, source: int, kind: str) -> str:
    """The stored report of one source of one company in any format.

    Raises:
        UsageError: no such company, no report of it, or an unknown format.
    """
    from vcdd.render.json_read import from_json  # noqa: PLC0415 -- slow import: pydantic
    from vcdd.render.options import RenderOptions  # noqa: PLC0415
    from vcdd.render.renderer import FORMATS, render  # noqa: PLC0415

    if kind not in FORMATS:
        raise UsageError(f"unknown format {kind!r}", help=f"Use one of: {', '.join(FORMATS)}.")
    with reading(store) as connection:
        chosen = choose_run(connection, run)
        found = next((row for row in read_companies(connection, chosen.id) if row.name == name), None)
        if found is None:
            raise UsageError(
                f"run {chosen.id} has no company {name!r}", help="`vcdd portfolio export companies` lists them."
            )
        data = read_report(connection, chosen.id, found.position, source)
    if not data:
        raise UsageError(f"there is no report of source {source + 1} of {name}: {found.error or 'no such source'}")
    return render(from_json(unpack(data)), kind, RenderOptions())


def differences(store: Path, before: int, after: int) -> str:
    """The differences of two runs as text."""
    with reading(store) as connection:
        new, old = choose_run(connection, after), choose_run(connection, before)
        return changes_text(compare(connection, old.id, new.id), old, new)


def export_table(store: Path, run: int, table: str, output: Path | None) -> None:
    """Print one table as CSV, or write it in the format of the file's suffix."""
    with reading(store) as connection:
        chosen = choose_run(connection, run).id
        if output is None:
            print_text(to_csv(connection, chosen, table))
        elif output.suffix.lower() == ".parquet":
            write_atomically(output, to_parquet(connection, chosen, table))
        else:
            write_atomically(output, to_csv(connection, chosen, table))


def anonymous_summary(store: Path, run: int, k: int) -> str:
    """The anonymised benchmark of a run."""
    from vcdd.portfolio.views.benchmark_export import benchmark  # noqa: PLC0415 -- rarely wanted

    with reading(store) as connection:
        return benchmark(read_companies(connection, choose_run(connection, run).id), __version__, k)


def _read(connection: sqlite3.Connection, run: int, tag: str) -> tuple[RunInfo, list[CompanyRow]]:
    chosen = choose_run(connection, run)
    companies = [row for row in read_companies(connection, chosen.id) if not tag or tag in row.tags]
    if tag and not companies:
        raise UsageError(f"run {chosen.id} has no company tagged {tag!r}", help="Tags stand in the manifest.")
    return chosen, companies


def _measure(run: RunInfo, companies: list[CompanyRow], country: str) -> Statistics:
    """Missing companies of an unfinished run count as expected, whatever their tags: nobody knows them."""
    missing = run.companies - run.written
    return measure(companies, country=country, expected=len(companies) + missing)
