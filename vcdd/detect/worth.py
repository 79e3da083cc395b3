"""Whether a file is worth parsing, judged by its bytes alone: the second level of the prefilter.

The first level looks for bare literals, and a stem such as `fal` stands in every `False`. Here a hit must be confirmed:
an id that the registry knows as a whole word, a call, command or module that the tables name, a string shaped like an
id close behind a name that holds models, or such a name handed on. Parsing is most of a scan, and half of the Python
and two thirds of the JavaScript that hold a literal fail this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from typing import Any

from vcdd.core.lexicon import Lexicon
from vcdd.core.vocabulary import Strength
from vcdd.detect.judge import shapes
from vcdd.detect.judge.names import holds_hub_id, holds_model, words_of
from vcdd.detect.judge.remember import RememberingVocabulary
from vcdd.detect.observe.secrets import is_key, key_in, key_prefixes
from vcdd.detect.worth_tables import INSTALLS, literals_of, worth_tables

_CODE = frozenset(("python", "javascript"))
"""Kinds in which a call is a name before a parenthesis."""
_CONFIRMED = _CODE | {"code", "markup", "markdown"}
"""Kinds whose hits are confirmed whatever the size."""
_CONFIGURATION = frozenset(("lines", "sql", "json", "json-lines", "yaml"))
"""Kinds in which much can be said without any of the words looked for here; only bulk data of theirs is held back."""
_BULK = 32 << 10
_PROSE = "markdown"
"""The kind that can only mention what is known."""

_WORD_BYTES = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_ID_BYTES = _WORD_BYTES | frozenset(b".-:/@+")
_TO_WORDS = bytes(byte if byte in _WORD_BYTES else 32 for byte in range(256))
_TO_IDS = bytes(byte if byte in _ID_BYTES else 32 for byte in range(256))
_ID_RUN = re.compile(rb"[\w.\-:/@+]{3,}+")
_MANY = 24
_LONGEST_ID = 240
_ESCAPED = (b"\\n", b"\\t", b"\\r")
"""Line ends inside strings would stick to the word behind them. Each is replaced by as many bytes."""

# The patterns are linear: every repetition is bounded, and they are tried at few places.
_QUOTED = re.compile(rb"[\"'`]([A-Za-z0-9@][\w.\-:/@+{}=$]{2,159})[\"'`]")
_UNQUOTED = re.compile(
    rb"(?<![\w.\-])([A-Za-z_][\w.\-]{1,60})[\"']?[ \t]{0,4}[:=][ \t]{1,8}([A-Za-z0-9@][\w.\-:/@+]{2,159})[ \t]{0,8}(?=[\n#,}]|\Z)"
)
_NAMES = re.compile(rb"[A-Za-z_$][\w$\-]{1,63}")
_HANDED_ON = re.compile(rb"\b(\w{3,40})(?:=|:[ \t])[A-Za-z_][\w.]{0,80}[,)\n]")
_ENVIRONMENT = re.compile(rb"(?:env|ENV|Env)\w{0,10}\b[^\n\w]{0,6}(?:get[^\n\w]{1,4})?([A-Z][A-Z0-9_]{2,60})")
_JOINED = re.compile(r"[\d\-/:@_]")
"""What an id has and an ordinary word or a dotted name has not."""
_ADDRESSES = frozenset(("url", "base", "endpoint", "host", "address", "server", "uri", "api"))
_OPENED = re.compile(rb"[ \t]{0,4}(?:<[^<>()\n]{0,80}>)?\(")
_ENDED = re.compile(rb"\b")
_BEFORE = 160
"""Bytes before a string in which the name of its place is looked for."""
_NEAREST = 6
"""Names looked at there, nearest first."""


_PLACES = tuple(
    word.encode()
    for word in (
        "model", "_llm", "llm_", "checkpoint", "repo_id", ".gguf", ".safetensors", ".onnx", ".ckpt", ".pth", "licen",
    )
)  # fmt: skip
"""Words of places in which an id nobody knows may stand."""


class Worth:
    """Confirms hits for one scan; remembers its answers, for the same words come in every file."""

    def __init__(self, vocabulary: RememberingVocabulary, lexicon: Lexicon) -> None:
        from ahocorasick_rs import BytesAhoCorasick, Implementation  # noqa: PLC0415 -- slow import

        self._vocabulary = vocabulary
        self._places = lexicon.places
        self._literals: Any = BytesAhoCorasick(vocabulary.literals, implementation=Implementation.ContiguousNFA)
        self._tables = worth_tables(lexicon)
        self._forget()

    def fresh(self) -> Worth:
        """The same for another scan, with nothing remembered and nothing compiled again."""
        other = copy(self)
        other._vocabulary = self._vocabulary.fresh()  # noqa: SLF001 -- of the same class
        other._forget()  # noqa: SLF001 -- of the same class
        return other

    def _forget(self) -> None:
        self._seen: set[bytes] = set()
        self._known: set[bytes] = set(self._tables.specifiers)
        self._shaped: dict[bytes, bool] = {}
        self._named: dict[bytes, bool] = {}

    @property
    def literals(self) -> tuple[bytes, ...]:
        """Bare literals of which one stands in every file that is worth parsing, but for what a key makes worth it."""
        return (*self._vocabulary.literals, *literals_of(self._tables), *_PLACES)

    @property
    def weak_literals(self) -> tuple[bytes, ...]:
        """Beginnings of keys: too common to be a reason by themselves; `holds_key` confirms them."""
        return key_prefixes()

    def holds_key(self, data: bytes) -> bool:
        """Whether something shaped like a vendor's key stands in the bytes."""
        return key_in(data)

    def is_worth(self, data: bytes, kind: str) -> bool:
        """Whether anything in a file of this kind can become more than nothing."""
        if kind not in _CONFIRMED and not (kind in _CONFIGURATION and len(data) > _BULK):
            return True
        data = _unescaped(data)
        if self._ids(data):
            return True
        if kind == _PROSE:
            return False
        words = set(data.translate(_TO_WORDS).split())
        return (
            any(True for _ in self._named_in_tables(data, kind, words))
            or any(True for _ in self._placed(data, kind))
            or any(True for _ in self._asked(data, words))
        )

    def positions(self, data: bytes, kind: str) -> tuple[int, ...]:
        """Byte offsets of everything that makes it worth, ascending, each once."""
        return self.places(data, kind)[0]

    def places(self, data: bytes, kind: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The same, and of these what is more than a call or module that the tables name: words that only may hold ids."""
        data = _unescaped(data)
        ids = self._ids(data)
        found = (
            set(_whole_words(ids, data)) if len(ids) > _MANY else {p for word in ids for p in _places_of(word, data)}
        )
        named: set[int] = set()
        if kind != _PROSE:
            words = set(data.translate(_TO_WORDS).split())
            found.update(self._placed(data, kind), self._asked(data, words))
            named.update(self._named_in_tables(data, kind, words))
        return tuple(sorted(found | named)), tuple(sorted(found))

    def _ids(self, data: bytes) -> set[bytes]:
        """Words of the file that the registry knows."""
        words = set(data.translate(_TO_IDS).split())
        new = words - self._seen
        if new:
            self._seen |= new
            self._known.update(word for word in new if self._is_known(word))
        return words & self._known

    def _named_in_tables(self, data: bytes, kind: str, words: set[bytes]) -> Iterator[int]:
        """Calls, commands, modules and settings of the tables that stand in the file, all of their words with them."""
        tables = self._tables
        for last in words & tables.calls.keys():
            if any(others <= words for others in tables.calls[last]):
                behind = _OPENED if kind in _CODE else _ENDED
                yield from (place for place in _whole(last, data) if behind.match(data, place + len(last)))
        for first in words & tables.modules.keys():
            names = tables.modules[first]
            yield from (place for place in _whole(first, data) if _is_imported(names, data, place))
        for command in tables.commands:
            if command.words <= words:
                rest, end = re.compile(command.rest), len(command.first)
                yield from (place for place in _whole(command.first, data) if rest.match(data, place + end))
        yield from (data.find(name) for name in words & tables.settings)
        yield from (data.find(mark) for mark in INSTALLS if mark in data)

    def _placed(self, data: bytes, kind: str) -> Iterator[int]:
        """Strings shaped like ids close behind a name that holds models."""
        for match in _QUOTED.finditer(data):
            if self._is_shaped(match.group(1)):
                start = match.start()
                names = _NAMES.findall(data, max(0, start - _BEFORE), start)
                if any(self._holds(name) for name in names[-_NEAREST:]):
                    yield start
        if kind not in _CODE:
            for match in _UNQUOTED.finditer(data):
                if self._holds(match.group(1)) and self._is_shaped(match.group(2)):
                    yield match.start()

    def _asked(self, data: bytes, words: set[bytes]) -> Iterator[int]:
        """Variables by whose name a model or an address may come in, and names of models handed on."""
        for match in _ENVIRONMENT.finditer(data):
            if self._holds(match.group(1)) or _ADDRESSES.intersection(words_of(match.group(1).decode("ascii"))):
                yield match.start()
        yield from (match.start() for match in _HANDED_ON.finditer(data) if self._holds(match.group(1)))
        for word in words:
            if word.isupper() and b"_" in word and self._holds(word):
                yield data.find(word)

    def _is_known(self, word: bytes) -> bool:
        """Whether a word is an id, a weight file, the address of an API or a key."""
        if not 3 <= len(word) <= _LONGEST_ID:
            return False
        text = word.decode("ascii").strip(".:,/-+")
        lower = text.lower()
        if not _JOINED.search(text):
            return False
        if lower.endswith(shapes.WEIGHT_SUFFIXES) and len(text) > 8:
            return True
        if "://" in text and self._vocabulary.host(text):
            return True
        if is_key(text):
            return True
        if not self._literals.find_matches_as_indexes(lower.encode()):
            return False
        strength = self._vocabulary.look_up(text).strength
        return strength in (Strength.EXACT, Strength.FAMILY) or (
            strength in (Strength.ORG, Strength.FILE) and (shapes.is_org_name(text) or shapes.is_weight_file(text))
        )

    def _is_shaped(self, word: bytes) -> bool:
        answer = self._shaped.get(word)
        if answer is None:
            answer = self._shaped[word] = self._looks_shaped(word.decode("ascii"))
        return answer

    def _looks_shaped(self, text: str) -> bool:
        if shapes.is_url(text):
            return True
        if not shapes.is_id_shaped(text) or shapes.is_camel_class(text):
            return False
        by_itself = shapes.is_marked(text) or "{" in text or shapes.is_underscored_id(text)
        return by_itself or self._vocabulary.look_up(text).strength is not Strength.NONE

    def _holds(self, name: bytes) -> bool:
        answer = self._named.get(name)
        if answer is None:
            text = name.decode("ascii").replace("-", "_")
            answer = self._named[name] = holds_model(text, self._places) or holds_hub_id(text, self._places)
        return answer


def _unescaped(data: bytes) -> bytes:
    for escape in _ESCAPED:
        data = data.replace(escape, b"  ")
    return data


def _whole_words(words: set[bytes], data: bytes) -> Iterator[int]:
    """Where these words of an id's bytes stand, in one pass: to look for each by itself would cost a pass for each."""
    return (match.start() for match in _ID_RUN.finditer(data) if match.group() in words)


def _places_of(word: bytes, data: bytes) -> Iterator[int]:
    place = data.find(word)
    while place >= 0:
        yield place
        place = data.find(word, place + len(word))


def _whole(word: bytes, data: bytes) -> Iterator[int]:
    """Where a word starts that is no tail of a longer one; it may be the last part of a dotted name."""
    for place in _places_of(word, data):
        before = data[place - 1 : place]
        if not before or before == b"." or before[0] not in _ID_BYTES:
            yield place


def _is_imported(names: tuple[bytes, ...], data: bytes, place: int) -> bool:
    """Whether one of the modules is imported at this place."""
    return data[max(0, place - 7) : place].endswith((b"from ", b"import ")) and any(
        data.startswith(name, place) for name in names
    )
