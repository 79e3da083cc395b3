"""The Hub as the rest of the house sees it: a record per id and a protocol; no network here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol

from vcdd.core.shape import WeightsShape
from vcdd.values import dataclass


class HubStatus(StrEnum):
    """What became of one question to the Hub."""

    OK = "ok"
    NOT_PUBLIC = "not-public"
    """Missing, private and renamed away are one answer: not public under this name."""
    GATED = "gated"
    DISABLED = "disabled"
    RATE_LIMITED = "rate-limited"
    UNREACHABLE = "unreachable"
    ODD = "odd"
    """The Hub answered with something that is not a model document."""
    OFFLINE = "offline"
    """Not asked: the network is off."""
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class HubRecord:
    """What the Hub says of one id. Uploaders declare it; nobody has checked it."""

    asked: str
    status: HubStatus
    id: str = ""
    """The id the Hub answers under; differs from `asked` after a rename."""
    author: str = ""
    licence: str = ""
    """The licence tag as declared (`apache-2.0`, `other`); empty when there is none."""
    licence_name: str = ""
    licence_link: str = ""
    bases: tuple[tuple[str, str], ...] = ()
    """(base id, relation) as declared; relation is empty where the uploader gives none."""
    shape: WeightsShape | None = None
    pipeline_tag: str = ""
    library: str = ""
    parameters: int | None = None
    gated: str = ""
    """`auto`, `manual` or empty."""
    created: date | None = None
    modified: date | None = None
    sha: str = ""
    downloads: int | None = None
    files: tuple[str, ...] = ()
    fetched: date | None = None
    """When the Hub said so; a cached answer keeps its date."""
    from_cache: bool = False
    source: str = "hub"
    """`hub` for the Hub itself or its cache, `snapshot` for the embedded copy."""


class Hub(Protocol):
    """Where records come from: the network, a cache, an embedded snapshot, or nowhere."""

    def look_up(self, ids: Sequence[str]) -> Mapping[str, HubRecord]:
        """One record per distinct id, whatever happened; never raises for a network fault."""
        ...

    def named(self, names: Sequence[str]) -> Mapping[str, str]:
        """For names without an organisation: the id of the one much-used repository of that name, case ignored.

        Answered from this machine alone. Names that none or several repositories have are absent.
        """
        ...

    @property
    def asked(self) -> tuple[str, ...]:
        """Ids sent over the network so far, sorted."""
        ...

    @property
    def warnings(self) -> tuple[str, ...]:
        """One sentence per kind of trouble, saying what is now unknown."""
        ...
