"""Token prices from the genai-prices package: bundled, offline, MIT.

Its calculator applies long-context tiers to a whole call, so asking it for a million tokens gives the dear tier. Here
the price records themselves are read instead: the base is the ordinary price and each tier becomes a price of its own
with its condition. The package's updater, which goes to the network, is never started; what the user asked to have
fetched lies in a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vcdd.core.cost import Price
from vcdd.pricing import conditions
from vcdd.pricing.genai_data import dated, lists
from vcdd.pricing.provider_ids import ProviderNames, names_of
from vcdd.pricing.rounding import plain
from vcdd.values import dataclass

if TYPE_CHECKING:
    from genai_prices.types import ModelInfo, ModelPrice

_THOUSAND = 1000
_NANO = Decimal("0.000000001")
_SCALES: dict[str, tuple[str, Decimal]] = {
    "input_mtok": ("input-mtok", Decimal(1)),
    "output_mtok": ("output-mtok", Decimal(1)),
    "cache_read_mtok": ("cached-input-mtok", Decimal(1)),
    "cache_write_mtok": ("cache-write-mtok", Decimal(1)),
    "input_image_mtok": ("image-input-mtok", Decimal(1)),
    "output_image_mtok": ("image-output-mtok", Decimal(1)),
    "cache_image_read_mtok": ("image-cached-input-mtok", Decimal(1)),
    "input_audio_mtok": ("audio-input-mtok", Decimal(1)),
    "output_audio_mtok": ("audio-output-mtok", Decimal(1)),
    "input_video_mtok": ("video-input-mtok", Decimal(1)),
    "audio_hours": ("audio-minute", Decimal(1) / 60),
    "input_audio_hours": ("audio-minute", Decimal(1) / 60),
    "input_mchars": ("character-k", Decimal(1) / _THOUSAND),
    "input_document_kpages": ("page", Decimal(1) / _THOUSAND),
    "input_annotated_document_kpages": ("annotation-page", Decimal(1) / _THOUSAND),
}
"""Their price keys, our units, and what to multiply by. Keys that are absent (searches, storage) are not priced."""


@dataclass(frozen=True, slots=True)
class GenaiPrices:
    """The package as a price source; it is imported at the first question."""

    folder: Path | None = None
    """Folder of lists that were fetched on request; None for those of the package."""

    def prices_for(self, names: Sequence[str], provider: str, on: date) -> tuple[Price, ...]:
        """Ordinary, tiered, cached, batch and peak-hour prices of the first spelling the provider's list knows.

        Several of their lists may stand for one of our providers (a router with many sellers): all answer.
        """
        ours = names_of(provider)
        found = (_find(tuple(names), their_id, self.folder) for their_id in ours.genai)
        return tuple(price for hit in found if hit for price in _prices(*hit, ours, on, self.folder))


@cache
def _find(names: tuple[str, ...], their_id: str, folder: Path | None) -> tuple[ModelInfo, str] | None:
    """The model, and whose list it stands in where that is another's.

    Some providers sell at another's list price by the package's own account (Azure at OpenAI's): the price is then
    taken from there and the source says so.
    """
    finders = lists(folder).finders
    own = finders.get(their_id)
    if own is None:
        return None
    for lender in (own, *(finders[name] for name in own.provider.fallback_model_providers or () if name in finders)):
        for name in names:
            if model := lender.find(name):
                return model, "" if lender is own else lender.provider.name
    return None


def _prices(model: ModelInfo, lender: str, ours: ProviderNames, on: date, folder: Path | None) -> Iterator[Price]:
    base, effective = _standard(model, on)
    lent = f"list price of {lender}" if lender else ""
    words = ", ".join(text for text in (lent, ours.note) if text)
    source = lists(folder).source + (f": {words}" if words else "")
    checked = dated(folder, on)

    def price(unit: str, amount: Decimal, when: str) -> Price:
        return Price(
            provider=ours.id,
            model=model.id,
            unit=unit,
            amount=amount,
            conditions=when,
            effective=effective,
            checked=checked,
            source=source,
            source_kind="price-library",
        )

    standard = {(unit, when): amount for unit, when, amount in _amounts(base)}
    for (unit, when), amount in standard.items():
        yield price(unit, amount, when)
    moment = datetime.combine(on, time(12), tzinfo=UTC)
    if not lender and any(variant.when == {"processing": "batch"} for variant in model.price_variants or ()):
        for unit, when, amount in _amounts(model.get_prices(moment, {"processing": "batch"})):
            if amount != standard.get((unit, when)):
                yield price(unit, amount, conditions.join(conditions.BATCH, when))
    for window, peak in _peaks(model):
        for unit, when, amount in _amounts(peak):
            yield price(unit, amount, conditions.join(when, conditions.peak(window)))


def _standard(model: ModelInfo, on: date) -> tuple[ModelPrice, date | None]:
    """The price of that day outside peak hours, and since when."""
    from genai_prices.types import StartDateConstraint  # noqa: PLC0415 -- slow import

    if not isinstance(model.prices, list):
        return model.prices, None
    chosen, since = model.prices[0].prices, None
    for entry in model.prices:
        limit = entry.constraint
        if limit is None:
            chosen, since = entry.prices, None
        elif isinstance(limit, StartDateConstraint) and limit.start_date <= on:
            chosen, since = entry.prices, limit.start_date
    return chosen, since


def _peaks(model: ModelInfo) -> Iterator[tuple[str, ModelPrice]]:
    """Time-of-day prices with their window."""
    from genai_prices.types import TimeOfDateConstraint  # noqa: PLC0415 -- slow import

    for entry in model.prices if isinstance(model.prices, list) else ():
        limit = entry.constraint
        if isinstance(limit, TimeOfDateConstraint):
            yield f"{limit.start_time:%H:%M}-{limit.end_time:%H:%M}", entry.prices


def _amounts(record: ModelPrice) -> Iterator[tuple[str, str, Decimal]]:
    """Unit, tier condition and amount of everything a price record holds that we have a unit for."""
    for key, (unit, scale) in _SCALES.items():
        value: Any = record.__dict__.get(key)
        if isinstance(value, Decimal):
            yield unit, "", _scaled(value, scale)
        elif value is not None:
            yield unit, "", _scaled(value.base, scale)
            for tier in value.tiers:
                yield unit, conditions.above(tier.start), _scaled(tier.price, scale)


def _scaled(amount: Decimal, scale: Decimal) -> Decimal:
    """The amount per our unit; a sixtieth of an hour's price is cut at nine decimals."""
    return amount if scale == 1 else plain((amount * scale).quantize(_NANO))
