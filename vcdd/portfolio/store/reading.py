"""Reading a store: runs, and one run as values in the order of the manifest."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from vcdd.errors import ConfigError, UsageError
from vcdd.portfolio.store.migrations import SCHEMA_VERSION, check_version
from vcdd.portfolio.store.store import connect
from vcdd.portfolio.values import FactRow, FindingRow, OutcomeRow, UseRow
from vcdd.values import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInfo:
    """One run."""

    id: int
    portfolio: str
    started: str
    finished: str
    """Empty for a run that was interrupted."""
    tool_version: str
    registry_version: str
    companies: int
    """In the manifest."""
    written: int
    """Companies with a row, failed ones included."""
    is_offline: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One source of a company as stored."""

    source: int
    spec: str
    status: str
    error: str
    kind: str
    commit_id: str
    digest: str
    tool_version: str
    registry_version: str
    scanned_at: str
    offline: bool
    files_total: int
    files_read: int
    open_calls: int
    monthly_usd: str
    is_reused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyRow:
    """One company of one run with everything but its facts and reports."""

    position: int
    name: str
    stage: str
    tags: tuple[str, ...]
    policy: str
    status: str
    error: str
    sources: tuple[SourceRow, ...] = ()
    uses: tuple[UseRow, ...] = ()
    """Of all sources, in the order of sources and of each report."""
    findings: tuple[FindingRow, ...] = ()
    outcomes: tuple[OutcomeRow, ...] = ()


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A read-only connection to an existing store.

    Raises:
        ConfigError: there is no such file, or it is not a store that this vcdd can read.
    """
    if not path.is_file():
        raise ConfigError(f"there is no store {path}", help="Run `vcdd portfolio scan` first, or name it with --store.")
    with closing(connect(path, read_only=True)) as connection:
        if check_version(connection, path.name) < SCHEMA_VERSION:
            raise ConfigError(
                f"{path.name} was written by an older vcdd",
                help="Run `vcdd portfolio scan` once; that brings it up to date.",
            )
        yield connection


def list_runs(connection: sqlite3.Connection) -> tuple[RunInfo, ...]:
    """All runs, oldest first."""
    rows = connection.execute(
        "SELECT id, portfolio, started, coalesce(finished, ''), tool_version, registry_version, companies, options,"
        " (SELECT count(*) FROM companies WHERE run = runs.id) FROM runs ORDER BY id"
    )
    return tuple(
        RunInfo(
            id=row[0], portfolio=row[1], started=row[2], finished=row[3], tool_version=row[4], registry_version=row[5],
            companies=row[6], is_offline=bool(json.loads(row[7]).get("offline", False)), written=row[8],
        )
        for row in rows
    )  # fmt: skip


def choose_run(connection: sqlite3.Connection, wanted: int = 0) -> RunInfo:
    """The run of this id; 0 is the newest one, -1 the finished one before it, -2 the one before that.

    Raises:
        UsageError: there is no such run.
    """
    runs = list_runs(connection)
    if wanted > 0:
        found = [run for run in runs if run.id == wanted]
    else:
        whole = [run for run in runs if run.finished or run is runs[-1]]
        found = whole[wanted - 1 :][:1] if len(whole) > -wanted else []
    if not found:
        known = ", ".join(str(run.id) for run in runs) or "none"
        raise UsageError(f"the store has no run {wanted}", help=f"Runs in it: {known}.")
    return found[0]


def read_companies(connection: sqlite3.Connection, run: int) -> Iterator[CompanyRow]:
    """The companies of a run in the order of the manifest, one at a time."""
    query = "SELECT position, name, stage, tags, policy, status, error FROM companies WHERE run = ? ORDER BY position"
    for position, name, stage, tags, policy, status, error in connection.execute(query, (run,)):
        at = (run, position)
        yield CompanyRow(
            position=position,
            name=name,
            stage=stage,
            tags=tuple(json.loads(tags)),
            policy=policy,
            status=status,
            error=error,
            sources=_rows(connection, "sources", SourceRow, at),
            uses=_rows(connection, "uses", UseRow, at),
            findings=_rows(connection, "findings", FindingRow, at),
            outcomes=_rows(connection, "outcomes", OutcomeRow, at),
        )


def read_facts(connection: sqlite3.Connection, run: int, company: int) -> tuple[FactRow, ...]:
    """The facts of one company, sorted."""
    names = ", ".join(f.name for f in fields(FactRow))
    query = f"SELECT {names} FROM company_facts JOIN facts ON id = fact WHERE run = ? AND company = ?"  # noqa: S608
    return tuple(sorted(_made(FactRow, row) for row in connection.execute(query, (run, company))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How old the facts of a run are. A fact that several companies share counts once."""

    facts: int
    """Known values only."""
    undated: int
    """Nobody has written down when they were checked."""
    stale: int
    """Checked more than `days` before the run."""
    days: int
    oldest: str
    """ISO date; empty where no fact has one."""


def read_freshness(connection: sqlite3.Connection, run: RunInfo, days: int = 90) -> Freshness:
    """The ages of all facts of a run, on the run's own day."""
    row = connection.execute(
        "SELECT count(*), total(checked = ''), total(checked <> '' AND checked < date(?, ?)), min(nullif(checked, ''))"
        " FROM facts WHERE value <> '' AND id IN (SELECT fact FROM company_facts WHERE run = ?)",
        (run.started[:10], f"-{days} days", run.id),
    ).fetchone()
    return Freshness(facts=row[0], undated=int(row[1]), stale=int(row[2]), days=days, oldest=row[3] or "")


def read_report(connection: sqlite3.Connection, run: int, company: int, source: int) -> bytes:
    """The stored report of one source, compressed; empty where there is none."""
    row = connection.execute(
        "SELECT data FROM sources JOIN reports ON reports.digest = report WHERE run = ? AND company = ? AND source = ?",
        (run, company, source),
    ).fetchone()
    return bytes(row[0]) if row else b""


def _rows(connection: sqlite3.Connection, table: str, kind: type[T], at: tuple[int, int]) -> tuple[T, ...]:
    names = ", ".join(f.name for f in fields(kind))  # type: ignore[arg-type]  # every kind is one of our dataclasses
    order = "source" if table in ("sources", "outcomes") else "source, position"
    query = f"SELECT {names} FROM {table} WHERE run = ? AND company = ? ORDER BY {order}"  # noqa: S608 -- our own names
    return tuple(_made(kind, row) for row in connection.execute(query, at))


def _made(kind: type[T], row: tuple[Any, ...]) -> T:
    """A row as a value; SQLite has no truth values, so the fields say which numbers are meant as such."""
    values = {}
    for field, value in zip(fields(kind), row, strict=True):  # type: ignore[arg-type]
        values[field.name] = bool(value) if field.type == "bool" else value
    return kind(**values)
