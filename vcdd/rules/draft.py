"""A draft: what one rule has to say, before the engine caps, words, sorts and numbers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from vcdd.core.evidence import Confidence, Evidence
from vcdd.core.finding import Severity
from vcdd.core.location import Location
from vcdd.core.model import ModelUse
from vcdd.core.reference import Observation
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One thing a rule noticed."""

    rule: str
    words: Mapping[str, str] = field(default_factory=dict)
    """What fills the templates of the rule's record."""
    models: tuple[str, ...] = ()
    """Canonical ids; a finding about exactly one model carries it as its `model`."""
    subject: str = ""
    """What the finding is about where that is no model and no slot: a provider, a variable, a licence."""
    slot: str = ""
    evidence: Evidence = Evidence.BOUND
    """The class that caps the severity."""
    severity: Severity | None = None
    """None: the severity of the record."""
    confidence: Confidence = Confidence.HIGH
    locations: tuple[Location, ...] = ()
    """Strongest first."""
    status: str = ""
    questions: tuple[str, ...] | None = None
    """None: those of the record."""
    extra: str = ""
    """A sentence added to the fact."""


MAX_LOCATIONS = 10
"""A reader opens a handful of places; the JSON lists every reference elsewhere."""


def draft_of_uses(rule: str, uses: tuple[ModelUse, ...], **rest: object) -> Draft:
    """A draft about these uses (not empty): ids, places, slot and the strongest evidence are read off them."""
    uses = tuple(sorted(uses, key=lambda use: (use.evidence.rank, use.model.id, use.route.label)))
    first = uses[0]
    references = sorted((r for use in uses for r in use.references), key=lambda r: (r.evidence.rank, r.location))
    confidence = max((use.references[0].confidence for use in uses), key=lambda c: c.rank)
    values: dict[str, object] = {
        "models": tuple(dict.fromkeys(use.model.id for use in uses)),
        "slot": next(iter(first.slots), ""),
        "evidence": min((use.evidence for use in uses), key=lambda e: e.rank),
        "confidence": confidence,
        "locations": tuple(dict.fromkeys(r.location for r in references))[:MAX_LOCATIONS],
    }
    return Draft(rule=rule, **{**values, **rest})  # type: ignore[arg-type]


def draft_of_observations(rule: str, seen: tuple[Observation, ...], **rest: object) -> Draft:
    """A draft about these observations (not empty)."""
    ordered = sorted(seen, key=lambda o: (o.evidence.rank, o.location))
    values: dict[str, object] = {
        "subject": ordered[0].subject,
        "evidence": ordered[0].evidence,
        "locations": tuple(dict.fromkeys(o.location for o in ordered))[:MAX_LOCATIONS],
    }
    return Draft(rule=rule, **{**values, **rest})  # type: ignore[arg-type]
