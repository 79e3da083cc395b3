"""Names split into words, and whether a name holds a model."""

from __future__ import annotations

import re
from functools import lru_cache

from vcdd.core.lexicon import PlaceWords

_SPLIT = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")


@lru_cache(maxsize=65536)
def words_of(name: str) -> tuple[str, ...]:
    """Lower-case words of the last part of a dotted name: `self.llmModelName` gives `llm`, `model`, `name`."""
    last = name.rpartition(".")[2] or name
    return tuple(word.lower() for word in _SPLIT.findall(last[:120]))


def holds_model(name: str, words: PlaceWords) -> bool:
    """Whether a name's head, after harmless tails, is a word for a model, and no word refuses it."""
    parts = list(words_of(name))
    while parts and (parts[-1] in words.tails or parts[-1].isdigit()):
        parts.pop()
    if not parts:
        return "_".join(words_of(name)) in words.hub_names
    return parts[-1] in words.heads and not words.refusals.intersection(words_of(name))


def holds_hub_id(name: str, words: PlaceWords) -> bool:
    """Whether a name holds a Hub id (`repo_id`, `hf_repo`, `base_model`)."""
    parts = "_".join(words_of(name))
    return any(parts == known or parts.endswith("_" + known) for known in words.hub_names)


def says_default(name: str, words: PlaceWords) -> bool:
    """Whether a name says that the listed value is the one taken."""
    return bool(words.defaults.intersection(words_of(name)))
