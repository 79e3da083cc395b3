"""The dashboard: one HTML file that fetches nothing, its one script and style named by their hashes.

jinja2 escapes every value; the only markup that passes is our own SVG, style and script.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from vcdd.portfolio.changes import Change
from vcdd.portfolio.intervals import Share
from vcdd.portfolio.statistics import Headline, Statistics
from vcdd.portfolio.store.reading import CompanyRow, Freshness, RunInfo
from vcdd.portfolio.views.claims import HEADING, Claim
from vcdd.portfolio.views.company_rows import HEADS, company_row
from vcdd.portfolio.views.text import cause_words, change_words
from vcdd.portfolio.views.words import (
    DEFINITIONS,
    concentration_words,
    count_words,
    freshness_words,
    headline_rows,
    part_retired,
    share_words,
)
from vcdd.render.plain import clean, listed
from vcdd.values import dataclass

if TYPE_CHECKING:
    from jinja2 import Template

_COUNTRIES = 3
_BINDINGS = 12
_CHANGES = 40
_RETIREMENTS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """Everything the page shows."""

    run: RunInfo
    statistics: Statistics
    companies: Sequence[CompanyRow]
    """In the order of the manifest."""
    changes: Sequence[Change] = ()
    before: int = 0
    """The run that `changes` compares with; 0 where there is none."""
    claims: Sequence[Claim] = ()
    freshness: Freshness | None = None
    tag: str = ""
    """Only companies with this tag are shown; empty for all."""
    links: Mapping[int, str] | None = None
    """Position of a company to a relative address of its full report."""


class _Rows(list[Any]):
    """Rows of a table, and how many were left out."""

    more = 0


def render_dashboard(shown: Dashboard) -> str:
    """The page, ending in a newline."""
    from markupsafe import Markup  # noqa: PLC0415 -- comes with jinja2

    style = _shared("report.css") + _own("dashboard.css")
    script = _own("dashboard.js")
    statistics = shown.statistics
    links = shown.links or {}
    names: dict[str, Any] = {
        "style": Markup(style),  # noqa: S704 -- our own file
        "style_hash": _hash(style),
        "script": Markup(script),  # noqa: S704 -- our own file
        "script_hash": _hash(script),
        "run": shown.run,
        "statistics": statistics,
        "headlines": [_headline(at, row) for at, row in enumerate(statistics.headlines[:_COUNTRIES])],
        "other_countries": listed(row.country for row in statistics.headlines[_COUNTRIES:]),
        "definitions": DEFINITIONS,
        "heads": HEADS,
        "rows": [company_row(row, links.get(row.position, "")) for row in shown.companies],
        "dimensions": [(name, _bindings(rows)) for name, rows in statistics.dimensions.items()],
        "concentration": [concentration_words(row) for row in statistics.concentration],
        "retirements": _retirements(statistics, shown.run),
        "freshness": freshness_words(shown.freshness) if shown.freshness else "",
        "tag": shown.tag,
        "before": shown.before,
        "change_groups": _changes(shown.changes),
        "context_heading": HEADING,
        "claims": shown.claims,
    }
    return _compiled().render(names).rstrip() + "\n"


@cache
def _compiled() -> Template:
    """Our template ready to render."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 -- slow import

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_own("dashboard.html.j2"))


def _own(name: str) -> str:
    return resources.files("vcdd.portfolio.views").joinpath("templates", name).read_text(encoding="utf-8")


def _shared(name: str) -> str:
    return resources.files("vcdd.render").joinpath("templates", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _headline(at: int, headline: Headline) -> dict[str, Any]:
    rows = headline_rows(headline)
    return {"country": headline.country, "shares": [_share(f"h{at}{n}", *row) for n, row in enumerate(rows)]}


def _share(name: str, words: str, share: Share) -> dict[str, Any]:
    from markupsafe import Markup  # noqa: PLC0415

    picture = Markup(_picture(name, words, share)) if share.of else ""  # noqa: S704 -- numbers and our own words
    sentence = share_words(share).replace(" %", "\N{NO-BREAK SPACE}%")
    return {"words": words, "count": f"{share.n}/{share.of}", "picture": picture, "sentence": sentence}


def _picture(name: str, words: str, share: Share) -> str:
    """The share as a bar, what is unknown behind it, the interval across."""
    low, high = share.interval
    return (
        f'<svg role="img" aria-labelledby="{name}" width="100%" height="18" focusable="false">'
        f'<title id="{name}">{words}: {share_words(share)}</title>'
        '<rect class="track" x="0" y="5" width="100%" height="8" rx="2"/>'
        f'<rect class="maybe" x="0" y="5" width="{100 * (share.at_most or 0):.2f}%" height="8" rx="2"/>'
        f'<rect class="bar" x="0" y="5" width="{100 * (share.value or 0):.2f}%" height="8" rx="2"/>'
        f'<line class="interval" x1="{100 * low:.2f}%" x2="{100 * high:.2f}%" y1="16" y2="16"/></svg>'
    )


def _bindings(rows: Sequence[Any]) -> _Rows:
    shown = _Rows(
        {"value": clean(row.value, 60), "companies": count_words(row.companies), "bindings": row.bindings}
        for row in rows[:_BINDINGS]
    )
    shown.more = max(0, len(rows) - _BINDINGS)
    return shown


def _retirements(statistics: Statistics, run: RunInfo) -> list[tuple[str, list[dict[str, str]], int]]:
    """What lies ahead of the run's day, then what has passed: heading, rows, how many were left out."""
    parts = part_retired(statistics.retirements, run.started[:10])
    return [
        (words, [_retirement(row) for row in rows[:_RETIREMENTS]], max(0, len(rows) - _RETIREMENTS))
        for words, rows in zip(("Ahead, soonest first", "Passed, of models still in use"), parts, strict=True)
        if rows
    ]


def _retirement(row: Any) -> dict[str, str]:
    return {
        "day": clean(row.day),
        "kind": clean(row.kind) or "date",
        "model": clean(row.model, 80),
        "status": clean(row.status),
        "companies": listed((clean(name, 60) for name in row.companies), 8),
    }


def _changes(changes: Sequence[Change]) -> list[tuple[str, list[str], int]]:
    groups: dict[str, list[str]] = {}
    for change in changes:
        groups.setdefault(cause_words(change.causes).capitalize(), []).append(change_words(change))
    return [(words, rows[:_CHANGES], max(0, len(rows) - _CHANGES)) for words, rows in groups.items()]
