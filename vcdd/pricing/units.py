"""The billable units: what a price is per. A price file that names another unit is refused."""

from __future__ import annotations

TOKEN_UNITS = (
    "input-mtok",
    "output-mtok",
    "cached-input-mtok",
    "cache-write-mtok",
    "image-input-mtok",
    "image-output-mtok",
    "image-cached-input-mtok",
    "audio-input-mtok",
    "audio-output-mtok",
    "video-input-mtok",
)
"""Per million tokens; `image-` and `audio-` tokens are billed apart from text."""

MEDIA_UNITS = (
    "image",
    "input-image",
    "megapixel",
    "video-second",
    "input-video-second",
    "video-clip",
    "video-megapixel",
    "audio-minute",
    "audio-output-minute",
    "character-k",
    "page",
    "annotation-page",
    "query",
)
"""`character-k` is 1,000 characters, `query` one rerank search, `video-clip` one generation of fixed length."""

GPU_HOUR = "gpu-hour"
UNITS = frozenset((*TOKEN_UNITS, *MEDIA_UNITS, GPU_HOUR))
_ORDER = {unit: index for index, unit in enumerate((*TOKEN_UNITS, *MEDIA_UNITS, GPU_HOUR))}

CURRENCIES = frozenset(("USD", "EUR", "GBP", "CNY", "JPY", "CHF", "INR", "KRW", "CAD", "AUD", "SGD"))
"""ISO 4217 codes a price may be in. Only dollars are added up; the rest is shown in its own currency."""


def order(unit: str) -> int:
    """Position of a unit in tables; unknown units come last."""
    return _ORDER.get(unit, len(_ORDER))
