"""Small charts as inline SVG: bars and a timeline. No script, no font, no address; colours come from the page's style.

Positions are percentages, so that the text keeps its size on a phone and on paper. Every chart has a title and says its
numbers in words in its description. Texts are escaped here; callers pass plain ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from vcdd.render.plain import clip
from vcdd.values import dataclass

_ROW = 38
_LABEL = 13
_LETTERS = 40
"""Of a label: what a phone's width holds beside the number. The description has the whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar. `share` is its length, 0 to 1; `shown` is the number as people read it."""

    label: str
    shown: str
    share: float
    style: str = ""
    """A class of ours (`bound`, `weak`), never foreign text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One dated thing."""

    label: str
    shown: str
    on: date
    style: str = ""


def bars(name: str, title: str, rows: Sequence[Bar]) -> str:
    """Labels with their numbers, each over its bar. Empty text for no rows. `name` makes the ids of the page unique."""
    if not rows:
        return ""
    described = "; ".join(f"{row.label}: {row.shown}" for row in rows)
    parts = [_bar(row, at * _ROW) for at, row in enumerate(rows)]
    return frame(name, title, described, f'width="100%" height="{len(rows) * _ROW}"', parts)


def _bar(row: Bar, top: int) -> str:
    width = max(0.6, min(100.0, row.share * 100))
    return (
        f'<text class="label" x="0" y="{top + _LABEL}">{escape(clip(row.label, _LETTERS))}</text>'
        f'<text class="number" x="100%" y="{top + _LABEL}" text-anchor="end">{escape(row.shown)}</text>'
        f'<rect class="track" x="0" y="{top + 19}" width="100%" height="8" rx="2"/>'
        f'<rect class="bar {row.style}" x="0" y="{top + 19}" width="{width:.2f}%" height="8" rx="2"/>'
    )


def timeline(name: str, title: str, marks: Sequence[Mark], today: date) -> str:
    """Each dated thing on a line of its own between first and last date, with the day of the scan across all."""
    if not marks:
        return ""
    days = [today.toordinal(), *(mark.on.toordinal() for mark in marks)]
    first, last = min(days), max(days)
    span = max(1, last - first)

    def at(day: date) -> float:
        return 2 + 96 * (day.toordinal() - first) / span

    described = f"Scanned {today.isoformat()}. " + "; ".join(f"{m.label}: {m.shown}" for m in marks)
    height = len(marks) * _ROW + 22
    now = at(today)
    anchor = "start" if now < 20 else "end" if now > 80 else "middle"
    parts = [f'<line class="today" x1="{now:.2f}%" x2="{now:.2f}%" y1="0" y2="{height - 20}"/>']
    for row, mark in enumerate(sorted(marks, key=lambda m: (m.on, m.label))):
        top = row * _ROW
        parts.append(
            f'<text class="label" x="0" y="{top + _LABEL}">{escape(clip(mark.label, _LETTERS))}</text>'
            f'<text class="number" x="100%" y="{top + _LABEL}" text-anchor="end">{escape(mark.shown)}</text>'
            f'<line class="track" x1="0" x2="100%" y1="{top + 23}" y2="{top + 23}"/>'
            f'<circle class="dot {mark.style}" cx="{at(mark.on):.2f}%" cy="{top + 23}" r="5"/>'
        )
    scanned = f"scanned {today.isoformat()}"
    parts.append(f'<text class="axis" x="{now:.2f}%" y="{height - 6}" text-anchor="{anchor}">{scanned}</text>')
    return frame(name, title, described, f'width="100%" height="{height}"', parts)


def frame(name: str, title: str, described: str, size: str, parts: Sequence[str]) -> str:
    """An SVG image with its text alternatives."""
    return (
        f'<svg role="img" aria-labelledby="{name}-title {name}-desc" {size} focusable="false">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(described)}</desc>'
        f"{''.join(parts)}</svg>"
    )
