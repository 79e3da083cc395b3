"""From a reference to an identity: the place's hints are the scope in which bare words are read."""

from __future__ import annotations

from dataclasses import replace

from vcdd.core.hub import HubRecord
from vcdd.core.reference import Reference, ReferenceKind
from vcdd.registry.identity import Identity
from vcdd.registry.registry import Registry
from vcdd.resolve.known import Known
from vcdd.resolve.rewrites import answer_of


def identify_reference(reference: Reference, registry: Registry, *, is_id: bool = False) -> Known:
    """The id of this reference as far as the registry knows it, and who answers where an address says so.

    `is_id`: a person gave it as an id, so that it need not look like one.
    """
    by_address = registry.host(reference.hints.base_url) if reference.hints.base_url else ""
    provider = by_address or reference.hints.provider
    identity = registry.identify(reference.written, provider=provider, library=reference.hints.library, is_id=is_id)
    asked_of = by_address or identity.provider or provider
    answer = None
    if reference.kind is ReferenceKind.API_MODEL:
        answer = answer_of(registry, reference.written, provider=asked_of, by_address=bool(by_address))
    return Known(written=reference.written, identity=identity, answer=answer)


def is_settled(identity: Identity) -> bool:
    """Whether the registry alone says enough: an exact checkpoint with its lab and licence."""
    return identity.match == "exact" and identity.lab is not None and identity.licence is not None


def with_record(known: Known, record: HubRecord, registry: Registry) -> Known:
    """`known` with what the Hub declares. A repository that was renamed is identified again under its new name."""
    identity = known.identity
    if record.id and record.id.lower() != record.asked.lower():
        renamed = registry.identify(record.id)
        if renamed.match != "none" or identity.match == "none":
            identity = renamed
    return replace(known, identity=identity, record=record)
