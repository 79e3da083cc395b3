"""Names split into words, and whether a name holds a model."""

from __future__ import annotations

import re
from functools import lru_cache

from vcdd.core.lexicon import PlaceWords
from vcdd.core.site import Frame

_SPLIT = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")


@lru_cache(maxsize=65536)
def words_of(name: str) -> tuple[str, ...]:
    """Lower-case words of the last part of a dotted name: `self.llmModelName` gives `llm`, `model`, `name`."""
    last = name.rpartition(".")[2] or name
    return tuple(word.lower() for word in _SPLIT.findall(last[:120]))


def holds_model(name: str, words: PlaceWords) -> bool:
    """Whether a name's head, after harmless tails, is a word for a model, and no word refuses it."""
    return _holds(name, words.heads, words.tails, words.refusals)


def head_of(name: str, words: PlaceWords) -> str:
    """The word of a name that says what it holds, harmless tails dropped; empty when only tails stand there.

    Where the last part of a dotted name is a tail as a whole, the part before it says so (`model.id`).
    """
    return _head(name, words.heads, words.tails)


_BINDINGS = ("v-model", "ng-model", "wire:model", "x-model")
"""Attributes by which Vue, Angular, Livewire and Alpine bind a field to a variable, whatever it holds."""


@lru_cache(maxsize=65536)
def _holds(name: str, heads: frozenset[str], tails: frozenset[str], refusals: frozenset[str]) -> bool:
    if name.startswith(_BINDINGS):
        return False
    return _head(name, heads, tails) in heads and refusals.isdisjoint(words_of(name))


@lru_cache(maxsize=65536)
def _head(name: str, heads: frozenset[str], tails: frozenset[str]) -> str:
    before, _, _ = name.rpartition(".")
    return _last_but_tails(name, heads, tails) or (_last_but_tails(before, heads, tails) if before else "")


def _last_but_tails(name: str, heads: frozenset[str], tails: frozenset[str]) -> str:
    parts = list(words_of(name))
    while parts and (parts[-1] in tails or parts[-1].isdigit()) and parts[-1] not in heads:
        parts.pop()
    return parts[-1] if parts else ""


def holds_hub_id(name: str, words: PlaceWords) -> bool:
    """Whether a name holds a Hub id (`repo_id`, `hf_repo`, `base_model`)."""
    parts = words_of(name)
    return head_of(name, words) in words.part_heads or any(
        "_".join(parts[start:]) in words.hub_names for start in range(len(parts))
    )


def says_default(name: str, words: PlaceWords) -> bool:
    """Whether a name says that the listed value is the one taken."""
    return not words.defaults.isdisjoint(words_of(name))


_FLAG = re.compile(r"(?:^|[\s,])--([A-Za-z][\w-]{0,60})")


def flag_in(call: Frame) -> str:
    """The long flag that an option-declaring call names first (`--model`, `-m, --model <name>`), without dashes; or empty."""
    for label in call.labels:
        if "--" in label and "=" not in label and (match := _FLAG.search(label)):
            return match.group(1)
    return ""


_TOKENS = re.compile(r"[a-z]+|\d+")
_MOST_OF = 0.7
"""Share of an id's parts that a name repeats when it is a label of the id and says nothing of a use."""


@lru_cache(maxsize=65536)
def is_label(name: str, text: str) -> bool:
    """Whether a name only spells the id it holds (`GPT_4O = "gpt-4o"`), so that many of them make a menu."""
    squeezed = re.sub(r"[^a-z0-9]", "", name.lower())
    parts = _TOKENS.findall(text.rpartition("/")[2].lower())[:12]
    return len(parts) > 1 and sum(part in squeezed for part in parts) >= _MOST_OF * len(parts)
