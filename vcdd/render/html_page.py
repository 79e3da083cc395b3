"""The HTML page: one file, no script, no address outside itself, readable on a phone and on paper.

jinja2 escapes every value; the only markup that passes is our own SVG. A content security policy forbids everything but
this page's one style sheet, named by its hash, so that even a mistake of ours could fetch or run nothing.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from vcdd.core.evidence import Evidence
from vcdd.core.report import Report
from vcdd.render.cost_view import CostView
from vcdd.render.options import RenderOptions
from vcdd.render.plain import amount, clip_words, count
from vcdd.render.route_diagram import MOST, route_diagram
from vcdd.render.rows import Row, distinct
from vcdd.render.svg import Bar, Mark, bars, timeline
from vcdd.render.view import View, view

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

ROWS_ON_PAPER = 7
CONFIGURABLE_ON_PAPER = 5
FINDINGS_FIRST = 6
FINDINGS_ON_PAPER = 5
COSTS_ON_PAPER = 3
QUESTIONS_ON_PAPER = 6
WORDS_ON_PAPER = 36
"""What stands at most on the two printed pages; the rest unfolds on a screen and is counted on paper."""

_ROW_LINES_ON_PAPER = 26
_LETTERS = (13, 20, 17, 15, 24, 15, 18)
"""Lines that the printed stack table may take, and letters that a line of each of its columns holds (by measure)."""

_STRONG = {Evidence.BOUND: "bound", Evidence.DEPLOYED: "bound", Evidence.SELECTABLE: "possible"}


def render_html(report: Report, options: RenderOptions) -> str:
    """The page."""
    shown = view(report)
    lead = shown.headlines[:FINDINGS_FIRST]
    style = _text("report.css")
    names: dict[str, Any] = {
        "view": shown,
        "style": style,
        "style_hash": base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        "figures": _figures(shown),
        "screen": _pictures(shown, report.scanned_at.date(), "s"),
        "paper": _pictures(shown, report.scanned_at.date(), "p"),
        "rows_on_paper": rows_on_paper(shown.in_use),
        "configurable_on_paper": CONFIGURABLE_ON_PAPER,
        "lead": lead,
        "findings_on_paper": FINDINGS_ON_PAPER,
        "rest": tuple(found for found in shown.findings if found not in [headline.first for headline in lead]),
        "costs_on_paper": COSTS_ON_PAPER,
        "questions_on_paper": QUESTIONS_ON_PAPER,
        "diagram_most": MOST,
        "evidence_limit": options.evidence_limit,
        "distinct": distinct,
        "count": count,
        "briefly": lambda text: clip_words(text, WORDS_ON_PAPER),
    }
    return _compiled().render(names).rstrip() + "\n"


def rows_on_paper(rows: Sequence[Row]) -> int:
    """How many rows of the stack table, at least three and at most seven, fit their part of two printed pages."""
    lines = 0
    for at, row in enumerate(rows[:ROWS_ON_PAPER]):
        cells = (row.role, row.model, row.originator, row.route, row.licence, row.lifecycle, row.place)
        lines += max(-(-len(text) // letters) for text, letters in zip(cells, _LETTERS, strict=True))
        if lines > _ROW_LINES_ON_PAPER:
            return max(3, at)
    return ROWS_ON_PAPER


@cache
def _compiled() -> Template:
    """Our template ready to render; compiling takes longer than rendering."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 -- slow import

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["ticks"] = _ticks
    environment.filters["breaks"] = _breaks
    return environment.from_string(_text("report.html.j2"))


def _breaks(text: str) -> Markup:
    """A path or a name that may break behind its strokes, not within its words."""
    from markupsafe import Markup, escape  # noqa: PLC0415 -- slow import

    marked = re.sub(r"([/_])(?=.)", r"\1<wbr>", str(escape(text)))
    return Markup(marked)  # noqa: S704 -- escaped above; entities hold neither stroke


