"""A vocabulary that remembers its answers and says no quickly.

The registry needs a fifth of a millisecond for an honest answer; a scan asks a hundred thousand times, mostly about
strings that hold none of the literals that every known id holds.
"""

from __future__ import annotations

from copy import copy
from typing import Any

from vcdd.core.vocabulary import Strength, Vocabulary, Word

_NOTHING = Word(strength=Strength.NONE)
_SHORT = 16
"""Words up to this length may be bare names that hold no literal; longer ones never are."""


class RememberingVocabulary:
    """The same answers as the vocabulary behind it, for one scan."""

    def __init__(self, behind: Vocabulary) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation  # noqa: PLC0415 -- slow import

        self._behind = behind
        literals = [literal.decode("utf-8", "ignore") for literal in behind.literals]
        # Compiled in a sixth of the time of a DFA, and short strings are searched as fast.
        self._automaton: Any = AhoCorasick(literals, implementation=Implementation.ContiguousNFA) if literals else None
        self._words: dict[tuple[str, str], Word] = {}
        self._hosts: dict[str, str] = {}

    def fresh(self) -> RememberingVocabulary:
        """The same vocabulary for another scan, with nothing remembered and nothing compiled again."""
        other = copy(self)
        other._words, other._hosts = {}, {}  # noqa: SLF001 -- of the same class
        return other

    @property
    def literals(self) -> tuple[bytes, ...]:
        """The literals of the vocabulary behind."""
        return self._behind.literals

    def look_up(self, text: str, scope: str = "") -> Word:
        """What the vocabulary behind says, asked once per text and scope."""
        key = (text, scope)
        word = self._words.get(key)
        if word is None:
            word = self._words[key] = self._ask(text, scope)
        return word

    def host(self, url: str) -> str:
        """Provider of an address, asked once per address."""
        if url not in self._hosts:
            self._hosts[url] = self._behind.host(url)
        return self._hosts[url]

    def _ask(self, text: str, scope: str) -> Word:
        worth = scope or len(text) <= _SHORT or self._automaton is None
        if not worth and not self._automaton.find_matches_as_indexes(text.lower()):
            return _NOTHING
        return self._behind.look_up(text, scope)
