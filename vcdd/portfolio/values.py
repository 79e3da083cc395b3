"""The words of this room: a company of the manifest, a job for a worker, and the rows that come back."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioCompany:
    """One company of the manifest. Files are absolute paths; empty strings are silence."""

    name: str
    sources: tuple[str, ...]
    """Absolute paths, or addresses of git repositories, in the order of the manifest."""
    shown: tuple[str, ...]
    """The same as the manifest writes them, credentials taken out: what may be stored and printed."""
    policy: str = ""
    """Name of a built-in policy, or the path of a policy file."""
    tags: tuple[str, ...] = ()
    stage: str = ""
    usage: str = ""
    """Path of a usage file."""
    company: str = ""
    """Path of a file with what is known of the company."""
    volumes: str = ""
    """Volumes stated in the manifest itself, as the text of a usage file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """What an earlier run made of one source under the same tool, registry and options."""

    digest: str
    """Content that was scanned then."""
    report: bytes
    """JSON v1, zlib-compressed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Everything a worker needs for one company. It is pickled, and two runs of it give the same result."""

    position: int
    """Place in the manifest, from 0."""
    company: PortfolioCompany
    options: tuple[tuple[str, Any], ...]
    """Settings of the scan by name, defaults left out, sorted."""
    registry_version: str = ""
    """Of the registry that the run was begun with; a worker keeps what it loaded while this stays the same."""
    now: datetime
    """The run's own time, with zone, so that a resumed run dates all its companies alike."""
    previous: tuple[Previous | None, ...] = ()
    """One for each source; None where nothing can be used again."""
    timeout_s: float = 600.0


class Status(StrEnum):
    """What became of a source or a company."""

    DONE = "done"
    PARTIAL = "partial"
    """Of a source: not wholly read, so what it does not show proves nothing. Of a company: a source failed or is so."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class UseRow:
    """One model by one route in one source. Empty strings are unknown."""

    model: str
    name: str
    lab: str
    """Lab id of the originator."""
    lab_name: str
    country: str
    """Seat of the originator, ISO 3166-1 alpha-2."""
    countries: str
    """Seats of the originator and of every declared ancestor's lab, sorted, separated by spaces."""
    licence: str
    licence_class: str
    weights: str
    """`open`, `closed` or `unknown`."""
    modality: str
    route: str
    """Kind of route."""
    provider: str
    """Name of whoever serves it, or the kind of route where nobody does."""
    host: str
    evidence: str
    is_use: bool
    """Whether "uses" may be said: bound or deployed."""
    slots: str
    """What the target calls it, separated by commas."""
    place: str
    """`path:line` of the strongest reference."""
    lifecycle: str
    lifecycle_date: str
    """ISO date, or empty."""
    lifecycle_kind: str
    """`announced`, `not-sooner-than`, `effective`, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class FactRow:
    """One fact about a model with its source and date."""

    model: str
    name: str
    value: str
    """Empty for an unknown."""
    source: str
    checked: str
    """ISO date, or empty where nobody has checked."""
    confidence: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """One finding."""

    fingerprint: str
    rule: str
    dimension: str
    severity: str
    title: str
    message: str
    model: str
    place: str
    is_active: bool
    """False for one that a baseline, a suppression or the target set aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRow:
    """What the firm's policy says of one source."""

    policy: str
    version: str
    action: str
    incomplete: bool
    reason: str
    """Of the deciding rule; empty where none decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceResult:
    """One source of a company, scanned or not."""

    spec: str
    """As the manifest writes it, without credentials."""
    status: Status
    error: str = ""
    """Why it failed or was not wholly read, in one sentence; empty otherwise."""
    kind: str = ""
    commit: str = ""
    digest: str = ""
    """Of the content that was scanned; equal digests are equal contents."""
    tool_version: str = ""
    registry_version: str = ""
    scanned_at: str = ""
    offline: bool = True
    files_total: int = 0
    files_read: int = 0
    open_calls: int = 0
    """Calls whose model comes from outside the target: AI is used, nobody knows which."""
    monthly_usd: str = ""
    """Stated volumes at list prices, per month; empty unless a volume was given."""
    is_reused: bool = False
    """Judged again from the report of an earlier run, not read again."""
    uses: tuple[UseRow, ...] = ()
    facts: tuple[FactRow, ...] = ()
    """Sorted, each once."""
    findings: tuple[FindingRow, ...] = ()
    outcome: OutcomeRow | None = None
    report: bytes = b""
    """JSON v1, zlib-compressed; empty for a failed source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobResult:
    """What came back for one company."""

    position: int
    company: PortfolioCompany
    sources: tuple[SourceResult, ...]
    elapsed_s: float = 0.0

    @property
    def status(self) -> Status:
        """DONE when every source was scanned wholly, FAILED when none was scanned at all."""
        found = {source.status for source in self.sources}
        return found.pop() if len(found) == 1 else Status.PARTIAL

    @property
    def error(self) -> str:
        """Why sources failed or were not wholly read, each sentence once."""
        return " ".join(dict.fromkeys(source.error for source in self.sources if source.error))
