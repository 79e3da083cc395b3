"""CycloneDX 1.6 (or 1.7) as JSON: models as machine-learning-model components, providers as services.

The originator is the component's `manufacturer`, who serves it the `supplier`, ancestors stand in its pedigree, places
in its evidence. What CycloneDX has no field for is a property of the namespace `vcdd:`.
"""

from __future__ import annotations

from typing import Any

from vcdd.core.fact import Fact
from vcdd.core.model import Ancestor, Lab, Licence, Model
from vcdd.core.reference import Reference
from vcdd.core.report import Report
from vcdd.core.route import Provider
from vcdd.errors import UsageError
from vcdd.render.inventory import (
    Item,
    content_id,
    hub_url,
    items,
    lab_country,
    left_out,
    package_url,
    properties,
    spdx_id,
    web_url,
)
from vcdd.render.json_text import dump_json
from vcdd.render.options import RenderOptions
from vcdd.render.plain import clean, fact_words, iso, stamp
from vcdd.render.words import lifecycle_words

VERSIONS = ("1.6", "1.7")
_ROOT = "target"


def render_cyclonedx(report: Report, options: RenderOptions) -> str:
    """The bill of materials. Raises UsageError for a version we do not write."""
    if options.cyclonedx_version not in VERSIONS:
        raise UsageError(
            f"CycloneDX {options.cyclonedx_version} is not written", help=f"Use one of: {', '.join(VERSIONS)}."
        )
    body = _body(report)
    serial = content_id(options.cyclonedx_version, dump_json(body))
    head = {
        "$schema": f"http://cyclonedx.org/schema/bom-{options.cyclonedx_version}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": options.cyclonedx_version,
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
    }
    return dump_json({**head, **body})


def _body(report: Report) -> dict[str, Any]:
    found = items(report)
    providers = {provider.id: provider for item in found for provider in item.providers}
    return {
        "metadata": _metadata(report),
        "components": [_component(item) for item in found],
        "services": [_service(providers[name]) for name in sorted(providers)],
        "dependencies": [
            {"ref": _ROOT, "dependsOn": [_ref(item.model) for item in found]},
            *(
                {"ref": _ref(item.model), "dependsOn": [_service_ref(provider) for provider in item.providers]}
                for item in found
                if item.providers
            ),
        ],
    }


def _metadata(report: Report) -> dict[str, Any]:
    target: dict[str, Any] = {"type": "application", "bom-ref": _ROOT, "name": report.target.name or "target"}
    if report.target.commit:
        target["version"] = clean(report.target.commit, 100)  # the schema allows 1,024 characters
    seen = report.coverage
    outcome = report.outcome
    return {
        "timestamp": stamp(report.scanned_at),
        "tools": {"components": [{"type": "application", "name": "vcdd", "version": clean(report.tool_version, 100)}]},
        "component": target,
        "properties": properties(
            [
                ("registry", report.registry.version),
                ("offline", str(report.offline).lower()),
                ("files-total", str(seen.files_total)),
                ("files-read", str(seen.files_read)),
                ("models-only-named", str(left_out(report))),
                ("policy", f"{outcome.policy} {outcome.version}: {outcome.action.value}" if outcome else ""),
                *(("open", f"{u.kind}: {u.subject}") for u in report.unresolved),
            ]
        ),
    }


def _component(item: Item) -> dict[str, Any]:
    model = item.model
    component: dict[str, Any] = {"type": "machine-learning-model", "bom-ref": _ref(model), "name": model.id}
    component |= {
        "scope": item.scope,
        "manufacturer": _organisation(model.lab) if model.lab else None,
        "supplier": {"name": item.providers[0].name} if item.providers else None,
        "description": model.name if model.name != model.id else None,
        "licenses": [_licence(model.licence)] if model.licence else None,
        "purl": package_url(model) or None,
        "externalReferences": [{"type": "distribution", "url": hub_url(model)}] if hub_url(model) else None,
        "pedigree": _pedigree(model),
        "evidence": {"occurrences": [_occurrence(r) for use in item.uses for r in use.references]},
        "modelCard": _model_card(model),
        "properties": _properties(item),
    }
    return _without_nothing(component)


def _organisation(lab: Lab) -> dict[str, Any]:
    country = lab_country(lab)
    return {"name": lab.name, **({"address": {"country": country}} if country else {})}


