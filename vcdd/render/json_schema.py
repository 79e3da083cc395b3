"""Schema of JSON v1: our promise to other programs, kept when internals move.

Rules of the form: empty text means "nothing to say"; null means "unknown", and a fact beside it says why; dates are
ISO; money is a decimal in a string, because binary floats change prices; lists keep the report's order. Version 1 may
gain optional fields and never loses or renames one. This module loads pydantic: import it where it is used.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from vcdd.core.evidence import Confidence, Evidence
from vcdd.core.finding import Action, Effort, Severity
from vcdd.core.model import ConditionKind, DateKind, LicenceClass, LifecycleStatus, Role, Weights
from vcdd.core.reference import ObservationKind, ReferenceKind
from vcdd.core.route import RouteKind

Money = Annotated[Decimal, PlainSerializer(lambda number: f"{number:f}", return_type=str)]


class Document(BaseModel):
    """Base of all parts: reads attributes of our values, refuses unknown keys, has no defaults that hide a loss."""

    model_config = ConfigDict(from_attributes=True, extra="forbid", frozen=True, populate_by_name=True)


class ToolPart(Document):
    """The program that wrote the report."""

    name: Literal["vcdd"]
    version: str


class RegistryPart(Document):
    """The registry that answered."""

    version: str
    newest_check: datetime.date | None
    overlays: list[str]


class TargetPart(Document):
    """What was scanned; never an absolute path."""

    name: str
    kind: str
    commit: str
    commit_date: str


class SkippedPart(Document):
    """A file that was not read. Not read is not clean."""

    path: str
    reason: str
    files: int = Field(description="Files this row stands for; 0 for a thing that is no file.")
    open_ended: bool = Field(default=False, description="Reading ended early here; how much lies behind is unknown.")


class FallbackPart(Document):
    """A file that its own parser refused and a weaker reader read."""

    path: str
    parser: str
    used: str
    reason: str


class CoveragePart(Document):
    """The denominator."""

    files_total: int
    files_read: int
    files_parsed: int
    files_skipped: list[SkippedPart]
    parse_fallbacks: list[FallbackPart]


class FactPart(Document):
    """A value or an unknown, with where it was read and when."""

    value: Any = Field(description="Any JSON value; null is unknown and `note` says why.")
    source: str
    checked: datetime.date | None
    confidence: Confidence
    note: str


class LabPart(Document):
    """Who trains models; `country` is the seat, as ISO 3166-1 alpha-2."""

    id: str
    name: str
    country: str | None
    country_fact: FactPart
    parent: str
    parent_country: str | None
    parent_country_fact: FactPart | None
    list_entries: list[str]


class DeveloperPart(Document):
    """A lab in one role around the weights, with the country of that role."""

    lab: str
    role: Role
    country: str | None
    record: LabPart


class ConditionPart(Document):
    """One condition of a licence."""

    kind: ConditionKind
    text: str
    amount: int | None
    period: str
    territories: list[str]
    duty: str


class LicencePart(Document):
    """A licence text of one version and date."""

    id: str
    name: str
    spdx: str
    category: LicenceClass = Field(alias="class")
    conditions: list[ConditionPart]
    source: str
    checked: datetime.date | None
    verified: bool


class LifecyclePart(Document):
    """Whether the model still answers; a floor (`not-sooner-than`) is never an announcement."""

    status: LifecycleStatus
    date: datetime.date | None
    date_kind: DateKind | None
    successor: str
    source: str
    checked: datetime.date | None


class AncestorPart(Document):
    """One step of lineage, nearest first."""

    id: str
    relation: str
    lab: str | None
    country: str | None
    how: str
    source: str
    licence: LicencePart | None
    record: LabPart | None


class ProviderPart(Document):
    """Who serves a model. Never an originator by being one."""

    id: str
    name: str
    kind: RouteKind
    country: FactPart
    contracting_entity: FactPart
    contracting_country: FactPart
    storage: FactPart
    storage_country: FactPart
    trains_by_default: FactPart
    retention: FactPart
    dpa: FactPart
    hosts: list[str]


class RoutePart(Document):
    """One way in which the target reaches the model."""

    kind: RouteKind
    provider: str | None
    host: str | None
    storage: str | None
    storage_country: str | None
    why: str
    open_symbol: str = Field(description="The variable that can send the calls elsewhere; empty when settled.")
    evidence: Evidence | None = Field(description="Strongest class by this route; null when only asked about.")
    order: int = Field(description="Position of this model by this route among all, strongest evidence first.")
    storage_fact: FactPart
    storage_country_fact: FactPart
    record: ProviderPart | None


class HintsPart(Document):
    """What the place says about the route."""

    provider: str
    base_url: str
    base_url_symbol: str
    key_symbol: str
    library: str
    revision: str
    modality: str


class ReasonPart(Document):
    """Why the judge decided so."""

    rule: str
    row: str
    links: list[str]
    note: str = Field(default="", description="What a reader must know of the table's row, in the tool's own words.")


class ReferencePart(Document):
    """One sighting. `line` and `column` count from 1; 0 means the file as a whole."""

    written: str
    path: str
    line: int
    column: int
    evidence: Evidence
    slot: str
    way: str
    detector: str
    confidence: Confidence
    kind: ReferenceKind
    symbol: str
    through: str
    snippet: str
    hints: HintsPart
    reason: ReasonPart
    route: int | None = Field(description="Index into the model's `routes`; null where no model is named.")


class ModelPart(Document):
    """Everything known of one model. `id` is canonical."""

    id: str
    name: str
    asked: str | None = Field(default=None, description="The id as asked, in the output of `vcdd model`.")
    family: str | None
    lab: LabPart | None = Field(description="The originator; null is unknown and never the uploader.")
    developers: list[DeveloperPart]
    licence: LicencePart | None = Field(description="Of the weights; the terms of an API belong to the route.")
    weights: Weights
    modality: str | None
    lifecycle: LifecyclePart | None
    lineage: list[AncestorPart]
    evidence: Evidence | None = Field(description="Strongest class over all routes; null when only asked about.")
    is_alias: bool
    match: str
    released: datetime.date | None
    peer_group: str | None
    parameters: int | None
    routes: list[RoutePart]
    references: list[ReferencePart]
    facts: dict[str, FactPart]


class LocationPart(Document):
    """A place in a file of the target."""

    path: str
    line: int
    column: int
    snippet: str


class UnresolvedPart(Document):
    """What comes from outside the target, or is not known to anyone."""

    kind: str
    subject: str
    locations: list[LocationPart]
    why: str


class ObservationPart(Document):
    """A fact about the target that is not a reference."""

    kind: ObservationKind
    subject: str
    location: LocationPart
    evidence: Evidence
    detail: str


class FindingPart(Document):
    """A fact with its general consequence; severity is capped by evidence."""

    id: str
    rule: str
    dimension: str
    severity: Severity
    confidence: Confidence
    title: str
    message: str
    fact: str
    consequence: str
    remedy: str
    effort: Effort
    model: str | None
    locations: list[LocationPart]
    fingerprint: str
    capped_from: Severity | None
    status: str
    questions: list[str]
    suppressed_by: str


class DecisionPart(Document):
    """One policy rule that matched one subject."""

    rule: str
    action: Action
    subject: str
    reason: str
    owner: str
    reference: str
    ask: list[str]
    excepted_by: str
    location: LocationPart | None


class PolicyPart(Document):
    """What the firm's policy says."""

    name: str
    version: str
    outcome: Action
    incomplete: bool
    explicit: bool
    decisions: list[DecisionPart]
    context: dict[str, str]


