"""Usage exports of providers: measured volumes per model, out of a comma-separated file.

Columns are recognised by name (see `export_layouts`); a file that fits no layout is refused, and no row is dropped in
silence. All rows together are one month unless the dates span more: then the volumes are divided by the months.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import NamedTuple

from vcdd.core.company import SlotVolume, Usage
from vcdd.errors import ConfigError
from vcdd.pricing.export_layouts import Layout, recognise
from vcdd.pricing.numbers import number

_DAYS_PER_MONTH = Decimal("30.4375")
_MOST_ROWS = 2_000_000
_NOMINAL_CALL = Decimal(10_000)
"""Input tokens per call where an export counts tokens only: small enough for the ordinary tier."""
_NOMINAL_LONG_CALL = Decimal(300_000)
"""The same for rows billed at the long context window."""
_BATCH_WORDS = frozenset(("true", "1", "batch"))


class _Key(NamedTuple):
    """Rows that are priced alike."""

    model: str
    batch: bool
    long: bool


@dataclass(slots=True)
class _Sum:
    """Running sums of such rows."""

    requests: Decimal = Decimal(0)
    fresh: Decimal = Decimal(0)
    cached: Decimal = Decimal(0)
    output: Decimal = Decimal(0)
    days: set[date] = field(default_factory=set)


def parse_export(text: str, name: str = "usage.csv") -> Usage:
    """Measured volumes per model and month, sorted by model.

    Raises:
        ConfigError: when the columns fit no known export (naming what the nearest lacks), when no row names a model,
            for a row whose date or number cannot be read, and for one that repeats another (naming row and column).
    """
    reader = csv.DictReader(StringIO(text, newline=""))
    reader.fieldnames = [column.strip() for column in reader.fieldnames or ()]
    layout = recognise(reader.fieldnames, name)
    sums = _sums(_rows(reader, name), layout, name)
    if not sums:
        raise ConfigError(f"{name}: no row names a model", help="Export a period in which the models were used.")
    months, note = _months(day for one in sums.values() for day in one.days)
    return Usage(
        source=f"{name} ({layout.name})",
        slots=tuple(_volume(key, one, months, layout) for key, one in sorted(sums.items())),
        notes=(note,),
    )


def _rows(reader: csv.DictReader[str], name: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Rows with their number in the file, the header being row 1."""
    try:
        for index, row in enumerate(reader, 2):
            if index > _MOST_ROWS:
                raise ConfigError(f"{name}: more than {_MOST_ROWS:,} rows", help="Export one month at a time.")
            if None in row or None in row.values():
                raise ConfigError(f"{name}: row {index}: not as many cells as columns", help="Export the file again.")
            yield index, row
    except csv.Error as error:
        raise ConfigError(f"{name}: not readable as comma-separated text: {error}", help="Export again.") from error


def _sums(rows: Iterable[tuple[int, Mapping[str, str]]], layout: Layout, name: str) -> dict[_Key, _Sum]:
    """One running sum per model, kind of processing and context window.

    Rows without a model are days without use: OpenAI's export has one for each.
    """
    sums: dict[_Key, _Sum] = defaultdict(_Sum)
    seen: dict[int, int] = {}
    for index, row in rows:
        model = row[layout.model].strip()
        if model:
            _refuse_repeat(row, index, seen, layout, name)
            one = sums[_Key(model, _is_batch(row, layout), ">" in row.get(layout.window, ""))]
            one.days.add(_day(row[layout.day], f"{name}: row {index}, column {layout.day}"))
            one.requests += Decimal(1) if layout.row_is_request else _cells(row, layout.requests, index, name)
            one.fresh += _cells(row, layout.fresh, index, name)
            one.cached += _cells(row, layout.cached, index, name)
            one.output += _cells(row, layout.output, index, name)
    return dict(sums)


def _refuse_repeat(row: Mapping[str, str], index: int, seen: dict[int, int], layout: Layout, name: str) -> None:
    """Two exports pasted together would count twice. Only hashes are kept: a file may have two million rows."""
    named = row.get(layout.unique, "").strip()
    first = seen.setdefault(hash(named or tuple(row.values())), index)
    if first != index:
        where = (
            f"row {index}, column {layout.unique}: {named[:40]!r}" if named else f"row {index}, all columns: the row"
        )
        raise ConfigError(f"{name}: {where} repeats row {first}", help="Export the period once, and take out repeats.")


def _is_batch(row: Mapping[str, str], layout: Layout) -> bool:
    return row.get(layout.batch, "").strip().lower() in _BATCH_WORDS


def _cells(row: Mapping[str, str], columns: Iterable[str], index: int, name: str) -> Decimal:
    """The sum of some cells; an empty cell counts nothing."""
    cells = ((column, row.get(column, "").strip()) for column in columns)
    found = (number(cell, f"{name}: row {index}, column {column}") for column, cell in cells if cell)
    return sum(found, Decimal(0))


def _day(text: str, place: str) -> date:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        raise ConfigError(f"{place}: {text[:30]!r} is not a date", help="Dates begin with YYYY-MM-DD.") from None


def _months(days: Iterable[date]) -> tuple[Decimal, str]:
    """How many months the export covers, one at least, and the note that says so."""
    seen = sorted(set(days))
    span = (seen[-1] - seen[0]).days + 1
    months = max(Decimal(1), Decimal(span) / _DAYS_PER_MONTH)
    words = "taken as one month" if months == 1 else f"divided by {months:.1f} months"
    return months, f"The export covers {seen[0]} to {seen[-1]}, {words}."


def _volume(key: _Key, one: _Sum, months: Decimal, layout: Layout) -> SlotVolume:
    """One month as requests of average size; of a nominal size where the export counts no requests."""
    fresh = max(one.fresh - one.cached, Decimal(0)) if layout.fresh_includes_cached else one.fresh
    given = fresh + one.cached
    nominal = _NOMINAL_LONG_CALL if key.long else _NOMINAL_CALL
    requests = one.requests or given / nominal or Decimal(1)
    return SlotVolume(
        slot=key.model,
        requests_per_month=requests / months,
        input_tokens=given / requests,
        output_tokens=one.output / requests,
        cached_share=one.cached / given if given else Decimal(0),
        batch=key.batch,
        measured=True,
        counts_requests=bool(one.requests),
    )
