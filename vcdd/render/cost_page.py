"""The page of `vcdd cost` for a terminal: prices by model, what they come to, a bar or two, and the rest under headings."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from decimal import Decimal

from vcdd.render.cost_view import CostRow, CostView
from vcdd.render.plain import amount, clip

_MOST_ROWS, _MOST_LINES, _MOST_BARS = 30, 8, 8
_BAR, _NAME = 24, 40


def cost_page(view: CostView, target: str, *, width: int) -> str:
    """The page, ending in a newline; no line is wider than `width` unless one word is."""
    lines = [f"Cost of {target}", ""]
    lines += _section("What it comes to", view.lines, width)
    lines += _prices([row for row in view.rows if row.in_use], "In use", width)
    for unit, prices in _comparable(view)[:2]:
        lines += [f"USD {unit}", *_bars(prices), ""]
    lines += _prices([row for row in view.rows if not row.in_use], "Can be configured", width)
    if not view.rows:
        lines += ["No model in use or selectable has a price on record.", ""]
    for heading, entries in view.sections:
        lines += _section(heading, entries, width)
    return "\n".join(lines).rstrip() + "\n"


def _prices(rows: Sequence[CostRow], heading: str, width: int) -> Iterator[str]:
    if not rows:
        return
    yield heading
    for row in rows[:_MOST_ROWS]:
        yield f"  {row.model} via {row.route}"
        for words in row.prices.split(" · "):
            yield from _wrapped(words, width, "    ", "      ")
        if row.blended:
            yield f"    blended 3:1: {row.blended} per 1M tokens"
        yield from _wrapped(row.source, width, "    ", "      ")
    yield from _left(len(rows) - _MOST_ROWS)
    yield ""


def _section(heading: str, entries: Sequence[str], width: int) -> Iterator[str]:
    if not entries:
        return
    yield heading
    for entry in entries[:_MOST_LINES]:
        yield from _wrapped(entry, width, "  - ", "    ")
    yield from _left(len(entries) - _MOST_LINES)
    yield ""


def _left(number: int) -> Iterator[str]:
    if number > 0:
        yield f"  and {number:,} more: vcdd scan TARGET --output report.html"


def _comparable(view: CostView) -> list[tuple[str, tuple[tuple[str, Decimal], ...]]]:
    """By unit the prices without conditions, or all where none is; one price alone compares nothing."""
    found = []
    for unit, prices in view.comparison:
        plain = tuple(pair for pair in prices if not pair[0].endswith(")"))
        found.append((unit, plain or prices))
    return [pair for pair in found if len(pair[1]) > 1]


def _bars(prices: Sequence[tuple[str, Decimal]]) -> Iterator[str]:
    """The dearest first, each as long as its share of the dearest."""
    shown = sorted(prices, key=lambda pair: -pair[1])[:_MOST_BARS]
    most = shown[0][1] or Decimal(1)
    names = [clip(name, _NAME) for name, _ in shown]
    widest = max(map(len, names))
    for name, (_, figure) in zip(names, shown, strict=True):
        yield f"  {name:<{widest}}  {'█' * max(1, round(_BAR * figure / most))} {amount(figure)}"
    yield from _left(len(prices) - _MOST_BARS)


def _wrapped(text: str, width: int, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
