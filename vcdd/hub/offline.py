"""The Hub with the network off: the same bytes twice, and never a guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vcdd.core.hub import HubRecord, HubStatus
from vcdd.hub.sources import Source, first_known, first_named


class OfflineHub:
    """Answers from the given sources in their order, and with status OFFLINE for what none of them knows."""

    def __init__(self, sources: Sequence[Source] = ()) -> None:
        self._sources = tuple(sources)

    def look_up(self, ids: Sequence[str]) -> Mapping[str, HubRecord]:
        """One record per distinct id, sorted by id."""
        distinct = sorted(set(ids))
        known = first_known(self._sources, distinct)
        return {
            model_id: known.get(model_id) or HubRecord(asked=model_id, status=HubStatus.OFFLINE)
            for model_id in distinct
        }

    def named(self, names: Sequence[str]) -> Mapping[str, str]:
        """Ids of names that one repository of the sources has."""
        return first_named(self._sources, names)

    @property
    def asked(self) -> tuple[str, ...]:
        """Always empty: nothing is sent."""
        return ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """Always empty: being offline was asked for, and every record says so."""
        return ()
