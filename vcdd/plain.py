"""Core values as plain JSON and back, by their own type hints. Pickle is never used: a cache file may be anybody's."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Hashable
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """Lists, strings, numbers and None; a dataclass becomes the list of its fields in order."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [to_plain(getattr(value, name)) for name in _names(cast("Hashable", type(value)))]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    return value


def from_plain(kind: type[T], plain: Any) -> T:
    """The value that `to_plain` came from. Raises ValueError, TypeError or KeyError for anything else."""
    decoded: T = _decoder(cast("Hashable", kind))(plain)
    return decoded


@cache
def _names(kind: Hashable) -> tuple[str, ...]:
    return tuple(spec.name for spec in dataclasses.fields(cast("type[Any]", kind)))


@cache
def _decoder(kind: Hashable) -> Callable[[Any], Any]:
    """The function that decodes one type."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = next(part for part in get_args(kind) if part is not type(None))
        decode = _decoder(inner)
        return lambda plain: None if plain is None else decode(plain)
    if origin is tuple:
        decode = _decoder(get_args(kind)[0])
        return lambda plain: tuple(map(decode, plain))
    if dataclasses.is_dataclass(kind):
        return _dataclass_decoder(cast("type[Any]", kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if kind in (str, int, float, bool):
        return _exactly(kind)
    raise TypeError(f"no plain form for {kind}")


def _dataclass_decoder(kind: type[Any]) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    names = _names(cast("Hashable", kind))
    decoders = [_decoder(cast("Hashable", hints[name])) for name in names]

    def decode(plain: Any) -> Any:
        if len(plain) != len(names):
            raise ValueError(f"{kind.__name__} has {len(names)} fields, not {len(plain)}")
        return kind(**{name: read(item) for name, read, item in zip(names, decoders, plain, strict=True)})

    return decode


def _exactly(kind: type[Any]) -> Callable[[Any], Any]:
    def check(plain: Any) -> Any:
        if not isinstance(plain, kind):
            raise TypeError(f"{plain!r} is no {kind.__name__}")
        return plain

    return check
