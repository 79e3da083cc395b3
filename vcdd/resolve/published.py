"""What an organisation publishes on the Hub: each repository as a model with its base, declared or apparent."""

from __future__ import annotations

from collections.abc import Sequence

from vcdd.core.evidence import Evidence
from vcdd.core.hub import Hub, HubRecord
from vcdd.core.location import Location
from vcdd.core.model import ModelUse
from vcdd.core.reference import Reference, ReferenceKind
from vcdd.core.route import Route, RouteKind
from vcdd.registry.registry import Registry
from vcdd.resolve.asking import ask_parents
from vcdd.resolve.enrich import enrich
from vcdd.resolve.identify import with_record
from vcdd.resolve.known import Known
from vcdd.resolve.resolve import Resolution


def resolve_published(records: Sequence[HubRecord], *, registry: Registry, hub: Hub) -> Resolution:
    """One use per published repository, sorted by id. `hub` is asked only for declared parents that are not settled.

    A shape in a record (see `hub.configs.with_shapes`) gives the base that undeclared weights are consistent with.
    """
    listed = {record.id: record for record in records if record.id}
    everything = ask_parents(listed, hub, registry)
    uses = tuple(_use(listed[name], everything, registry) for name in sorted(listed))
    return Resolution(uses=uses, warnings=hub.warnings)


def _use(record: HubRecord, records: dict[str, HubRecord], registry: Registry) -> ModelUse:
    known = Known(written=record.id, identity=registry.identify(record.id))
    model = enrich(with_record(known, record, registry), registry, records)
    reference = Reference(
        written=record.id,
        kind=ReferenceKind.HUB_REPO,
        evidence=Evidence.DEPLOYED,
        location=Location(path=f"hf:{record.id}", line=0, column=0),
        way="published",
        detector="hub",
    )
    return ModelUse(model=model, route=Route(kind=RouteKind.UNKNOWN, why="published"), references=(reference,))
