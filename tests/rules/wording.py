"""Words that no output of vcdd may hold, and how to look for them. Other rooms' tests use this too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

BANNED = ("violation", "illegal", "prohibited", "compliant", "safe", "secure", "spyware", "alarming")
"""Product page 2.1: tone rules. Word boundaries keep `safetensors` and `unsafe-looking` names out of it."""
HEADINGS = ("chinese model detected",)

_PATTERN = re.compile(rf"(?<![\w-])(?:{'|'.join(BANNED)}|violations|violates?)(?![\w-])", re.IGNORECASE)


def banned_in(text: str) -> list[str]:
    """Every banned word of a text, in order."""
    found = [match.group(0) for match in _PATTERN.finditer(text)]
    return found + [heading for heading in HEADINGS if heading in text.lower()]


def texts_of(value: Any) -> Iterator[str]:
    """Every string inside nested tables and lists, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts_of(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts_of(item)