def _ticks(text: str) -> Markup:
    """Names between ticks of a sentence as code; each piece is escaped, however the ticks of foreign text pair up."""
    from markupsafe import Markup, escape  # noqa: PLC0415 -- comes with jinja2

    parts = text.split("`")
    if len(parts) % 2 == 0 or not all(part.strip() for part in parts[1::2]):
        return escape(text)
    marked = (
        Markup('<bdi class="id">{}</bdi>').format(part) if at % 2 else escape(part) for at, part in enumerate(parts)
    )
    return Markup("").join(marked)


def _text(name: str) -> str:
    return resources.files("vcdd.render").joinpath("templates", name).read_text(encoding="utf-8")


def _figures(shown: View) -> tuple[tuple[str, str], ...]:
    """The four numbers at the top."""
    used = distinct(shown.in_use)
    labs = {row.lab for row in used if row.lab != "unknown"}
    return (
        (f"{len(used):,}", "model in use" if len(used) == 1 else "models in use"),
        (f"{len(labs):,}", "originator" if len(labs) == 1 else "originators"),
        (f"{len(shown.findings):,}", "finding" if len(shown.findings) == 1 else "findings"),
        (f"{len(shown.questions):,}", "question to ask" if len(shown.questions) == 1 else "questions to ask"),
    )


def _pictures(shown: View, today: date, prefix: str) -> dict[str, Any]:
    """Every chart under a prefix of its own, since a page may hold them twice: for the screen and for paper."""
    from markupsafe import Markup  # noqa: PLC0415 -- comes with jinja2

    pictures: dict[str, Any] = {
        "routes": route_diagram(f"{prefix}-routes", shown.target or "the product", shown.in_use),
        "evidence": _evidence(f"{prefix}-evidence", shown),
        "countries": _counted(f"{prefix}-countries", "Originator countries of the models in use", shown.countries),
        "licences": _counted(f"{prefix}-licences", "Licence classes of the models in use", shown.licence_classes),
        "timeline": _timeline(f"{prefix}-timeline", shown, today),
    }
    prices = _prices(f"{prefix}-prices", shown.cost)
    marked = {name: Markup(svg) for name, svg in pictures.items()}  # noqa: S704 -- escaped where it is made
    return {**marked, "prices": [(unit, Markup(svg)) for unit, svg in prices]}  # noqa: S704 -- as above


def _evidence(name: str, shown: View) -> str:
    """One class alone is no chart."""
    if len(shown.evidence_counts) < 2:
        return ""
    most = max((number for _, number in shown.evidence_counts), default=1)
    rows = [
        Bar(label=evidence.value, shown=f"{number:,}", share=number / most, style=_STRONG.get(evidence, "weak"))
        for evidence, number in shown.evidence_counts
    ]
    return bars(name, "Models by route, by evidence class", rows)


def _counted(name: str, title: str, counts: tuple[tuple[str, int], ...]) -> str:
    """One group alone is no chart."""
    if len(counts) < 2:
        return ""
    most = max(number for _, number in counts)
    return bars(name, title, [Bar(label=text, shown=f"{number:,}", share=number / most) for text, number in counts])


def _prices(name: str, cost: CostView) -> list[tuple[str, str]]:
    """A chart for each unit that has at least two prices: one bar alone compares nothing."""
    charts = []
    for at, (unit, prices) in enumerate(pair for pair in cost.comparison if len(pair[1]) > 1):
        most = max((figure for _, figure in prices), default=Decimal(0)) or Decimal(1)
        rows = [Bar(label=model, shown=amount(figure), share=float(figure / most)) for model, figure in prices[:10]]
        charts.append((unit, bars(f"{name}-{at}", f"List prices in USD {unit}", rows)))
    return charts


def _timeline(name: str, shown: View, today: date) -> str:
    many = distinct((*shown.in_use, *shown.configurable))
    marks = [_mark(row, row.lifecycle_on, today) for row in many if row.lifecycle_on]
    return timeline(name, "Lifecycle dates of models in use or configurable", marks[:20], today)


def _mark(row: Row, on: date, today: date) -> Mark:
    return Mark(label=row.model, shown=row.lifecycle, on=on, style="past" if on < today else "")
