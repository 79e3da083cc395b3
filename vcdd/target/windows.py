"""Windows round hits, cut out of a file that is too large to parse. Cost is linear in the file and in the hits."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from vcdd.target.limits import Limits
from vcdd.values import dataclass

_NEAR = 64
"""Bytes within which a further hit needs no look of its own: it lies in the window of the hit before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A piece of a larger file."""

    data: bytes
    start: int
    """Byte offset in the larger file."""
    offset_lines: int
    """Lines before it."""
    offset_columns: int
    """Code points before it on its first line; 0 when it starts at the start of a line."""
    hits: tuple[int, ...]
    """1-based lines of the larger file on which the hits stand."""


@dataclass(slots=True)
class _Span:
    start: int
    end: int
    positions: list[int]


def cut_windows(data: bytes, positions: Sequence[int], limits: Limits) -> tuple[tuple[Window, ...], int]:
    """Windows round ascending byte offsets, in order, none overlapping; and how many of the offsets are in none.

    A window holds `window_lines` lines to each side of a hit. On a line too long for that, as bundles and data files
    have, it holds `window_chars` bytes to each side instead, cut between characters. Neighbours that touch are one as
    long as that is no larger than what is parsed at once. At most `windows`, with `window_hits` hits and
    `window_bytes` together.
    """
    spans: list[_Span] = []
    looked, room = -_NEAR, limits.window_bytes
    for number, position in enumerate(positions):
        if number == limits.window_hits:
            return _measured(data, spans), len(positions) - number
        if spans and position < min(looked + _NEAR, spans[-1].end):
            spans[-1].positions.append(position)
            continue
        looked = position
        start, end = _start(data, position, limits), _end(data, position, limits)
        last = spans[-1] if spans else _Span(0, 0, [])
        start = max(start, last.end)
        room -= max(0, end - start)
        if room < 0 or (start > last.end and len(spans) == limits.windows):
            return _measured(data, spans), len(positions) - number
        if spans and start == last.end and end - last.start <= limits.parse_bytes:
            last.end = max(end, last.end)
            last.positions.append(position)
        elif position < last.end:
            last.positions.append(position)
        else:
            spans.append(_Span(start, end, [position]))
    return _measured(data, spans), 0


def is_within(windows: Sequence[Window], position: int) -> bool:
    """Whether a byte offset lies in one of these ascending windows."""
    number = bisect_right(windows, position, key=lambda window: window.start) - 1
    return number >= 0 and position < windows[number].start + len(windows[number].data)


def lines_of(data: bytes, positions: Iterable[int], *, start: int = 0, line: int = 1) -> tuple[int, ...]:
    """1-based lines of ascending byte offsets, each once, counted from `line` at the offset `start`."""
    lines: list[int] = []
    for position in positions:
        line += data.count(b"\n", start, position)
        start = position
        if not lines or lines[-1] != line:
            lines.append(line)
    return tuple(lines)


def _start(data: bytes, position: int, limits: Limits) -> int:
    low = max(0, position - limits.window_chars * limits.window_lines)
    edge, lines = position, -1
    while lines < limits.window_lines:
        found = data.rfind(b"\n", low, edge)
        if found < 0:
            break
        edge, lines = found, lines + 1
    if lines == limits.window_lines or (lines >= 0 and low > 0):
        return edge + 1
    return (
        0
        if low == 0 and position <= limits.window_chars * limits.window_lines
        else _between(data, position - limits.window_chars)
    )


def _end(data: bytes, position: int, limits: Limits) -> int:
    high = min(len(data), position + limits.window_chars * limits.window_lines)
    edge, lines = position, -1
    while lines < limits.window_lines:
        found = data.find(b"\n", edge, high)
        if found < 0:
            break
        edge, lines = found + 1, lines + 1
    if lines == limits.window_lines or (lines >= 0 and high < len(data)):
        return edge
    return len(data) if high == len(data) else _between(data, position + limits.window_chars)


def _between(data: bytes, position: int) -> int:
    """The start of the character that holds this byte: UTF-8 continuation bytes are 10xxxxxx."""
    position = max(0, position)
    floor = max(0, position - 3)
    while position > floor and data[position] & 0xC0 == 0x80:
        position -= 1
    return position


def _measured(data: bytes, spans: list[_Span]) -> tuple[Window, ...]:
    windows: list[Window] = []
    line, line_start, last = 0, 0, 0
    for span in spans:
        line += data.count(b"\n", last, span.start)
        line_start = max(line_start, data.rfind(b"\n", last, span.start) + 1)
        last = span.start
        columns = len(data[line_start : span.start].decode("utf-8", "replace"))
        hits = lines_of(data, span.positions, start=span.start, line=line + 1)
        piece = data[span.start : span.end]
        windows.append(Window(data=piece, start=span.start, offset_lines=line, offset_columns=columns, hits=hits))
    return tuple(windows)
