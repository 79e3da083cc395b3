"""Small reports for tests: every value has a harmless default, so a test names only what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from vcdd.core.evidence import Evidence
from vcdd.core.fact import Fact, unknown
from vcdd.core.location import Location
from vcdd.core.model import Ancestor, Condition, ConditionKind, Lab, Licence, LicenceClass, Model, ModelUse, Weights
from vcdd.core.reference import Hints, Observation, ObservationKind, Reference, ReferenceKind
from vcdd.core.report import RegistryInfo, Report, TargetInfo
from vcdd.core.route import Provider, Route, RouteKind
from vcdd.core.source_file import Coverage
from vcdd.rules.context import RuleContext

TODAY = date(2026, 11, 24)
CHECKED = date(2026, 11, 1)


def known(value: Any) -> Fact[Any]:
    return Fact(value=value, source="test record", checked=CHECKED)


def lab(ident: str = "acme", country: str | None = "US", **rest: Any) -> Lab:
    return Lab(id=ident, name=rest.pop("name", ident.title()), country=known(country), **rest)


def condition(kind: ConditionKind, amount: int | None = None, **rest: Any) -> Condition:
    return Condition(kind=kind, text=rest.pop("text", f"a {kind.value} condition"), amount=amount, **rest)


def licence(
    *conditions: Condition, ident: str = "acme-community", category: LicenceClass = LicenceClass.OPEN_WEIGHT
) -> Licence:
    return Licence(
        id=ident,
        name=ident.replace("-", " ").title(),
        spdx=f"LicenseRef-{ident}",
        category=category,
        conditions=conditions,
    )


APACHE = licence(ident="apache-2.0", category=LicenceClass.OPEN_SOURCE)
NON_COMMERCIAL = licence(
    condition(ConditionKind.NON_COMMERCIAL), ident="acme-research", category=LicenceClass.NON_COMMERCIAL
)
API_TERMS = licence(ident="proprietary", category=LicenceClass.API_TERMS)


def model(ident: str = "acme/base-7b", **rest: Any) -> Model:
    values: dict[str, Any] = {
        "name": ident.rsplit("/", maxsplit=1)[-1],
        "lab": lab(),
        "licence": APACHE,
        "weights": Weights.OPEN,
        "modality": "text",
        "match": "exact",
    }
    return Model(id=ident, **{**values, **rest})


def closed(ident: str = "acme-large", **rest: Any) -> Model:
    return model(ident, **{"licence": API_TERMS, "weights": Weights.CLOSED, **rest})


def ancestor(ident: str = "base/llm", how: str = "declared", **rest: Any) -> Ancestor:
    return Ancestor(id=ident, relation=rest.pop("relation", "finetune"), how=how, **rest)


def provider(ident: str = "acme-api", kind: RouteKind = RouteKind.VENDOR_API, **rest: Any) -> Provider:
    values: dict[str, Any] = {
        "country": known("US"),
        "contracting_entity": known("Acme Inc."),
        "contracting_country": known("US"),
        "storage": known("stated"),
        "storage_country": known("US"),
        "trains_by_default": known(False),
        "retention": known("30 days"),
        "dpa": known(True),
    }
    return Provider(id=ident, name=ident.title(), kind=kind, **{**values, **rest})


def route(kind: RouteKind = RouteKind.SELF_HOSTED, served_by: Provider | None = None, **rest: Any) -> Route:
    if served_by is None and kind not in (RouteKind.SELF_HOSTED, RouteKind.UNKNOWN):
        served_by = provider(f"{kind.value}-service", kind)
    if served_by is not None:
        rest = {"storage": served_by.storage, "storage_country": served_by.storage_country, **rest}
    return Route(kind=kind, provider=served_by, **rest)


def at(path: str = "app/llm.py", line: int = 3) -> Location:
    return Location(path=path, line=line, column=5)


def reference(written: str = "acme/base-7b", evidence: Evidence = Evidence.BOUND, **rest: Any) -> Reference:
    return Reference(
        written=written,
        kind=rest.pop("kind", ReferenceKind.HUB_REPO),
        evidence=evidence,
        location=rest.pop("location", at()),
        slot=rest.pop("slot", "CHAT_MODEL"),
        hints=rest.pop("hints", Hints()),
        **rest,
    )


def use(of: Model | None = None, evidence: Evidence = Evidence.BOUND, by: Route | None = None, **rest: Any) -> ModelUse:
    made = of or model()
    return ModelUse(model=made, route=by or route(), references=(reference(made.id, evidence, **rest),))


def saw(kind: ObservationKind, subject: str = "thing", **rest: Any) -> Observation:
    return Observation(kind=kind, subject=subject, location=rest.pop("location", at("app/other.py", 9)), **rest)


def report(*uses: ModelUse, **rest: Any) -> Report:
    values: dict[str, Any] = {
        "tool_version": "0.0.0",
        "registry": RegistryInfo(version="2026.11", newest_check=CHECKED),
        "target": TargetInfo(name="startup", kind="folder"),
        "scanned_at": datetime(2026, 11, 24, 12, tzinfo=UTC),
        "offline": True,
        "coverage": Coverage(files_total=10, files_read=10, files_parsed=10),
        "references": tuple(r for item in uses for r in item.references),
    }
    return Report(uses=uses, **{**values, **rest})


def context(**rest: Any) -> RuleContext:
    return RuleContext(**{"today": TODAY, **rest})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A list record as the registry would give it."""

    code: str = "US-LIST-1"
    instrument: str = "Example List"
    jurisdiction: str = "US"
    legal_entity: str = "Acme Beijing Ltd."
    tier: str = "confirmed"
    effect: str = "A licence is needed to export listed items to this entity."
    status: str = "in-force"
    start: str = "2025-01-16"
    checked: date | None = CHECKED


UNKNOWN = unknown("nobody has looked")
