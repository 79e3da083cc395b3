"""The summary for a terminal: one screen for a normal target, more with `verbose`.

Built of rich `Text` only: markup is never parsed, so a bracket in a model id stays a bracket. Without colour the text
holds no escape sequence and no trailing blank.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from vcdd.core.report import Report
from vcdd.render.columns import Column, table
from vcdd.render.options import RenderOptions
from vcdd.render.plain import clip, count, listed
from vcdd.render.rows import Row, distinct
from vcdd.render.view import Entry, Headline, View, evidence_counts, view

_ROOM = 10
"""Rows, findings and questions when not verbose: with the frame of at most 14 lines they fit a screen of 24."""
_ROWS, _FINDINGS, _QUESTIONS = 5, 3, 2
"""What each part gets of that room when all have plenty; what one leaves free goes to the next."""

_WIDE = 100
"""From this width the evidence class has a column; below, the heading counts the classes, in the rows' order."""

_STYLES = {
    "BLOCKER": "bold red",
    "HIGH": "red",
    "MEDIUM": "yellow",
    "LOW": "cyan",
    "OPEN QUESTION": "magenta",
    "INFO": "dim",
}


def render_terminal(report: Report, options: RenderOptions) -> str:
    """The summary, each line at most `options.width` columns (40 at least); verbose cuts no finding and no question."""
    width = max(options.width, 40)
    shown = view(report)
    rows, findings, questions = (0, 0, 0) if options.verbose else _shares(shown)
    lines = [*_head(shown, width), *_stack(shown, width, rows), *_findings(shown, width, findings)]
    lines += [*_questions(shown, width, questions), *_foot(shown, width, options.verbose)]
    return _print(lines, width, colour=options.colour)


def _shares(shown: View) -> tuple[int, int, int]:
    """Most rows, findings and questions of a summary; at least 1 each."""
    many = (len(shown.in_use), len(shown.headlines), len(shown.questions))
    rows, findings, questions = (min(pair) for pair in zip(many, (_ROWS, _FINDINGS, _QUESTIONS), strict=True))
    findings = min(many[1], _ROOM - rows - questions)
    rows = min(many[0], _ROOM - findings - questions)
    return max(1, rows), max(1, findings), max(1, min(many[2], _ROOM - rows - findings))


def _print(lines: Iterable[Text], width: int, *, colour: bool) -> str:
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        height=100,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        force_jupyter=False,
        markup=False,
        highlight=False,
        emoji=False,
    )
    for line in lines:
        console.print(line, overflow="fold")
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def _head(shown: View, width: int) -> list[Text]:
    commit = f" at {shown.commit}" if shown.commit else ""
    title = Text(f"{shown.target}{commit}", style="bold")
    title.truncate(width, overflow="ellipsis")
    facts = _line(f"{shown.coverage[:1].upper()}{shown.coverage[1:]} · {shown.network} · {shown.tool}", width, "dim")
    return [title, facts, Text("")]


def _stack(shown: View, width: int, most: int) -> list[Text]:
    """The models in use, at most so many lines of them; with 0 all, and what can be configured as well."""
    if not shown.in_use:
        lines = [Text("Nothing that was read uses or deploys a model.", style="bold")]
    else:
        kinds = ", ".join(f"{number} {evidence.value}" for evidence, number in evidence_counts(shown.in_use))
        title = f"In use: {count(len(distinct(shown.in_use)), 'model')} ({kinds})"
        legend = " · ? originator not confirmed" if shown.doubt_legend else ""
        lines = [Text(title, style="bold").append(legend, style="not bold dim"), *_rows(shown.in_use, width, most)]
    if not most and shown.configurable:
        lines += [Text(""), Text("Can be configured", style="bold"), *_rows(shown.configurable, width, 0)]
    return [*lines, *_others(shown, width), Text("")]


def _others(shown: View, width: int) -> list[Text]:
    parts = []
    if shown.configurable:
        parts.append(f"can be configured: {len(distinct(shown.configurable))}")
    if shown.named_counts:
        kinds = ", ".join(f"{number} {evidence.value}" for evidence, number in shown.named_counts)
        parts.append(f"only named: {kinds}")
    return [_line(f"Further models · {' · '.join(parts)}", width)] if parts else []


