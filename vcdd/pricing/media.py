"""Images, video seconds, characters, pages: what a unit costs and what an accepted clip costs."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from vcdd.core.cost import Estimate, Price
from vcdd.pricing import conditions
from vcdd.pricing.rates import CURRENCY, Range, current
from vcdd.pricing.rounding import plain, rounded
from vcdd.pricing.unit_cost import estimate_of

CLIP_SECONDS = Decimal(5)
"""Length of the clip that prices are compared at."""
TRIES = (1, 2, 4)
"""Generations per accepted clip in the table."""
VIDEO_UNITS = ("video-second", "video-clip", "video-megapixel")
_FRAME_MEGAPIXELS = Decimal(1280 * 720) / 1_000_000
_FRAMES_PER_SECOND = Decimal(25)
_THOUSAND = Decimal(1000)

_ACTIONS = (
    ("image", "one image"),
    ("audio-minute", "one minute of audio"),
    ("character-k", "1,000 characters"),
    ("page", "one page"),
    ("query", "one search"),
)
"""What one action is where a model is sold by this unit, in order of preference."""

UNIT_WORDS: dict[str, tuple[str, Decimal]] = {
    "image": ("image", Decimal(1)),
    "images": ("image", Decimal(1)),
    "second": ("video-second", Decimal(1)),
    "seconds": ("video-second", Decimal(1)),
    "video-second": ("video-second", Decimal(1)),
    "video-seconds": ("video-second", Decimal(1)),
    "clip": ("video-clip", Decimal(1)),
    "clips": ("video-clip", Decimal(1)),
    "minute": ("audio-minute", Decimal(1)),
    "minutes": ("audio-minute", Decimal(1)),
    "audio-minute": ("audio-minute", Decimal(1)),
    "audio-minutes": ("audio-minute", Decimal(1)),
    "hour": ("audio-minute", Decimal(60)),
    "hours": ("audio-minute", Decimal(60)),
    "character": ("character-k", Decimal(1) / 1000),
    "characters": ("character-k", Decimal(1) / 1000),
    "page": ("page", Decimal(1)),
    "pages": ("page", Decimal(1)),
    "query": ("query", Decimal(1)),
    "queries": ("query", Decimal(1)),
    "searches": ("query", Decimal(1)),
    "megapixel": ("megapixel", Decimal(1)),
    "megapixels": ("megapixel", Decimal(1)),
}
"""Words a usage file may use for a unit, with our unit and how many of it one such unit is."""


def is_media(prices: Sequence[Price]) -> bool:
    """Whether a model is sold by the image or the clip: its token prices are then not those of text."""
    return any(price.unit == "image" or price.unit in VIDEO_UNITS for price in prices)


def unit_range(prices: Sequence[Price], unit: str) -> Range | None:
    """What one unit costs across resolutions and other conditions: cheapest, ordinary, dearest; None without a price.

    Where no ordinary price is listed the likely case is the middle one. Batch prices are left out.
    """
    fitting = sorted(
        (price for price in current(prices) if price.unit == unit and conditions.BATCH not in price.conditions),
        key=lambda price: price.amount,
    )
    if not fitting:
        return None
    ordinary = next((price.amount for price in fitting if not price.conditions), fitting[len(fitting) // 2].amount)
    return Range(fitting[0].amount, ordinary, max(price.high or price.amount for price in fitting))


def clips(prices: Sequence[Price], seconds: Decimal = CLIP_SECONDS) -> tuple[tuple[str, int, Decimal], ...]:
    """(conditions, tries, dollars per accepted clip) for every dollar price of video, in the order of the prices.

    A stale price is shown too, and its conditions say `stale` or why it is historical; no total is made of it.
    """
    rows: list[tuple[str, int, Decimal]] = []
    for price in (price for price in prices if price.currency == CURRENCY):
        cost, basis = _clip(price, seconds)
        if cost is not None:
            age = "stale" if price.stale and "historical" not in price.conditions else ""
            when = conditions.join(price.conditions, basis, age)
            rows.extend((when, tries, plain(cost * tries)) for tries in TRIES)
    return tuple(rows)


def _clip(price: Price, seconds: Decimal) -> tuple[Decimal | None, str]:
    """Dollars of one generation and what it is: None for a price that is not of video."""
    match price.unit:
        case "video-second":
            return price.amount * seconds, f"{seconds:f} s clip"
        case "video-megapixel":
            area = _FRAME_MEGAPIXELS * _FRAMES_PER_SECOND * seconds
            return price.amount * area, f"{seconds:f} s clip of 1280x720 at 25 frames a second"
        case "video-clip":
            return price.amount, ""
        case _:
            return None, ""


def thousand_units(prices: Sequence[Price]) -> Estimate | None:
    """Dollars per 1,000 actions of a media model: images, clips, minutes, pages …; None if not priced."""
    made = clips(tuple(current(prices)))
    if made:
        single = sorted(cost for _, tries, cost in made if tries == 1)
        cases = Range(single[0], single[len(single) // 2] * TRIES[1], single[-1] * TRIES[2])
        words = ("an action is one accepted clip of 5 seconds", "1, 2 and 4 generations per accepted clip")
        return rounded(_thousand(cases, "generations per accepted clip, which nobody has stated", words))
    for unit, one in _ACTIONS:
        found = unit_range(prices, unit)
        if found:
            driver = "size and quality" if found.low != found.high else "the list price"
            return rounded(_thousand(found, driver, (f"an action is {one}",)))
    return None


def _thousand(cases: Range, driver: str, assumptions: tuple[str, ...]) -> Estimate:
    scaled = Range(*(case * _THOUSAND for case in cases))
    return estimate_of(scaled, driver=driver, assumptions=assumptions, grade="D")
