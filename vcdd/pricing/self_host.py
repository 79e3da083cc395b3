"""What serving the weights oneself would take: memory, processors, dollars per million tokens, break-even.

Weights are free, inference is not. Every figure rests on a named assumption: the precision, the context kept in memory,
one measured throughput that is scaled, and one dated rent.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import ceil

from vcdd.core.cost import Price, SelfHosting
from vcdd.core.model import Model
from vcdd.pricing.alternatives import PriceLookup
from vcdd.pricing.gpus import Offer, Plan, fitting, output_tokens_per_second
from vcdd.pricing.rates import MTOK
from vcdd.pricing.rounding import round_significant
from vcdd.pricing.unit_cost import blended_at
from vcdd.pricing.weights import Size, size_of

UTILISATIONS = (10, 30, 60)
"""Per cent of the saturated throughput: light, ordinary and well-filled use (product page 5.1)."""
HOURS_PER_MONTH = Decimal(730)
CACHED_TOKENS = Decimal(8_192 * 16)
"""Tokens held in memory at once: 16 requests of 8,192 tokens."""
OVERHEAD = Decimal("1.1")
"""Activations and fragmentation on top of weights and cache."""
_CACHE_SHARE = Decimal("0.15")
"""Cache as a share of the weights where the shape of the attention is not known."""
_CACHE_BYTES = Decimal(2)
_GIGA = Decimal(1_000_000_000)
_TOKENS_PER_OUTPUT = 4
"""Tokens of both kinds for each output token at the 3:1 mix that break-even is counted at."""
_TOKEN_MODALITIES = frozenset(("", "text", "code", "vision"))
_ROUTES = (
    "deepseek",
    "moonshot",
    "zai",
    "alibaba-dashscope",
    "openrouter",
    "together",
    "fireworks",
    "deepinfra",
    "novita",
)
"""Where the price of the same weights by API is looked for, when the target serves them itself."""


def self_hosting(
    model: Model, ids: Sequence[str], prices: Sequence[Price], look_up: PriceLookup, offers: Sequence[Offer]
) -> SelfHosting | None:
    """The plan that fits; None where the number of parameters is not known or no listed offer fits.

    For models that do not make tokens (images, video, speech) there is no figure per million tokens.
    """
    size = size_of(model, ids)
    makes_tokens = model.modality in _TOKEN_MODALITIES
    if size is None:
        return None
    memory = memory_gb(size, with_cache=makes_tokens)
    plan = fitting(offers, memory)
    if plan is None:
        return None
    speed = output_tokens_per_second(size, plan) if makes_tokens else None
    monthly_usd = plan.hourly * HOURS_PER_MONTH
    route, api = _api_price(tuple(ids), prices, look_up) if makes_tokens else ("", None)
    even = monthly_usd / api if api else None
    return SelfHosting(
        memory_gb=round_significant(memory),
        gpu=plan.gpu.name,
        gpus=plan.gpus,
        gpu_hour=plan.price,
        monthly=per_mtok(plan.hourly, speed) if speed else (),
        monthly_usd=round_significant(monthly_usd),
        break_even_mtok=round_significant(even) if even is not None else None,
        assumptions=tuple(_assumptions(size, plan, speed, even, route)),
    )


def memory_gb(size: Size, *, with_cache: bool = True) -> Decimal:
    """Gigabytes (10^9 bytes) for weights, cache of the keys and values, and overhead.

    Weights: parameters times bytes. Cache: 2 x layers x key heads x head width x 2 bytes x tokens held at once.
    """
    weights = Decimal(size.parameters) * size.bytes_per_parameter / _GIGA
    if not with_cache:
        return weights * OVERHEAD
    return (weights + cache_gb(size, weights)) * OVERHEAD


def cache_gb(size: Size, weights: Decimal) -> Decimal:
    """Gigabytes of cached keys and values; a share of the weights where the attention's shape is not known."""
    if size.shape is None:
        return weights * _CACHE_SHARE
    layers, heads, width = size.shape
    return 2 * Decimal(layers * heads * width) * _CACHE_BYTES * CACHED_TOKENS / _GIGA


def per_mtok(hourly: Decimal, speed: Decimal) -> tuple[tuple[int, Decimal], ...]:
    """(utilisation in per cent, dollars per million output tokens)."""
    full = hourly / (speed * 3600 / MTOK)
    return tuple((share, round_significant(full * 100 / share)) for share in UTILISATIONS)


def _api_price(ids: tuple[str, ...], prices: Sequence[Price], look_up: PriceLookup) -> tuple[str, Decimal | None]:
    """Blended 3:1 price by API and who asks it: the target's own route first."""
    if own := blended_at(prices):
        return prices[0].provider, own
    for route in _ROUTES:
        if found := blended_at(look_up(ids, route)):
            return route, found
    return "", None


def _assumptions(size: Size, plan: Plan, speed: Decimal | None, even: Decimal | None, route: str) -> Sequence[str]:
    """What the figures rest on, most important first."""
    words = [f"{_many(size.parameters)} parameters ({size.source}), {size.precision}"]
    if speed is not None:
        cache = "16 requests of 8,192 tokens in memory"
        words.append(cache if size.shape else f"{cache}, taken as 15 % of the weights")
        words.append(
            f"{round_significant(speed):,f} output tokens per second when saturated, scaled by memory traffic from"
            f" {plan.anchor}"
        )
    words.append("rent only: staff, spares and idle copies are not included")
    if even is not None:
        words.append(f"break-even against {route} at three input tokens to one output token")
        most = speed * 3600 * HOURS_PER_MONTH * Decimal("0.6") * _TOKENS_PER_OUTPUT / MTOK if speed else None
        if most is not None and even > most:
            count = ceil(even / most)
            words.append(f"one such set delivers less than the break-even volume at 60 % use: it would take {count}")
    return words


def _many(parameters: int) -> str:
    """`7.6 billion`, `33.4 million`."""
    scale, word = (_GIGA, "billion") if parameters >= _GIGA else (_GIGA / 1000, "million")
    return f"{round_significant(Decimal(parameters) / scale, 3):,f} {word}"
