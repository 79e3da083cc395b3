"""The seam between the places a record can come from, and the stand-in that asks none of them over the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from vcdd.core.hub import HubRecord


class Source(Protocol):
    """A place on this machine that may know ids: the cache, the embedded snapshot, a firm's own list."""

    def find(self, ids: Sequence[str]) -> Mapping[str, HubRecord]:
        """Records of those ids it knows; the others are absent. Never raises, never uses the network."""
        ...

    def named(self, names: Sequence[str]) -> Mapping[str, str]:
        """Ids of those names that exactly one repository here has; see `core.hub.Hub.named`."""
        ...


def first_named(sources: Sequence[Source], names: Sequence[str]) -> dict[str, str]:
    """For each name the id that the first source with an answer gives."""
    found: dict[str, str] = {}
    for source in sources:
        found = {**source.named(names), **found}
    return found


def first_known(sources: Sequence[Source], ids: Sequence[str]) -> dict[str, HubRecord]:
    """For each id the record of the first source that knows it, ids that none knows left out."""
    found: dict[str, HubRecord] = {}
    for source in sources:
        missing = [model_id for model_id in ids if model_id not in found]
        if not missing:
            break
        found.update(source.find(missing))
    return found
