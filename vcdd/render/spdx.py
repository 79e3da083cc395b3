"""SPDX 3.0.1 as JSON-LD, AI profile: models as `ai_AIPackage`, labs and providers as organisations.

Ids are addresses made from content, so the same report gives the same document. Facts that are unknown are left out:
SPDX reads a missing field as "no assertion".
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from vcdd.core.evidence import Evidence
from vcdd.core.model import Lab, Licence, Model
from vcdd.core.report import Report
from vcdd.core.route import Provider
from vcdd.render.inventory import Item, content_id, hub_url, items, lab_country, left_out, package_url, spdx_id
from vcdd.render.json_text import dump_json
from vcdd.render.options import RenderOptions
from vcdd.render.plain import listed, place, stamp
from vcdd.render.words import licence_words, lifecycle_words

_CONTEXT = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
_CREATION = "_:creation"
_RELATION = {"required": "dependsOn", "optional": "hasOptionalDependency", "excluded": "hasTest"}


def render_spdx(report: Report, options: RenderOptions) -> str:  # noqa: ARG001 -- one signature for all formats
    """The document with its graph."""
    graph = Graph(report)
    return dump_json({"@context": _CONTEXT, "@graph": graph.elements()})


class Graph:
    """Elements of one report, each made once. Names are stable: a kind and the content it stands for."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._base = f"urn:uuid:{content_id('spdx', report.target.name, stamp(report.scanned_at))}"
        self._made: dict[str, dict[str, Any]] = {}

    def elements(self) -> list[dict[str, Any]]:
        """Creation information first, then the document, then everything it describes."""
        root = self._root()
        found = items(self._report)
        for item in found:
            self._model(item.model, item)
        for item in found:  # a base that is itself in the product is thereby told in full
            self._item(item, root)
        agent, tool = self._creator()
        made = list(self._made.values())
        document = {
            "type": "SpdxDocument",
            "spdxId": self._id("document"),
            "creationInfo": _CREATION,
            "name": f"Models of {self._report.target.name or 'target'}",
            "profileConformance": ["core", "software", "simpleLicensing", "ai"],
            "rootElement": [root],
            "element": [element["spdxId"] for element in made],
        }
        creation = {
            "type": "CreationInfo",
            "@id": _CREATION,
            "specVersion": "3.0.1",
            "created": stamp(self._report.scanned_at),
            "createdBy": [agent],
            "createdUsing": [tool],
        }
        return [creation, document, *made]

    def _id(self, kind: str, *content: str) -> str:
        return f"{self._base}#{kind}" + (f"-{content_id(kind, *content)}" if content else "")

    def _add(self, kind: str, content: tuple[str, ...], type_: str, fields: dict[str, Any]) -> str:
        name = self._id(kind, *content)
        kept = {key: value for key, value in fields.items() if value not in ("", None, [])}
        self._made.setdefault(name, {"type": type_, "spdxId": name, "creationInfo": _CREATION, **kept})
        return name

    def _creator(self) -> tuple[str, str]:
        version = self._report.tool_version
        agent = self._add("agent", (), "SoftwareAgent", {"name": "vcdd", "description": f"vcdd {version}"})
        return agent, self._add("tool", (), "Tool", {"name": f"vcdd {version}"})

    def _root(self) -> str:
        report = self._report
        seen = report.coverage
        comment = (
            f"{seen.files_read} of {seen.files_total} files read; {left_out(report)} models only listed or mentioned "
            f"are left out; registry {report.registry.version}; {'offline' if report.offline else 'online'}."
        )
        fields = {
            "name": report.target.name or "target",
            "software_packageVersion": report.target.commit,
            "software_primaryPurpose": "application",
            "comment": comment,
        }
        return self._add("target", (), "software_Package", fields)

    def _relate(self, start: str, kind: str, ends: list[str]) -> None:
        fields = {"from": start, "relationshipType": kind, "to": ends}
        self._add("relationship", (start, kind, *ends), "Relationship", fields)

    def _item(self, item: Item, root: str) -> None:
        package = self._model(item.model, item)
        self._relate(root, _RELATION[item.scope], [package])
        self._licence(package, item.model.licence)
        for step in item.model.lineage:
            base = Model(id=step.id, name=step.id, lab=step.lab, licence=step.licence)
            ancestor = self._model(base, None)
            self._licence(ancestor, step.licence)
            self._relate(package, "descendantOf" if step.how == "declared" else "other", [ancestor])
        self._places(package, item)

    def _model(self, model: Model, item: Item | None) -> str:
        providers = item.providers if item else ()
        released = datetime.combine(model.released, time(), UTC) if model.released else None
        fields = {
            "name": model.id,
            "software_primaryPurpose": "model",
            "software_packageUrl": package_url(model),
            "software_downloadLocation": hub_url(model),
            "originatedBy": [self._lab(model.lab)] if model.lab else [],
            "suppliedBy": self._provider(providers[0]) if providers else None,
            "releaseTime": stamp(released) if released else None,
            "ai_domain": [model.modality] if model.modality else [],
            "ai_typeOfModel": [model.family] if model.family else [],
            "ai_informationAboutApplication": _application(item) if item else None,
            "ai_limitation": _limitation(model) if item else None,
            "comment": _comment(item) if item else None,
        }
        return self._add("model", (model.id,), "ai_AIPackage", fields)

    def _lab(self, lab: Lab) -> str:
        country = lab_country(lab)
        words = f"originator; country of seat {country}" if country else "originator; country unknown"
        return self._add("lab", (lab.id,), "Organization", {"name": lab.name, "comment": words})

    def _provider(self, provider: Provider) -> str:
        words = f"provider; country of seat {provider.country.value or 'unknown'}"
        return self._add("provider", (provider.id,), "Organization", {"name": provider.name, "comment": words})

    def _licence(self, package: str, licence: Licence | None) -> None:
        if licence is None:
            return
        known = spdx_id(licence)
        if known:
            fields = {"simplelicensing_licenseExpression": known}
            end = self._add("licence", (licence.id,), "simplelicensing_LicenseExpression", fields)
        else:
            text = f"{licence.name or licence.id}; text at {licence.source or 'an address not on record'}"
            fields = {"name": licence.name or licence.id, "simplelicensing_licenseText": text}
            end = self._add("licence", (licence.id,), "simplelicensing_SimpleLicensingText", fields)
        self._relate(package, "hasDeclaredLicense", [end])

    def _places(self, package: str, item: Item) -> None:
        places = [place(r.location.path, r.location.line) for use in item.uses for r in use.references]
        statement = f"Evidence class {item.evidence.value}; seen at {listed(places, 200)}."
        fields = {"annotationType": "other", "subject": package, "statement": statement}
        self._add("evidence", (item.model.id,), "Annotation", fields)


def _application(item: Item) -> str:
    routes = dict.fromkeys(f"{use.route.kind.value} ({use.route.label})" for use in item.uses)
    verb = Evidence(item.evidence).verb
    return f"The product {verb} this model. Route: {listed(routes)}."


def _limitation(model: Model) -> str:
    conditions = [condition.text for condition in model.licence.conditions] if model.licence else []
    return " ".join(f"The licence states: {text}" for text in conditions)


def _comment(item: Item) -> str:
    model = item.model
    return (
        f"weights {model.weights.value}; licence {licence_words(model)}; lifecycle {lifecycle_words(model.lifecycle)}"
    )
