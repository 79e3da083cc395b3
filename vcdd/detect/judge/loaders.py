"""The loaders table, indexed: which row, if any, takes a string that stands in a call or a command."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from vcdd.core.lexicon import LoaderRow
from vcdd.core.site import Frame, FrameKind
from vcdd.detect.judge.names import words_of

_PARTS = re.compile(r"[^.#()\[\]]+")


class LoaderIndex:
    """Rows by the last part of their callees."""

    def __init__(self, rows: Iterable[LoaderRow], names: Mapping[str, str] = MappingProxyType({})) -> None:
        self._by_last: dict[str, list[tuple[tuple[str, ...], LoaderRow]]] = defaultdict(list)
        self._commands: dict[str, list[LoaderRow]] = defaultdict(list)
        self.providers: dict[str, str] = dict(names)
        """Providers and scopes that rows name, by their letters and digits alone (`elevenlabs`, `awsbedrock`)."""
        self.vendors: set[str] = set(names.values())
        """The providers among them."""
        for row in rows:
            for provider in filter(None, (row.provider, row.scope)):
                self.providers[provider.replace("-", "")] = provider
            if row.provider:
                self.vendors.add(row.provider)
            for callee in row.callees:
                if row.is_command:
                    self._commands[callee].append(row)
                else:
                    parts = callee_parts(callee)
                    self._by_last[parts[-1]].append((parts, row))

        for rivals in self._by_last.values():
            rivals.sort(key=lambda pair: -len(pair[0]))
        self._ends = frozenset((last,) for last in self._by_last)

    def spelled_in(self, name: str) -> Iterator[str]:
        """Names of providers that the words of `name` spell, none inside a longer one (`AZURE_OPENAI_MODEL` has one)."""
        parts, position = words_of(name), 0
        while position < len(parts):
            ends = range(min(position + 3, len(parts)), position, -1)
            spans = ((end, "".join(parts[position:end])) for end in ends)
            end, span = next((pair for pair in spans if pair[1] in self.providers), (position + 1, ""))
            if span:
                yield span
            position = end

    def named_in(self, name: str) -> str:
        """The provider with the longest name in `name` (`OllamaChatModel`); empty if it holds none."""
        return self.providers.get(max(self.spelled_in(name), key=len, default=""), "")

    def knows(self, frame: Frame) -> bool:
        """Whether any row may be about this CALL or COMMAND frame; False where `rows` gives none."""
        if frame.kind is FrameKind.COMMAND:
            return frame.name in self._commands
        return callee_parts(frame.name)[-1:] in self._ends

    def find(self, frame: Frame, argument: str, path: str = "") -> LoaderRow | None:
        """The row for a string under this CALL or COMMAND frame, by argument name or position; None if none takes it.

        `path` is that of the file; rows of one language hold in no other's.
        """
        suffix = path.rpartition(".")[2]
        rows = [row for row in self.rows(frame) if not row.only_in or suffix in row.only_in]
        if frame.kind is FrameKind.COMMAND:
            return next((row for row in rows if _takes(row, argument.lstrip("-"), frame.index)), None)
        return next((row for row in rows if _takes(row, argument, frame.index)), None)

    def rows(self, frame: Frame) -> list[LoaderRow]:
        """Every row whose callee matches, longest callee first."""
        if frame.kind is FrameKind.COMMAND:
            return self._commands.get(frame.name, [])
        parts = callee_parts(frame.name)
        if not parts:
            return []
        return [row for pattern, row in self._by_last.get(parts[-1], ()) if parts[-len(pattern) :] == pattern]


def _takes(row: LoaderRow, argument: str, index: int) -> bool:
    return argument in row.arguments if argument else index in row.positions


@lru_cache(maxsize=65536)
def callee_parts(name: str) -> tuple[str, ...]:
    """Parts of a dotted callee, calls and subscripts dropped: `openai#default().chat` gives `openai`, `default`, `chat`.

    A module specifier that holds dots or slashes (`@ai-sdk/openai`) stays one part.
    """
    module, mark, rest = name.partition("#")
    if mark:
        return (module, *_PARTS.findall(rest))
    return tuple(_PARTS.findall(name))
