"""A run and its statistics as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from vcdd.portfolio.changes import Cause, Change
from vcdd.portfolio.intervals import Share
from vcdd.portfolio.statistics import Retirement, Statistics
from vcdd.portfolio.store.reading import CompanyRow, Freshness, RunInfo
from vcdd.portfolio.views.layout import wrapped
from vcdd.portfolio.views.words import (
    DEFINITIONS,
    concentration_words,
    count_words,
    freshness_words,
    headline_rows,
    part_retired,
    percent,
)
from vcdd.render.plain import clean, count, listed

_MOST_ROWS = 12
_MOST_COUNTRIES = 4


def report_text(
    run: RunInfo, statistics: Statistics, failed: Iterable[CompanyRow], freshness: Freshness | None = None
) -> str:
    """The report of one run; only `failed` companies are named, since the dashboard names all."""
    lines = [*_top(run, statistics), "", *_headlines(statistics), *_dimensions(statistics)]
    lines += [*_concentration(statistics), "", *_retirements(statistics, run.started[:10]), *_failed(failed)]
    lines += [*wrapped(freshness_words(freshness), hang=0), ""] if freshness else []
    return "\n".join([*lines, "Definitions", *(part for line in DEFINITIONS for part in wrapped(line, 2))]) + "\n"


def changes_text(changes: Sequence[Change], before: RunInfo, after: RunInfo) -> str:
    """The differences of two runs, grouped by whose doing they are."""
    head = (
        f"Run {before.id} ({before.started[:10]}, vcdd {before.tool_version}, registry {before.registry_version}) "
        f"against run {after.id} ({after.started[:10]}, vcdd {after.tool_version}, registry {after.registry_version})"
    )
    lines = [*wrapped(head, hang=0), ""]
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(cause_words(change.causes), []).append(change)
    order = {cause.value: number for number, cause in enumerate(Cause)}
    for words in sorted(groups, key=lambda words: (order.get(words, len(order)), words)):
        lines.append(f"{words.capitalize()} ({count(len(groups[words]), 'difference')})")
        lines += [part for change in groups[words] for part in wrapped(change_words(change), 2)]
        lines.append("")
    return "\n".join(lines if changes else [*lines, "No difference.", ""])


def cause_words(causes: Sequence[Cause]) -> str:
    """One cause, or all that cannot be told apart."""
    return causes[0].value if len(causes) == 1 else f"cannot be told apart: {' or '.join(causes)}"


def change_words(change: Change) -> str:
    """One difference on one line."""
    step = f"{change.before or 'none'} → {change.after or 'none'}"
    subject = f" {clean(change.subject)}" if change.subject else ""
    return f"{clean(change.company)}: {change.kind}{subject}: {clean(step)}"


def _top(run: RunInfo, statistics: Statistics) -> list[str]:
    title = f"Portfolio {clean(run.portfolio)}, run {run.id} of {run.started[:10]}"
    lines = [
        title,
        f"  vcdd {run.tool_version}, registry {run.registry_version}{', offline' if run.is_offline else ''}",
    ]
    missing = statistics.expected - statistics.companies
    state = f"{count(statistics.companies, 'company', 'companies')}, {statistics.failed} not wholly scanned"
    lines.append(f"  {state}, {statistics.reused} judged again from an earlier report")
    if missing:
        lines.append(
            f"  UNFINISHED: {count(missing, 'company', 'companies')} not scanned yet; the same command resumes"
        )
    outcomes = ", ".join(f"{action} {number}" for action, number in statistics.outcomes.items())
    return [*lines, f"  policy outcomes: {outcomes or 'none'}"]


def _headlines(statistics: Statistics) -> list[str]:
    lines = []
    for headline in statistics.headlines[:_MOST_COUNTRIES]:
        lines += [f"Companies that use an open-weight model from {headline.country}", _columns(*_HEADS)]
        for words, share in headline_rows(headline):
            lines += _share(words, share)
        lines.append("")
    rest = statistics.headlines[_MOST_COUNTRIES:]
    return [*lines, *wrapped(f"Further countries: {listed(h.country for h in rest)}"), ""] if rest else lines


_HEADS = ("", "n/N", "share", "95 % interval", "unknown", "at most")


def _columns(words: str, *cells: str) -> str:
    widths = (9, 8, 14, 8, 8)
    return f"  {words:<31}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))


def _share(words: str, share: Share) -> Iterator[str]:
    """The row of one denominator, and a line for companies of which nobody knows whether they belong to it."""
    low, high = share.interval
    value = percent(share.value) if share.of else "–"
    interval = f"{100 * low:.1f}–{100 * high:.1f} %" if share.of else "–"
    most = percent(share.at_most) if share.of else "–"
    yield _columns(words, f"{share.n}/{share.of}", value, interval, str(share.unknown), most)
    if share.undetermined:
        yield f"    of {share.undetermined} more nobody knows whether they belong here"


def _dimensions(statistics: Statistics) -> list[str]:
    lines = []
    for name, rows in statistics.dimensions.items():
        lines.append(f"{f'By {name}':<50} {'companies using AI':>18} {'bindings':>9}")
        lines += [
            f"  {clean(r.value, 48):<48} {count_words(r.companies):>18} {r.bindings:>9}" for r in rows[:_MOST_ROWS]
        ]
        if len(rows) > _MOST_ROWS:
            lines.append(f"  and {len(rows) - _MOST_ROWS} more")
        lines.append("")
    return lines


def _concentration(statistics: Statistics) -> list[str]:
    lines = ["Concentration"]
    lines += [part for row in statistics.concentration for part in wrapped(concentration_words(row), 2)]
    return lines if statistics.concentration else [*lines, "  nothing in use"]


def _retirements(statistics: Statistics, day: str) -> list[str]:
    ahead, past = part_retired(statistics.retirements, day)
    lines = ["Soonest retirements of models in use", *_dated(ahead)]
    return [*lines, "", "Dates that have passed, of models still in use", *_dated(past), ""]


def _dated(rows: Sequence[Retirement]) -> list[str]:
    lines = []
    for row in rows[:_MOST_ROWS]:
        names = listed((clean(name) for name in row.companies), 5)
        lines += wrapped(f"{row.day} {row.kind or 'date'}: {clean(row.model)} ({clean(row.status)}): {names}", 2)
    lines += [f"  and {len(rows) - _MOST_ROWS} more; the dashboard lists them"] if len(rows) > _MOST_ROWS else []
    return lines or ["  none on record"]


def _failed(failed: Iterable[CompanyRow]) -> list[str]:
    lines = [part for row in failed for part in wrapped(f"{clean(row.name)}: {clean(row.error)}", 2)]
    return ["Not scanned, or not wholly", *lines, ""] if lines else []
