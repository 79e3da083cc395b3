"""Frozen dataclasses that cost little to define.

The standard decorator writes and compiles six methods for every class as it is defined: with the 250 classes of a small
scan that is 0.4 s of 1.06 s of CPU (`tests/benchmarks/README.md`). Here it only collects the fields and makes the slots. Comparing, hashing and showing are
closures, and `__init__` is compiled when the first value is made, which for most classes of most runs is never. What
values do is the same; `tests/test_values.py` compares.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(kind: type | None = None, /, **options: bool) -> Any:
        """`dataclasses.dataclass`; a class that is not simply frozen with slots is left to it altogether."""
        if kind is None:
            return lambda kind: dataclass(kind, **options)
        return _light(kind, options) if _is_plain(kind, options) else dataclasses.dataclass(**options)(kind)


__all__ = ["dataclass"]

_PLAIN = {"frozen", "slots", "kw_only"}
"""Options that are understood here."""
_METHODS = frozenset(
    f"__{name}__" for name in ("init", "eq", "hash", "repr", "setattr", "delattr", "getstate", "setstate")
)
"""What a class must not bring itself."""


def _is_plain(kind: type, options: dict[str, bool]) -> bool:
    is_wanted = options.get("frozen") and options.get("slots") and options.keys() <= _PLAIN
    is_alone = not any(map(dataclasses.is_dataclass, kind.__bases__)) and not _METHODS & vars(kind).keys()
    return bool(is_wanted) and is_alone


def _light(kind: type, options: dict[str, bool]) -> Any:
    kind.__doc__ = kind.__doc__ or kind.__name__  # else the standard decorator works one out, from a signature
    is_kw_only = options.get("kw_only", False)
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=is_kw_only)(kind)
    made.__dataclass_params__.frozen = True
    for name, method in _methods(made).items():
        method.__name__, method.__qualname__ = name, f"{made.__qualname__}.{name}"
        setattr(made, name, method)
    made.__setattr__, made.__delattr__ = _refuse_to_set, _refuse_to_delete
    return made


def _methods(made: Any) -> dict[str, Callable[..., Any]]:
    names = tuple(field.name for field in fields(made))
    values = _getter(names)

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        made.__init__ = _compiled_init(made)
        made.__init__(self, *args, **kwargs)

    def show(self: Any) -> str:
        inside = ", ".join(f"{name}={value!r}" for name, value in zip(names, values(self), strict=True))
        return f"{self.__class__.__qualname__}({inside})"

    def equal(self: Any, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def digest(self: Any) -> int:
        return hash(values(self))

    def state(self: Any) -> tuple[Any, ...]:
        return values(self)

    def restore(self: Any, state: tuple[Any, ...]) -> None:
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    return {
        "__init__": init, "__repr__": show, "__eq__": equal, "__hash__": digest, "__getstate__": state, "__setstate__": restore,
    }  # fmt: skip


def _getter(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """All fields of a value as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _refuse_to_set(_: Any, name: str, __: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _compiled_init(made: Any) -> Callable[..., None]:
    """The `__init__` of a class, which fills its slots directly."""
    known: dict[str, Any] = {"_missing": MISSING}
    heads: list[str] = []
    lines: list[str] = []
    for field in fields(made):
        name, given, head = field.name, field.name, field.name
        known[f"_set_{name}"] = vars(made)[name].__set__
        if field.default is not MISSING:
            known[f"_default_{name}"] = field.default
            head = f"{name}=_default_{name}"
        elif field.default_factory is not MISSING:
            known[f"_make_{name}"] = field.default_factory
            head, given = f"{name}=_missing", f"_make_{name}() if {name} is _missing else {name}"
        if field.kw_only and "*" not in heads:
            heads.append("*")
        heads.append(head)
        lines.append(f" _set_{name}(self, {given})")
    if hasattr(made, "__post_init__"):
        lines.append(" self.__post_init__()")
    exec(f"def __init__(self, {', '.join(heads)}):\n" + "\n".join(lines or [" pass"]), known)  # noqa: S102 -- our own names
    init: Callable[..., None] = known["__init__"]
    init.__qualname__ = f"{made.__qualname__}.__init__"
    return init
