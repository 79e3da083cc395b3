"""What the firm knows of the company, and the volumes it stated: inputs, never guesses."""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal

from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Facts about the company; None and empty mean "not told", and lead to questions."""

    source: str = ""
    """The file it came from."""
    monthly_active_users: int | None = None
    annual_revenue_usd: int | None = None
    funds_raised_usd: int | None = None
    planned_round_usd: int | None = None
    """The cheque under discussion, which can itself end a grant."""
    monthly_burn_usd: int | None = None
    seat: str = ""
    """ISO code of the principal place of business."""
    markets: tuple[str, ...] = ()
    """ISO codes, or `EU`."""
    customers: tuple[str, ...] = ()
    """Kinds of customers: `us-dod`, `us-federal-civil`, `consumer`, `health`, …"""
    customer_data_in_prompts: bool | None = None
    commercial: bool | None = None
    """Whether the product is or will be sold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotVolume:
    """Stated volume of one slot or model."""

    slot: str
    """Slot name or model id the volume belongs to."""
    requests_per_month: Decimal | None = None
    input_tokens: Decimal | None = None
    """Per request."""
    output_tokens: Decimal | None = None
    """Per request."""
    cached_share: Decimal = Decimal(0)
    """Share of input tokens that hit a cache, 0 to 1."""
    batch: bool = False
    units_per_month: Decimal | None = None
    """Images, seconds, characters … for media models."""
    unit: str = ""
    invoice_usd: Decimal | None = None
    """Last monthly invoice."""
    measured: bool = False
    """True for numbers exported by a provider."""
    counts_requests: bool = True
    """False where the export counts tokens only: then the size of a request is a device for adding up, no fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Every stated volume. Empty means: no monthly figure anywhere."""

    source: str = ""
    requests_per_month: Decimal | None = None
    tokens_per_month: Decimal | None = None
    invoice_usd: Decimal | None = None
    input_tokens: Decimal | None = None
    output_tokens: Decimal | None = None
    slots: tuple[SlotVolume, ...] = ()
    revenue_usd: Decimal | None = None
    """Per month."""
    burn_usd: Decimal | None = None
    """Per month."""
    cash_usd: Decimal | None = None
    clip_seconds: Decimal | None = None
    tries: Decimal | None = None
    """Generations per accepted clip."""
    notes: tuple[str, ...] = field(default=())

    @property
    def is_stated(self) -> bool:
        """Whether any volume was given."""
        single = (self.requests_per_month, self.tokens_per_month, self.invoice_usd)
        return bool(self.slots) or any(value is not None for value in single)
