"""From all references and shapes of one scan to model uses. Sorted, deterministic, without a clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from vcdd.core.evidence import Evidence
from vcdd.core.hub import Hub, HubRecord
from vcdd.core.model import Model, ModelUse
from vcdd.core.reference import Reference, ReferenceKind
from vcdd.core.report import Unresolved
from vcdd.core.route import Route, RouteKind
from vcdd.core.shape import WeightsShape
from vcdd.registry.registry import Registry
from vcdd.resolve.asking import ask_hub
from vcdd.resolve.bare_names import complete
from vcdd.resolve.enrich import enrich
from vcdd.resolve.identify import identify_reference, with_record
from vcdd.resolve.known import Known
from vcdd.resolve.local_weights import local_uses
from vcdd.resolve.parts import owned
from vcdd.resolve.route import DEFAULT, route_of
from vcdd.resolve.unresolved import open_questions
from vcdd.values import dataclass

_NAMELESS = frozenset({ReferenceKind.OPEN, ReferenceKind.ENDPOINT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What the references of one scan come to."""

    uses: tuple[ModelUse, ...] = ()
    """Strongest evidence first, then by model id and route: one per model and route."""
    unresolved: tuple[Unresolved, ...] = ()
    warnings: tuple[str, ...] = ()
    """What could not be asked, one sentence per kind of trouble."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sighting:
    """One reference with what it names and how it is reached."""

    reference: Reference
    known: Known
    route: Route


def resolve(
    references: Sequence[Reference],
    shapes: Iterable[WeightsShape] = (),
    *,
    registry: Registry,
    hub: Hub,
    shelf: Hub | None = None,
) -> Resolution:
    """One use per canonical model and route, and what stays open.

    `hub` is asked only for repositories that a loader would fetch; `shelf`, which must not use the network, may be
    asked for any other id shaped like one.
    """
    at_home = local_uses(shapes, references, registry)
    taken = {reference for use in at_home for reference in use.references}
    named = [r for r in references if r.kind not in _NAMELESS and r not in taken]
    sightings = _on_own_machines(_sight(named, hub, registry))
    sightings = [sighting for sighting in sightings if not _is_mere_package(sighting)]
    records = _records(sightings, hub, shelf, registry)
    found = _group(sightings, records, registry)
    uses = tuple(sorted((*found, *at_home), key=_order))
    return Resolution(uses=uses, unresolved=open_questions(references, uses), warnings=hub.warnings)


def _sight(references: Sequence[Reference], hub: Hub, registry: Registry) -> list[_Sighting]:
    known = complete([identify_reference(reference, registry) for reference in references], hub, registry)
    known = owned(list(zip(references, known, strict=True)))
    return [
        _Sighting(reference=reference, known=item, route=route_of(reference, item, registry))
        for reference, item in zip(references, known, strict=True)
    ]


def _on_own_machines(sightings: list[_Sighting]) -> list[_Sighting]:
    """Repositories in settings are run like the others where a target loads weights itself and has no host of them.

    A target that also calls a host of many labs' models may mean that host's spelling: those stay unknown.
    """
    kinds = {s.route.kind for s in sightings if s.reference.evidence.is_use}
    if RouteKind.SELF_HOSTED not in kinds or kinds & {RouteKind.AGGREGATOR, RouteKind.CLOUD_MODEL_SERVICE}:
        return sightings
    return [
        replace(s, route=Route(kind=RouteKind.SELF_HOSTED, why="the target loads weights itself"))
        if s.reference.kind is ReferenceKind.HUB_REPO and _is_silent(s)
        else s
        for s in sightings
    ]


def _is_mere_package(sighting: _Sighting) -> bool:
    """A client package in a manifest names no model; it stays among the references."""
    return sighting.reference.kind is ReferenceKind.DEPENDENCY and (
        sighting.known.identity.match == "none" or bool(sighting.known.named)
    )


def _records(
    sightings: Sequence[_Sighting], hub: Hub, shelf: Hub | None, registry: Registry
) -> Mapping[str, HubRecord]:
    fetched = [s.known for s in sightings if s.reference.kind is ReferenceKind.HUB_REPO]
    records = ask_hub(fetched, hub, registry)
    if shelf is None:
        return records
    others = [s.known for s in sightings if "/" in s.known.identity.id and s.known.identity.id not in records]
    kept = {name: record for name, record in ask_hub(others, shelf, registry).items() if record.id}
    return kept | records


def _group(sightings: Sequence[_Sighting], records: Mapping[str, HubRecord], registry: Registry) -> list[ModelUse]:
    """Sightings by model and route, each model enriched once."""
    models: dict[tuple[str, str], Model] = {}
    grouped: dict[str, list[tuple[Model, _Sighting]]] = {}
    for sighting in sorted(sightings, key=lambda s: bool(s.known.named)):
        known = sighting.known
        record = records.get(known.identity.id)
        known = with_record(known, record, registry) if record else known
        key = known.identity.id, known.answer.model if known.answer else ""
        model = models.get(key) or models.setdefault(key, enrich(known, registry, records))
        grouped.setdefault(model.id, []).append((model, sighting))
    return [use for group in grouped.values() for use in _uses_of(group)]


def _uses_of(group: Sequence[tuple[Model, _Sighting]]) -> list[ModelUse]:
    """The uses of one model. A sighting that says nothing of a route joins the best one that is known.

    A route through a provider is the same whether or not the place also gives the provider's address.
    What is only listed or mentioned tells no route to what is used: a catalogue has the same model of many hosts.
    """
    model = group[0][0]
    sightings = sorted((sighting for _, sighting in group), key=_strength)
    firm = max(Evidence.SELECTABLE.rank, sightings[0].reference.evidence.rank)
    informed = [s for s in sightings if not _is_silent(s) and s.reference.evidence.rank <= firm]
    routes: dict[tuple[str, ...], list[_Sighting]] = {}
    placed = {s.route.provider.id: s.route for s in reversed(sightings) if s.route.provider and s.route.host}
    for sighting in sightings:
        route = informed[0].route if informed and _is_silent(sighting) else sighting.route
        if route.provider and not route.host:
            route = placed.get(route.provider.id, route)
        routes.setdefault(_route_key(route), []).append(sighting)
    return [_use(model, found) for found in routes.values()]


def _use(model: Model, sightings: Sequence[_Sighting]) -> ModelUse:
    spoken = [s for s in sightings if not _is_silent(s)] or list(sightings)
    symbol = next((s.route.open_symbol for s in spoken if s.route.open_symbol), "")
    references = tuple(dict.fromkeys(s.reference for s in sightings))
    return ModelUse(model=model, route=replace(spoken[0].route, open_symbol=symbol), references=references)


def _is_silent(sighting: _Sighting) -> bool:
    """Whether the place says nothing of its own about the route: unknown, or a default for what is not in use."""
    route = sighting.route
    is_unknown = route.kind is RouteKind.UNKNOWN and not route.host and not route.provider and not route.open_symbol
    return is_unknown or (route.why == DEFAULT and not sighting.reference.evidence.is_use)


def _route_key(route: Route) -> tuple[str, ...]:
    """Own hardware is one route, whatever the services on it are called."""
    if route.kind is RouteKind.SELF_HOSTED and route.provider is None:
        return (route.kind.value,)
    return route.kind.value, route.provider.id if route.provider else "", route.host


def _strength(sighting: _Sighting) -> tuple[int, str, int, int, str]:
    place = sighting.reference.location
    return sighting.reference.evidence.rank, place.path, place.line, place.column, sighting.reference.written


def _order(use: ModelUse) -> tuple[object, ...]:
    return use.evidence.rank, use.model.id, _route_key(use.route)
