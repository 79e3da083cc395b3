"""A candidate: a string taken for a model, and the reference it becomes."""

from __future__ import annotations

from dataclasses import replace

from vcdd.core.evidence import Confidence
from vcdd.core.lexicon import PlaceWords
from vcdd.core.location import Location
from vcdd.core.reference import Hints, Reason, Reference
from vcdd.core.site import Frame, Site
from vcdd.detect.judge.evidence import evidence_of
from vcdd.detect.judge.hints import hints_of
from vcdd.detect.judge.link_index import LinkIndex
from vcdd.detect.judge.loaders import LoaderIndex
from vcdd.detect.judge.paths import Area
from vcdd.detect.judge.place import Place
from vcdd.detect.judge.recognise import Recognised
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A string taken for a model, with its place and the path that led to its call."""

    site: Site
    place: Place
    seen: Recognised
    trail: tuple[str, ...] = ()
    call_path: str = ""
    """The file in which the call stands."""


def _client_of(candidate: Candidate, index: LinkIndex, loaders: LoaderIndex) -> Site | None:
    """Where the client that is asked is made: the called object, else the only client that the class around keeps."""
    call = candidate.place.call
    client = index.client(call.name, candidate.call_path) if call is not None else None
    if client is not None or candidate.place.row is not None:
        return client
    kept = [made for made in index.made_beside(candidate.site) if provider_of(made.frames[0], loaders)]
    return kept[0] if len(kept) == 1 else None


def _call_of(client: Site | None) -> Frame | None:
    return client.frames[0] if client is not None else None


def _addressed(hints: Hints, made: Site, index: LinkIndex) -> Hints:
    """The hints with the address that the name of a base URL stands for where the client is made."""
    if not hints.base_url_symbol:
        return hints
    values = index.values_of(hints.base_url_symbol, made)
    address = next((value for value in values if "://" in value), "")
    return replace(hints, base_url=address) if address else hints


def provider_of(call: Frame | None, loaders: LoaderIndex) -> str:
    """The provider whose client this call makes or asks, whatever argument is looked at; empty if none is known."""
    return next((row.provider for row in loaders.rows(call) if row.provider), "") if call is not None else ""


def to_reference(
    candidate: Candidate, area: Area, words: PlaceWords, siblings: int, index: LinkIndex, loaders: LoaderIndex
) -> Reference:
    """The reference of a candidate; `siblings` counts the recognised ids of its table."""
    site, place, seen = candidate.site, candidate.place, candidate.seen
    evidence, rule = evidence_of(place, area, words, siblings=siblings, sure=seen.sure)
    client = _client_of(candidate, index, loaders)
    maker = next(filter(None, (provider_of(frame, loaders) for frame in (_call_of(client), place.call))), "")
    hints = _addressed(hints_of(place, seen, _call_of(client), maker), client or site, index)
    return Reference(
        written=site.text,
        kind=seen.kind,
        evidence=evidence,
        location=Location(path=site.path, line=site.line, column=site.column),
        slot=place.name,
        way=place.way,
        detector=site.reader,
        confidence=Confidence.HIGH if seen.sure else Confidence.MEDIUM,
        hints=hints,
        reason=Reason(rule=f"{seen.rule}/{rule}", row=place.row.id if place.row else "", links=candidate.trail),
    )
