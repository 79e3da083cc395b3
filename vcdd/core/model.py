"""What is known of a model: who made it, under which licence, from what, and whether it still answers."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Any

from vcdd.core.evidence import Evidence
from vcdd.core.fact import Fact
from vcdd.core.reference import Reference
from vcdd.core.route import Route
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Lab:
    """Who trains models. Three countries are kept apart: the seat, the ultimate parent's, the contracting entity's."""

    id: str
    name: str
    country: Fact[str]
    """ISO 3166-1 alpha-2 of the lab's seat."""
    parent: str = ""
    parent_country: Fact[str] | None = None
    """None where the lab has no parent on record."""
    list_entries: tuple[str, ...] = ()
    """Codes of government-list records that name this lab or its parent."""


class ConditionKind(StrEnum):
    """Machine-readable licence conditions. A licence without conditions grants ordinary commercial use."""

    NON_COMMERCIAL = "non-commercial"
    MAU_THRESHOLD = "mau-threshold"
    REVENUE_THRESHOLD = "revenue-threshold"
    FUNDING_THRESHOLD = "funding-threshold"
    """Ends when the company has raised more than the value: an investor's own cheque can trip it."""
    TERRITORY_LIMIT = "territory-limit"
    FIELD_OF_USE = "field-of-use"
    ATTRIBUTION = "attribution"
    DISPLAY_DUTY = "display-duty"
    """A name must be shown in the product."""
    NAMING_DUTY = "naming-duty"
    """A derivative's name must begin with a given word."""
    OUTPUT_TRAINING = "output-training"
    """Outputs may not train other models."""
    ACCEPTABLE_USE = "acceptable-use"
    FLOW_DOWN = "flow-down"
    """Use restrictions must be passed on to customers."""
    COPYLEFT = "copyleft"
    REGISTRATION = "registration"
    """Commercial use needs registration or written authorisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition of a licence."""

    kind: ConditionKind
    text: str
    """What the licence states, in one neutral clause."""
    amount: int | None = None
    """The threshold: users, or whole US dollars."""
    period: str = ""
    """`month`, `year` or empty."""
    territories: tuple[str, ...] = ()
    """ISO codes, or `EU`."""
    duty: str = ""
    """What happens past the threshold: `no-grant`, `separate-licence`, `display`, `notice`."""


class LicenceClass(StrEnum):
    """The words "open source" belong to the first class only."""

    OPEN_SOURCE = "open-source"
    """OSI-approved text, or CC-BY / CC0 for weights, without further conditions."""
    OPEN_WEIGHT = "open-weight-conditional"
    """Weights are public; use is conditional."""
    NON_COMMERCIAL = "non-commercial"
    API_TERMS = "api-terms"
    """No weights; the vendor's terms of service."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """A licence text of one version and date."""

    id: str
    name: str
    spdx: str
    """SPDX id, or a `LicenseRef-…`."""
    category: LicenceClass
    conditions: tuple[Condition, ...] = ()
    source: str = ""
    checked: datetime.date | None = None
    verified: bool = True
    """False marks a record nobody has read against its source."""

    def has(self, kind: ConditionKind) -> bool:
        """Whether a condition of this kind stands in the text."""
        return any(condition.kind is kind for condition in self.conditions)


class Role(StrEnum):
    """The three roles around a set of weights. The uploader is not the originator."""

    ORIGINATOR = "originator"
    MODIFIER = "modifier"
    DISTRIBUTOR = "distributor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Developer:
    """A lab in one role, with the country of that role."""

    lab: Lab
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Ancestor:
    """One step of lineage."""

    id: str
    relation: str
    """`finetune`, `quantized`, `adapter`, `merge`, `conversion`, `distillation`, `consistent-with`."""
    how: str
    """`declared` (the Hub, a config, the registry) or `inferred` (a name, a shape)."""
    lab: Lab | None = None
    licence: Licence | None = None
    source: str = ""


class LifecycleStatus(StrEnum):
    """Whether a model still answers."""

    ACTIVE = "active"
    PREVIEW = "preview"
    DEPRECATED = "deprecated"
    RETIRED = "retired"


class DateKind(StrEnum):
    """What a lifecycle date means. A floor is never an announcement."""

    ANNOUNCED = "announced"
    NOT_SOONER_THAN = "not-sooner-than"
    EFFECTIVE = "effective"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifecycle:
    """Status with its date and the kind of that date."""

    status: LifecycleStatus
    date: datetime.date | None = None
    date_kind: DateKind | None = None
    successor: str = ""
    source: str = ""
    checked: datetime.date | None = None


class Weights(StrEnum):
    """Whether the weights are published."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model with everything resolved about it."""

    id: str
    """Canonical: `org/name` for open weights, the vendor's API id for closed ones, `local:<path>` in the target."""
    name: str
    family: str = ""
    """Family id; empty when no family is known."""
    lab: Lab | None = None
    """The originator; None is unknown and never the uploader."""
    developers: tuple[Developer, ...] = ()
    licence: Licence | None = None
    """Of the weights of this exact checkpoint; None is unknown (see `facts["licence"]` for the reason)."""
    weights: Weights = Weights.UNKNOWN
    modality: str = ""
    """text, code, embedding, rerank, vision, image, video, speech, music, 3d; empty when unknown."""
    lifecycle: Lifecycle | None = None
    lineage: tuple[Ancestor, ...] = ()
    """Nearest first; every ancestor's licence conditions apply."""
    is_alias: bool = False
    """A mutable name (`-latest`, a bare Ollama tag) that points to different checkpoints over time."""
    match: str = "none"
    """How the registry knew it: `exact`, `family`, `lab`, `hub`, `snapshot`, `shape`, `none`."""
    released: datetime.date | None = None
    peer_group: str = ""
    parameters: int | None = None
    facts: Mapping[str, Fact[Any]] = field(default_factory=dict)
    """By name: lab, country, licence, weights, lifecycle, base, …: each with source, date and confidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelUse:
    """One model by one route, with every reference that says so."""

    model: Model
    route: Route
    references: tuple[Reference, ...]
    """Strongest evidence first, then by place."""

    @property
    def evidence(self) -> Evidence:
        """The strongest class among the references, which stands first."""
        return self.references[0].evidence

    @property
    def slots(self) -> tuple[str, ...]:
        """What the target calls it, strongest first, without repeats or blanks."""
        return tuple(dict.fromkeys(r.slot for r in self.references if r.slot))
