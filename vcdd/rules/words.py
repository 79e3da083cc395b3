"""Small words for sentences: lists of names, money, counts. Hostile names are cut to length here."""

from __future__ import annotations

import re
from collections.abc import Iterable

NAME_LIMIT = 80
"""Longest name shown in a sentence; longer ones end in an ellipsis."""


def shown(name: str, limit: int = NAME_LIMIT) -> str:
    """A name short enough for a sentence, on one line."""
    flat = " ".join(name.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def one_line(text: str, limit: int = 2000) -> str:
    """A word for a template: runs of white space become one space, the edges stay, the length is bounded."""
    flat = re.sub(r"\s+", " ", text[: limit * 2])
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def join_names(names: Iterable[str], most: int = 4) -> str:
    """`a, b and c`, at most `most` names and then `and N more`; "nothing" for none."""
    kept = [shown(name) for name in dict.fromkeys(names)]
    if not kept:
        return "nothing"
    if len(kept) > most:
        return f"{', '.join(kept[:most])} and {len(kept) - most} more"
    return kept[0] if len(kept) == 1 else f"{', '.join(kept[:-1])} and {kept[-1]}"


def maker(name: str) -> str:
    """A lab's name without the brands that the registry lists behind it."""
    return shown(name.partition(" (")[0] or name)


def licence_words(name: str) -> str:
    """A licence's name; without what stands in brackets where it would be too long for a sentence."""
    return name if len(name) <= NAME_LIMIT else shown(name.partition(" (")[0])


def count(number: int, noun: str, plural: str = "") -> str:
    """`1 file`, `1,200 files`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def dollars(amount: int) -> str:
    """Whole US dollars with thousands separators."""
    return f"${amount:,}"
