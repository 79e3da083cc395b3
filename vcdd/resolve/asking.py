"""What the Hub is asked: ids that a loader would fetch and the registry does not settle, and their declared parents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vcdd.core.hub import Hub, HubRecord
from vcdd.registry.registry import Registry
from vcdd.resolve.identify import is_settled
from vcdd.resolve.known import Known
from vcdd.resolve.lineage import MAX_DEPTH, parents_to_ask


def ask_hub(known: Iterable[Known], hub: Hub, registry: Registry) -> dict[str, HubRecord]:
    """Records by the id that was asked: one batch for the ids themselves, one for each generation of declared parents.

    Parents are public ids that the Hub itself named; they are followed at most six generations, each id once.
    """
    open_ids = (item.identity.id for item in known if not is_settled(item.identity))
    wanted = sorted({name for name in open_ids if name and name.count("/") <= 1})
    records = dict(hub.look_up(wanted)) if wanted else {}
    return ask_parents(records, hub, registry, generations=MAX_DEPTH - 1)


def ask_parents(
    records: Mapping[str, HubRecord], hub: Hub, registry: Registry, *, generations: int = MAX_DEPTH
) -> dict[str, HubRecord]:
    """`records` and those of the parents they declare, of their parents, and so on, where the registry leaves a gap."""
    found = dict(records)
    layer = list(records)
    for _ in range(generations):
        parents = {parent for name in layer for parent in _unsettled_parents(name, found, registry)}
        layer = sorted(parents - found.keys())
        if not layer:
            break
        found.update(hub.look_up(layer))
    return found


def _unsettled_parents(name: str, records: Mapping[str, HubRecord], registry: Registry) -> list[str]:
    child = Known(written=name, identity=registry.identify(name), record=records[name])
    return [parent for parent in parents_to_ask(child) if _is_open(registry, parent)]


def _is_open(registry: Registry, model_id: str) -> bool:
    """Whether the registry leaves lab or licence of this parent open."""
    identity = registry.identify(model_id)
    return identity.lab is None or identity.licence is None
