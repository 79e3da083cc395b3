"""Writing runs: begun or resumed, one transaction for each company, finished when none is missing."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

from vcdd.errors import ConfigError
from vcdd.portfolio.store.lock import locked
from vcdd.portfolio.store.migrations import check_version, migrate
from vcdd.portfolio.values import FactRow, FindingRow, JobResult, Previous, SourceResult, UseRow
from vcdd.values import dataclass

_BUSY_S = 30.0
"""How long a write waits for somebody's reading."""
_USE = tuple(f.name for f in fields(UseRow))
_FACT = tuple(f.name for f in fields(FactRow))
_FINDING = tuple(f.name for f in fields(FindingRow))


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSpec:
    """What makes a run the run it is."""

    key: str
    portfolio: str
    tool_version: str
    registry_version: str
    options: tuple[tuple[str, Any], ...]
    companies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRun:
    """A run that is being written."""

    id: int
    started: datetime
    done: frozenset[int]
    """Positions of companies that an interrupted run has already written."""


class Store:
    """A store open for writing, held by this process alone. Made by `open_store`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def begin(self, spec: RunSpec, now: datetime, *, again: bool = False) -> OpenRun:
        """Resume the unfinished run of the same key, else begin one at `now`; `again` always begins one."""
        row = None if again else self._unfinished(spec.key)
        if row is not None:
            done = self._connection.execute("SELECT position FROM companies WHERE run = ?", (row[0],))
            return OpenRun(id=row[0], started=datetime.fromisoformat(row[1]), done=frozenset(p for (p,) in done))
        values = (spec.key, spec.portfolio, now.isoformat(), spec.tool_version, spec.registry_version)
        with self._connection:
            cursor = self._connection.execute(
                "INSERT INTO runs (key, portfolio, started, tool_version, registry_version, options, companies)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*values, json.dumps(dict(spec.options), sort_keys=True), spec.companies),
            )
        return OpenRun(id=int(cursor.lastrowid or 0), started=now, done=frozenset())

    def record(self, run: int, result: JobResult) -> None:
        """Write one company, wholly or not at all. A company that is there already is an error of ours."""
        with self._connection:
            self._insert("companies", _company(run, result))
            for place, source in enumerate(result.sources):
                self._source(run, result.position, place, source)

    def finish(self, run: int, now: datetime) -> None:
        """Mark a run as whole."""
        with self._connection:
            self._connection.execute("UPDATE runs SET finished = ? WHERE id = ?", (now.isoformat(), run))

    def forget_failed(self, run: int) -> int:
        """Drop the rows of failed companies of a run, so that they are tried again; how many they were."""
        with self._connection:
            cursor = self._connection.execute("DELETE FROM companies WHERE run = ? AND status <> 'done'", (run,))
        return cursor.rowcount

    def last_run(self, key: str) -> int | None:
        """The newest run of this key, finished or not."""
        row = self._connection.execute("SELECT max(id) FROM runs WHERE key = ?", (key,)).fetchone()
        return None if row[0] is None else int(row[0])

    def reopen(self, run: int) -> None:
        """Make a finished run unfinished, because companies of it are to be tried again."""
        with self._connection:
            self._connection.execute("UPDATE runs SET finished = NULL WHERE id = ?", (run,))

    def previous(
        self, spec: RunSpec, company: str, sources: Sequence[str], *, since: str = ""
    ) -> tuple[Previous | None, ...]:
        """For each source what the newest run with the same tool, registry and options made of it.

        `since` is an ISO date: what was scanned earlier is too old.
        """
        return tuple(self._previous(spec, company, source, since) for source in sources)

    def _previous(self, spec: RunSpec, company: str, source: str, since: str) -> Previous | None:
        options = json.dumps(dict(spec.options), sort_keys=True)
        row = self._connection.execute(
            "SELECT s.digest, r.data FROM companies c JOIN runs ON runs.id = c.run"
            " JOIN sources s ON s.run = c.run AND s.company = c.position JOIN reports r ON r.digest = s.report"
            " WHERE c.name = ? AND s.spec = ? AND s.status = 'done' AND s.digest <> '' AND s.scanned_at >= ?"
            " AND s.tool_version = ? AND s.registry_version = ? AND runs.options = ? ORDER BY c.run DESC LIMIT 1",
            (company, source, since, spec.tool_version, spec.registry_version, options),
        ).fetchone()
        return Previous(digest=row[0], report=row[1]) if row else None

    def _unfinished(self, key: str) -> tuple[int, str] | None:
        found: tuple[int, str] | None = self._connection.execute(
            "SELECT id, started FROM runs WHERE key = ? AND finished IS NULL ORDER BY id DESC LIMIT 1", (key,)
        ).fetchone()
        return found

    def _source(self, run: int, company: int, place: int, source: SourceResult) -> None:
        at = {"run": run, "company": company, "source": place}
        self._insert("sources", at | _columns(source) | {"report": self._report(source.report)})
        self._rows("uses", at, _USE, source.uses)
        self._rows("findings", at, _FINDING, source.findings)
        self._facts(run, company, source.facts)
        if source.outcome is not None:
            self._insert("outcomes", at | {name: getattr(source.outcome, name) for name in source.outcome.__slots__})

    def _report(self, data: bytes) -> bytes | None:
        if not data:
            return None
        digest = hashlib.blake2b(data, digest_size=16).digest()
        self._connection.execute("INSERT OR IGNORE INTO reports VALUES (?, ?)", (digest, data))
        return digest

    def _rows(self, table: str, at: dict[str, int], names: Sequence[str], rows: Iterable[Any]) -> None:
        columns = (*at, "position", *names)
        marks = ", ".join("?" * len(columns))
        self._connection.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608 -- our own names
            ((*at.values(), number, *(getattr(row, name) for name in names)) for number, row in enumerate(rows)),
        )

    def _facts(self, run: int, company: int, facts: Sequence[FactRow]) -> None:
        values = [tuple(getattr(fact, name) for name in _FACT) for fact in facts]
        names, same = ", ".join(_FACT), " AND ".join(f"{name} = ?" for name in _FACT)
        marks = ", ".join("?" * len(_FACT))
        self._connection.executemany(f"INSERT OR IGNORE INTO facts ({names}) VALUES ({marks})", values)  # noqa: S608
        self._connection.executemany(
            f"INSERT OR IGNORE INTO company_facts SELECT ?, ?, id FROM facts WHERE {same}",  # noqa: S608
            ((run, company, *row) for row in values),
        )

    def _insert(self, table: str, row: dict[str, Any]) -> None:
        marks = ", ".join("?" * len(row))
        statement = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"  # noqa: S608 -- our own names
        self._connection.execute(statement, tuple(row.values()))


@contextmanager
def open_store(path: Path) -> Iterator[Store]:
    """A store for writing, made or migrated when needed, held by this process alone until the block ends.

    Raises:
        ConfigError: another run holds it, it cannot be written, or it is not a store of this or an older vcdd.
    """
    with locked(path):
        _refuse_foreign(path)
        connection = connect(path)
        with closing(connection):
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            migrate(connection, path.name)
            yield Store(connection)


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection with foreign keys on. Raises ConfigError when the file cannot be opened."""
    address = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    try:
        connection = sqlite3.connect(address, uri=True, timeout=_BUSY_S)
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error as error:
        raise ConfigError(f"cannot open {path.name}: {error}", help="Check the path given with --store.") from error
    return connection


def _refuse_foreign(path: Path) -> None:
    """Look before anything is written: a newer store or somebody else's database stays byte for byte as it is."""
    if path.exists() and path.stat().st_size:
        with closing(connect(path, read_only=True)) as connection:
            check_version(connection, path.name)


def _company(run: int, result: JobResult) -> dict[str, Any]:
    company = result.company
    return {
        "run": run,
        "position": result.position,
        "name": company.name,
        "stage": company.stage,
        "tags": json.dumps(list(company.tags), ensure_ascii=False),
        "policy": company.policy,
        "status": result.status.value,
        "error": result.error,
        "elapsed_s": result.elapsed_s,
    }


_NOT_COLUMNS = frozenset({"uses", "facts", "findings", "outcome", "report", "commit"})


def _columns(source: SourceResult) -> dict[str, Any]:
    values = {f.name: getattr(source, f.name) for f in fields(source) if f.name not in _NOT_COLUMNS}
    return {**values, "status": source.status.value, "commit_id": source.commit}
