"""Whether a name leads out of the target: a setting nobody sets, a parameter nobody fills, an option without a default."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from vcdd.core.lexicon import PlaceWords
from vcdd.core.site import Frame, FrameKind, ReadFile, Site
from vcdd.detect.judge.link_index import LinkIndex
from vcdd.detect.judge.link_keys import Key, class_of, stored_in
from vcdd.detect.judge.names import head_of, holds_hub_id, holds_model

_MAX_DEPTH = 4
"""Names followed backwards; the corpus needs three (call, attribute, constructor parameter)."""
_MAX_FEEDERS = 60
"""Places that fill one variable; more means a name too common to follow."""
_NEAR = 6
"""Frames between a value and the variable or call it goes to."""
_CALLS_NOTHING = frozenset(
    ("yaml", "json", "json-lines", "toml", "env", "ini", "markdown", "lines", "requirements", "lockfile", "markup")
)
"""Readers of files without calls of the target's functions."""
_PASS = frozenset({FrameKind.ITEM, FrameKind.FALLBACK, FrameKind.BRANCH, FrameKind.FORMAT})
_TAKES = frozenset({FrameKind.ASSIGN, FrameKind.FIELD, FrameKind.PARAMETER, FrameKind.ENUM})


class Outside:
    """Which values fill which variables. Nothing is read before the first question."""

    def __init__(self, files: Sequence[ReadFile], index: LinkIndex) -> None:
        self._files = files
        self._index = index
        self._fed_by_last: dict[str, dict[Key, list[Site]]] = {}

    def leads_there(self, site: Site, depth: int = 0) -> bool:
        """Whether nothing in the target says what the name at this site stands for.

        False where a string, an environment variable, a call or anything else of the target decides: those are the
        business of the judge, of `unresolved`, or of nobody.
        """
        if not site.symbol or site.symbol.endswith("()") or site.symbol.startswith("$") or depth > _MAX_DEPTH:
            return False
        keys = list(self._index.read_by(site))
        if any(self._index.has_value(key) for key in keys) or self._is_given_somewhere(site.symbol):
            return False
        return all(self._is_open(key, depth) for key in keys)

    def is_set(self, site: Site) -> bool:
        """Whether a file of the target gives the environment variable of this name a value."""
        return self._index.has_value(("env", site.symbol))

    def _is_given_somewhere(self, symbol: str) -> bool:
        """Whether some object of the target has a string under an attribute of this name: bases and containers are many."""
        return "." in symbol and symbol.rpartition(".")[2].lower() in self._given

    @cached_property
    def _given(self) -> frozenset[str]:
        """Last parts, lower case, of the names of fields and attributes that hold a string."""
        return frozenset(
            frame.name.rpartition(".")[2].lower()
            for file in self._files
            for site in file.sites
            if site.text
            for frame in site.frames[:_NEAR]
            if frame.kind is FrameKind.FIELD or (frame.kind is FrameKind.ASSIGN and "." in frame.name)
        )

    def _is_open(self, key: Key, depth: int) -> bool:
        feeders = list(self._feeders(key))
        if not feeders:
            return key[0] in ("param", "any-attr")
        return len(feeders) <= _MAX_FEEDERS and all(self.leads_there(feeder, depth + 1) for feeder in feeders)

    def _feeders(self, key: Key) -> Iterator[Site]:
        """Sites whose value goes to a variable: by assignment, or as an argument of the function or class around it."""
        yield from self._fed(key[-1].lower()).get(key, ())
        if key[0] not in ("param", "attr"):
            return
        owner = key[-2].rpartition(".")
        called = owner[0].rpartition(".")[2] if owner[2] == "__init__" else owner[2]
        for site, frame, argument in self._passed.get(called, ()):
            if key in self._index.parameter(frame, argument, site.path):
                yield site

    def _fed(self, last: str) -> dict[Key, list[Site]]:
        """Names by the variable they are stored in, of all variables with this last part."""
        known = self._fed_by_last.get(last)
        if known is None:
            known = self._fed_by_last[last] = defaultdict(list)
            for site in self._stored.get(last, ()):
                for key in dict.fromkeys(stored_in(site)):
                    known[key].append(site)
        return known

    @cached_property
    def _stored(self) -> dict[str, list[Site]]:
        """Names by the last part, lower case, of the name they are stored under; strings are in the index."""
        found: dict[str, list[Site]] = defaultdict(list)
        for file in self._files:
            for site in file.sites:
                if site.symbol:
                    for frame in site.frames[:_NEAR]:
                        if frame.kind in _TAKES:
                            found[frame.name.rpartition(".")[2].lower()].append(site)
                            break
        return found

    @cached_property
    def _passed(self) -> dict[str, list[tuple[Site, Frame, str]]]:
        """Arguments by the last part of the callee, with the call and the argument's name."""
        found: dict[str, list[tuple[Site, Frame, str]]] = defaultdict(list)
        for file in self._files:
            if file.reader in _CALLS_NOTHING:
                continue
            for site in file.sites:
                argument = _argument(site)
                if argument is not None:
                    found[argument[0].name.replace("#", ".").rpartition(".")[2]].append((site, *argument))
        return found


def _argument(site: Site) -> tuple[Frame, str] | None:
    """The call that a value is an argument of, and the argument's name (empty by position); None for any other place."""
    name = ""
    for position, frame in enumerate(site.frames[:_NEAR]):
        if frame.kind in (FrameKind.KEYWORD, FrameKind.KEY):
            name = frame.name
        elif frame.kind is FrameKind.CALL:
            is_itself = position == 0 and frame.index < 0
            if not is_itself:
                return (frame, name) if name or frame.index >= 0 else None
        elif frame.kind not in _PASS:
            return None
    return None


class ModelNames:
    """Whether a symbol is named after a model, asked once per symbol: a tree has few names and many sites."""

    def __init__(self, words: PlaceWords) -> None:
        self._words = words
        self._known: dict[str, bool] = {"": False}

    def holds(self, symbol: str) -> bool:
        """Whether a loader's argument of this name is a question about a model."""
        known = self._known.get(symbol)
        if known is None:
            known = self._known[symbol] = not symbol.endswith("()") and self._ask(symbol)
        return known

    def _ask(self, symbol: str) -> bool:
        """Parts of a model (`vae_id`, `tokenizer`) come with it and are no question of their own."""
        is_part = head_of(symbol, self._words) in self._words.part_heads - {"repo", "lora", "adapter"}
        return holds_model(symbol, self._words) or (not is_part and holds_hub_id(symbol, self._words))


def said(site: Site) -> str:
    """What the target calls the name: `settings.llm_model` without its module, `Chat.model` for `self.model`."""
    parts = site.symbol.replace("#", ".").split(".")
    if parts[0] in ("self", "this", "cls") and len(parts) > 1:
        return ".".join(filter(None, (class_of(site), parts[-1])))
    return ".".join(parts[-2:])
