"""Ids without a target: everything known about each, for `vcdd model`."""

from __future__ import annotations

from collections.abc import Sequence

from vcdd.core.evidence import Evidence
from vcdd.core.hub import Hub
from vcdd.core.location import Location
from vcdd.core.model import ModelUse, Weights
from vcdd.core.reference import Hints, Reference, ReferenceKind
from vcdd.registry.registry import Registry
from vcdd.resolve.asking import ask_hub
from vcdd.resolve.bare_names import complete
from vcdd.resolve.enrich import enrich
from vcdd.resolve.hosts import host_of
from vcdd.resolve.identify import identify_reference, with_record
from vcdd.resolve.known import Known
from vcdd.resolve.lineage import Records
from vcdd.resolve.route import route_of


def describe(written: str, *, via: str = "", registry: Registry, hub: Hub) -> ModelUse:
    """The model and route of one id that somebody typed; no references. See `describe_all`."""
    return describe_all([(written, via)], registry=registry, hub=hub)[0]


def describe_all(asked: Sequence[tuple[str, str]], *, registry: Registry, hub: Hub) -> tuple[ModelUse, ...]:
    """A use without references for each (id, via), in the order asked.

    `via` is where the id was seen: a provider id, a loading library, or an address; empty for nothing. The Hub is asked
    once, in one batch, for every id that can be a repository's and that the registry does not settle: whoever types an
    id wants it looked up.
    """
    references = [_asked(written, via, registry) for written, via in asked]
    known = [identify_reference(reference, registry, is_id=True) for reference in references]
    known = complete(known, hub, registry)
    records = ask_hub([item for item in known if _may_be_on_hub(item)], hub, registry)
    return tuple(
        _described(reference, item, records, registry) for reference, item in zip(references, known, strict=True)
    )


def _described(reference: Reference, known: Known, records: Records, registry: Registry) -> ModelUse:
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
