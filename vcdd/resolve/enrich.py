"""From everything known of one id to a `Model`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from vcdd.core.model import Ancestor, Model, Weights
from vcdd.registry.registry import Registry
from vcdd.resolve.facts import facts_of
from vcdd.resolve.known import Known
from vcdd.resolve.licence import rule_on
from vcdd.resolve.lineage import Records, trace
from vcdd.resolve.local_bases import bases_of
from vcdd.resolve.modality import modality_of_task
from vcdd.resolve.roles import developers_of, lab_of

# The Hub's `createdAt` bottoms out on the day it began to record it (Hub API documentation): no release date.
_HUB_BEGAN = date(2022, 3, 2)
_ABOUT_THE_NAME = frozenset({"answers_as", "written_as"})


def enrich(known: Known, registry: Registry, records: Records) -> Model:
    """The model that `known` is, with lineage, roles, licence and facts."""
    if known.answer is not None:
        return _answered(known, registry, records)
    steps = trace(known, registry, records)
    ancestors = tuple(step.ancestor for step in steps) or _resemblance(known, registry)
    lab = lab_of(known, steps)
    ruling = rule_on(known, ancestors, registry)
    identity, declared = known.identity, known.declared
    weights = identity.weights
    if weights is Weights.UNKNOWN and declared is not None:
        weights = Weights.OPEN
    family = identity.family
    model_id = declared.id if declared and identity.match != "exact" else identity.id
    return Model(
        id=model_id or known.written,
        name=identity.name or model_id.rpartition("/")[2] or known.written,
        family=family.id if family else "",
        lab=lab,
        developers=developers_of(known, steps, registry),
        licence=ruling.licence,
        weights=weights,
        modality=identity.modality or (modality_of_task(declared.pipeline_tag) if declared else ""),
        lifecycle=identity.lifecycle,
        lineage=ancestors,
        is_alias=identity.is_alias,
        match=_match(known),
        released=to_day(identity.released) or _created(known),
        peer_group=family.peer_group if family else "",
        parameters=_parameters(known),
        facts=facts_of(known, lab=lab, weights=weights, ancestors=ancestors) | ruling.facts,
    )


def to_day(written: str) -> date | None:
    """A day from `YYYY-MM-DD` or `YYYY-MM` (its first day); None for anything else."""
    try:
        return date.fromisoformat(written if len(written) > 7 else f"{written}-01") if written else None
    except ValueError:
        return None


def _answered(known: Known, registry: Registry, records: Records) -> Model:
    """The model of whoever really answers; the written name stays in the references and in the facts."""
    answer = known.answer
    assert answer is not None  # noqa: S101 -- the only caller has checked
    real = registry.identify(answer.model) if answer.is_documented else None
    if real is not None and real.lab is not None and real.lab.id == answer.lab:
        model = enrich(Known(written=answer.model, identity=real), registry, records)
        about = facts_of(known, lab=model.lab, weights=model.weights, ancestors=())
        said = {name: fact for name, fact in about.items() if name in _ABOUT_THE_NAME}
        return replace(model, facts={**model.facts, **said})
    lab = registry.lab(answer.lab)
    ruling = rule_on(known, (), registry)
    facts = facts_of(known, lab=lab, weights=Weights.UNKNOWN, ancestors=())
    return Model(
        id=answer.model,
        name=f"an unnamed model of {lab.name}" if lab else answer.model,
        lab=lab,
        licence=None,
        match="lab",
        facts=facts | ruling.facts,
    )


def _resemblance(known: Known, registry: Registry) -> tuple[Ancestor, ...]:
    """For weights of which nobody says what they were built on: the base that the declared shape is consistent with."""
    declared = known.declared
    if declared is None or declared.shape is None or known.identity.family is not None:
        return ()
    return bases_of(declared.shape, registry)


def _match(known: Known) -> str:
    """How it was known: the registry's word, else where the declaration stands."""
    match, record = known.identity.match, known.declared
    if match != "none" or record is None:
        return match
    return "snapshot" if record.source == "snapshot" else "hub"


def _parameters(known: Known) -> int | None:
    checkpoint, record = known.identity.checkpoint, known.declared
    curated = checkpoint.parameters if checkpoint else None
    return curated or (record.parameters if record else None)


def _created(known: Known) -> date | None:
    created = known.declared.created if known.declared else None
    return created if created and created > _HUB_BEGAN else None
