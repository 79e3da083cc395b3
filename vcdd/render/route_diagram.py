"""The route diagram: product → who serves it → model → originator, as inline SVG in four columns.

A line is dashed where something outside the target can send the calls elsewhere. Order is that of the report; a node
stands once, however many lines lead to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from vcdd.render.plain import clip, listed
from vcdd.render.rows import Row
from vcdd.render.svg import frame

MOST = 14
"""Rows drawn; the stack table has all."""

_WIDTH, _NODE, _GAP, _TOP = 940, 190, 60, 34
_STEP = 40
_HEADINGS = ("Product", "Served by", "Model", "Originator")
_LETTERS = 24


@dataclass(slots=True)
class _Column:
    """Nodes of one column in order of first appearance, with their second lines."""

    nodes: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, note: str) -> str:
        self.nodes.setdefault(name, note)
        return name

    def top(self, name: str, height: int) -> float:
        """Vertical middle of a node; the column is centred in the picture."""
        start = _TOP + (height - _TOP - len(self.nodes) * _STEP) / 2
        return start + (list(self.nodes).index(name) + 0.5) * _STEP


def route_diagram(name: str, product: str, rows: Sequence[Row]) -> str:
    """The picture, or empty text when nothing is in use."""
    if not rows:
        return ""
    shown = rows[:MOST]
    columns = tuple(_Column() for _ in _HEADINGS)
    edges: dict[tuple[int, str, str], bool] = {}
    for row in shown:
        stops = (
            columns[0].add(product, ""),
            columns[1].add(row.served_by, row.route_kind if row.route_kind != row.served_by else ""),
            columns[2].add(row.model, row.modality),
            columns[3].add(
                row.lab, f"originator {row.country}{row.doubt}" if row.lab != "unknown" else "originator unknown"
            ),
        )
        for at in range(3):
            edge = (at, stops[at], stops[at + 1])
            edges[edge] = edges.get(edge, False) or (row.is_open and at == 0)
    height = _TOP + max(len(column.nodes) for column in columns) * _STEP
    parts = [_heading(at, text) for at, text in enumerate(_HEADINGS)]
    parts += [_edge(columns, edge, height, dashed=dashed) for edge, dashed in edges.items()]
    parts += [_node(column, at, node, height) for at, column in enumerate(columns) for node in column.nodes]
    size = f'viewBox="-1 0 {_WIDTH + 2} {height + 8}" width="{_WIDTH}" height="{height + 8}"'
    return frame(name, "Route from the product to the originators", route_words(shown), size, parts)


def route_words(rows: Sequence[Row]) -> str:
    """The same in words."""
    return "; ".join(f"{row.model} by {row.route}, originator {row.lab} ({row.country})" for row in rows)


def _left(at: int) -> int:
    return at * (_NODE + _GAP)


def _heading(at: int, text: str) -> str:
    return f'<text class="axis" x="{_left(at)}" y="14">{text}</text>'


def _edge(columns: Sequence[_Column], edge: tuple[int, str, str], height: int, *, dashed: bool) -> str:
    at, start, end = edge
    x1, x2 = _left(at) + _NODE, _left(at + 1)
    y1, y2 = columns[at].top(start, height), columns[at + 1].top(end, height)
    middle = (x1 + x2) / 2
    style = "edge open" if dashed else "edge"
    return f'<path class="{style}" d="M{x1} {y1:.1f}C{middle:g} {y1:.1f} {middle:g} {y2:.1f} {x2} {y2:.1f}"/>'


def _node(column: _Column, at: int, name: str, height: int) -> str:
    middle = column.top(name, height)
    note = column.nodes[name]
    left = _left(at)
    first = middle + (-1 if note else 5)
    second = f'<text class="note" x="{left + 9}" y="{middle + 12:.1f}">{escape(clip(note, 30))}</text>' if note else ""
    return (
        f"<g><title>{escape(listed([name, note] if note else [name]))}</title>"
        f'<rect class="node" x="{left}" y="{middle - 17:.1f}" width="{_NODE}" height="34" rx="4"/>'
        f'<text class="label" x="{left + 9}" y="{first:.1f}">{escape(clip(name, _LETTERS))}</text>{second}</g>'
    )