def _licence(licence: Licence) -> dict[str, Any]:
    known = spdx_id(licence)
    body: dict[str, Any] = {"id": known} if known else {"name": licence.name or licence.id}
    address = web_url(licence.source)
    if address:
        body["url"] = address
    return {"license": body}


def _pedigree(model: Model) -> dict[str, Any] | None:
    """Declared steps are ancestors; a base that is only inferred is a variant: the exact relation is not known."""
    if not model.lineage:
        return None
    declared = [_ancestor(step) for step in model.lineage if step.how == "declared"]
    inferred = [_ancestor(step) for step in model.lineage if step.how != "declared"]
    notes = "; ".join(f"{step.relation} {step.id} ({step.how})" for step in model.lineage)
    return _without_nothing({"ancestors": declared or None, "variants": inferred or None, "notes": notes})


def _ancestor(step: Ancestor) -> dict[str, Any]:
    return _without_nothing(
        {
            "type": "machine-learning-model",
            "name": step.id,
            "manufacturer": _organisation(step.lab) if step.lab else None,
            "licenses": [_licence(step.licence)] if step.licence else None,
            "properties": properties([("relation", step.relation), ("how", step.how), ("source", step.source)]),
        }
    )


def _occurrence(reference: Reference) -> dict[str, Any]:
    at = reference.location
    context = [f"{reference.evidence.value}, written {reference.written}"]
    context += [f"through {reference.through}"] if reference.through else []
    return _without_nothing(
        {
            "location": at.path,
            "line": at.line or None,
            "symbol": reference.slot or None,
            "additionalContext": "; ".join(context),
        }
    )


def _model_card(model: Model) -> dict[str, Any]:
    parameters = _without_nothing({"task": model.modality or None, "modelArchitecture": model.family or None})
    facts = [(f"fact:{name}", _fact(fact)) for name, fact in sorted(model.facts.items())]
    card = {"modelParameters": parameters or None, "properties": properties(facts) or None}
    return _without_nothing(card)


def _fact(fact: Fact[Any]) -> str:
    known = fact_words(fact.value) if fact.is_known else f"unknown: {fact.note}"
    return f"{known} [{fact.source or 'no source'}; {iso(fact.checked) or 'never checked'}; {fact.confidence.value}]"


def _properties(item: Item) -> list[dict[str, str]]:
    model = item.model
    conditions = model.licence.conditions if model.licence else ()
    routes = ((f"{u.route.kind.value} {u.route.label} {u.route.host}".strip(), u.route.open_symbol) for u in item.uses)
    return properties(
        [
            ("evidence", item.evidence.value),
            ("weights", model.weights.value),
            ("originator-country", lab_country(model.lab)),
            ("licence-id", model.licence.id if model.licence else ""),
            ("licence-class", model.licence.category.value if model.licence else ""),
            *(("licence-condition", f"{c.kind.value}: {c.text}") for c in conditions),
            ("lifecycle", lifecycle_words(model.lifecycle) if model.lifecycle else ""),
            *(("route", f"{words}, open: {symbol}" if symbol else words) for words, symbol in routes),
            ("alias", "true" if model.is_alias else ""),
            ("parameters", str(model.parameters or "")),
        ]
    )


def _service(provider: Provider) -> dict[str, Any]:
    entity = provider.contracting_entity.value or provider.name
    country = provider.contracting_country.value
    body = {
        "bom-ref": _service_ref(provider),
        "provider": {"name": entity, **({"address": {"country": country}} if country else {})},
        "name": provider.name,
        "endpoints": [f"https://{host}" for host in provider.hosts if web_url(f"https://{host}")] or None,
        "x-trust-boundary": True,
        "properties": properties(
            [
                ("route-kind", provider.kind.value),
                ("provider-seat-country", provider.country.value or ""),
                ("storage", provider.storage.value or "unknown"),
                ("storage-country", provider.storage_country.value or ""),
                ("retention", str(provider.retention.value or "")),
            ]
        ),
    }
    return _without_nothing(body)


def _ref(model: Model) -> str:
    return f"model:{model.id}"


def _service_ref(provider: Provider) -> str:
    return f"service:{provider.id}"


def _without_nothing(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None and value != {}}
