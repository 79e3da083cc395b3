"""One model by one route, in words: the row that the memo, the HTML page and the terminal share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from vcdd.core.evidence import Evidence
from vcdd.core.model import ModelUse
from vcdd.core.reference import Reference
from vcdd.core.report import Report
from vcdd.render import words
from vcdd.render.plain import ID_LIMIT, clean, fact_words, place
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One reference in words."""

    evidence: Evidence
    place: str
    written: str
    slot: str
    how: str
    """Reader and way, `python keyword`; with the package where one fetches the weights."""
    confidence: str
    snippet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One model by one route. All texts are clean and unescaped."""

    key: str
    """Exact canonical id, to tell models apart; never shown."""
    model: str
    """Canonical id as shown."""
    name: str
    role: str
    """Its modality and what the target calls it, without names that say nothing; `model` when both are silent."""
    modality: str
    lab: str
    country: str
    """Of the originator's seat; `country unknown` without one."""
    originator: str
    doubt: str
    """`?` behind an originator that is not confirmed; else empty."""
    bases: tuple[str, ...]
    short: tuple[str, str, str]
    """Originator, route and licence for narrow columns."""
    licence: str
    licence_class: str
    conditions: tuple[str, ...]
    weights: str
    route: str
    served_by: str
    """The provider's name, or the kind of route."""
    provider: str
    route_kind: str
    lifecycle: str
    lifecycle_on: date | None
    """The lifecycle's date, for a timeline."""
    is_open: bool
    """Whether something outside the target can send the calls elsewhere."""
    evidence: Evidence
    place: str
    """Of the strongest reference."""
    sightings: tuple[Sighting, ...]
    facts: tuple[tuple[str, str, str], ...]
    """(name, value or why unknown, source with date), sorted by name."""

    @property
    def evidence_words(self) -> str:
        """`bound · path:line`, with the number of further references."""
        more = len(self.sightings) - 1
        return f"{self.evidence.value} · {self.place}" + (f" (+{more})" if more > 0 else "")


def rows(report: Report) -> tuple[Row, ...]:
    """A row for each use, in the report's order."""
    return tuple(row(use) for use in report.uses)


def row(use: ModelUse) -> Row:
    """One use in words."""
    model, route = use.model, use.route
    sightings = tuple(sighting(reference) for reference in use.references)
    conditions = model.licence.conditions if model.licence else ()
    return Row(
        key=model.id,
        model=clean(model.id, ID_LIMIT),
        name=clean(model.name, 80),
        role=_role(use),
        modality=clean(model.modality, 40) or words.UNKNOWN,
        lab=words.lab_name(model.lab) if model.lab else words.UNKNOWN,
        country=words.country(model.lab.country if model.lab else None),
        originator=words.originator_words(model),
        doubt=words.doubt(model),
        bases=words.base_words(model),
        short=(words.short_origin(model), words.short_route(route), words.short_licence(model)),
        licence=words.licence_words(model),
        licence_class=words.LICENCE_CLASSES[words.licence_class(model)],
        conditions=tuple(clean(condition.text, 200) for condition in conditions),
        weights=model.weights.value,
        route=words.route_words(route),
        served_by=clean(route.label, 60),
        provider=words.provider_words(route),
        route_kind=words.ROUTE_KINDS[route.kind],
        lifecycle=words.lifecycle_words(model.lifecycle),
        lifecycle_on=model.lifecycle.date if model.lifecycle else None,
        is_open=bool(route.open_symbol),
        evidence=use.evidence,
        place=sightings[0].place if sightings else "",
        sightings=sightings,
        facts=_facts(use),
    )


def _role(use: ModelUse) -> str:
    """`embedding`, `text · SUMMARY_MODEL`: one telling name at most, and none that repeats the modality.

    Weaker references are not asked: what a price table calls a model is no role of it.
    """
    kind = clean(use.model.modality, 40)
    slots = dict.fromkeys(r.slot for r in use.references if r.slot and r.evidence is use.evidence)
    names = (clean(slot.lstrip("-").rpartition(".")[2], 40) for slot in slots)
    telling = [name for name in names if not _says_nothing(name) and not (kind and kind in name.lower())]
    return " · ".join(part for part in (kind, *telling[:1]) if part) or "model"


def _says_nothing(name: str) -> bool:
    """Whether a slot is only a word for "model", for a place on a command line or a file, or a minifier's letters."""
    if len(name) <= 2:
        return True
    words_of_it = re.split(r"[^A-Za-z]+", _CAMEL.sub(" ", name))
    return all(_EMPTY_WORD.fullmatch(word.lower()) for word in words_of_it)


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_EMPTY_WORD = re.compile(
    r"models?|names?|ids?|paths?|dirs?|base|pretrained|default|values?|args?|command|cmd|env|self|repo|repository|files?"
    r"|input|output|config|settings|options|kwargs|params?|parameters?|prompt|size|cost|to|llm|key|type|checkpoint|ckpt|or"
    r"|the|"
)
"""Words that stand in slots of any product and tell none from another."""


def sighting(reference: Reference) -> Sighting:
    """One reference in words."""
    note = f" ({clean(reference.reason.note, 200)})" if reference.reason.note else ""
    through = f", through {clean(reference.through, 60)}{note}" if reference.through else ""
    return Sighting(
        evidence=reference.evidence,
        place=place(reference.location.path, reference.location.line),
        written=clean(reference.written, ID_LIMIT),
        slot=clean(reference.slot, 60),
        how=f"{clean(reference.detector, 30)} {clean(reference.way, 40)}".strip() + through,
        confidence=reference.confidence.value,
        snippet=clean(reference.location.snippet, 120),
    )


def _facts(use: ModelUse) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (
            clean(name, 40),
            clean(fact_words(fact.value), 160)
            if fact.is_known
            else f"unknown: {clean(fact.note, 120) or 'no reason given'}",
            clean(f"{fact.source or 'no source'}{f', {fact.checked.isoformat()}' if fact.checked else ''}", 160),
        )
        for name, fact in sorted(use.model.facts.items())
    )


def distinct(many: Iterable[Row]) -> tuple[Row, ...]:
    """The first row of each model."""
    seen: dict[str, Row] = {}
    for one in many:
        seen.setdefault(one.key, one)
    return tuple(seen.values())
