"""One id without a target: everything known about it, for `vcdd model`."""

from __future__ import annotations

from vcdd.core.evidence import Evidence
from vcdd.core.hub import Hub
from vcdd.core.location import Location
from vcdd.core.model import ModelUse, Weights
from vcdd.core.reference import Hints, Reference, ReferenceKind
from vcdd.registry.registry import Registry
from vcdd.resolve.asking import ask_hub
from vcdd.resolve.enrich import enrich
from vcdd.resolve.hosts import host_of
from vcdd.resolve.identify import identify_reference, with_record
from vcdd.resolve.known import Known
from vcdd.resolve.route import route_of


def describe(written: str, *, via: str = "", registry: Registry, hub: Hub) -> ModelUse:
    """The model and route of an id that somebody typed; no references.

    `via` is where it was seen: a provider id, a loading library, or an address. The Hub is asked where the id can be a
    repository's and the registry does not settle it: whoever types an id wants it looked up.
    """
    reference = _asked(written, via, registry)
    known = identify_reference(reference, registry)
    records = ask_hub([known], hub, registry) if _may_be_on_hub(known) else {}
    record = records.get(known.identity.id)
    known = with_record(known, record, registry) if record else known
    model = enrich(known, registry, records)
    return ModelUse(model=model, route=route_of(reference, known, registry), references=())


def _asked(written: str, via: str, registry: Registry) -> Reference:
    is_address = via not in registry.providers and ("://" in via or "." in host_of(via))
    is_provider = via in registry.providers and not registry.providers[via].local
    hints = Hints(
        provider=via if is_provider else "",
        base_url=via if is_address else "",
        library=via if via and not is_provider and not is_address else "",
    )
    return Reference(
        written=written,
        kind=ReferenceKind.API_MODEL,
        evidence=Evidence.MENTION,
        location=Location(path="", line=0, column=0),
        hints=hints,
    )


def _may_be_on_hub(known: Known) -> bool:
    identity = known.identity
    return identity.id.count("/") == 1 and identity.weights is not Weights.CLOSED and known.answer is None