class PricePart(Document):
    """One list price of one unit by one route."""

    provider: str
    model: str
    unit: str
    amount: Money
    currency: str
    conditions: str
    effective: datetime.date | None
    checked: datetime.date | None
    source: str
    source_kind: str
    stale: bool
    high: Money | None


class EstimatePart(Document):
    """A range with what drives it."""

    low: Money
    base: Money
    high: Money
    currency: str
    grade: str
    driver: str
    assumptions: list[str]


class AlternativePart(Document):
    """A price-only comparison. Quality is not compared."""

    model: str
    lab: str
    country: str
    licence: str
    kind: str
    why: str
    prices: list[PricePart]
    ratio: Money | None
    monthly_usd: Money | None = Field(default=None, description="At the stated volume; null without one.")


class SelfHostingPart(Document):
    """What serving the weights oneself would take; `monthly` is (utilisation %, dollars per million output tokens)."""

    memory_gb: Money
    gpu: str
    gpus: int
    gpu_hour: PricePart
    monthly: list[tuple[int, Money]]
    monthly_usd: Money | None
    break_even_mtok: Money | None
    assumptions: list[str]


class CostPart(Document):
    """Everything said about the price of one model by one route."""

    model: str
    route: str
    prices: list[PricePart]
    note: str
    blended: list[tuple[str, Money]]
    per_thousand_actions: EstimatePart | None
    monthly: EstimatePart | None
    self_hosting: SelfHostingPart | None
    alternatives: list[AlternativePart]
    action_table: list[tuple[int, Money]] = Field(description="(input tokens per action, dollars per 1,000 actions).")
    clips: list[tuple[str, int, Money]] = Field(description="(conditions, tries, dollars per accepted clip).")


class CostSummaryPart(Document):
    """What holds for the costs together."""

    monthly: EstimatePart | None
    without_volume: list[str] = Field(
        default=[], description="Models in use with a current price that the monthly figure leaves out."
    )
    share_of_revenue: Money | None
    runway_months: Money | None
    priced: int
    unpriced: int
    sources: list[str]
    notes: list[str]
    sensitivity: list[tuple[str, Money]] = Field(description="(what changes, dollars per month then).")


class QuestionPart(Document):
    """Something only the founders can answer."""

    id: str
    text: str
    why: str
    model: str | None
    weight: int
    standing: bool = Field(default=False, description="Asked of every company, whatever the code shows.")


class ClaimPart(Document):
    """A statement about the product beside what the code shows."""

    text: str
    where: str
    kind: str
    shown: str
    status: str


class AttestationPart(Document):
    """What the company declares about a slot beside what was observed."""

    slot: str
    model: str
    by: str
    on: datetime.date
    expires: datetime.date
    observed: list[str]
    expired: bool


class ReportDocument(Document):
    """One scan."""

    model_config = ConfigDict(
        from_attributes=True, extra="forbid", frozen=True, populate_by_name=True, title="vcdd report, version 1"
    )

    schema_version: Literal[1]
    tool: ToolPart
    registry: RegistryPart
    target: TargetPart
    scanned_at: datetime.datetime
    offline: bool
    coverage: CoveragePart
    models: list[ModelPart]
    other_references: list[ReferencePart] = Field(description="References that name no model, in order of place.")
    unresolved: list[UnresolvedPart]
    observations: list[ObservationPart]
    findings: list[FindingPart]
    policy: PolicyPart | None
    costs: list[CostPart]
    cost_summary: CostSummaryPart
    questions: list[QuestionPart]
    claims: list[ClaimPart]
    attestations: list[AttestationPart]
    sent_to_hub: list[str]
    warnings: list[str]
