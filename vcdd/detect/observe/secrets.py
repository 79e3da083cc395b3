"""Keys that lie in the target, told by the shapes vendors give them: vendor and place, never the value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from vcdd.core.reference import ObservationKind
from vcdd.core.site import FrameKind, Site
from vcdd.detect.observe.fact import Fact

_LONGEST = 400
SHORTEST_KEY = 20
"""Characters of the shortest key on record, which has a prefix of its own."""
_FEWEST_CHARACTERS = 10
"""Different characters; fewer are a placeholder (`sk-xxxxxxxxxxxxxxxxxxxxxxxx`)."""
_PLACEHOLDER = re.compile(
    r"x{5}|\*{3}|\.{3}|0{8}|1234567|abcdef|your|example|placeholder|dummy|fake|changeme|replace|test|insert",
    re.IGNORECASE,
)
_NAMING = (FrameKind.KEY, FrameKind.KEYWORD, FrameKind.ASSIGN, FrameKind.FIELD, FrameKind.FLAG, FrameKind.PARAMETER)


@lru_cache(maxsize=1)
def key_shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(provider id, pattern of a whole key) in the order of the table, which has the more specific ones first.

    The provider is `unknown` for a shape that several vendors share.
    """
    import tomli  # noqa: PLC0415 -- slow import

    text = (Path(__file__).parents[1] / "judge" / "data" / "secrets.toml").read_text(encoding="utf-8")
    return tuple((row["provider"], re.compile(rf"(?:{row['pattern']})\Z")) for row in tomli.loads(text)["secret"])


@lru_cache(maxsize=1)
def _any_key() -> re.Pattern[str]:
    return re.compile("|".join(pattern.pattern for _, pattern in key_shapes()))


def is_key(text: str) -> bool:
    """Whether the whole text has the shape of some vendor's key."""
    return len(text) >= SHORTEST_KEY and _any_key().match(text) is not None


@lru_cache(maxsize=1)
def key_prefixes() -> tuple[bytes, ...]:
    """What a file must hold of a key that begins with letters of its own, ascending; other shapes have no such mark."""
    heads = {match.group() for pattern in _alternatives() if (match := _HEAD.match(pattern))}
    return tuple(sorted(head.encode() for head in heads if len(head) > 1))


_HEAD = re.compile(r"[A-Za-z0-9_\-]+")


def _alternatives() -> list[str]:
    """The patterns, split where one of them is a choice between whole keys."""
    return [part for _, shape in key_shapes() for part in _SPLIT.split(shape.pattern[len("(?:") : -len(r")\Z")])]


_SPLIT = re.compile(r"\|(?![^(]*\))")
"""A choice that stands in no group."""


@lru_cache(maxsize=1)
def _marked_key() -> re.Pattern[bytes]:
    marked = [part for part in _alternatives() if (match := _HEAD.match(part)) and len(match.group()) > 1]
    return re.compile(rb"(?<![A-Za-z0-9_\-])(?:" + "|".join(marked).encode() + rb")(?![A-Za-z0-9_])")


def key_in(data: bytes) -> bool:
    """Whether a key that begins with letters of its own stands in the bytes."""
    return _marked_key().search(data) is not None


def secret_facts(site: Site) -> Iterator[Fact]:
    """The key that stands at a site, `detail` being the name it is kept under; nothing for placeholders."""
    text = site.text
    if not SHORTEST_KEY <= len(text) <= _LONGEST or " " in text or _PLACEHOLDER.search(text):
        return
    if len(set(text)) < _FEWEST_CHARACTERS or not any(c.isdigit() for c in text):
        return
    if is_key(text):
        vendor = next(provider for provider, pattern in key_shapes() if pattern.match(text))
        name = next((frame.name for frame in site.frames if frame.kind in _NAMING and frame.name), "")
        yield Fact(kind=ObservationKind.SECRET, subject=vendor, detail=name[:80])
