"""Shares of downloads in words: never without what was counted, of whom, when, and how much of it was read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict

from vcdd.portfolio.market.shares import DOWNLOAD, METRICS, Attributed, Market, Slice
from vcdd.portfolio.views.layout import WIDTH, wrapped
from vcdd.portfolio.views.words import percent
from vcdd.render.plain import clean, count

_TOP = 8
_TASKS = 6


def market_text(market: Market) -> str:
    """The report for a terminal."""
    first, *method = _method(market)
    lines = [*wrapped(first), *(part for line in method for part in wrapped(line, 2)), ""]
    lines += _table("By country of the originator (registry and lineage)", market.slices(_country))
    lines += _table(
        "By country of the uploading organisation (no lineage; only organisations on record)", market.slices(_uploader)
    )
    lines += _table("By lab of the originator", market.slices(_lab))
    for task, rows in list(market.by_task.items())[:_TASKS]:
        lines += _table(f"Task {clean(task, 40)}: by country of the originator", rows)
    return "\n".join(lines).rstrip() + "\n"


def market_csv(market: Market) -> str:
    """Slices of every table, one a line."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(("table", "value", "models", "downloads", "of_downloads"))
    for table, rows in _tables(market).items():
        writer.writerows((_guarded(table), _guarded(row.value), row.models, row.downloads, row.of) for row in rows)
    return text.getvalue()


def market_json(market: Market) -> str:
    """Method, coverage, slices and every attributed model."""
    document = {
        "method": _method(market),
        "taken": market.taken.isoformat(),
        "since": market.window.since.isoformat(),
        "until": market.window.until.isoformat(),
        "metric": market.window.metric,
        "task": market.task,
        "registry_version": market.registry_version,
        "listed": market.listed,
        "is_whole": market.is_whole,
        "floor": market.floor,
        "tables": {name: [asdict(row) for row in rows] for name, rows in _tables(market).items()},
        "models": [asdict(model) for model in market.models],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def compare_text(before: Market, after: Market) -> str:
    """Two listings beside each other, attributed by the same registry; or why they cannot be compared."""
    for name, one, other in (
        ("metric", before.window.metric, after.window.metric),
        ("task", before.task or "all tasks", after.task or "all tasks"),
        ("Hub", before.endpoint, after.endpoint),
    ):
        if one != other:
            why = f"Not compared: another {name} ({clean(one)} and {clean(other)}). Different measures make no trend."
            return "\n".join(wrapped(why)) + "\n"
    old, new = ({row.value: row for row in market.slices(_country)} for market in (before, after))
    order = sorted(old.keys() | new.keys(), key=lambda value: (value == "unknown", -_share(new.get(value)), value))
    lines = [f"By country of the originator, {before.taken.isoformat()} and {after.taken.isoformat()}"]
    lines += [part for value in order for part in _pair(clean(value, 40), old.get(value), new.get(value))]
    days = [(m.window.until - m.window.since).days for m in (before, after)]
    notes = [f"The windows differ in length: {days[0]} and {days[1]} days."] if days[0] != days[1] else []
    if (before.is_whole, before.floor) != (after.is_whole, after.floor):
        notes.append(f"The coverage differs: {_coverage(before)}; then {_coverage(after)}.")
    return "\n".join([*lines, *(part for note in notes for part in wrapped(note))]) + "\n"


def _method(market: Market) -> list[str]:
    window = market.window
    what = f"models made from {window.since.isoformat()} to {window.until.isoformat()}"
    lines = [
        f"Share of {METRICS[window.metric]}, {what}{f', task {clean(market.task)}' if market.task else ''}",
        f"listed by {clean(market.endpoint)} on {market.taken.isoformat()}; {DOWNLOAD}",
        f"coverage: {_coverage(market)}",
        f"counted: {len(market.models):,} new models with {market.total:,} downloads",
        f"originators by registry {market.registry_version} and declared lineage; nobody's country is guessed",
    ]
    if market.uncounted or market.undated:
        lines.append(
            f"left out: {market.uncounted:,} new models without a count, {market.undated:,} models without a date"
        )
    return lines


def _coverage(market: Market) -> str:
    if market.is_whole:
        return f"all {market.listed:,} models listed"
    floor = "unknown" if market.floor is None else f"{market.floor:,}"
    return (
        f"the {market.listed:,} most downloaded models ({clean(market.stopped)}); every other has at most {floor} downloads "
        "in 30 days"
    )


def _table(title: str, rows: Sequence[Slice]) -> list[str]:
    shown = [*rows[:_TOP], *(row for row in rows[_TOP:] if row.value == "unknown")]
    lines = _rows(shown)
    more = [f"  and {len(rows) - len(shown)} more"] if len(rows) > len(shown) else []
    return [*wrapped(title), *(lines or ["  nothing counted"]), *more, ""]


def _rows(rows: Sequence[Slice]) -> list[str]:
    """Names and figures in columns; long figures leave less room for names, never a line beyond the terminal."""
    models = [count(row.models, "model") for row in rows]
    wide = max(map(len, models), default=0)
    figures = [
        f"{row.downloads:,} of {row.of:,} = {percent(row.share):>7}, {number:>{wide}}"
        for row, number in zip(rows, models, strict=True)
    ]
    longest = max(map(len, figures), default=0)
    room = max(8, min(34, WIDTH - longest - 3))
    return [
        f"  {clean(row.value, room):<{room}} {figure:>{longest}}" for row, figure in zip(rows, figures, strict=True)
    ]


def _pair(name: str, old: Slice | None, new: Slice | None) -> list[str]:
    """The step of one value; the counts behind it on a line of their own where both do not fit on one."""
    step = 100 * (_share(new) - _share(old))
    shares = f"  {name:<20} {percent(_share(old)):>8} → {percent(_share(new)):>8}  {step:+.1f} points"
    counts = f"({_count(old)} → {_count(new)})"
    whole = f"{shares} {counts}"
    return [whole] if len(whole) <= WIDTH else [shares, f"    {counts}"]


def _count(row: Slice | None) -> str:
    return f"{row.downloads:,}/{row.of:,}" if row else "0"


def _share(row: Slice | None) -> float:
    return (row.share or 0.0) if row else 0.0


def _tables(market: Market) -> dict[str, Sequence[Slice]]:
    named = {
        "originator country": market.slices(_country),
        "uploader country": market.slices(_uploader),
        "lab": market.slices(_lab),
    }
    return {**named, **{f"task {task}: originator country": rows for task, rows in market.by_task.items()}}


def _country(model: Attributed) -> str:
    return model.country


def _uploader(model: Attributed) -> str:
    return model.uploader


def _lab(model: Attributed) -> str:
    return model.lab


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