def _rows(many: Sequence[Row], width: int, most: int) -> list[Text]:
    kept = many if not most or len(many) <= most else many[: most - 1]
    columns = [
        Column(title="Model", cells=tuple(_model(row) for row in kept), least=25),
        Column(title="Originator", cells=tuple(row.short[0] for row in kept), least=13),
        Column(title="Route", cells=tuple(row.short[1] for row in kept), least=11),
        Column(title="Licence", cells=tuple(row.short[2] for row in kept), least=10),
        Column(title="Where", cells=tuple(row.place for row in kept), least=13, path=True),
    ]
    if width >= _WIDE:
        evidence = Column(title="Evidence", cells=tuple(row.evidence.value for row in kept), least=8)
        columns.insert(4, evidence)
    lines = table(columns, width)
    rest = many[len(kept) :]
    if rest:
        lines.append(_line(f"and {len(rest)} more: {listed((row.model for row in rest), 6)}", width, "dim"))
    return lines


def _model(row: Row) -> str:
    status = row.lifecycle.replace(",", " ").split(" ")[0]
    return f"{row.model} ({status})" if status in {"retired", "deprecated", "preview"} else row.model


def _findings(shown: View, width: int, most: int) -> list[Text]:
    if not shown.findings and not shown.suppressed:
        return [Text("No findings."), Text("")]
    kept = shown.headlines[:most] if most else [Headline(first=found, also=()) for found in shown.findings]
    left = len(shown.findings) - sum(1 + len(headline.also) for headline in kept)
    rest = [f"{left} more: -v"] if left else []
    if shown.suppressed:
        rest.append(f"{len(shown.suppressed)} suppressed")
    lines = [_title("Findings", len(shown.findings), rest, width)]
    for headline in kept:
        lines += _finding(headline, width, not most)
    return [*lines, Text("")]


def _title(word: str, number: int, rest: Sequence[str], width: int) -> Text:
    """`Findings: 29 (23 more: -v)`."""
    return _line(f"{word}: {number}" + (f" ({', '.join(rest)})" if rest else ""), width, "bold")


def _finding(headline: Headline, width: int, verbose: bool) -> list[Text]:
    found, more = headline.first, len(headline.also)
    line = Text(found.severity, style=_STYLES.get(found.severity, ""))
    about = f"{found.model} and {more} more" if more and found.model else found.model
    about = about or (f"{more + 1} findings" if more else "")
    parts = [f"{found.rule} {found.title}", about, *found.places[:1]]
    line.append(f"  {' · '.join(part for part in parts if part)}", style="default")
    if not verbose:
        line.truncate(width, overflow="ellipsis")
        return [line]
    effort = f" (effort {found.effort})"
    return [line, _wrapped(f"{found.fact} {found.consequence}"), _wrapped(f"→ {found.remedy}{effort}")]


def _questions(shown: View, width: int, most: int) -> list[Text]:
    if not shown.questions:
        return []
    kept = shown.questions[:most] if most else shown.questions
    left = len(shown.questions) - len(kept)
    rest = [f"{left} more: vcdd questions"] if left else []
    lines = [_title("Ask the founders", len(shown.questions), rest, width)]
    for entry in kept:
        lines += _question(entry, width, not most)
    return [*lines, Text("")]


def _question(entry: Entry, width: int, verbose: bool) -> list[Text]:
    number, text, why, _ = entry.cells
    words = f"{number}  {text}"
    return [_wrapped(words), _wrapped(why)] if verbose else [_line(words, width)]


def _foot(shown: View, width: int, verbose: bool) -> list[Text]:
    lines = []
    if verbose:
        lines += [_wrapped(line) for line in (*shown.cost.lines, *shown.unseen)]
    elif shown.unresolved:
        lines.append(_line(f"Open: {listed((entry.cells[1] for entry in shown.unresolved), 4)}", width, "magenta"))
    if shown.policy:
        lines.append(_line(f"Policy {shown.policy}: {shown.outcome}", width, "bold"))
    hint = "Next: --output memo.md or report.html for the full text" + ("." if verbose else "; -v for more here.")
    return [*lines, _line(hint, width, "dim")]


def _line(text: str, width: int, style: str = "") -> Text:
    """One line, cut with an ellipsis where it would not fit."""
    line = Text(text, style=style)
    line.truncate(width, overflow="ellipsis")
    return line


def _wrapped(text: str) -> Text:
    return Text(clip(text, 900))
