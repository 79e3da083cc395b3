"""Signals: calls, packages, commands, images and settings whose presence alone is a fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from vcdd.core.lexicon import Lexicon, Signal
from vcdd.core.reference import ObservationKind
from vcdd.core.site import Frame, FrameKind, Site
from vcdd.detect.judge.loaders import callee_parts
from vcdd.detect.observe.fact import Fact, dependency_of, is_set

_NEAR = 4
"""Frames between a word and its command: a flag, a key, a list."""
_NAMED = frozenset(
    {
        FrameKind.KEY,
        FrameKind.KEYWORD,
        FrameKind.ASSIGN,
        FrameKind.FIELD,
        FrameKind.PARAMETER,
        FrameKind.FLAG,
        FrameKind.INSTRUCTION,
    }
)


class Signals:
    """The signals table, indexed by what gives a signal away."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._providers = lexicon.packages
        self._calls: dict[str, list[tuple[tuple[str, ...], Signal]]] = defaultdict(list)
        self._packages: dict[str, list[Signal]] = defaultdict(list)
        self._commands: dict[str, list[Signal]] = defaultdict(list)
        self._settings: dict[str, list[Signal]] = defaultdict(list)
        for signal in lexicon.signals:
            if signal.kind == ObservationKind.SDK_CALL:
                continue  # module roots, read by `vendors`
            for parts in map(callee_parts, signal.callees):
                self._calls[parts[-1]].append((parts, signal))
            for names, index in (
                (signal.packages, self._packages),
                (signal.commands, self._commands),
                (signal.settings, self._settings),
            ):
                for name in names:
                    index[name].append(signal)

    def stated(self, site: Site) -> Iterator[Fact]:
        """Signals that a string gives: a package, a setting, a command or an image; `detail` is the word that told it."""
        first = site.frames[0]
        ecosystem = dependency_of(site)
        if ecosystem:
            yield from self._package(site.text, ecosystem)
            return
        name = first.name.lstrip("-").rpartition(".")[2] if first.kind in _NAMED else ""
        if name in self._settings and is_set(site.text):
            yield from _told(self._settings[name], name)
        for command in _commands(site, first):
            yield from _told(self._commands.get(command, ()), command)

    def called(self, name: str, call: Frame) -> Iterator[Fact]:
        """Signals that a call gives by its name or by what it sets."""
        parts = callee_parts(name)
        for pattern, signal in self._calls.get(parts[-1] if parts else "", ()):
            if parts[-len(pattern) :] == pattern:
                yield _fact(signal, name)
        for label in call.labels:
            setting, mark, value = label.partition("=")
            if mark and setting in self._settings and is_set(value):
                yield from _told(self._settings[setting], setting)

    def _package(self, name: str, ecosystem: str) -> Iterator[Fact]:
        key = f"npm:{name}" if ecosystem == "npm" else name
        yield from _told(self._packages.get(key, ()), name)
        provider = self._providers.get(key)
        if provider:
            yield Fact(kind=ObservationKind.SDK_DEPENDENCY, subject=provider, detail=name)


def labelled(call: Frame) -> Mapping[str, str]:
    """Named labels of a call; the first positional literal under the empty name."""
    found: dict[str, str] = {}
    for label in call.labels:
        name, mark, value = label.partition("=")
        if mark and name.isidentifier():
            found[name] = value
        else:
            found.setdefault("", label)
    return found


def _commands(site: Site, first: Frame) -> Iterator[str]:
    """The command around a string, `image:name` for a container image, `key:name` for a key of a mapping."""
    if first.kind is FrameKind.KEY_ITSELF:
        yield "key:" + site.text
        return
    if (first.kind, first.name) in ((FrameKind.KEY, "image"), (FrameKind.INSTRUCTION, "FROM")):
        yield "image:" + (site.text.partition("@")[0].rpartition(":")[0] if _has_tag(site.text) else site.text)
    yield from (frame.name for frame in site.frames[:_NEAR] if frame.kind is FrameKind.COMMAND)


def _has_tag(image: str) -> bool:
    return ":" in image.rpartition("/")[2] or "@" in image


def _told(signals: list[Signal] | tuple[()], word: str) -> Iterator[Fact]:
    yield from (_fact(signal, word) for signal in signals)


def _fact(signal: Signal, detail: str) -> Fact:
    return Fact(kind=ObservationKind(signal.kind), subject=signal.subject, detail=detail)
