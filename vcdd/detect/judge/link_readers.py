"""Which names read a variable, asked for one variable at a time.

A target has many names and few of them matter. So names are kept by their last word, and what a name reads is worked out
when somebody asks for a variable whose own last word it shares.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from vcdd.core.site import Site
from vcdd.detect.judge.link_keys import Key, others_beside

ReadBy = Callable[[Site], Iterable[Key]]
"""Keys of the variables that the name at a site reads."""


_MADE_UP = 2
"""Letters of a name that a bundler makes up."""


class Readers:
    """Sites of names by the variable they read, in the order in which they were added."""

    def __init__(self, read_by: ReadBy, defined: Iterable[Key]) -> None:
        """`defined` is asked once, for the members of classes, and may still grow until the first question."""
        self._read_by = read_by
        self._defined = defined
        self._sites: list[Site] = []
        self._by_symbol: dict[str, list[int]] = defaultdict(list)
        self._aliases: dict[str, set[str]] = defaultdict(set)
        self._by_word: dict[str, list[int]] | None = None
        self._members: dict[str, set[str]] = defaultdict(set)
        self._worked_out: set[int] = set()
        self._found: dict[Key, list[int]] = defaultdict(list)
        self._answers: dict[Key, tuple[Site, ...]] = {}

    def add(self, site: Site) -> None:
        """One more name."""
        self._by_symbol[site.symbol].append(len(self._sites))
        self._sites.append(site)

    def add_alias(self, name: str, source: str) -> None:
        """A module passes `source` on under another name.

        Names of a letter or two are a bundler's and stand for something else in every file: all would be aliases of all.
        """
        own, last = _last_word(name), _last_word(source)
        if own != last and max(len(own), len(last)) > _MADE_UP:
            self._aliases[last].add(own)

    def of(self, key: Key) -> tuple[Site, ...]:
        """Sites that read the variable; those that read one member of a table or enum also read its others."""
        answer = self._answers.get(key)
        if answer is None:
            for word in self._words_of(key):
                self._work_out(word)
            answer = self._answers[key] = tuple(self._sites[number] for number in sorted(self._found.get(key, ())))
        return answer

    def named(self, word: str) -> tuple[Site, ...]:
        """Sites of every name that ends in this word, whatever it means."""
        return tuple(self._sites[number] for number in self._numbers(word.lower()))

    def _work_out(self, word: str) -> None:
        for number in self._numbers(word):
            if number not in self._worked_out:
                self._worked_out.add(number)
                site = self._sites[number]
                for key in self._read_by(site):
                    self._found[key].append(number)
                    for others in others_beside(key, site):
                        self._found[others].append(number)

    def _numbers(self, word: str) -> list[int]:
        if self._by_word is None:
            self._by_word = defaultdict(list)
            for symbol, numbers in self._by_symbol.items():
                for each in _words_in(symbol):
                    self._by_word[each].extend(numbers)
            for key in self._defined:
                if key[0] == "attr":
                    self._members[key[1]].add(_last_word(key[2]))
        return self._by_word.get(word, [])

    def _words_of(self, key: Key) -> set[str]:
        """Last words of every name that may read a variable."""
        if key[:2] == ("others", "attr") and len(key) == 3:
            self._numbers("")
            words = set(self._members[key[2]])
        elif key[0] == "return":
            words = {_last_word(key[2]), _last_word(key[2].rpartition(".")[0])}
        else:
            words = {_last_word(key[-1])}
        pending = list(words)
        while pending:
            more = self._aliases.get(pending.pop(), set()) - words
            words |= more
            pending.extend(more)
        return words


def _words_in(symbol: str) -> Iterator[str]:
    """Last words of what a name can mean: of the name, of the member it is asked for, of what `.value` follows."""
    name, _, entry = symbol.partition("[")
    last = _last_word(name)
    words = {last}
    if entry:
        words.add(_last_word(entry.partition("]")[0]))
    if last == "value":
        words.add(_last_word(name.replace("#", ".").rpartition(".")[0]))
    yield from words


def _last_word(name: str) -> str:
    return name.removesuffix("()").replace("#", ".").rpartition(".")[2].lstrip("$").lower()
