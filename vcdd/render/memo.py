"""The memo: the model-stack section of an investment memo as Markdown, two pages and an appendix.

Sections 0 to 7 stay within `WORD_LIMIT` words whatever the target holds: the page is rendered with ever tighter limits
until it fits, and what is trimmed is counted and stands in the appendix.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from vcdd.core.report import Report
from vcdd.errors import ConfigError
from vcdd.render.markdown import Markdown, code, escape, fenced, joined, prose, table
from vcdd.render.options import RenderOptions
from vcdd.render.plain import clip_words, count
from vcdd.render.rows import distinct
from vcdd.render.view import Entry, View, view
from vcdd.values import dataclass

if TYPE_CHECKING:
    from jinja2 import Environment, Template

WORD_LIMIT = 1100
"""Words of sections 0 to 7 (product page 2.1: two printed pages)."""

_COMMENT = re.compile(r"<!--[^>]*-->")

APPENDIX = "\n<!-- vcdd:appendix -->\n"
"""Where the two pages end: a line of its own (foreign text has no newline), outside of any block of the template. A
template without it is not held to the limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of each part stands on the two pages."""

    rows: int
    findings: int
    costs: int
    claims: int
    questions: int
    unseen: int
    cell: int
    """Longest text of one cell, in words."""
    text: int
    """Longest sentence of a finding, a cost line or an unseen line, in words."""
    why: int
    """Longest question, and longest reason why it is open, in words."""


LADDER = (
    Limits(rows=12, findings=6, costs=12, claims=10, questions=12, unseen=8, cell=25, text=60, why=40),
    Limits(rows=12, findings=6, costs=6, claims=8, questions=10, unseen=8, cell=20, text=50, why=30),
    Limits(rows=12, findings=6, costs=5, claims=6, questions=8, unseen=8, cell=16, text=45, why=25),
    Limits(rows=12, findings=6, costs=4, claims=5, questions=6, unseen=6, cell=14, text=40, why=22),
    Limits(rows=12, findings=6, costs=3, claims=4, questions=5, unseen=5, cell=12, text=35, why=20),
    Limits(rows=12, findings=5, costs=3, claims=4, questions=5, unseen=4, cell=12, text=30, why=20),
    Limits(rows=10, findings=5, costs=3, claims=3, questions=5, unseen=4, cell=10, text=28, why=18),
    Limits(rows=10, findings=4, costs=3, claims=3, questions=4, unseen=4, cell=9, text=28, why=16),
    Limits(rows=8, findings=4, costs=3, claims=2, questions=4, unseen=3, cell=9, text=26, why=16),
    Limits(rows=8, findings=3, costs=3, claims=2, questions=4, unseen=3, cell=8, text=25, why=14),
    Limits(rows=6, findings=3, costs=2, claims=2, questions=3, unseen=3, cell=8, text=18, why=10),
    Limits(rows=3, findings=2, costs=1, claims=1, questions=2, unseen=2, cell=5, text=8, why=6),
)
"""Tried in this order: first fewer entries, which are counted and stand in the appendix, then shorter texts. The last
fits any report: its texts are few, and each is bounded."""


def render_memo(report: Report, options: RenderOptions) -> str:
    """The memo, from the firm's template where one is given. Raises ConfigError when that template cannot be used."""
    from jinja2 import TemplateError  # noqa: PLC0415 -- slow import

    try:
        return _render(view(report), options)
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        where = f"line {line}: " if line else ""
        raise ConfigError(
            f"the memo template cannot be used: {where}{error.message}",
            help="Start from our own template: vcdd/render/templates/memo.md.j2 in the installed package.",
        ) from error


def _render(shown: View, options: RenderOptions) -> str:
    source, mark, rest = (options.template or template_text()).partition(APPENDIX)
    page, appendix = _compiled(source), _compiled(rest)
    text, limits = "", LADDER[0]
    for limits in LADDER:
        text = page.render(_names(shown, limits, options)).rstrip()
        if not mark or count_words(text) <= WORD_LIMIT:
            break
    if mark:
        text = f"{text}\n{mark}{appendix.render(_names(shown, limits, options))}"
    return text.rstrip() + "\n"


def count_words(text: str) -> int:
    """Words of the printed page: whatever stands between blanks, without the bars of tables and the comments."""
    return sum(1 for word in _COMMENT.sub("", text).split() if word.strip("|-"))


def template_text() -> str:
    """Our own template."""
    return resources.files("vcdd.render").joinpath("templates", "memo.md.j2").read_text(encoding="utf-8")


