"""Signals: calls, packages, commands, images and settings whose presence alone is a fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from vcdd.core.lexicon import Lexicon, Signal
from vcdd.core.reference import ObservationKind
from vcdd.core.site import Frame, FrameKind, Site
from vcdd.detect.judge.loaders import callee_parts
from vcdd.detect.observe.fact import Fact, dependency_of, is_set

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

    def facts(self, site: Site) -> Iterator[Fact]:
        """Every signal that a site gives, `detail` being the word that gave it."""
        first = site.frames[0]
        ecosystem = dependency_of(site)
        if ecosystem:
            yield from self._package(site.text, ecosystem)
            return
        if site.symbol.endswith("()"):
            yield from self._call(site.symbol[:-2], first)
        else:
            yield from self._setting(site, first)
        for name in _commands(site):
            yield from _told(self._commands.get(name, ()), name)

    def _package(self, name: str, ecosystem: str) -> Iterator[Fact]:
        key = f"npm:{name}" if ecosystem == "npm" else name
        yield from _told(self._packages.get(key, ()), name)
        provider = self._providers.get(key)
        if provider:
            yield Fact(kind=ObservationKind.SDK_DEPENDENCY, subject=provider, detail=name)

    def _call(self, name: str, call: Frame) -> Iterator[Fact]:
        parts = callee_parts(name)
        for pattern, signal in self._calls.get(parts[-1] if parts else "", ()):
            if parts[-len(pattern) :] == pattern:
                yield _fact(signal, name)
        for setting, value in labelled(call).items():
            if setting in self._settings and is_set(value):
                yield from _told(self._settings[setting], setting)

    def _setting(self, site: Site, first: Frame) -> Iterator[Fact]:
        name = first.name.lstrip("-").rpartition(".")[2] if first.kind in _NAMED else ""
        if name in self._settings and site.text and is_set(site.text):
            yield from _told(self._settings[name], name)


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


def _commands(site: Site) -> Iterator[str]:
    """Names of commands around a site, and `image:name` for a container image that stands there."""
    for frame in site.frames:
        if frame.kind is FrameKind.COMMAND:
            yield frame.name
    first = site.frames[0]
    if (first.kind, first.name) in ((FrameKind.KEY, "image"), (FrameKind.INSTRUCTION, "FROM")):
        yield "image:" + site.text.partition("@")[0].rpartition(":")[0] if _has_tag(site.text) else "image:" + site.text
    elif first.kind is FrameKind.KEY_ITSELF:
        yield "key:" + site.text


def _has_tag(image: str) -> bool:
    return ":" in image.rpartition("/")[2] or "@" in image


def _told(signals: list[Signal] | tuple[()], word: str) -> Iterator[Fact]:
    yield from (_fact(signal, word) for signal in signals)


def _fact(signal: Signal, detail: str) -> Fact:
    return Fact(kind=ObservationKind(signal.kind), subject=signal.subject, detail=detail)
