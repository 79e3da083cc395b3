"""Values in the shape of the published schema, without the library that made it: writing a report needs no pydantic.

The schema says which fields a part has, in which order, and which are left out when they say nothing. What each value
becomes follows from the value. That the result fits the schema is tested, not checked at each write.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any

from vcdd.render.json_values import json_value

SCHEMA = Path(__file__).parent / "schema" / "vcdd-report-v1.schema.json"

Shape = Callable[[Any], Any]
_OURS = {"class": "category"}
"""Fields that our values have under another name, because theirs is a keyword."""
_PLAIN = frozenset((str, int, bool, type(None)))
_REQUIRED = object()


@cache
def shape_of(part: str = "", *, with_defaults: bool = False) -> Shape:
    """What turns a value, or a dictionary in its place, into plain JSON in the shape of this part of the schema.

    The empty part is the report. `with_defaults` keeps optional fields that say nothing.
    """
    return _Shapes(_schema(), with_defaults=with_defaults).part(part)


@cache
def _schema() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(SCHEMA.read_bytes())
    return document


class _Shapes:
    """The shapes of one schema, each made once."""

    def __init__(self, schema: Mapping[str, Any], *, with_defaults: bool) -> None:
        self._parts = {"": schema, **schema["$defs"]}
        self._with_defaults = with_defaults
        self._ready: dict[str, Shape] = {}

    def part(self, name: str) -> Shape:
        if name not in self._ready:
            self._ready[name] = self._shape(self._parts[name])
        return self._ready[name]

    def _shape(self, node: Mapping[str, Any]) -> Shape:
        if "$ref" in node:
            return self.part(node["$ref"].rpartition("/")[2])
        if "anyOf" in node:  # one shape or null
            return _or_none(self._shape(next(choice for choice in node["anyOf"] if choice.get("type") != "null")))
        if "properties" in node:
            return self._object(node["properties"])
        if "prefixItems" in node:
            return _row([self._shape(item) for item in node["prefixItems"]])
        if "items" in node:
            return _list(self._shape(node["items"]))
        if node.get("type") == "object":
            return _by_name(self._shape(node["additionalProperties"]))
        return _scalar

    def _object(self, properties: Mapping[str, Any]) -> Shape:
        ours = [_OURS.get(name, name) for name in properties]
        from_value, from_dict = attrgetter(*ours), itemgetter(*ours)
        fields = [(name, self._shape(node), self._default(node)) for name, node in properties.items()]

        def shape(value: Any) -> dict[str, Any]:
            found = {}
            items = from_dict(value) if isinstance(value, dict) else from_value(value)
            for (name, inner, default), item in zip(fields, items, strict=True):
                plain = inner(item)
                if plain != default:
                    found[name] = plain
            return found

        return shape

    def _default(self, node: Mapping[str, Any]) -> Any:
        return _REQUIRED if self._with_defaults else node.get("default", _REQUIRED)


def _scalar(value: Any) -> Any:
    return value if value.__class__ in _PLAIN else json_value(value)


def _or_none(inner: Shape) -> Shape:
    return lambda value: None if value is None else inner(value)


def _list(inner: Shape) -> Shape:
    if inner is _scalar:
        return lambda values: [_scalar(value) for value in values]
    return lambda values: [inner(value) for value in values]


def _row(inner: list[Shape]) -> Shape:
    return lambda values: [shape(value) for shape, value in zip(inner, values, strict=True)]


def _by_name(inner: Shape) -> Shape:
    return lambda values: {name: inner(value) for name, value in values.items()}
