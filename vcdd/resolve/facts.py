"""The facts of a model, each with source, date and confidence. An unknown says why it is unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from vcdd.core.evidence import Confidence
from vcdd.core.fact import Fact, unknown
from vcdd.core.hub import HubStatus
from vcdd.core.model import Ancestor, Lab, Weights
from vcdd.resolve.known import Known

Facts = Iterator[tuple[str, Fact[Any]]]

_STATUS_WORDS = {
    HubStatus.OK: "public",
    HubStatus.NOT_PUBLIC: "not public under this name",
    HubStatus.GATED: "gated",
    HubStatus.DISABLED: "disabled by the Hub",
    HubStatus.RATE_LIMITED: "not verified: the Hub limits the rate of questions",
    HubStatus.UNREACHABLE: "not verified: the Hub could not be reached",
    HubStatus.ODD: "not verified: the Hub gave no model document",
    HubStatus.OFFLINE: "not asked: offline",
    HubStatus.NOT_ASKED: "not asked: this cannot be the name of a repository",
}
_FAILED = frozenset(
    {HubStatus.RATE_LIMITED, HubStatus.UNREACHABLE, HubStatus.ODD, HubStatus.OFFLINE, HubStatus.NOT_ASKED}
)


def facts_of(known: Known, *, lab: Lab | None, weights: Weights, ancestors: Sequence[Ancestor]) -> dict[str, Fact[Any]]:
    """Everything but the licence, by name."""
    found = dict(_origin(known, lab, ancestors))
    found.update(_registry(known, weights))
    found.update(_hub(known))
    found.update(_answer(known))
    found.update(_named(known))
    if ancestors:
        sources = sorted({item.source for item in ancestors if item.source})
        found["base"] = Fact(
            value=tuple(item.id for item in ancestors),
            source="; ".join(sources),
            confidence=Confidence.MEDIUM if all(item.how == "declared" for item in ancestors) else Confidence.LOW,
        )
    return found


def _origin(known: Known, lab: Lab | None, ancestors: Sequence[Ancestor]) -> Facts:
    if lab is None:
        reason = _why_no_lab(known)
        yield "lab", unknown(reason, source="registry")
        yield "country", unknown("the originator is not known", source="registry")
        return
    identity = known.identity
    record = identity.checkpoint or identity.family
    if known.answer is not None:
        answer = known.answer
        yield "lab", Fact(value=lab.name, source=answer.source, checked=answer.checked, note=answer.why)
    elif identity.lab is not None:
        confidence = Confidence.HIGH if record and record.verified else _by_organisation(known, lab)
        confidence = Confidence.LOW if known.named else confidence
        source, checked = (record.source, record.checked) if record else (lab.country.source, lab.country.checked)
        yield "lab", Fact(value=lab.name, source=source, checked=checked, confidence=confidence)
    elif any(item.how == "declared" for item in ancestors):
        note = "the lab behind the declared base; who changed the weights is not on record"
        yield "lab", Fact(value=lab.name, source=known.hub_source, confidence=Confidence.MEDIUM, note=note)
    else:
        note = "the lab behind the base that the name gives; who changed the weights is not on record"
        yield "lab", Fact(value=lab.name, source="the name of the model", confidence=Confidence.LOW, note=note)
    yield "country", lab.country


def _by_organisation(known: Known, lab: Lab) -> Confidence:
    """Known only by the organisation that publishes it: as sure as that record is."""
    identity = known.identity
    return lab.country.confidence if identity.match == "lab" and not identity.is_loose else Confidence.LOW


def _why_no_lab(known: Known) -> str:
    record = known.record
    if known.identity.distributor is not None:
        return f"re-uploaded by {known.identity.distributor.name}; of what is not on record"
    if record is not None and record.status in _FAILED:
        return f"not on record; the Hub: {_STATUS_WORDS[record.status]}"
    if record is not None and record.status is HubStatus.NOT_PUBLIC:
        return "not on record, and not public on the Hub under this name"
    if record is not None:
        return "not on record; whoever uploads weights need not have made them"
    return "not on record"


def _registry(known: Known, weights: Weights) -> Facts:
    identity = known.identity
    record = identity.checkpoint or identity.family
    source, checked = (record.source, record.checked) if record else ("registry", None)
    sure = Confidence.HIGH if record and record.verified else Confidence.LOW

    def stated(value: Any) -> Fact[Any]:
        return Fact(value=value, source=source, checked=checked, confidence=sure)

    if identity.weights is not Weights.UNKNOWN and known.answer is None:
        yield "weights", stated(identity.weights.value)
    elif weights is Weights.UNKNOWN:
        yield "weights", unknown("no source says whether the weights are published", source="registry")
    if identity.modality and known.answer is None:
        yield "modality", stated(identity.modality)
    life = identity.lifecycle
    if life is not None and known.answer is None:
        yield "lifecycle", Fact(value=life.status.value, source=life.source or source, checked=life.checked or checked)
    if identity.released and known.answer is None:
        yield "released", stated(identity.released)
    if identity.points_to:
        yield "points_to", Fact(value=identity.points_to, source=source, checked=checked, confidence=Confidence.MEDIUM)
    if identity.note and known.answer is None:
        yield "note", stated(identity.note)


def _hub(known: Known) -> Facts:
    record = known.record
    if record is None:
        return
    source = known.hub_source

    def said(value: Any, note: str = "") -> Fact[Any]:
        return Fact(value=value, source=source, checked=record.fetched, confidence=Confidence.MEDIUM, note=note)

    yield "hub", said(_STATUS_WORDS[record.status])
    if known.declared is None:
        return
    if known.identity.weights is Weights.UNKNOWN:
        yield "weights", said(Weights.OPEN.value)
    if record.id and record.id.lower() != record.asked.lower():
        yield "renamed", said(record.id, f"asked for as {record.asked}")
    listed = {
        "published_by": record.author,
        "gated": record.gated,
        "parameters": record.parameters,
        "downloads": record.downloads,
        "created": _iso(record.created),
        "library": record.library,
        "task": record.pipeline_tag,
    }
    yield from ((name, said(value)) for name, value in listed.items() if value)


def _answer(known: Known) -> Facts:
    answer = known.answer
    if answer is None:
        return
    sure = Confidence.HIGH if answer.is_documented else Confidence.MEDIUM
    fact = Fact(value=answer.model, source=answer.source, checked=answer.checked, confidence=sure, note=answer.why)
    yield "answers_as", fact
    yield "written_as", Fact(value=known.written, source="the target", note=f"a name of {answer.named}")


def _named(known: Known) -> Facts:
    if known.named:
        note = f"the one much-used repository of the name {known.named}; the target does not say whose it is"
        yield (
            "taken_for",
            Fact(value=known.identity.id, source="embedded Hub snapshot", confidence=Confidence.LOW, note=note),
        )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
