"""Which licence holds for exactly these weights. Never more permissive than the truth; unknown is allowed.

Written precedence: a curated licence of this checkpoint; a curated licence that all checkpoints of the family share;
the tag that the uploader declared. Neither loosens anything: where the weights were made of another lab's, the licence of
a stricter class holds, both are kept as facts, and a licence that asks less than its upstream is reported as relabelled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import Any

from vcdd.core.evidence import Confidence
from vcdd.core.fact import Fact, unknown
from vcdd.core.hub import HubRecord, HubStatus
from vcdd.core.model import Ancestor, Licence, LicenceClass, Weights
from vcdd.registry.registry import Registry
from vcdd.resolve.known import Known
from vcdd.resolve.lineage import MODIFYING
from vcdd.resolve.tags import declared_tags, is_looser, licence_of_tags, strictness
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """The licence that holds and the facts behind it."""

    licence: Licence | None
    facts: dict[str, Fact[Any]] = field(default_factory=dict)
    """Always `licence`; `licence_tag`, `licence_upstream` and `relabelled` where there is something to say."""


def rule_on(known: Known, ancestors: Sequence[Ancestor], registry: Registry) -> Ruling:
    """The licence of this model with its facts."""
    if known.answer is not None:
        return Ruling(licence=None, facts={"licence": unknown(_terms_of_service(known), source=known.answer.source)})
    declared = known.declared
    tag = licence_of_tags(declared, registry) if declared else None
    own = known.identity.licence
    upstream = _strictest_upstream(known, ancestors)
    facts = _side_facts(known, tag, upstream)
    licence: Licence | None
    if own is not None and upstream is not None and _is_carried(own, upstream, ancestors):
        published = _curated(known, own, None)[1]
        licence, fact = upstream, _carried(own, upstream)
        facts = {"licence_published": published, "relabelled": _relabelled(own, upstream, published), **facts}
    elif own is not None:
        licence, fact = _curated(known, own, tag)
    elif declared is not None:
        licence, fact = _declared(known, declared, tag, upstream, ancestors)
    else:
        licence, fact = _inherited(known, ancestors)
    return Ruling(licence=licence, facts={"licence": fact, **facts})


def _curated(known: Known, own: Licence, tag: Licence | None) -> tuple[Licence | None, Fact[str]]:
    """The registry's answer, unless the repository of what is not an exact record declares something stricter.

    A tag that nobody has read, beside a family that is open source, leaves the licence unknown: it may ask for more.
    """
    identity = known.identity
    record = identity.checkpoint or identity.family
    is_line = identity.match != "exact"
    if tag is not None and is_line and is_looser(own, tag):
        note = f"the registry has {own.name} for the family; the stricter tag holds"
        return tag, _fact(tag, known.hub_source, known, Confidence.MEDIUM, note)
    named = ", ".join(declared_tags(known.declared)) if known.declared else ""
    if tag is None and named and is_line and not identity.distributor and own.category is LicenceClass.OPEN_SOURCE:
        note = (
            f"the registry has {own.name} for the family, but the repository declares {named!r}, which is not on record"
        )
        return None, Fact(value=None, source=known.hub_source, confidence=Confidence.LOW, note=note)
    source = (record.source if record else "") or own.source
    checked = record.checked if record else own.checked
    confidence = Confidence.HIGH if identity.licence_verified else Confidence.LOW
    return own, Fact(value=own.id, source=source, checked=checked, confidence=confidence)


def _is_carried(own: Licence, upstream: Licence, ancestors: Sequence[Ancestor]) -> bool:
    """Whether weights published under `own` still carry `upstream`, which is of a stricter class.

    An adapter holds none of its base's weights; a base that only the name gives away is no reason to overrule a record.
    """
    public = (LicenceClass.OPEN_WEIGHT, LicenceClass.NON_COMMERCIAL)
    held = all(item.how == "declared" and item.relation != "adapter" for item in ancestors if item.licence == upstream)
    return held and upstream.category in public and is_looser(own, upstream) and own.category is not upstream.category


def _carried(own: Licence, upstream: Licence) -> Fact[str]:
    note = f"published under {own.name}; the stricter licence of the weights it was made from holds as well"
    confidence = Confidence.MEDIUM if upstream.verified else Confidence.LOW
    return Fact(value=upstream.id, source=upstream.source, checked=upstream.checked, confidence=confidence, note=note)


def _relabelled(given: Licence, upstream: Licence, seen: Fact[Any]) -> Fact[str]:
    return Fact(
        value=f"{upstream.id} as {given.id}",
        source=seen.source,
        checked=seen.checked,
        confidence=Confidence.MEDIUM,
        note=f"declared as {given.name}, while the original is under {upstream.name}",
    )


def _declared(
    known: Known, record: HubRecord, tag: Licence | None, upstream: Licence | None, ancestors: Sequence[Ancestor]
) -> tuple[Licence | None, Fact[str]]:
    """The uploader's tag against the licences of what the weights were built on."""
    if tag is None:
        named = ", ".join(declared_tags(record))
        if upstream is not None and not named and not _is_modified(ancestors):
            note = "no licence is declared for this copy; that of the original holds"
            return upstream, _fact(upstream, upstream.source, known, Confidence.MEDIUM, note)
        reason = f"the uploader declares {named!r}, which is not on record" if named else "the uploader declares none"
        return None, Fact(
            value=None, source=known.hub_source, checked=record.fetched, confidence=Confidence.LOW, note=reason
        )
    if upstream is not None and strictness(upstream) > strictness(tag):
        note = f"the uploader declares {tag.name}; the stricter licence of the original holds"
        return upstream, _fact(upstream, upstream.source, known, Confidence.MEDIUM, note)
    doubtful = [item.id for item in ancestors if item.licence is None and item.relation != "consistent-with"]
    note = f"the licence of {doubtful[0]}, on which it is built, is not known" if doubtful else ""
    confidence = Confidence.LOW if doubtful or known.identity.distributor else Confidence.MEDIUM
    return tag, _fact(tag, known.hub_source, known, confidence, note)


