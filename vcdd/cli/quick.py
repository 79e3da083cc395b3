"""Commands whose plain values skip the machinery of typer, which loads pydantic for the first value it converts.

Text, paths and flags are all that the options of this tool take, and need none of it: loading it took 0.15 s, a third of
`vcdd model`. Whatever is not plainly one of these goes the usual way, so that every message stays typer's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, get_args

import typer
from typer.core import TyperCommand, TyperGroup

_PLAIN: dict[Any, Callable[[str], object]] = {str: str, Path: Path}
"""How a word of the command line becomes a value of each type that needs no checking."""


class App(typer.Typer):
    """An application that converts plain values itself."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"cls": _QuickGroup, **options})

    def command(self, *args: Any, **options: Any) -> Callable[[Any], Any]:
        """Register a command as typer does."""
        return super().command(*args, **{"cls": _QuickCommand, **options})


class _QuickCommand(TyperCommand):
    def get_params(self, ctx: Any) -> list[Any]:
        return _made_quick(super().get_params(ctx))


class _QuickGroup(TyperGroup):
    def get_params(self, ctx: Any) -> list[Any]:
        return _made_quick(super().get_params(ctx))


def _made_quick(parameters: list[Any]) -> list[Any]:
    """The parameters, each told to try `_converted` first; an older typer's have no type of this kind, nor need it."""
    for parameter in parameters:
        kind = getattr(getattr(parameter, "type_descriptor", None), "annotation", None)
        if kind is not None and not isinstance(parameter.process_value, partial):
            parameter.process_value = partial(_processed, parameter, kind, parameter.process_value)
    return parameters


def _processed(parameter: Any, kind: Any, usual: Callable[[Any, Any], Any], context: Any, value: Any) -> Any:
    done = None if parameter.required and not value else _converted(kind, value)
    if done is None:
        return usual(context, value)
    return parameter.callback(context, parameter, done[0]) if parameter.callback else done[0]


def _converted(kind: Any, value: Any) -> tuple[Any] | None:
    """The value as its type, in a tuple of one; None when that takes more than is known here."""
    if value is None or type(value) is kind:
        return (value,)
    if isinstance(value, str) and kind in _PLAIN:
        return (_PLAIN[kind](value),)
    inner = get_args(kind)
    if (
        isinstance(value, tuple | list)
        and inner
        and inner[0] in _PLAIN
        and all(isinstance(word, str) for word in value)
    ):
        return ([_PLAIN[inner[0]](word) for word in value],)
    return None
