"""What a model id is made of: the test that keeps `qwen-vl-utils` and `claude-code` from being models."""

from __future__ import annotations

import re
from collections.abc import Container

_SPLIT = re.compile(r"[-_.:/@+]+")
_SIZE = re.compile(r"^[a-z]?\d+(?:\.\d+)*(?:[a-z]{0,3}|x\d+b?|b-?a\d+b?|p\d+|k\d+)$")
_MOVING = frozenset(("latest", "preview"))


def is_model_like(text: str, start: int, variants: Container[str]) -> bool:
    """Whether a bare lower-case string can be an id.

    From `start` on (behind a known stem) there may be only sizes, versions, dates and variant words, and a digit or a
    word like `latest` must stand somewhere, unless nothing follows the stem at all.
    """
    rest = _parts(text, start)
    if not rest:
        return True
    return _are_known(rest, variants) and (any(c.isdigit() for c in text) or not _MOVING.isdisjoint(rest))


def is_variant(text: str, start: int, variants: Container[str]) -> bool:
    """Whether behind a known stem only sizes, versions, dates and variant words follow, a digit or none."""
    return _are_known(_parts(text, start), variants)


def _parts(text: str, start: int) -> list[str]:
    return [part for part in _SPLIT.split(text[start:]) if part]


def _are_known(parts: list[str], variants: Container[str]) -> bool:
    return all(part in variants or _is_number(part) for part in parts)


def _is_number(part: str) -> bool:
    return part[0].isdigit() or _SIZE.match(part) is not None or (part[-1].isdigit() and len(part) <= 5)
