"""Prices and estimates. Decimal arithmetic only; a number without a source does not exist."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """One list price of one unit by one route."""

    provider: str
    """Provider id."""
    model: str
    """The provider's id of the model."""
    unit: str
    """`input-mtok`, `output-mtok`, `cached-input-mtok`, `image`, `video-second`, `audio-minute`, `character-k`, …"""
    amount: Decimal
    """Per one unit, in `currency`."""
    currency: str = "USD"
    conditions: str = ""
    """Tier, resolution, audio, region: when this price holds; empty for the ordinary one."""
    effective: date | None = None
    checked: date | None = None
    source: str = ""
    source_kind: str = ""
    """`vendor`, `aggregator`, `price-library`, `contract`."""
    stale: bool = False
    """Older than the policy's limit: shown, and left out of totals."""
    high: Decimal | None = None
    """The dearer figure where sources differ by more than 20 %; None otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure with its range, what drives it and how sure it is."""

    low: Decimal
    base: Decimal
    high: Decimal
    currency: str
    grade: str
    """A (invoice), B (measured tokens and dated list price), C (stated or assumed tokens), D (nobody stated anything: only
    unit figures, never a month)."""
    driver: str
    """The assumption that moves the figure most, in one clause."""
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A price-only comparison. Quality is not compared."""

    model: str
    lab: str
    country: str
    """ISO code of the originator; empty when unknown."""
    licence: str
    kind: str
    """`open-western`, `closed-western`, `open-other`."""
    why: str
    """The editor's reason for the peer group."""
    prices: tuple[Price, ...] = ()
    ratio: Decimal | None = None
    """Blended price over that of the model in use; None where either has no price."""
    monthly_usd: Decimal | None = None
    """Dollars a month at the stated volume, by price only; None unless a volume was given and both have a price."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfHosting:
    """What serving the weights oneself would take. Weights are free, inference is not."""

    memory_gb: Decimal
    gpu: str
    gpus: int
    gpu_hour: Price
    monthly: tuple[tuple[int, Decimal], ...]
    """(utilisation %, dollars per million output tokens) at 10, 30 and 60 %."""
    monthly_usd: Decimal | None = None
    """Rent for a month around the clock; None unless a volume was given, like every monthly figure."""
    break_even_mtok: Decimal | None = None
    """Million tokens a month at which self-hosting costs what the API route costs; None without an API price."""
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Everything said about the price of one model by one route."""

    model: str
    route: str
    """Provider id or route kind."""
    prices: tuple[Price, ...] = ()
    """Empty means unpriced, and `note` says why."""
    note: str = ""
    blended: tuple[tuple[str, Decimal], ...] = ()
    """(mix, dollars per million tokens) at 3:1, 10:1 and 1:1."""
    per_thousand_actions: Estimate | None = None
    monthly: Estimate | None = None
    """None unless a volume was given."""
    self_hosting: SelfHosting | None = None
    alternatives: tuple[Alternative, ...] = ()
    action_table: tuple[tuple[int, Decimal], ...] = ()
    """(input tokens per action, dollars per 1,000 actions), for the stated tokens or at 1,000, 5,000 and 20,000."""
    clips: tuple[tuple[str, int, Decimal], ...] = ()
    """(conditions, tries, dollars per accepted clip) for video; the length of the clip stands in the conditions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostSummary:
    """The cost section of a report."""

    costs: tuple[Cost, ...] = ()
    monthly: Estimate | None = None
    """Sum over the models that have a volume and a current price; None unless a volume was given."""
    without_volume: tuple[str, ...] = ()
    """Ids of models in use with a current price that `monthly` leaves out, because only others' volumes were given."""
    share_of_revenue: Decimal | None = None
    runway_months: Decimal | None = None
    priced: int = 0
    unpriced: int = 0
    sources: tuple[str, ...] = ()
    """The price sources used, each with its date."""
    notes: tuple[str, ...] = ()
    sensitivity: tuple[tuple[str, Decimal], ...] = ()
    """(what changes, dollars per month then); empty unless a volume was given."""
