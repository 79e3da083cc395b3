"""A candidate: a string taken for a model, and the reference it becomes."""

from __future__ import annotations

from dataclasses import dataclass

from vcdd.core.evidence import Confidence
from vcdd.core.lexicon import PlaceWords
from vcdd.core.location import Location
from vcdd.core.reference import Reason, Reference
from vcdd.core.site import Site
from vcdd.detect.judge.evidence import evidence_of
from vcdd.detect.judge.hints import hints_of
from vcdd.detect.judge.link_index import LinkIndex
from vcdd.detect.judge.loaders import LoaderIndex
from vcdd.detect.judge.paths import Area
from vcdd.detect.judge.place import Place
from vcdd.detect.judge.recognise import Recognised


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A string taken for a model, with its place and the path that led to its call."""

    site: Site
    place: Place
    seen: Recognised
    trail: tuple[str, ...] = ()
    call_path: str = ""
    """The file in which the call stands."""


def to_reference(
    candidate: Candidate, area: Area, words: PlaceWords, siblings: int, index: LinkIndex, loaders: LoaderIndex
) -> Reference:
    """The reference of a candidate; `siblings` counts the recognised ids of its table."""
    site, place, seen = candidate.site, candidate.place, candidate.seen
    evidence, rule = evidence_of(place, area, words, siblings=siblings, sure=seen.sure)
    client = index.client(place.call.name, candidate.call_path) if place.call is not None else None
    maker = next((row.provider for row in loaders.rows(client) if row.provider), "") if client is not None else ""
    return Reference(
        written=site.text,
        kind=seen.kind,
        evidence=evidence,
        location=Location(path=site.path, line=site.line, column=site.column),
        slot=place.name,
        way=place.way,
        detector=site.reader,
        confidence=Confidence.HIGH if seen.sure else Confidence.MEDIUM,
        hints=hints_of(place, seen, client, maker),
        reason=Reason(rule=f"{seen.rule}/{rule}", row=place.row.id if place.row else "", links=candidate.trail),
    )
