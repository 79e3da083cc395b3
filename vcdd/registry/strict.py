"""Strict validation of one record: unknown keys with a near miss, wrong types, missing fields.

Slow, so only for the lint and for overlays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any

from vcdd.registry.schema import (
    CheckpointRecord,
    DistributorRecord,
    FamilyRecord,
    LabRecord,
    LicenceRecord,
    ListRecord,
    ProviderRecord,
)
from vcdd.values import dataclass

if TYPE_CHECKING:
    from pydantic import TypeAdapter

CLASSES: Mapping[str, type[Any]] = {
    "labs": LabRecord,
    "families": FamilyRecord,
    "checkpoints": CheckpointRecord,
    "providers": ProviderRecord,
    "licences": LicenceRecord,
    "lists": ListRecord,
    "distributors": DistributorRecord,
}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One thing wrong with the data."""

    where: str
    """Kind and id of the record, `labs.openai`, with the field where there is one."""
    text: str
    is_warning: bool = False
    """True for what ages (a stale date); it never fails a check."""


def problems_of_record(kind: str, key: str, record: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Everything wrong with the form of one record, in field order; empty when it fits its schema."""
    if kind not in CLASSES:
        return ()
    from pydantic import ValidationError  # noqa: PLC0415 -- slow import

    try:
        _adapter(kind).validate_python(dict(record))
    except ValidationError as error:
        return tuple(
            Problem(where=f"{kind}.{key}.{_path(item['loc'])}", text=_text(kind, item)) for item in error.errors()
        )
    return ()


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter  # noqa: PLC0415 -- slow import

    return TypeAdapter(CLASSES[kind])


def _path(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location)


def _text(kind: str, item: Mapping[str, Any]) -> str:
    if item["type"] not in ("unexpected_keyword_argument", "extra_forbidden"):
        return str(item["msg"])
    name = str(item["loc"][-1])
    known = [field.name for field in fields(CLASSES[kind])] if len(item["loc"]) == 1 else []
    near = get_close_matches(name, known, n=1)
    return f"unknown key {name!r}" + (f"; did you mean {near[0]!r}?" if near else "")