def _inherited(known: Known, ancestors: Sequence[Ancestor]) -> tuple[Licence | None, Fact[str]]:
    """Nothing curated and nothing declared: a plain copy has the licence of its original, anything else is unknown."""
    plain = [item for item in ancestors[:1] if item.relation not in MODIFYING and item.relation != "consistent-with"]
    if plain and plain[0].licence is not None:
        licence = plain[0].licence
        note = f"that of {plain[0].id}, of which this is a copy"
        return licence, _fact(licence, licence.source, known, Confidence.MEDIUM, note)
    return None, unknown(_why_unknown(known), source="registry")


def _why_unknown(known: Known) -> str:
    if known.identity.weights is Weights.CLOSED:
        return "no weights are published; the provider's terms apply"
    if known.identity.family is not None:
        return "the checkpoints of this family differ, and this one is not on record"
    record = known.record
    if record is not None and record.status is HubStatus.NOT_PUBLIC:
        return "not public on the Hub under this name"
    if record is not None and record.status is HubStatus.OFFLINE:
        return "not on record, and the Hub was not asked"
    return "not on record"


def _terms_of_service(known: Known) -> str:
    answer = known.answer
    return f"{answer.why} The terms of that service apply." if answer else ""


def _side_facts(known: Known, tag: Licence | None, upstream: Licence | None) -> dict[str, Fact[Any]]:
    facts: dict[str, Fact[Any]] = {}
    declared = known.declared
    if declared is not None and declared.licence:
        facts["licence_tag"] = Fact(
            value=", ".join(declared_tags(declared)), source=known.hub_source, checked=declared.fetched,
            confidence=Confidence.MEDIUM,
        )  # fmt: skip
    if upstream is not None:
        facts["licence_upstream"] = Fact(
            value=upstream.id, source=upstream.source, checked=upstream.checked,
            confidence=Confidence.HIGH if upstream.verified else Confidence.LOW,
        )  # fmt: skip
    stricter = [item for item in (known.identity.licence, upstream) if tag and item and is_looser(tag, item)]
    if tag is not None and stricter:
        facts["relabelled"] = _relabelled(tag, stricter[0], facts["licence_tag"])
    return facts


def _strictest_upstream(known: Known, ancestors: Sequence[Ancestor]) -> Licence | None:
    """The strictest licence among ancestors that are more than a resemblance.

    A lab may license its own later weights anew: of one lab only the nearest licence counts.
    """
    labs = {known.identity.lab.id} if known.identity.lab and known.identity.licence else set()
    found: list[Licence] = []
    for item in ancestors:
        lab = item.lab.id if item.lab else ""
        if item.licence is not None and item.relation != "consistent-with" and lab not in labs:
            found.append(item.licence)
            labs |= {lab} - {""}
    return max(found, key=strictness, default=None)


def _is_modified(ancestors: Sequence[Ancestor]) -> bool:
    return any(item.relation in MODIFYING for item in ancestors)


def _fact(licence: Licence, source: str, known: Known, confidence: Confidence, note: str) -> Fact[str]:
    checked = known.record.fetched if known.record else licence.checked
    return Fact(value=licence.id, source=source, checked=checked, confidence=confidence, note=note)
