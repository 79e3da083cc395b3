"""A history as a table, for people and for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime

from vcdd.portfolio.history.values import Bound, History, Point, Span
from vcdd.portfolio.views.layout import wrapped
from vcdd.render.plain import clean, count

_STEPS = 20
"""Rows of a table of shares."""
_HEADER = ("model", "lab", "country", "route", "weights", "first", "first_commit", "first_is_exact", "last", "last_commit",
           "last_is_exact", "is_current", "has_gap")  # fmt: skip


def history_text(history: History) -> str:
    """The spans as a table, and the shares by lab and country from each change on."""
    read = f"{len(history.points)} of {count(history.commits, 'commit')} read, {count(history.blobs, 'distinct file')}"
    lines = [f"{clean(history.name)} at {clean(history.ref)}: {read}", ""]
    if not history.spans:
        lines.append("No model is bound at any commit that was read.")
    else:
        lines.append("First and last commit of each model in use")
        lines += [part for span in history.spans for part in _span(span)]
        if not all(span.first_is_exact and (span.is_current or span.last_is_exact) for span in history.spans):
            lines += ["", *wrapped("≤ and ≥: the change lies between two commits that were read; --extra reads more.")]
        for by in ("lab", "country"):
            lines += ["", f"Share of models in use by {by}", *_shares(history, by)]
    return "\n".join([*lines, *(f"\nwarning: {clean(warning)}" for warning in history.warnings)]) + "\n"


def history_csv(history: History) -> str:
    """One line for each model and route, every cell quoted and none a formula."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(_HEADER)
    writer.writerows([_guarded(cell) for cell in _cells(span)] for span in history.spans)
    return text.getvalue()


def history_json(history: History) -> str:
    """Everything, points included; ends in a newline."""
    document = {
        "name": history.name,
        "ref": history.ref,
        "commits": history.commits,
        "is_whole": history.is_whole,
        "distinct_files": history.blobs,
        "warnings": list(history.warnings),
        "spans": [dict(zip(_HEADER, _cells(span), strict=True)) for span in history.spans],
        "points": [_point(point) for point in history.points],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def day(point: Point) -> str:
    """ISO date of a commit by its author; `unknown` where it has none."""
    try:
        return datetime.fromtimestamp(point.time, UTC).date().isoformat() if point.time else "unknown"
    except (OverflowError, ValueError, OSError):
        return "unknown"


def _span(span: Span) -> list[str]:
    """The model with its maker, and beneath it the two commits."""
    bound = span.bound
    first = f"{'' if span.first_is_exact else '≤ '}{day(span.first)} {span.first.commit[:10]}"
    last = (
        "in use now"
        if span.is_current
        else f"{'' if span.last_is_exact else '≥ '}{day(span.last)} {span.last.commit[:10]}"
    )
    maker = f"{clean(bound.lab, 60) or 'lab unknown'} ({bound.country or 'country unknown'})"
    gap = ", with a gap" if span.has_gap else ""
    words = f"{clean(bound.model, 80)}, {maker}, {_route(bound)}"
    return [*wrapped(words, 2), f"    {first} → {last}{gap}"]


def _route(bound: Bound) -> str:
    if bound.provider in ("", "unknown"):
        return "route unknown"
    return bound.provider if bound.provider == "self-hosted" else f"via {clean(bound.provider, 40)}"


def _shares(history: History, by: str) -> list[str]:
    """From the day on which the mix changed; of many changes the newest."""
    mixes = [(day(point), _mix(point, by)) for point in history.points]
    changed = [row for number, row in enumerate(mixes) if not number or row[1] != mixes[number - 1][1]]
    left_out = [f"  {len(changed) - _STEPS} earlier changes are left out"] if len(changed) > _STEPS else []
    rows = (wrapped(f"from {since}  {mix}", 2, 17) for since, mix in changed[-_STEPS:])
    return [*left_out, *(part for row in rows for part in row)]


def _mix(point: Point, by: str) -> str:
    rows = sorted(point.shares(by).items(), key=lambda row: (-row[1], row[0]))
    total = len(point.bound)
    return ", ".join(f"{clean(name, 40)} {round(share * total)}/{total}" for name, share in rows) or "nothing in use"


def _cells(span: Span) -> Sequence[object]:
    bound = span.bound
    ends = (
        day(span.first),
        span.first.commit,
        span.first_is_exact,
        day(span.last),
        span.last.commit,
        span.last_is_exact,
    )
    return (bound.model, bound.lab, bound.country, bound.provider, bound.weights, *ends, span.is_current, span.has_gap)


def _guarded(cell: object) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _point(point: Point) -> dict[str, object]:
    bound = [{name: getattr(item, name) for name in item.__slots__} for item in point.bound]
    return {"commit": point.commit, "day": day(point), "place": point.place, "in_use": bound}
