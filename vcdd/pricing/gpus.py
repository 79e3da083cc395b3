"""Rented graphics processors: dated offers, and the one measured speed that others are scaled from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from math import ceil

from vcdd.core.cost import Price
from vcdd.pricing.merge import mark_stale
from vcdd.pricing.package_data import read_toml
from vcdd.pricing.units import GPU_HOUR
from vcdd.pricing.weights import Size
from vcdd.values import dataclass

MOST_GPUS = 64
"""Beyond this a plan is a data centre, not an estimate."""
_TOLERANCE = Decimal("1.2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gpu:
    """One kind of processor."""

    name: str
    memory_gb: int
    bandwidth_tb_s: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One rent, as read on a page."""

    gpu: Gpu
    gpus: int
    """How many are rented together."""
    price: Price
    """Of one processor and hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """So many processors of one offer."""

    gpu: Gpu
    gpus: int
    price: Price
    anchor: str
    """The measurement the speed is scaled from, in words."""

    @property
    def hourly(self) -> Decimal:
        """Dollars per hour for all of them."""
        return self.price.amount * self.gpus


def load_offers(on: date, stale_after_days: int) -> tuple[Offer, ...]:
    """The offers of the package with their age marked, in file order."""
    return tuple(
        Offer(gpu=offer.gpu, gpus=offer.gpus, price=mark_stale(offer.price, on, stale_after_days))
        for offer in _offers()
    )


def fitting(offers: Sequence[Offer], memory_gb: Decimal) -> Plan | None:
    """The plan for so many gigabytes; stale offers only where no current one fits, None where none does.

    Of the plans that cost at most twice the lowest rent, the one with the most memory bandwidth for a dollar: the
    lowest rent alone would buy sets too slow to serve anyone. `high` of its price is the dearest other offer of the
    same processor that is as fresh, where over 20 % dearer.
    """
    plans = [(offer, count) for offer in offers if (count := _count(offer, memory_gb)) <= MOST_GPUS]
    fresh = [(offer, count) for offer, count in plans if not offer.price.stale] or plans
    if not fresh:
        return None
    lowest = min(offer.price.amount * count for offer, count in fresh)
    near = [(offer, count) for offer, count in fresh if offer.price.amount * count <= 2 * lowest]
    best, count = min(near, key=_dollars_per_bandwidth)
    dearest = max(offer.price.amount for offer, _ in fresh if offer.gpu == best.gpu)
    return Plan(gpu=best.gpu, gpus=count, price=_with_high(best.price, dearest), anchor=_anchor().words)


def _count(offer: Offer, memory_gb: Decimal) -> int:
    """How many processors of an offer hold so many gigabytes: 1, 2, 4 or 8, then whole machines of 8."""
    least = max(ceil(memory_gb / offer.gpu.memory_gb), offer.gpus)
    return next((count for count in (1, 2, 4, 8) if count >= least), 8 * ceil(least / 8))


def _dollars_per_bandwidth(plan: tuple[Offer, int]) -> tuple[Decimal, int, str]:
    offer, count = plan
    return offer.price.amount / offer.gpu.bandwidth_tb_s, count, offer.price.source


def output_tokens_per_second(size: Size, plan: Plan) -> Decimal:
    """Saturated output of the whole plan.

    Making a token is bound by reading the active weights, so the measured speed per processor is scaled by the ratio of
    bytes read and by the ratio of memory bandwidth. Losses between many processors are not counted.
    """
    anchor = _anchor()
    bytes_read = Decimal(size.active) * size.bytes_per_parameter
    per_gpu = anchor.per_gpu * anchor.bytes_read / bytes_read * plan.gpu.bandwidth_tb_s / anchor.bandwidth
    return per_gpu * plan.gpus


def _with_high(price: Price, dearest: Decimal) -> Price:
    return replace(price, high=dearest) if dearest > price.amount * _TOLERANCE else price


@cache
def _gpus() -> dict[str, Gpu]:
    rows = read_toml("gpus.toml")["gpu"]
    return {
        row["name"]: Gpu(name=row["name"], memory_gb=row["memory_gb"], bandwidth_tb_s=Decimal(row["bandwidth_tb_s"]))
        for row in rows
    }


@cache
def _offers() -> tuple[Offer, ...]:
    return tuple(
        Offer(
            gpu=_gpus()[row["gpu"]],
            gpus=row["gpus"],
            price=Price(
                provider=row["provider"],
                model=row["gpu"],
                unit=GPU_HOUR,
                amount=Decimal(row["amount"]),
                checked=row["checked"],
                source=row["source"],
                source_kind="vendor",
            ),
        )
        for row in read_toml("gpus.toml")["offer"]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Anchor:
    """The measured speed."""

    per_gpu: Decimal
    """Output tokens per second of one processor."""
    bytes_read: Decimal
    """Bytes of active weights."""
    bandwidth: Decimal
    words: str


@cache
def _anchor() -> _Anchor:
    row = read_toml("throughput.toml")
    return _Anchor(
        per_gpu=Decimal(row["output_tokens_per_second"]) / row["gpus"],
        bytes_read=Decimal(row["parameters"]) * row["bytes_per_parameter"],
        bandwidth=_gpus()[row["gpu"]].bandwidth_tb_s,
        words=f"{row['model']} on {row['gpus']} {row['gpu']} ({row['source']})",
    )
