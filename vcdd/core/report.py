"""The report: everything one scan found, as values. Renderers choose words and layout, never numbers."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime

from vcdd.core.cost import CostSummary
from vcdd.core.evidence import Evidence
from vcdd.core.finding import Attestation, Claim, Finding, Outcome, Question
from vcdd.core.location import Location
from vcdd.core.model import ModelUse
from vcdd.core.reference import Observation, Reference
from vcdd.core.source_file import Coverage
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetInfo:
    """What was scanned."""

    name: str
    """Shown name: the folder's, archive's or repository's; never an absolute path."""
    kind: str
    """`folder`, `file`, `requirements`, `archive`, `image`, `git`, `list`, `hub`, `report`, `bom`."""
    commit: str = ""
    """Commit id where the target is a clone; empty otherwise."""
    commit_date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryInfo:
    """Which registry answered."""

    version: str
    newest_check: date | None = None
    overlays: tuple[str, ...] = ()
    """Names of the firm's overlay files that were applied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """A call whose model or endpoint comes from outside, or an id nobody knows."""

    kind: str
    """`model-from-outside`, `endpoint-from-outside`, `unknown-id`."""
    subject: str
    """The variable, setting or id."""
    locations: tuple[Location, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One scan."""

    tool_version: str
    registry: RegistryInfo
    target: TargetInfo
    scanned_at: datetime
    """Passed in, never read from the clock here."""
    offline: bool
    coverage: Coverage
    uses: tuple[ModelUse, ...] = ()
    """Strongest evidence first, then by model id and route."""
    unresolved: tuple[Unresolved, ...] = ()
    observations: tuple[Observation, ...] = ()
    references: tuple[Reference, ...] = ()
    """All references in order of place, those that named no model included."""
    findings: tuple[Finding, ...] = ()
    outcome: Outcome | None = None
    costs: CostSummary = field(default_factory=CostSummary)
    questions: tuple[Question, ...] = ()
    claims: tuple[Claim, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    sent_to_hub: tuple[str, ...] = ()
    """Every id the Hub was asked for, sorted."""
    warnings: tuple[str, ...] = ()

    def with_evidence(self, *classes: Evidence) -> tuple[ModelUse, ...]:
        """The uses whose strongest evidence is one of these classes, in report order."""
        return tuple(use for use in self.uses if use.evidence in classes)

    @property
    def in_use(self) -> tuple[ModelUse, ...]:
        """Bound and deployed uses only: the ones of which "uses" may be said."""
        return tuple(use for use in self.uses if use.evidence.is_use)
