"""A run and its statistics as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vcdd.portfolio.changes import Cause, Change
from vcdd.portfolio.statistics import Statistics
from vcdd.portfolio.store.reading import CompanyRow, Freshness, RunInfo
from vcdd.portfolio.views.words import (
    DEFINITIONS,
    concentration_words,
    count_words,
    freshness_words,
    headline_rows,
    share_words,
)
from vcdd.render.plain import clean, count, listed

_MOST_ROWS = 12
_MOST_COUNTRIES = 4


def report_text(
    run: RunInfo, statistics: Statistics, failed: Iterable[CompanyRow], freshness: Freshness | None = None
) -> str:
    """The report of one run; only `failed` companies are named, since the dashboard names all."""
    lines = [*_top(run, statistics), "", *_headlines(statistics), "", *_dimensions(statistics)]
    lines += [*_concentration(statistics), "", *_retirements(statistics), *_failed(failed)]
    lines += [freshness_words(freshness), ""] if freshness else []
    return "\n".join([*lines, "Definitions", *(f"  {line}" for line in DEFINITIONS)]) + "\n"


def changes_text(changes: Sequence[Change], before: RunInfo, after: RunInfo) -> str:
    """The differences of two runs, grouped by whose doing they are."""
    head = (
        f"Run {before.id} ({before.started[:10]}, vcdd {before.tool_version}, registry {before.registry_version}) "
        f"against run {after.id} ({after.started[:10]}, vcdd {after.tool_version}, registry {after.registry_version})"
    )
    lines = [head, ""]
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(cause_words(change.causes), []).append(change)
    order = {cause.value: number for number, cause in enumerate(Cause)}
    for words in sorted(groups, key=lambda words: (order.get(words, len(order)), words)):
        lines.append(f"{words.capitalize()} ({count(len(groups[words]), 'difference')})")
        lines += [f"  {change_words(change)}" for change in groups[words]]
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
    state = f"{count(statistics.companies, 'company', 'companies')}, {statistics.failed} with a failed source"
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
        lines.append(f"Companies that use an open-weight model from {headline.country}")
        lines += [f"  {words}: {share_words(share)}" for words, share in headline_rows(headline)]
    rest = statistics.headlines[_MOST_COUNTRIES:]
    return [*lines, f"  further countries: {listed(h.country for h in rest)}"] if rest else lines


def _dimensions(statistics: Statistics) -> list[str]:
    lines = []
    for name, rows in statistics.dimensions.items():
        lines.append(f"By {name}: companies that use AI, and bindings")
        lines += [f"  {clean(r.value):<40} {count_words(r.companies):>18} {r.bindings:>6}" for r in rows[:_MOST_ROWS]]
        if len(rows) > _MOST_ROWS:
            lines.append(f"  and {len(rows) - _MOST_ROWS} more")
        lines.append("")
    return lines


def _concentration(statistics: Statistics) -> list[str]:
    lines = ["Concentration"]
    lines += [f"  {concentration_words(row)}" for row in statistics.concentration]
    return lines if statistics.concentration else [*lines, "  nothing in use"]


def _retirements(statistics: Statistics) -> list[str]:
    lines = ["Soonest retirements of models in use"]
    for row in statistics.retirements[:_MOST_ROWS]:
        names = listed((clean(name) for name in row.companies), 5)
        lines.append(f"  {row.day} {row.kind or 'date'}: {clean(row.model)} ({clean(row.status)}): {names}")
    return [*(lines if statistics.retirements else [*lines, "  none on record"]), ""]


def _failed(failed: Iterable[CompanyRow]) -> list[str]:
    lines = [f"  {clean(row.name)}: {clean(row.error)}" for row in failed]
    return ["Not scanned, or not wholly", *lines, ""] if lines else []
