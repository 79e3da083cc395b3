"""Constants of an SDK that spell a model: `openai.GPT4o`, `ChatModel.GPT_4_1`, `anthropic::CLAUDE_3_7_SONNET`.

Their values stand in another package, but SDKs name them after the ids: the id is read out of the name where exactly
such an id is known. Go, Rust, Java, Kotlin and Swift name most of their models so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from vcdd.core.site import FrameKind, ReadFile, Site
from vcdd.core.vocabulary import Strength, Vocabulary

_STORED = (FrameKind.ASSIGN, FrameKind.FIELD, FrameKind.ENUM)
_KNOWN = (Strength.EXACT, Strength.FAMILY)
_SHAPE = re.compile(r"\.?[A-Za-z][A-Za-z0-9_]{2,60}\Z")
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_AHEAD = re.compile(r"(?:create-|chat-|image-|embedding-|audio-|speech-)*models?-(?:id-|name-)?")
"""Words before the id in the names of Go's SDKs (`ModelClaude3_7Sonnet`, `CreateImageModelDallE3`)."""
_LETTER = re.compile(r"(?<=\d)-(?=[ov](?:-|\Z))")
_SERIES = re.compile(r"\b(o)-(?=\d)")
_POINT = re.compile(r"(?<=\d)-(?=\d(?:-|\Z))")
_DATE = re.compile(r"\b(20\d\d)(\d\d)(\d\d)\b")


def own_constants(files: Iterable[ReadFile]) -> frozenset[str]:
    """The last parts of all names that the target gives a string: what it defines itself spells nothing."""
    return frozenset(
        site.frames[0].name.rpartition(".")[2]
        for file in files
        for site in file.sites
        if site.text and site.frames and site.frames[0].kind in _STORED
    )


def spelled_site(site: Site, vocabulary: Vocabulary, own: frozenset[str]) -> Site | None:
    """The site with the id that its symbol spells as the text; None where it spells none or the target defines it."""
    _, dot, last = site.symbol.rpartition(".")
    if (
        not dot
        or last in own
        or not _SHAPE.match(last)
        or not (any(map(str.isdigit, last)) or (last.isupper() and "_" in last))
    ):
        return None
    known = {text: vocabulary.look_up(text).strength for text in _spellings(last)}
    text = next((text for wanted in _KNOWN for text, strength in known.items() if strength is wanted), "")
    return replace(site, text=text, symbol="", composed=False) if text else None


@lru_cache(maxsize=8192)
def _spellings(name: str) -> tuple[str, ...]:
    """Ids that a constant's name may stand for, likeliest first, each once."""
    joined = "-".join(word.lower() for word in _WORDS.findall(name))
    return tuple(dict.fromkeys(_variants(_AHEAD.sub("", joined, count=1) if _AHEAD.match(joined) else joined)))


def _variants(joined: str) -> Iterator[str]:
    joined = _SERIES.sub(r"\1", _LETTER.sub("", joined))
    for text in (joined.replace("-dot-", "."), joined.replace("-dot-", "-"), _POINT.sub(".", joined)):
        yield text
        yield _DATE.sub(r"\1-\2-\3", text)
