"""Peer groups: which models an editor would lay beside each other by price, and why. Quality is not compared."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

from vcdd.pricing.package_data import read_toml
from vcdd.values import dataclass

Kind = Literal["open-western", "closed-western", "open-other"]
KINDS: tuple[Kind, ...] = ("open-western", "closed-western", "open-other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One model of a group."""

    model: str
    """Canonical id."""
    lab: str
    """Name of the lab."""
    lab_id: str
    """Its id in the registry."""
    country: str
    """ISO code of the originator's seat."""
    licence: str
    kind: Kind
    why: str
    """The editor's reason for the row."""
    routes: tuple[tuple[str, str], ...] = ()
    """(provider id, the provider's id of the model) to look prices up at, the lab's own first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerGroup:
    """Models of one task and size class."""

    id: str
    name: str
    peers: tuple[Peer, ...]
    families: tuple[str, ...] = ()
    """Registry families that belong here where the registry's record names no group."""


@cache
def load_peers() -> tuple[PeerGroup, ...]:
    """The groups of the package, in file order."""
    return tuple(
        PeerGroup(
            id=group["id"],
            name=group["name"],
            families=tuple(group.get("families", ())),
            peers=tuple(_peer(row) for row in group["peer"]),
        )
        for group in read_toml("peers.toml")["group"]
    )


def group_of(groups: Sequence[PeerGroup], group_id: str, family: str) -> PeerGroup | None:
    """The group with this id, else the one that lists the family; None where no editor made one."""
    by_id = next((group for group in groups if group_id and group.id == group_id), None)
    return by_id or next((group for group in groups if family and family in group.families), None)


def _peer(row: dict[str, object]) -> Peer:
    routes = row["routes"]
    if not isinstance(routes, dict):
        raise TypeError("routes of a peer must be a table")
    kind = next(kind for kind in KINDS if kind == row["kind"])
    return Peer(
        model=str(row["model"]),
        lab=str(row["lab"]),
        lab_id=str(row["lab_id"]),
        country=str(row["country"]),
        licence=str(row["licence"]),
        kind=kind,
        why=str(row["why"]),
        routes=tuple((str(provider), str(name)) for provider, name in routes.items()),
    )
