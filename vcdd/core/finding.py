"""Findings, questions and policy outcomes: three layers on top of facts, never mixed."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from vcdd.core.evidence import Confidence, Evidence
from vcdd.core.location import Location
from vcdd.values import dataclass


class Severity(StrEnum):
    """How bad on what is known, worst first."""

    BLOCKER = "blocker"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"
    OPEN = "open-question"
    """Cannot be graded without an answer."""

    @property
    def rank(self) -> int:
        """0 for a blocker; an open question ranks after low, before info."""
        return _RANK[self]


_RANK = {
    Severity.BLOCKER: 0,
    Severity.HIGH: 1,
    Severity.MEDIUM: 2,
    Severity.LOW: 3,
    Severity.OPEN: 4,
    Severity.INFO: 5,
}

SEVERITY_CAP = {
    Evidence.BOUND: Severity.BLOCKER,
    Evidence.DEPLOYED: Severity.BLOCKER,
    Evidence.SELECTABLE: Severity.LOW,
    Evidence.DEPENDENCY: Severity.LOW,
    Evidence.TEST: Severity.INFO,
    Evidence.MENTION: Severity.INFO,
    Evidence.CATALOG: Severity.INFO,
    Evidence.UNRESOLVED: Severity.OPEN,
}
"""The worst severity each evidence class allows (product page 4.4)."""


class Dimension(StrEnum):
    """The ten dimensions (product page 4.2)."""

    LICENCE = "D1"
    ORIGIN = "D2"
    DATA_PATH = "D3"
    LISTS = "D4"
    ARTEFACT = "D5"
    LIFECYCLE = "D6"
    CONCENTRATION = "D7"
    COST = "D8"
    DISCLOSURE = "D9"
    COVERAGE = "D10"

    @property
    def label(self) -> str:
        """The dimension's name in words."""
        return _LABELS[self]


_LABELS = {
    Dimension.LICENCE: "licence",
    Dimension.ORIGIN: "origin and lineage",
    Dimension.DATA_PATH: "data path and hosting",
    Dimension.LISTS: "lists and regimes",
    Dimension.ARTEFACT: "artefact security",
    Dimension.LIFECYCLE: "lifecycle",
    Dimension.CONCENTRATION: "concentration and switching",
    Dimension.COST: "cost and margin",
    Dimension.DISCLOSURE: "disclosure consistency",
    Dimension.COVERAGE: "assurance",
}


class Effort(StrEnum):
    """Effort of a remedy: hours, days, weeks."""

    SMALL = "S"
    MEDIUM = "M"
    LARGE = "L"


FROM_TARGET = "target: "
"""How `suppressed_by` begins for a wish of the scanned party; such a finding stays active."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A fact with its general consequence."""

    id: str
    """Short id within one report, `F1` …, in order of severity."""
    rule: str
    """Stable rule id, `L101` say."""
    dimension: Dimension
    severity: Severity
    confidence: Confidence
    title: str
    """A few words; names a country only in D2 and D4."""
    fact: str
    consequence: str
    remedy: str
    effort: Effort
    model: str = ""
    """Canonical model id; empty for a finding about the whole target."""
    locations: tuple[Location, ...] = ()
    fingerprint: str = ""
    """Line-free identity: rule, model, path and slot."""
    capped_from: Severity | None = None
    """The severity before the evidence cap, when the cap changed it."""
    status: str = ""
    """For thresholds and territories: `conflict`, `research-needed`, `ok`; empty otherwise."""
    questions: tuple[str, ...] = ()
    """Question-bank ids that would settle it."""
    suppressed_by: str = ""
    """Which baseline, suppression or target comment set it aside; empty when active."""

    @property
    def is_active(self) -> bool:
        """Whether the finding counts: nothing set it aside, or only the target asks to."""
        return not self.suppressed_by or self.suppressed_by.startswith(FROM_TARGET)

    @property
    def message(self) -> str:
        """Fact and consequence in one line."""
        return f"{self.fact} {self.consequence}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something only the founders can answer."""

    id: str
    """Id in the question bank (`Q61`)."""
    text: str
    why: str
    """Why it is open: the fact that is missing, with its place where there is one."""
    model: str = ""
    weight: int = 0
    """How much the answer would change the outcome; larger first."""
    standing: bool = False
    """Asked of every company; False for what this code raises, a policy asks or a list makes weigh more."""


class Action(StrEnum):
    """What a policy says, mildest first."""

    ALLOW = "allow"
    NOTE = "note"
    REVIEW = "review"
    DENY = "deny"

    @property
    def rank(self) -> int:
        """0 for allow."""
        return tuple(Action).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One rule of a policy that matched one subject."""

    rule: str
    action: Action
    subject: str
    """Canonical model id, or a gate's name."""
    reason: str
    owner: str = ""
    reference: str = ""
    ask: tuple[str, ...] = ()
    excepted_by: str = ""
    """The exception that set the decision aside, with its expiry; empty when it stands."""
    location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the firm's policy says of the target."""

    policy: str
    version: str
    action: Action
    incomplete: bool = False
    """A coverage gate was missed: the action stands on an incomplete reading."""
    decisions: tuple[Decision, ...] = ()
    """Deciding one first."""
    explicit: bool = False
    """Whether the firm named the policy; only then does `deny` set the exit status."""
    context: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement about the product, beside what the code shows."""

    text: str
    """At most 160 characters, quoted from the claims file."""
    where: str
    kind: str
    """`own-model`, `vendor`, `open-source`, `on-premises`, `country`, `unit-cost`."""
    shown: str
    """What the code shows, in one sentence."""
    status: str
    """`supported`, `not supported`, `stale`, `inconsistent`, `cannot tell`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """What the company declares about a slot, beside what was observed."""

    slot: str
    model: str
    by: str
    on: date
    expires: date
    observed: tuple[str, ...] = ()
    """Model ids observed in that slot."""
    expired: bool = False
