"""The official schemas of `tests/schemas`, each loaded once, with their references resolved from files alone."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from jsonschema import Draft7Validator, Draft202012Validator, validators
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

FOLDER = Path(__file__).parents[1] / "schemas"


@cache
def _schema(name: str):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


@cache
def _validator(name: str):
    schema = _schema(name)
    kind = validators.validator_for(schema, default=Draft7Validator)
    return kind(schema, registry=Registry().with_resources(_companions()))


def _companions():
    for path in FOLDER.glob("*.SNAPSHOT.schema.json"):
        resource = Resource.from_contents(_schema(path.name), default_specification=DRAFT7)
        yield f"http://cyclonedx.org/schema/{path.name}", resource
        yield path.name, resource


def faults(name: str, document: object) -> list[str]:
    """What the schema does not like, with its place."""
    return _said(_validator(name).iter_errors(document))


@cache
def _element_validator(type_name: str):
    """The official definition of one class, for elements that refer to each other by address only.

    The whole schema tries a hundred classes for every such address (40 seconds for a small document); here an address
    must be an address, which is stricter.
    """
    official = _schema("spdx-3.0.1.schema.json")["$defs"]
    address = {"$ref": "#/$defs/BlankNodeOrIRI"}
    definitions = {
        name: address if name.endswith("_derived") and address in part.get("anyOf", []) else part
        for name, part in official.items()
    }
    return Draft202012Validator({"$ref": f"#/$defs/{type_name}", "unevaluatedProperties": False, "$defs": definitions})


def spdx_faults(document: dict) -> list[str]:
    """What the official definitions of the elements' classes do not like."""
    errors = [error for e in document["@graph"] for error in _element_validator(e["type"]).iter_errors(e)]
    return _said(errors)


def _said(errors) -> list[str]:
    found = sorted(errors, key=lambda error: list(map(str, error.absolute_path)))
    return [f"{list(error.absolute_path)}: {error.message[:300]}" for error in found[:5]]
