"""A history as one SVG: shares by country and by lab over time, and a line for each model from its first to its last.

The file stands alone: own style, no font, no script, no address. Every number is also said in words in its description.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from vcdd.portfolio.history.text import day
from vcdd.portfolio.history.values import UNKNOWN, History, Point, Span
from vcdd.render.plain import clean, clip

_WIDTH, _LEFT, _RIGHT = 960, 300, 40
_BAND, _ROW, _TOP = 130, 36, 56
_COLOURS = ("#22577a", "#c8553d", "#588157", "#8a5a00", "#6a3f8f", "#2a9d8f", "#a4133c", "#4d7590")
"""Told apart also by people who see no red and green: neighbours differ in lightness; the legend names each."""
_REST = "#9a968c"
_STYLE = (
    "text{font:12px ui-sans-serif,system-ui,'Segoe UI',Arial,sans-serif;fill:#1e2022}"
    "rect{shape-rendering:crispEdges}.soft{fill:#5c6064}.head{font-weight:600;font-size:14px}.axis{stroke:#b9b4a5}.paper{fill:#fbfaf6}"
    "@media(prefers-color-scheme:dark){text{fill:#e6e4de}.soft{fill:#a4a8ab}.paper{fill:#14171a}}"
)


def history_svg(history: History) -> str:
    """The picture, ending in a newline."""
    spans = history.spans
    parts: list[str] = []
    top = _TOP
    for by, title in (("country", "Models in use by originator's country"), ("lab", "Models in use by lab")):
        band, height = _shares(history, by, title, top)
        parts += band
        top += height
    parts.append(f'<text class="head" x="20" y="{top + 4}">First to last commit of each model in use</text>')
    colours = dict(zip(_names(history.points, "country"), _COLOURS, strict=False))
    for number, span in enumerate(spans):
        parts.append(_line(history, span, top + 26 + _ROW * number, colours.get(span.bound.country or UNKNOWN, _REST)))
    height = top + 40 + _ROW * max(1, len(spans))
    head = f"{clean(history.name, 60)}: {len(history.points)} of {history.commits:,} commits read"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        f'role="img" aria-labelledby="t d"><title id="t">{escape(head)}</title><desc id="d">{escape(_words(history))}</desc>'
        f'<style>{_STYLE}</style><rect class="paper" width="100%" height="100%"/>'
        f'<text class="head" x="20" y="28">{escape(head)}</text>{"".join(parts)}</svg>\n'
    )


def _words(history: History) -> str:
    rows = [
        f"{clean(s.bound.model, 60)} from {day(s.first)} to {'now' if s.is_current else day(s.last)}"
        for s in history.spans
    ]
    return "; ".join(rows) or "No model in use."


def _shares(history: History, by: str, title: str, top: int) -> tuple[list[str], int]:
    """Stacked steps: between two commits that were read, what the older one had."""
    names = _names(history.points, by)
    parts = [f'<text class="head" x="20" y="{top + 4}">{title}</text>']
    base = top + 16
    edges = [*(_x(history, point) for point in history.points), float(_WIDTH - _RIGHT)]
    for number, point in enumerate(history.points):
        width = max(edges[number + 1] - edges[number], 0.75)
        under = 0.0
        for name, share in _stack(point, by, names):
            fill = _COLOURS[names.index(name)] if name in names else _REST
            parts.append(
                f'<rect x="{edges[number]:.2f}" y="{base + under * _BAND:.2f}" width="{width:.2f}" '
                f'height="{share * _BAND:.2f}" fill="{fill}"/>'
            )
            under += share
    parts.append(f'<line class="axis" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{base + _BAND}" y2="{base + _BAND}"/>')
    ends = ((history.points[0], _LEFT, "start"), (history.points[-1], _WIDTH - _RIGHT, "end"))
    parts += [
        f'<text class="soft" x="{x}" y="{base + _BAND + 15}" text-anchor="{a}">{day(p)}</text>' for p, x, a in ends
    ]
    parts += [_legend(name, number, base) for number, name in enumerate([*names, *_others(history.points, by, names)])]
    return parts, _BAND + 60


def _names(points: Sequence[Point], by: str) -> list[str]:
    """The names that get a colour: those bound at most points, ties by name."""
    counts = Counter(name for point in points for name in point.shares(by))
    return [name for name, _ in sorted(counts.items(), key=lambda row: (-row[1], row[0]))[: len(_COLOURS)]]


def _others(points: Sequence[Point], by: str, names: Sequence[str]) -> list[str]:
    return ["others"] if any(name not in names for point in points for name in point.shares(by)) else []


def _stack(point: Point, by: str, names: Sequence[str]) -> list[tuple[str, float]]:
    shares = point.shares(by)
    return [
        *((name, shares[name]) for name in names if name in shares),
        *((n, s) for n, s in shares.items() if n not in names),
    ]


def _legend(name: str, number: int, base: int) -> str:
    fill = _COLOURS[number] if number < len(_COLOURS) and name != "others" else _REST
    y = base + 10 + number * 16
    return (
        f'<rect x="20" y="{y - 9}" width="11" height="11" fill="{fill}"/>'
        f'<text x="38" y="{y}">{escape(clip(clean(name), 38))}</text>'
    )


def _line(history: History, span: Span, y: int, colour: str) -> str:
    """Coloured as the country of its originator is."""
    first, last = _x(history, span.first), _x(history, span.last)
    end = float(_WIDTH - _RIGHT) if span.is_current else max(last, first + 3)
    until = "now" if span.is_current else day(span.last)
    label = clip(clean(span.bound.model), 42)
    dash = ' stroke-dasharray="6 4"' if span.has_gap else ""
    return (
        f'<text x="20" y="{y + 4}">{escape(label)}</text>'
        f'<text class="soft" x="20" y="{y + 18}">{day(span.first)} to {until}</text>'
        f'<line x1="{first:.2f}" x2="{end:.2f}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="5"{dash}>'
        f"<title>{escape(clean(span.bound.model))} via {escape(clean(span.bound.provider))}: {day(span.first)} to {until}"
        "</title></line>"
    )


def _x(history: History, point: Point) -> float:
    """By time; where authors' clocks say nothing, by place. Never left of the point before."""
    first, last = history.points[0].time, history.points[-1].time
    if last > first > 0:
        latest = max((p.time for p in history.points if p.place <= point.place), default=first)
        share = (min(max(latest, first), last) - first) / (last - first)
    else:
        share = point.place / max(1, history.points[-1].place)
    return _LEFT + share * (_WIDTH - _RIGHT - _LEFT)
