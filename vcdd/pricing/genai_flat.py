"""The lists of the genai-prices package as plain tables, which load in milliseconds where the package takes 0.3 s.

Everything that depends on a day is worked out here for every day on which something changes, so that whoever reads the
tables needs neither the package nor its rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from vcdd.pricing import conditions
from vcdd.pricing.rounding import plain

if TYPE_CHECKING:
    from genai_prices.types import ModelInfo, ModelPrice, Provider

Flat = dict[str, Any]
"""One provider: `name`, `lenders` (whose lists it sells at), `exact` (lower-case id to place), `others` (place and rule)
and `models`, each `[id, states, peaks]`. A state is `[since, effective, rows, batch rows]` with days as ISO text, a peak
`[window, rows]`, and a row `[unit, amount, condition]`."""

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
_BATCH = {"processing": "batch"}
_Rows = list[list[str]]


def flat_lists(providers: Iterable[Provider]) -> dict[str, Flat]:
    """Every provider's list by the package's provider id."""
    return {provider.id: _provider(provider) for provider in providers}


def _provider(provider: Provider) -> Flat:
    exact: dict[str, int] = {}
    others: list[list[Any]] = []
    for place, model in enumerate(provider.models):
        rule = _rule(model.match)
        names = tuple(_ids(rule))
        for name in names:
            if name is not None:
                exact.setdefault(name, place)
        if None in names:
            others.append([place, rule])
    return {
        "name": provider.name,
        "lenders": list(provider.fallback_model_providers or ()),
        "exact": exact,
        "others": others,
        "models": [[model.id, _states(model), _peaks(model)] for model in provider.models],
    }


def _rule(clause: Any) -> list[Any]:
    """A matching rule as `[kind, text]` or `[kind, rules]`; there is one field in each of the package's clauses."""
    ((kind, value),) = vars(clause).items()
    return [kind.rstrip("_"), [_rule(part) for part in value] if isinstance(value, list) else value]


def _ids(rule: list[Any]) -> Iterator[str | None]:
    """The exact ids a rule lists, lower case; None for each part that is another kind of rule."""
    kind, value = rule
    if kind == "equals":
        yield value.lower()
    elif kind == "or":
        for part in value:
            yield from _ids(part)
    else:
        yield None


def _states(model: ModelInfo) -> list[list[Any]]:
    """What holds from each day on which something may change; the first state holds ever before."""
    days = {_start(entry.constraint) for entry in (*_entries(model), *(model.price_variants or ()))}
    return [_state(model, day) for day in sorted((days - {None}) | {date.min})]


def _state(model: ModelInfo, day: date) -> list[Any]:
    base, effective = _standard(model, day)
    standard = _rows(base)
    batch: _Rows = []
    if any(variant.when == _BATCH for variant in model.price_variants or ()):
        known = {(unit, when): amount for unit, amount, when in standard}
        moment = datetime.combine(day, time(12), tzinfo=UTC)
        batch = [
            [unit, amount, conditions.join(conditions.BATCH, when)]
            for unit, amount, when in _rows(model.get_prices(moment, _BATCH))
            if amount != known.get((unit, when))
        ]
    return [day.isoformat(), effective.isoformat() if effective else "", standard, batch]


def _standard(model: ModelInfo, on: date) -> tuple[Any, date | None]:
    """The price of that day outside peak hours, and since when."""
    entries = _entries(model)
    if not entries:
        return model.prices, None
    chosen, since = entries[0].prices, None
    for entry in entries:
        start = _start(entry.constraint)
        if entry.constraint is None or (start and start <= on):
            chosen, since = entry.prices, start
    return chosen, since


def _peaks(model: ModelInfo) -> list[list[Any]]:
    """Time-of-day prices with their window."""
    limits = ((entry.constraint, entry.prices) for entry in _entries(model))
    return [
        [f"{limit.start_time:%H:%M}-{limit.end_time:%H:%M}", _rows(prices)]
        for limit, prices in limits
        if hasattr(limit, "start_time")
    ]


def _entries(model: ModelInfo) -> list[Any]:
    return model.prices if isinstance(model.prices, list) else []


def _start(constraint: Any) -> Any:
    """The first day of a constraint by days, else None."""
    return getattr(constraint, "start_date", None)


def _rows(record: ModelPrice) -> _Rows:
    """Unit, amount and tier condition of everything a price record holds that we have a unit for, each pair once."""
    found: dict[tuple[str, str], Decimal] = {}
    for key, (unit, scale) in _SCALES.items():
        value: Any = record.__dict__.get(key)
        if isinstance(value, Decimal):
            found[unit, ""] = _scaled(value, scale)
        elif value is not None:
            found[unit, ""] = _scaled(value.base, scale)
            for tier in value.tiers:
                found[unit, conditions.above(tier.start)] = _scaled(tier.price, scale)
    return [[unit, str(amount), when] for (unit, when), amount in found.items()]


def _scaled(amount: Decimal, scale: Decimal) -> Decimal:
    """The amount per our unit; a sixtieth of an hour's price is cut at nine decimals."""
    return amount if scale == 1 else plain((amount * scale).quantize(_NANO))
