"""Foreign text made inert for every format: one line, no control, bidirectional or invisible characters, bounded.

The readers already strip control characters at the boundary; a saved report or a bill of materials did not pass there,
so every renderer cleans again. JSON keeps the exact text and escapes instead (see `json_text`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Decimal

INVISIBLE = (
    "\x00-\x1f\x7f-\x9f"  # C0, DEL, C1
    "\u00ad\u061c\u180e"  # soft hyphen, Arabic letter mark, Mongolian vowel separator
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # zero width, separators, bidirectional controls
    "\ud800-\udfff"  # lone surrogates, which no encoding accepts
    "\U000e0000-\U000e007f"  # tag characters, invisible in every font
)
"""Inside of a character class: what no reader should be shown (Unicode categories Cc, Cs and the invisible of Cf)."""

_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")

ID_LIMIT = 120
"""Longest model id shown; JSON has the whole of it."""
TEXT_LIMIT = 400
"""Longest sentence shown."""


def clean(text: str, limit: int = TEXT_LIMIT) -> str:
    """One line of visible characters, at most `limit` long (0: unbounded); what was cut ends in an ellipsis."""
    if limit:
        text = text[: limit * 4]  # bounded before any regular expression sees it
    visible = _INVISIBLE.sub("\N{REPLACEMENT CHARACTER}", _SPACES.sub(" ", text)).strip()
    return clip(visible, limit) if limit else visible


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, the last one an ellipsis when something was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def clip_start(text: str, limit: int) -> str:
    """Like `clip`, but keeps the end: for paths, whose end says more than their start."""
    return text if len(text) <= limit else "…" + text[len(text) - limit + 1 :]


def clip_words(text: str, limit: int) -> str:
    """At most `limit` words; what was cut ends in an ellipsis, with a parenthesis that was open closed behind it."""
    words = text.split()
    if len(words) <= limit:
        return text
    kept = " ".join(words[:limit]).rstrip(",;:(–-").removesuffix(" and").rstrip(",;")
    is_open = kept.rfind("(") > kept.rfind(")")
    kept = kept.rstrip("… ") if kept.endswith("…") else kept
    return f"{kept} …" + (")" if is_open else "") + ("." if is_open and text.endswith(".") else "")


def place(path: str, line: int) -> str:
    """`path:line`, or the path alone for line 0."""
    shown = clip_start(clean(path, 0) if len(path) <= 2000 else clean(path[-2000:], 0), 160)
    return f"{shown}:{line}" if line else shown


def listed(words: Iterable[str], most: int = 0, word: str = "more") -> str:
    """`a, b and c`; with `most`, `a, b and 4 more`."""
    items = list(words)
    if most and len(items) > most:
        items = [*items[:most], f"{len(items) - most} {word}"]
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def fact_words(value: object) -> str:
    """A fact's value as a person writes it: the word of an enum, the id of a record, a list with commas."""
    if isinstance(value, tuple | list):
        return listed(fact_words(item) for item in value)
    return str(getattr(value, "value", None) or getattr(value, "id", None) or value)


def count(number: int, one: str, many: str = "") -> str:
    """`1 model`, `2 models`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def iso(moment: date | datetime | None) -> str:
    """ISO date; for a moment, in UTC and without seconds; empty for None."""
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC)
        return moment.strftime("%Y-%m-%d %H:%M UTC")
    return moment.isoformat()


def stamp(moment: datetime) -> str:
    """RFC 3339 in UTC with seconds, as the machine formats want it."""
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def amount(number: Decimal) -> str:
    """An exact price in plain digits: no exponent, at least two decimals, no further trailing zeros."""
    digits = f"{number:,f}"
    whole, _, fraction = digits.partition(".")
    fraction = fraction.rstrip("0").ljust(2, "0")
    return f"{whole}.{fraction}"


def rounded(number: Decimal) -> str:
    """An estimate at two significant figures, because more would pretend to know (product page 5.4)."""
    if not number:
        return "0"
    exponent = number.adjusted() - 1
    cut = number.quantize(Decimal(1).scaleb(exponent), rounding=ROUND_HALF_EVEN)
    return f"{cut:,f}"
