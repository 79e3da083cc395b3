"""Words that every view of a portfolio shares: shares with their denominators, definitions, dimensions."""

from __future__ import annotations

from collections.abc import Sequence

from vcdd.portfolio.intervals import Share
from vcdd.portfolio.statistics import Concentration, Headline, Retirement
from vcdd.portfolio.store.reading import Freshness
from vcdd.render.plain import clean, count

DEFINITIONS = (
    "Uses: the code binds the model on a run-time path or in deployment; tests, documents and lists do not count.",
    "Open-weight models from a country: published weights, and a seat there of the originator or a declared ancestor.",
    "Companies that use AI: at least one such use, or a call whose model comes from outside the target.",
    "Unknown: the scan failed or ended early, a call takes its model from outside, or a fact about it is not on record.",
    "Interval: Wilson, 95 %, for n/N; it says how far a sample of this size can be off, and nothing about unknowns.",
)
"""What the measures mean, one sentence each."""


def percent(value: float | None) -> str:
    """A share with one decimal; `no share` without a denominator."""
    return "no share" if value is None else f"{100 * value:.1f} %"


def share_words(share: Share) -> str:
    """`4/10 = 40.0 % (95 % interval 16.8–68.7 %), 2 unknown: at most 60.0 %`; never a percentage alone."""
    if not share.of:
        return f"0/0, no share{_undetermined(share)}"
    low, high = share.interval
    words = f"{share.n}/{share.of} = {percent(share.value)} (95 % interval {100 * low:.1f}–{100 * high:.1f} %)"
    unknown = f", {share.unknown} unknown: at most {percent(share.at_most)}" if share.unknown else ", none unknown"
    return f"{words}{unknown}{_undetermined(share)}"


def _undetermined(share: Share) -> str:
    return f"; of {share.undetermined} more nobody knows whether they belong here" if share.undetermined else ""


def count_words(share: Share) -> str:
    """`4/10 (40.0 %)` for tables."""
    return f"{share.n}/{share.of} ({percent(share.value)})"


def freshness_words(found: Freshness) -> str:
    """How old the facts are, in one sentence."""
    oldest = f", the oldest of {found.oldest}" if found.oldest else ""
    return (
        f"Of {count(found.facts, 'fact')} behind this run {found.stale:,} were checked more than {found.days} days before "
        f"it{oldest}; {found.undated:,} have no date."
    )


def part_retired(rows: Sequence[Retirement], day: str) -> tuple[list[Retirement], list[Retirement]]:
    """Dates that lie ahead of an ISO day, soonest first; and those that have passed, newest first."""
    ahead = [row for row in rows if row.day >= day]
    past = (row for row in rows if row.day < day)
    return ahead, sorted(past, key=lambda row: row.day, reverse=True)


def headline_rows(headline: Headline) -> tuple[tuple[str, Share], ...]:
    """The three denominators with their names, widest first."""
    return (
        ("of all companies", headline.of_all),
        ("of companies that use AI", headline.of_ai),
        ("of those that use open weights", headline.of_open),
    )


def concentration_words(row: Concentration) -> str:
    """What hangs on the top name of one dimension."""
    only = f"{count(row.only, 'company hangs', 'companies hang')} on one {row.dimension} alone"
    return f"{row.dimension}: {clean(row.top)} with {share_words(row.companies)}; {only}"
