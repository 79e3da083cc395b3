"""From plain TOML or JSON tables to records, fast and without validation: the data is linted before it ships."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_Convert = Callable[[Any], Any]


def decode(kind: Callable[..., T], raw: Mapping[str, Any]) -> T:
    """A record of this dataclass from a table; absent keys take their default.

    Raises:
        TypeError: a key that the dataclass does not have, or a required one that is missing.
        ValueError: a date or an enum value that does not exist.
    """
    plan: Mapping[str, _Convert] = _plan(kind)
    return kind(**{key: plan[key](value) if key in plan else value for key, value in raw.items()})


@cache
def _plan(kind: Any) -> Mapping[str, _Convert]:
    """The fields of a dataclass that need converting; resolved once per class."""
    hints = get_type_hints(kind)
    plan = {item.name: _converter(hints[item.name]) for item in fields(kind)}
    return {name: convert for name, convert in plan.items() if convert is not None}


def _converter(hint: Any) -> _Convert | None:
    """How to read one annotated value; None where it is taken as it is."""
    if get_origin(hint) in (Union, types.UnionType):
        inner = [arg for arg in get_args(hint) if arg is not type(None)]
        return _converter(inner[0]) if len(inner) == 1 else None
    if get_origin(hint) is tuple:
        each = _converter(get_args(hint)[0])
        return tuple if each is None else _many(each)
    if hint is date:
        return _to_date
    if isinstance(hint, type) and is_dataclass(hint):
        return lambda raw: decode(hint, raw)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return None


def _many(each: _Convert) -> _Convert:
    return lambda raw: tuple(each(item) for item in raw)


def _to_date(raw: Any) -> date:
    return date.fromisoformat(raw) if isinstance(raw, str) else raw
