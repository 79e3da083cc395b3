"""Observations: facts about the target that are no references but that rules need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from vcdd.core.evidence import Evidence
from vcdd.core.lexicon import Lexicon, Signal
from vcdd.core.location import Location
from vcdd.core.reference import Observation, ObservationKind
from vcdd.core.site import FrameKind, ReadFile, Site
from vcdd.detect.judge.loaders import callee_parts
from vcdd.detect.judge.paths import Area, area_of

_DEPENDENCY = "dependency:"
_AREAS = {Area.TEST: Evidence.TEST, Area.DOCS: Evidence.MENTION, Area.GENERATED: Evidence.MENTION, Area.DEPLOY: Evidence.DEPLOYED}
_PICKLED = (".bin", ".pt", ".pth", ".ckpt", ".pkl")
_INSTALLS = ("pip install", "pip3 install", "-m pip")


class Observer:
    """Signals, indexed; one observer serves a whole scan."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._calls: dict[str, list[tuple[tuple[str, ...], Signal]]] = {}
        self._packages: dict[str, list[Signal]] = {}
        self._commands: dict[str, list[Signal]] = {}
        for signal in lexicon.signals:
            for callee in signal.callees:
                parts = callee_parts(callee)
                self._calls.setdefault(parts[-1], []).append((parts, signal))
            for package in signal.packages:
                self._packages.setdefault(package, []).append(signal)
            for command in signal.commands:
                self._commands.setdefault(command, []).append(signal)

    def observe(self, files: Iterable[ReadFile]) -> tuple[Observation, ...]:
        """Every observation, one per kind, subject and line, in order of place."""
        found = {
            (o.kind, o.subject, o.location.path, o.location.line): o for file in files for o in self._file(file)
        }
        return tuple(sorted(found.values(), key=lambda o: (o.location.path, o.location.line, o.kind.value, o.subject)))

    def _file(self, file: ReadFile) -> Iterator[Observation]:
        evidence = _AREAS.get(area_of(file.path, self._lexicon.paths), Evidence.BOUND)
        for site in file.sites:
            for kind, subject, detail in self._site(site):
                yield Observation(
                    kind=ObservationKind(kind),
                    subject=subject,
                    location=Location(path=site.path, line=site.line, column=site.column),
                    evidence=evidence,
                    detail=detail,
                )

    def _site(self, site: Site) -> Iterator[tuple[str, str, str]]:
        if not site.frames:
            return
        first = site.frames[0]
        if first.kind is FrameKind.KEY and first.name.startswith(_DEPENDENCY):
            yield from self._package(site.text, first.name[len(_DEPENDENCY) :])
        elif site.symbol.endswith("()"):
            yield from self._call(site)
        for frame in site.frames:
            if frame.kind is FrameKind.COMMAND:
                yield from ((s.kind, s.subject, frame.name) for s in self._commands.get(frame.name, ()))
        if site.text and any(mark in site.text for mark in _INSTALLS) and _is_spawned(site.frames):
            yield "runtime-install", "pip", site.text[:80]

    def _package(self, name: str, ecosystem: str) -> Iterator[tuple[str, str, str]]:
        key = f"npm:{name}" if ecosystem == "npm" else name
        yield from ((signal.kind, signal.subject, name) for signal in self._packages.get(key, ()))
        provider = self._lexicon.packages.get(key)
        if provider:
            yield "sdk-dependency", provider, name

    def _call(self, site: Site) -> Iterator[tuple[str, str, str]]:
        name = site.symbol[:-2]
        parts = callee_parts(name)
        for pattern, signal in self._calls.get(parts[-1] if parts else "", ()):
            if parts[-len(pattern) :] == pattern:
                yield signal.kind, signal.subject, name
        labels = _labels(site)
        if labels.get("trust_remote_code") == "True":
            yield "trust-remote-code", labels.get("", name), name
        if parts and parts[-1] == "from_pretrained" and "revision" not in labels and labels.get(""):
            yield "unpinned-revision", labels[""], name


def _labels(site: Site) -> Mapping[str, str]:
    """Named labels of a call; the first positional literal under the empty name."""
    found: dict[str, str] = {}
    for label in site.frames[0].labels:
        name, mark, value = label.partition("=")
        if mark and name.isidentifier():
            found[name] = value
        else:
            found.setdefault("", label)
    return found


def _is_spawned(frames: Sequence[object]) -> bool:
    """Whether a string is an argument of a call that starts a process."""
    names = [getattr(frame, "name", "") for frame in frames[:3] if getattr(frame, "kind", None) is FrameKind.CALL]
    return any(part in name for name in names for part in ("subprocess", "os.system", "Popen", "check_call", "run", "spawn", "exec"))


def sdk_calls(files: Iterable[ReadFile], providers: Mapping[str, str]) -> Iterator[Observation]:
    """One SDK_CALL per call of a vendor's SDK; `providers` maps the root of a dotted callee to a provider id."""
    for file in files:
        for site in file.sites:
            if site.symbol.endswith("()"):
                provider = providers.get(callee_parts(site.symbol[:-2])[0] if callee_parts(site.symbol[:-2]) else "")
                if provider:
                    yield Observation(
                        kind=ObservationKind.SDK_CALL,
                        subject=provider,
                        location=Location(path=site.path, line=site.line, column=site.column),
                        detail=site.symbol[:-2],
                    )
