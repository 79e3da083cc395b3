"""The one way in which an observation is made: what it is about, where it stands, and how firm that is."""

from __future__ import annotations

from vcdd.core.evidence import Evidence
from vcdd.core.lexicon import PathWords
from vcdd.core.location import Location
from vcdd.core.reference import Observation, ObservationKind
from vcdd.core.site import FrameKind, Site
from vcdd.detect.judge.paths import Area, area_of
from vcdd.detect.sites.choose import kind_of
from vcdd.values import dataclass

_BY_AREA = {
    Area.TEST: Evidence.TEST,
    Area.DOCS: Evidence.MENTION,
    Area.GENERATED: Evidence.MENTION,
    Area.DEPLOY: Evidence.DEPLOYED,
}
_DEPENDENCY = "dependency:"
_NO = frozenset(("", "0", "false", "no", "off", "none", "null", "disabled", "undefined"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """An observation before its place is known."""

    kind: ObservationKind
    subject: str
    detail: str = ""


def at_site(fact: Fact, site: Site, evidence: Evidence) -> Observation:
    """The observation of a fact that stands at a site, in a file whose place gives `evidence`.

    A package that a manifest or an install command names is a dependency and no more.
    """
    if evidence.is_use and dependency_of(site):
        evidence = Evidence.DEPENDENCY
    return Observation(
        kind=fact.kind,
        subject=fact.subject,
        location=Location(path=site.path, line=site.line, column=site.column),
        evidence=evidence,
        detail=fact.detail,
    )


def of_file(fact: Fact, path: str, words: PathWords) -> Observation:
    """The observation of a fact about a file as a whole."""
    return Observation(
        kind=fact.kind,
        subject=fact.subject,
        location=Location(path=path, line=0, column=0),
        evidence=evidence_in(path, words),
        detail=fact.detail,
    )


def evidence_in(path: str, words: PathWords) -> Evidence:
    """How firm a fact is by where its file lies: tests and documents say nothing of the product."""
    manifest = path.removesuffix(".txt") if kind_of(path) == "requirements" else path  # `.txt` says document elsewhere
    return _BY_AREA.get(area_of(manifest, words), Evidence.BOUND)


def dependency_of(site: Site) -> str:
    """The ecosystem of the package that a site names (`pypi`, `npm`); empty for any other site."""
    first = site.frames[0] if site.frames else None
    named = first is not None and first.kind is FrameKind.KEY and first.name.startswith(_DEPENDENCY)
    return first.name[len(_DEPENDENCY) :] if named and first else ""


def is_set(value: str) -> bool:
    """Whether a written value turns something on: not empty, not a spelling of no."""
    return value.strip().strip("\"'").lower() not in _NO