@lru_cache(maxsize=4)
def _compiled(source: str) -> Template:
    """The template ready to render; kept, because compiling takes longer than rendering and a portfolio has many."""
    return _environment().from_string(source)


def _environment() -> Environment:
    """Every value is escaped on output unless it is Markdown already; a name that does not exist is an error."""
    from jinja2 import StrictUndefined  # noqa: PLC0415 -- slow import
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415 -- slow import

    return ImmutableSandboxedEnvironment(
        autoescape=False,
        finalize=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _names(shown: View, limits: Limits, options: RenderOptions) -> dict[str, Any]:
    """What a template may use."""
    return {
        "view": shown,
        "limits": limits,
        "code": code,
        "table": table,
        "joined": joined,
        "prose": prose,
        "distinct": distinct,
        "cut": lambda text: prose(clip_words(text, limits.text)),
        "cut_cell": lambda text: clip_words(text, limits.cell),
        "cut_title": lambda text: clip_words(text, max(12, limits.cell)),
        "cut_why": lambda text: prose(clip_words(text, limits.why)),
        "cut_sentence": lambda text: prose(clip_words(text, max(25, min(40, limits.text + 12)))),
        "count": count,
        "more": _more,
        "stack": _stack(shown, limits),
        "costs": _costs(shown, limits),
        "claims": _entries(shown.claims, limits.claims, limits.cell),
        "headlines": shown.headlines[: limits.findings],
        "rest_of_findings": _more(shown.findings, sum(1 + len(h.also) for h in shown.headlines[: limits.findings])),
        "chart": _chart(shown),
        "route_diagram": _mermaid(shown) if options.mermaid else Markdown(""),
        "evidence_limit": options.evidence_limit,
    }


def _more(many: Sequence[object], most: int) -> Markdown:
    """`and N more in the appendix`, or nothing."""
    rest = len(many) - most
    return Markdown(f"and {rest:,} more in the appendix") if rest > 0 else Markdown("")


def _stack(shown: View, limits: Limits) -> Markdown:
    headers = ("Role", "Model", "Originator (country)", "Route", "Licence class", "Lifecycle", "Evidence")

    def cut(text: str) -> str:
        return clip_words(text, limits.cell)

    return table(
        headers,
        (
            (
                cut(row.role),
                code(cut(row.model)),
                cut(row.originator),
                cut(row.route),
                cut(row.licence),
                row.lifecycle,
                joined((row.evidence.value, code(cut(row.place))), " · "),
            )
            for row in shown.in_use[: limits.rows]
        ),
    )


def _costs(shown: View, limits: Limits) -> Markdown:
    def cut(text: str) -> str:
        return clip_words(text, limits.cell)

    cells = (
        (code(cut(row.model)), cut(row.route), clip_words(row.ordinary, 12), row.blended, cut(row.first_source))
        for row in shown.cost.rows[: limits.costs]
    )
    return table(("Model", "Route", "Price (USD)", "Blended 3:1 per 1M", "Source and date"), cells)


def _entries(entries: Sequence[Entry], most: int, longest: int) -> Markdown:
    cells = ([clip_words(cell, longest) for cell in entry.cells] for entry in entries[:most])
    return table(("Claim", "Where", "What the code shows", "Status"), cells)


def _chart(shown: View) -> Markdown:
    """Uses by evidence class as bars of text, which survive copying into any editor; one class alone is no chart."""
    if len(shown.evidence_counts) < 2:
        return Markdown("")
    most = max(number for _, number in shown.evidence_counts)
    lines = [
        f"{evidence.value:<11} {'█' * max(1, round(20 * number / most))} {number:,}"
        for evidence, number in shown.evidence_counts
    ]
    return fenced("\n".join(lines))


def _mermaid(shown: View) -> Markdown:
    """Product → route → model → originator, ids only in our own node names and foreign text only in quoted labels."""
    lines = ["graph LR", 'p["product"]']
    for at, row in enumerate(shown.in_use[:12]):
        route, model, lab = (_label(text) for text in (row.route, row.model, row.originator))
        lines.append(f'p --> r{at}["{route}"] --> m{at}["{model}"] --> o{at}["{lab}"]')
    return Markdown("```mermaid\n" + "\n".join(lines) + "\n```")


def _label(text: str) -> str:
    """Mermaid reads `#NNN;` entities in quoted labels and, depending on the host, HTML: leave it neither."""
    return "".join(c if c.isalnum() or c in " .,:()/-_" else f"#{ord(c)};" for c in text)
