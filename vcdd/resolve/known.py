"""Everything known of one id before it becomes a model: its identity, what the Hub declares, who really answers."""

from __future__ import annotations

from datetime import date

from vcdd.core.hub import HubRecord, HubStatus
from vcdd.registry.identity import Identity
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The address answers with something else than the name says."""

    model: str
    """The documented id that answers, or `provider:unknown`."""
    lab: str
    """Lab id of whoever's models answer there."""
    named: str
    """Name of the lab that the written name belongs to."""
    why: str
    source: str = ""
    checked: date | None = None

    @property
    def is_documented(self) -> bool:
        """Whether the provider says which of its models answers."""
        return not self.model.endswith(":unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One id with its identity and, where there is one, its Hub record."""

    written: str
    identity: Identity
    record: HubRecord | None = None
    """None where the Hub was not to be asked."""
    answer: Answer | None = None
    """Set where the endpoint beats the name."""

    named: str = ""
    """The bare name in the target, where the id was found by it alone in the embedded snapshot; empty otherwise."""

    @property
    def declared(self) -> HubRecord | None:
        """The record if it says anything about the model."""
        usable = self.record is not None and self.record.status in {HubStatus.OK, HubStatus.DISABLED}
        return self.record if usable else None

    @property
    def hub_source(self) -> str:
        """How the record is cited: who declared it and when."""
        record = self.record
        if record is None or record.fetched is None:
            return "Hub"
        place = "embedded Hub snapshot" if record.source == "snapshot" else "Hub"
        return f"declared on the {place} as of {record.fetched.isoformat()}"
