"""How large a set of weights is: parameters, bytes per parameter, and the shape that decides the cache."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

from vcdd.core.model import Model
from vcdd.pricing.package_data import read_notes, read_rows, read_toml
from vcdd.values import dataclass

_FILE = "parameters.csv"
_GIGA = 1_000_000_000
_BILLIONS = re.compile(r"(?<![a-z0-9.])(\d{1,4}(?:\.\d{1,2})?)b(?![a-z0-9])")
_ACTIVE = re.compile(r"(?<![a-z0-9])a(\d{1,3}(?:\.\d{1,2})?)b(?![a-z0-9])")
_DEFAULT = (Decimal(2), "16 bits per parameter, assumed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """What memory and speed follow from."""

    parameters: int
    active: int
    """Parameters used for one token; all of them unless the model is a mixture of experts."""
    bytes_per_parameter: Decimal
    precision: str
    """The precision in words."""
    shape: tuple[int, int, int] | None = None
    """Layers, key heads, head width; None where not known."""
    source: str = ""


def size_of(model: Model, ids: Sequence[str]) -> Size | None:
    """The size of a model; None where nobody knows its number of parameters.

    The model's own count (of the Hub or the registry) beats the table, and the table beats what the name says
    (`Qwen3-235B-A22B`). Active parameters come from the table or the name, the shape from the table.
    """
    row = next((found for name in ids if (found := _table().get(name.lower()))), None)
    named = next((count for name in ids if (count := count_in_name(name))), None)
    total, source = _total(model, row, named)
    if not total:
        return None
    active = int(row["active"]) if row and row["active"] else (named[1] if named and not row else total)
    bytes_each, words = precision_of(ids)
    return Size(
        parameters=total,
        active=min(active, total),
        bytes_per_parameter=bytes_each,
        precision=words,
        shape=_shape(row),
        source=source,
    )


def _total(model: Model, row: Mapping[str, str] | None, named: tuple[int, int] | None) -> tuple[int, str]:
    """The number of parameters and who says so; 0 where nobody does."""
    if model.parameters:
        return model.parameters, "the Hub or the registry"
    if row:
        return int(row["parameters"]), f"llmfit, {read_notes(_FILE)['dated']}"
    return (named[0], "as its name says") if named else (0, "")


def count_in_name(name: str) -> tuple[int, int] | None:
    """Total and active parameters as a name gives them (`-32B`, `-235B-A22B`); None for names that do not.

    A product such as `8x7B` is no count: experts share layers.
    """
    tail = name.rsplit("/", 1)[-1].lower()[:200]
    total = _BILLIONS.search(tail)
    if total is None:
        return None
    active = _ACTIVE.search(tail)
    count = int(Decimal(total[1]) * _GIGA)
    return count, int(Decimal(active[1]) * _GIGA) if active else count


def precision_of(ids: Sequence[str]) -> tuple[Decimal, str]:
    """Bytes per parameter and the words for it, by the first rule whose word stands in an id; 16 bits without one."""
    names = [name.lower() for name in ids]
    for words, size, label in _rules():
        if any(word in name for word in words for name in names):
            return size, label
    return _DEFAULT


def _shape(row: Mapping[str, str] | None) -> tuple[int, int, int] | None:
    if row is None or not row["layers"]:
        return None
    return int(row["layers"]), int(row["kv_heads"]), int(row["head_dim"])


@cache
def _rules() -> tuple[tuple[tuple[str, ...], Decimal, str], ...]:
    rules = read_toml("precision.toml")["rule"]
    return tuple((tuple(rule["words"]), Decimal(rule["bytes"]), rule["name"]) for rule in rules)


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    return {row["model"].lower(): row for row in read_rows(_FILE)}
