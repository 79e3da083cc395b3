"""JSON v1: from a report to text, and back, so that a saved report renders in any format without its target."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from vcdd.core.model import Ancestor, Developer, Lab, Model, ModelUse
from vcdd.core.reference import Reference
from vcdd.core.report import Report
from vcdd.core.route import Route
from vcdd.render.json_shape import shape_of
from vcdd.render.json_text import dump_json
from vcdd.render.json_values import json_value

if TYPE_CHECKING:
    from vcdd.core.fact import Fact

SCHEMA_VERSION = 1


def to_json(report: Report) -> str:
    """The whole report: every reference of every evidence class, exact text, deterministic."""
    return dump_json(shape_of()(_report(report)))


def models_json(uses: Iterable[ModelUse], asked: Sequence[str]) -> str:
    """A list of `models[]` objects in the order given, one for each id in `asked` (which must be as long)."""
    shape = shape_of("ModelPart", with_defaults=True)
    parts = [
        shape(_model(use.model, [(order, use)], asked=name))
        for order, (use, name) in enumerate(zip(uses, asked, strict=True))
    ]
    return dump_json(parts)


def schema_json() -> str:
    """The published JSON Schema, as it stands in `schema/`."""
    from vcdd.render.json_schema import ReportDocument  # noqa: PLC0415 -- slow import: pydantic

    schema = ReportDocument.model_json_schema(by_alias=True, mode="serialization")
    for part in schema["$defs"].values():
        if "enum" in part:  # their words live in `core` and may be improved there without a change of format
            part.pop("description", None)
    return dump_json({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})


def _report(report: Report) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "vcdd", "version": report.tool_version},
        "registry": report.registry,
        "target": report.target,
        "scanned_at": report.scanned_at.isoformat().replace("+00:00", "Z"),
        "offline": report.offline,
        "coverage": report.coverage,
        "models": [_model(uses[0][1].model, uses) for uses in _by_model(report.uses)],
        "other_references": [_reference(reference, None) for reference in _unnamed(report)],
        "unresolved": report.unresolved,
        "observations": report.observations,
        "findings": [_finding(finding) for finding in report.findings],
        "policy": _policy(report),
        "costs": report.costs.costs,
        "cost_summary": report.costs,
        "questions": [_with_null(question, "model") for question in report.questions],
        "claims": report.claims,
        "attestations": report.attestations,
        "sent_to_hub": report.sent_to_hub,
        "warnings": report.warnings,
    }


def _model(model: Model, uses: Sequence[tuple[int, ModelUse]], asked: str | None = None) -> dict[str, Any]:
    """One `models[]` object; `uses` are those of this model, each with its position in the report."""
    classes = [use.evidence for _, use in uses if use.references]
    return {
        **_fields(model),
        "asked": asked,
        "family": model.family or None,
        "modality": model.modality or None,
        "peer_group": model.peer_group or None,
        "lab": _lab(model.lab),
        "developers": [_developer(developer) for developer in model.developers],
        "lineage": [_ancestor(ancestor) for ancestor in model.lineage],
        "evidence": min(classes, key=lambda e: e.rank) if classes else None,
        "routes": [_route(order, use) for order, use in uses],
        "references": [_reference(r, index) for index, (_, use) in enumerate(uses) for r in use.references],
        "facts": {name: _fact(fact) for name, fact in sorted(model.facts.items())},
    }


def _by_model(uses: Sequence[ModelUse]) -> list[list[tuple[int, ModelUse]]]:
    groups: dict[str, list[tuple[int, ModelUse]]] = {}
    for order, use in enumerate(uses):
        groups.setdefault(use.model.id, []).append((order, use))
    return list(groups.values())


def _unnamed(report: Report) -> list[Reference]:
    named = {reference for use in report.uses for reference in use.references}
    return [reference for reference in report.references if reference not in named]


def _fields(value: Any) -> dict[str, Any]:
    """The fields of one of our slotted values, not deep."""
    return {name: getattr(value, name) for name in value.__slots__}


def _with_null(value: Any, *names: str) -> dict[str, Any]:
    """The fields, with null for the named ones that are empty: there, empty means unknown or none."""
    fields = _fields(value)
    return {**fields, **{name: fields[name] or None for name in names}}


def _fact(fact: Fact[Any]) -> dict[str, Any]:
    return {**_fields(fact), "value": json_value(fact.value)}


def _lab(lab: Lab | None) -> dict[str, Any] | None:
    if lab is None:
        return None
    parent = lab.parent_country
    return {
        **_fields(lab),
        "country": lab.country.value,
        "country_fact": lab.country,
        "parent_country": parent.value if parent else None,
        "parent_country_fact": parent,
    }


def _developer(developer: Developer) -> dict[str, Any]:
    lab = developer.lab
    return {"lab": lab.id, "role": developer.role, "country": lab.country.value, "record": _lab(lab)}


def _ancestor(ancestor: Ancestor) -> dict[str, Any]:
    lab = ancestor.lab
    return {
        **_fields(ancestor),
        "lab": lab.id if lab else None,
        "country": lab.country.value if lab else None,
        "record": _lab(lab),
    }


def _route(order: int, use: ModelUse) -> dict[str, Any]:
    route: Route = use.route
    return {
        "kind": route.kind,
        "provider": route.provider.id if route.provider else None,
        "host": route.host or None,
        "storage": route.storage.value,
        "storage_country": route.storage_country.value,
        "why": route.why,
        "open_symbol": route.open_symbol,
        "evidence": use.evidence if use.references else None,
        "order": order,
        "storage_fact": route.storage,
        "storage_country_fact": route.storage_country,
        "record": route.provider,
    }


def _reference(reference: Reference, route: int | None) -> dict[str, Any]:
    fields = _fields(reference)
    place = fields.pop("location")
    return {**fields, **_fields(place), "route": route}


def _finding(finding: Any) -> dict[str, Any]:
    return {**_with_null(finding, "model"), "message": finding.message}


def _policy(report: Report) -> dict[str, Any] | None:
    outcome = report.outcome
    if outcome is None:
        return None
    return {
        "name": outcome.policy,
        "version": outcome.version,
        "outcome": outcome.action,
        "incomplete": outcome.incomplete,
        "explicit": outcome.explicit,
        "decisions": outcome.decisions,
        "context": dict(outcome.context),
    }
