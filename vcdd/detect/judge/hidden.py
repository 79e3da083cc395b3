"""Hidden models: what packages fetch or ask for by themselves, from a call where there is one, else from a manifest.

The table says which call or package pulls which weights; nothing in the target names them. A call that names a model of
its own is left to the judge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from vcdd.core.evidence import Confidence, Evidence
from vcdd.core.lexicon import HiddenWeights, Lexicon, PlaceWords
from vcdd.core.location import Location
from vcdd.core.reference import Hints, Reason, Reference, ReferenceKind
from vcdd.core.site import FrameKind, ReadFile, Site
from vcdd.detect.judge.loaders import LoaderIndex, callee_parts
from vcdd.detect.judge.names import holds_model
from vcdd.detect.judge.paths import Area, area_of
from vcdd.detect.judge.shapes import is_org_name
from vcdd.detect.sites.choose import is_lock
from vcdd.detect.sites.dependencies import normalised
from vcdd.values import dataclass

_DEPENDENCY = "dependency:"
_CHOICES = frozenset(
    ("repo_id", "name", "checkpoint", "session", "embedding_function", "ef", "model_type", "config", "deployment", "engine",
     "azure_deployment", "ckpt_file", "pretrain_weights")
)  # fmt: skip
"""Arguments, beside those named after models, that replace the default weights."""
_UNPACKED = -2
_MANIFESTS = frozenset(("pyproject.toml", "package.json", "setup.cfg"))
_OWN_NAME = (["name"], ["name", "project"], ["name", "poetry", "tool"], ["name", "metadata"])
"""Keys, innermost first, under which a manifest gives the package's own name."""
_BY_AREA = {
    Area.TEST: Evidence.TEST,
    Area.DOCS: Evidence.MENTION,
    Area.GENERATED: Evidence.MENTION,
    Area.HISTORY: Evidence.SELECTABLE,
    Area.BESIDE: Evidence.SELECTABLE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pattern:
    parts: tuple[str, ...]
    root: str
    """Package the file must import; empty when the callee itself says it."""
    literal: str
    """A literal the call must have, `x` or `key=x`; empty for any call."""
    row: HiddenWeights


def hidden_references(files: Sequence[ReadFile], lexicon: Lexicon, loaders: LoaderIndex) -> list[Reference]:
    """Weights that packages of the target fetch by themselves, in order of path, line, package and id.

    Evidence is that of the call's place where the call is made (`bound` in product code), `dependency` where only a
    manifest names the package; then there is one reference per package and id, at the first manifest that is no lock.
    `written` is the id from the table, `through` the package. The target's own package is no package it depends on.
    """
    own = _own_names(files)
    rows = [row for row in lexicon.hidden if row.package not in own]
    patterns = _patterns(rows)
    called = [found for file in files for found in _calls(file, patterns, loaders, lexicon)]
    seen = {(found.through, found.written) for found in called if found.evidence.is_use}
    named = [found for found in _packages(files, rows) if (found.through, found.written) not in seen]
    return sorted(
        {(r.location, r.through, r.written): r for r in (*named, *called)}.values(),
        key=lambda r: (r.location.path, r.location.line, r.location.column, r.through, r.written),
    )


def _own_names(files: Iterable[ReadFile]) -> frozenset[str]:
    """Normalised names that manifests give to the target's own packages."""
    return frozenset(
        normalised(site.text)
        for file in files
        if file.path.rpartition("/")[2] in _MANIFESTS
        for site in file.sites
        if site.text and [f.name for f in site.frames if f.kind is FrameKind.KEY] in _OWN_NAME
    )


def _patterns(rows: Iterable[HiddenWeights]) -> Mapping[str, list[_Pattern]]:
    """By the last part of the callee."""
    found: dict[str, list[_Pattern]] = defaultdict(list)
    for row in rows:
        for written in row.callees:
            callee, _, literal = written.partition("(")
            root, _, name = callee.rpartition(":")
            parts = callee_parts(name)
            found[parts[-1]].append(_Pattern(parts=parts, root=root, literal=literal.rstrip(")"), row=row))
    return found


def _calls(
    file: ReadFile, patterns: Mapping[str, list[_Pattern]], loaders: LoaderIndex, lexicon: Lexicon
) -> Iterator[Reference]:
    candidates = [site for site in file.sites if site.symbol.endswith("()") and _last(site) in patterns]
    if not candidates:
        return
    roots = {entry.source.lstrip(".").replace("#", ".").partition(".")[0] for entry in file.imports}
    filled = set(_filled(file))
    evidence = _BY_AREA.get(area_of(file.path, lexicon.paths), Evidence.BOUND)
    for site in candidates:
        for pattern in patterns[_last(site)]:
            if _matches(pattern, site, roots) and not _is_chosen(site, filled, loaders, lexicon.places):
                yield from _references(pattern.row, site, evidence, "package-called", pattern.row.package)


def _last(site: Site) -> str:
    """The last part of a called name; empty where the site is no call with its own frame."""
    parts = callee_parts(site.symbol[:-2])
    return parts[-1] if parts and site.frames and site.frames[0].kind is FrameKind.CALL else ""


def _matches(pattern: _Pattern, site: Site, roots: set[str]) -> bool:
    parts = callee_parts(site.symbol[:-2])
    if parts[-len(pattern.parts) :] != pattern.parts or (pattern.root and pattern.root not in roots):
        return False
    wanted = pattern.literal
    return not wanted or any(wanted in (label, label.partition("=")[2]) for label in site.frames[0].labels)


def _is_chosen(site: Site, filled: set[tuple[int, str, int]], loaders: LoaderIndex, words: PlaceWords) -> bool:
    """Whether the call says itself which model it wants: by name, in a position that a loaders row reads, or unseen."""
    call = site.frames[0]
    names = {label.partition("=")[0] for label in call.labels if "=" in label}
    if any(name in _CHOICES or holds_model(name, words) for name in names):
        return True
    positions = {_UNPACKED, *(position for row in loaders.rows(call) for position in row.positions)}
    return any((call.line, call.name, position) in filled for position in positions)


def _filled(file: ReadFile) -> Iterator[tuple[int, str, int]]:
    """(line of the call, callee, position) of every argument; what `**` unpacks stands at a position of its own."""
    for site in file.sites:
        for outer, frame in zip((None, *site.frames), site.frames[:2], strict=False):
            if frame.kind is FrameKind.CALL and (outer is None or outer.name == "**"):
                yield frame.line, frame.name, frame.index if outer is None else _UNPACKED


def _packages(files: Sequence[ReadFile], rows: Sequence[HiddenWeights]) -> Iterator[Reference]:
    """One reference per package and id, from the first manifest; locks come last."""
    taken: set[tuple[str, str]] = set()
    for file in sorted(files, key=lambda f: (is_lock(f.path), f.path)):
        for site in file.sites:
            first = site.frames[0] if site.frames else None
            if first is None or first.kind is not FrameKind.KEY or not first.name.startswith(_DEPENDENCY):
                continue
            for row in rows:
                if not row.when_called and _names(row, site.text, first.name[len(_DEPENDENCY) :]):
                    for found in _references(row, site, Evidence.DEPENDENCY, "package-in-manifest", site.text):
                        if (found.through, found.written) not in taken:
                            taken.add((found.through, found.written))
                            yield found


def _names(row: HiddenWeights, package: str, ecosystem: str) -> bool:
    same = row.ecosystem == ecosystem or (row.ecosystem, ecosystem) == ("pypi", "conda")
    return same and fnmatchcase(package, row.package)


def _references(row: HiddenWeights, site: Site, evidence: Evidence, rule: str, package: str) -> Iterator[Reference]:
    for weights in row.weights:
        written = weights.replace("{package_}", package.replace("-", "_"))
        yield Reference(
            written=written,
            kind=_kind(row, written),
            evidence=evidence,
            location=Location(path=site.path, line=site.line, column=site.column),
            slot=site.symbol.removesuffix("()") or package,
            way="through-package",
            detector=site.reader,
            confidence=Confidence.HIGH if evidence.is_use else Confidence.MEDIUM,
            hints=Hints(provider=row.provider) if row.provider else Hints(library=package),
            reason=Reason(rule=f"hidden/{rule}", note=row.note),
            through=package,
        )


def _kind(row: HiddenWeights, written: str) -> ReferenceKind:
    if row.provider:
        return ReferenceKind.API_MODEL
    return ReferenceKind.HUB_REPO if is_org_name(written) else ReferenceKind.WEIGHT_FILE
