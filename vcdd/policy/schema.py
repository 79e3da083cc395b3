"""What a policy file holds, as values. Declarative: facts, an action and a reason; no expression language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from vcdd.core.company import Company
from vcdd.core.evidence import Evidence
from vcdd.core.finding import Action
from vcdd.values import dataclass

SCHEMA = 1
"""Version of the file format; pinned in every file."""

Wanted = tuple[str, ...] | bool | int
"""What one key of a `when` table asks for."""

TEXT_KEYS = (
    "license_class",
    "license_has",
    "license_id",
    "license_excludes_any",
    "lifecycle",
    "lifecycle_date_kind",
    "hosting",
    "storage",
    "storage_country_not",
    "originator_in",
    "originator_country",
    "regime",
    "lineage",
    "modality",
    "evidence",
    "severity",
)
"""Keys of a `when` table that take a list: any of the texts is enough. All keys of one table must hold."""
FLAG_KEYS = ("storage_country_not_adequate", "vendor_trains_by_default", "fine_tuned")
WHOLE_KEYS = ("lifecycle_days_left_max",)
WHEN_KEYS = (*TEXT_KEYS, *FLAG_KEYS, *WHOLE_KEYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRule:
    """One rule of the firm."""

    id: str
    when: Mapping[str, Wanted]
    """Not empty: a rule without a condition would judge everything."""
    action: Action
    reason: str
    owner: str
    """Who answers for it; the policy's owner where the rule names none."""
    reference: str = ""
    ask: tuple[str, ...] = ()
    """Question-bank ids."""
    policy: str = ""
    """The policy that wrote it, for inherited rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gates:
    """What stops a conclusion, apart from any rule."""

    fail_on: tuple[Action, ...] = (Action.DENY,)
    unknown_data_path: Action = Action.REVIEW
    """What an endpoint from outside the target leads to."""
    min_evidence: Evidence = Evidence.DEPLOYED
    """Weaker classes can only note."""
    stale_after_days: Mapping[str, int] = field(default_factory=dict)
    """By kind of fact: price, lifecycle, vendor_terms, lists."""
    require_coverage: float | None = None
    """Share of files that must have been read; below it the outcome is incomplete."""


STALE_KINDS = ("price", "lifecycle", "vendor_terms", "lists")


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyContext:
    """What the firm says of the company's market: it switches regimes on and judges nothing by itself."""

    sells_to: tuple[str, ...] = ()
    established_in: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    personal_data: bool | None = None
    generates_media: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyException:
    """A decision that somebody has set aside, for one subject and until one day."""

    rule: str
    subject: str
    """Canonical model id or gate name."""
    reason: str
    approver: str
    expires: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyCase:
    """One example case of the policy's author: given these facts, this action, by this rule."""

    name: str
    given: Mapping[str, Wanted]
    expect: Action
    rule: str = ""
    """Empty: any rule."""
    company: Company | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A policy with everything it inherits, its own rules first."""

    name: str
    version: str
    summary: str
    owner: str
    source: str
    """`built-in` or the file's name."""
    gates: Gates = field(default_factory=Gates)
    context: PolicyContext = field(default_factory=PolicyContext)
    company: Company | None = None
    rules: tuple[PolicyRule, ...] = ()
    exceptions: tuple[PolicyException, ...] = ()
    cases: tuple[PolicyCase, ...] = ()
    extends: tuple[str, ...] = ()
    """Names of the policies it builds on, nearest first."""
