"""One run as flat tables: CSV for anybody, Parquet where pyarrow happens to be installed.

Times of runs, durations and row ids are left out, so two runs that found the same give the same bytes.
"""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from vcdd.errors import UsageError

TABLES: Mapping[str, str] = {
    "companies": (
        "SELECT name AS company, stage, tags, policy, status, error FROM companies WHERE run = ? ORDER BY position"
    ),
    "sources": (
        "SELECT c.name AS company, s.source, s.spec, s.status, s.error, s.kind, s.commit_id, s.digest, s.tool_version,"
        " s.registry_version, s.offline, s.files_total, s.files_read, s.open_calls, s.monthly_usd"
        " FROM sources s JOIN companies c ON c.run = s.run AND c.position = s.company WHERE s.run = ?"
        " ORDER BY s.company, s.source"
    ),
    "uses": (
        "SELECT c.name AS company, u.source, u.model, u.name, u.lab, u.lab_name, u.country, u.countries, u.licence,"
        " u.licence_class, u.weights, u.modality, u.route, u.provider, u.host, u.evidence, u.is_use, u.slots, u.place,"
        " u.lifecycle, u.lifecycle_date, u.lifecycle_kind"
        " FROM uses u JOIN companies c ON c.run = u.run AND c.position = u.company WHERE u.run = ?"
        " ORDER BY u.company, u.source, u.position"
    ),
    "facts": (
        "SELECT c.name AS company, f.model, f.name, f.value, f.source, f.checked, f.confidence, f.note"
        " FROM company_facts k JOIN facts f ON f.id = k.fact"
        " JOIN companies c ON c.run = k.run AND c.position = k.company WHERE k.run = ?"
        " ORDER BY k.company, f.model, f.name, f.value, f.source, f.checked, f.confidence, f.note"
    ),
    "findings": (
        "SELECT c.name AS company, f.source, f.fingerprint, f.rule, f.dimension, f.severity, f.title, f.message,"
        " f.model, f.place, f.is_active FROM findings f JOIN companies c ON c.run = f.run AND c.position = f.company"
        " WHERE f.run = ? ORDER BY f.company, f.source, f.position"
    ),
    "outcomes": (
        "SELECT c.name AS company, o.source, o.policy, o.version, o.action, o.incomplete, o.reason"
        " FROM outcomes o JOIN companies c ON c.run = o.run AND c.position = o.company WHERE o.run = ?"
        " ORDER BY o.company, o.source"
    ),
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that starts so would be a formula in a spreadsheet."""


def to_csv(connection: sqlite3.Connection, run: int, table: str) -> str:
    """One table of a run: a header and a line for each row, every cell quoted, none a formula.

    Raises:
        UsageError: for a table nobody knows.
    """
    names, rows = _read(connection, run, table)
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def to_parquet(connection: sqlite3.Connection, run: int, table: str) -> bytes:
    """The same table as Parquet.

    Raises:
        UsageError: for a table nobody knows, or where pyarrow is not installed.
    """
    try:
        import pyarrow  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 -- 170 MB that few want
        import pyarrow.parquet  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415
    except ImportError as error:
        raise UsageError(
            "Parquet needs pyarrow, which is not installed", help="Install pyarrow, or export CSV."
        ) from error
    names, rows = _read(connection, run, table)
    columns: Iterable[Sequence[object]] = list(zip(*rows, strict=True)) or [()] * len(names)
    data = {name: list(column) for name, column in zip(names, columns, strict=True)}
    sink = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(data), sink)
    return sink.getvalue()


def _read(connection: sqlite3.Connection, run: int, table: str) -> tuple[list[str], list[tuple[object, ...]]]:
    if table not in TABLES:
        raise UsageError(f"unknown table {table!r}", help=f"Tables: {', '.join(TABLES)}.")
    cursor = connection.execute(TABLES[table], (run,))
    return [column[0] for column in cursor.description], cursor.fetchall()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
