"""Words for facts: the one place that turns enums into what a partner reads. Every country stands with its role."""

from __future__ import annotations

from collections.abc import Mapping

from vcdd.core.evidence import Confidence, Evidence
from vcdd.core.fact import Fact
from vcdd.core.finding import Severity
from vcdd.core.model import (
    Ancestor,
    DateKind,
    Developer,
    Lab,
    Licence,
    LicenceClass,
    Lifecycle,
    LifecycleStatus,
    Model,
    Role,
    Weights,
)
from vcdd.core.route import Route, RouteKind
from vcdd.render.plain import clean, iso

UNKNOWN = "unknown"

DOUBT = "?"
"""Behind an originator that is not confirmed; appendix B of memo and page says why."""
DOUBT_LEGEND = "? originator not confirmed (see appendix B)"

LICENCE_CLASSES: Mapping[LicenceClass, str] = {
    LicenceClass.OPEN_SOURCE: "open source",
    LicenceClass.OPEN_WEIGHT: "open weights, conditional",
    LicenceClass.NON_COMMERCIAL: "non-commercial",
    LicenceClass.API_TERMS: "API terms",
    LicenceClass.UNKNOWN: UNKNOWN,
}

ROUTE_KINDS: Mapping[RouteKind, str] = {
    RouteKind.SELF_HOSTED: "self-hosted",
    RouteKind.CLOUD_MODEL_SERVICE: "cloud model service",
    RouteKind.VENDOR_API: "vendor API",
    RouteKind.AGGREGATOR: "aggregator",
    RouteKind.UNKNOWN: "unknown route",
}

SEVERITIES: Mapping[Severity, str] = {
    Severity.BLOCKER: "BLOCKER",
    Severity.HIGH: "HIGH",
    Severity.MEDIUM: "MEDIUM",
    Severity.LOW: "LOW",
    Severity.INFO: "INFO",
    Severity.OPEN: "OPEN QUESTION",
}

GROUPS: Mapping[str, tuple[Evidence, ...]] = {
    "in use": (Evidence.BOUND, Evidence.DEPLOYED),
    "can be configured": (Evidence.SELECTABLE, Evidence.DEPENDENCY),
    "only named": (Evidence.CATALOG, Evidence.TEST, Evidence.MENTION, Evidence.UNRESOLVED),
}
"""The three groups that are never mixed."""


def country(fact: Fact[str] | None) -> str:
    """The ISO code, or `country unknown`."""
    return clean(fact.value, 40) if fact and fact.value else "country unknown"


def lab_name(lab: Lab) -> str:
    """The name without the brands that the registry lists behind it: `Alibaba (Qwen, Wan)` is shown as `Alibaba`."""
    return clean(lab.name.partition(" (")[0] or lab.name, 60)


def lab_words(lab: Lab | None) -> str:
    """`Alibaba (CN)`: for places that already say which role this is."""
    return f"{lab_name(lab)} ({country(lab.country)})" if lab else UNKNOWN


def originator_words(model: Model) -> str:
    """The originator with the country of its seat, then modifiers, distributors and bases, each with its role."""
    parts = [lab_words(model.lab) + doubt(model)]
    others = (d for d in model.developers if d.role is not Role.ORIGINATOR and d.lab != model.lab)
    parts += [_role_words(developer) for developer in others]
    bases = dict.fromkeys(
        f"base by {lab_words(step.lab)}{_step_doubt(step)}" for step in model.lineage if step.lab != model.lab
    )
    return "; ".join([*parts, *bases])


def doubt(model: Model) -> str:
    """`?` when who made the model, or from where that lab is, is a fact of low confidence; else empty."""
    facts = (model.facts.get(name) for name in ("lab", "country"))
    is_low = any(fact is not None and fact.is_known and fact.confidence is Confidence.LOW for fact in facts)
    return DOUBT if model.lab is not None and is_low else ""


def _step_doubt(step: Ancestor) -> str:
    return DOUBT if step.lab is not None and step.how != "declared" else ""


def _role_words(developer: Developer) -> str:
    verb = "modified by" if developer.role is Role.MODIFIER else "distributed by"
    return f"{verb} {lab_words(developer.lab) if developer.lab.country.value else lab_name(developer.lab)}"


def short_origin(model: Model) -> str:
    """`CN DeepSeek; base US Meta AI`, code first, for a column headed "Originator" that may be cut at its end."""
    bases = dict.fromkeys(
        f"base {_short(step.lab, _step_doubt(step))}" for step in model.lineage if step.lab != model.lab
    )
    return "; ".join([_short(model.lab, doubt(model)), *bases])


def _short(lab: Lab | None, mark: str) -> str:
    """The mark stands behind the code, where no column cuts it."""
    if lab is None:
        return UNKNOWN
    return f"{clean(lab.country.value, 8) + mark if lab.country.value else '??'} {lab_name(lab)}"


def base_words(model: Model) -> tuple[str, ...]:
    """Each step of lineage, nearest first: `distillation of ID (Meta AI, originator US; declared)`."""
    words = []
    for step in model.lineage:
        link = "consistent with" if step.relation == "consistent-with" else f"{step.relation or 'derived'} of"
        who = f"{lab_name(step.lab)}, originator {country(step.lab.country)}" if step.lab else "originator unknown"
        words.append(f"{clean(link, 40)} {clean(step.id, 120)} ({who}; {clean(step.how, 20)})")
    return tuple(words)


def licence_name(licence: Licence | None) -> str:
    """The SPDX id where SPDX has one, else the licence's own name."""
    if licence is None:
        return UNKNOWN
    if licence.spdx and not licence.spdx.startswith("LicenseRef-"):
        return clean(licence.spdx, 60)
    name, colon, _ = licence.name.partition("): ")  # `X License (2024-07-05): SD3, SD3.5`: the models are known here
    name = f"{name})" if colon else name or licence.id
    return clean(name if len(name) <= 60 else name.partition(" (")[0], 60)


def licence_class(model: Model) -> LicenceClass:
    """The class of the weights' licence; closed weights without a record are reached under API terms."""
    if model.licence is not None:
        return model.licence.category
    return LicenceClass.API_TERMS if model.weights is Weights.CLOSED else LicenceClass.UNKNOWN


def licence_words(model: Model) -> str:
    """`Apache-2.0 · open source`, `API terms`, `unknown`; with the conditions that stand in the text."""
    category = licence_class(model)
    if model.licence is None or category is LicenceClass.API_TERMS:
        return LICENCE_CLASSES[category]
    kinds = [
        condition.kind.value.replace("-", " ").replace("mau", "monthly-user") for condition in model.licence.conditions
    ]
    conditions = f" ({', '.join(dict.fromkeys(kinds))})" if kinds else ""
    return f"{licence_name(model.licence)} · {LICENCE_CLASSES[category]}{conditions}"


def short_licence(model: Model) -> str:
    """The licence's name, `API terms` or `unknown`."""
    category = licence_class(model)
    return LICENCE_CLASSES[category] if category is LicenceClass.API_TERMS else licence_name(model.licence)


def route_words(route: Route) -> str:
    """Who serves the model and what is still open: `OpenAI (vendor API), or where OPENAI_BASE_URL points`."""
    kind = ROUTE_KINDS[route.kind]
    name = clean(route.provider.name, 60) if route.provider else ""
    words = f"{name}, {kind}" if name.endswith(")") else f"{name} ({kind})" if name else kind
    if not route.provider and route.host:
        words = f"{words} at {clean(route.host, 60)}"
    return f"{words}, or where {clean(route.open_symbol, 40)} points" if route.open_symbol else words


def short_route(route: Route) -> str:
    """`OpenAI`, `self-hosted`, `OpenAI or $OPENAI_BASE_URL`."""
    label = clean(route.label, 60)
    return f"{label} or ${clean(route.open_symbol, 40)}" if route.open_symbol else label


def storage_words(route: Route) -> str:
    """Where prompts rest by the provider's own terms; empty for a self-hosted route."""
    if route.provider is None:
        return ""
    where = clean(route.storage_country.value, 40) if route.storage_country.value else ""
    return f"storage location {where} (stated)" if where else f"storage location {_storage(route.storage.value)}"


def _storage(value: str | None) -> str:
    return {"not-stated": "not stated", None: UNKNOWN}.get(value, clean(value or "", 40))


def provider_words(route: Route) -> str:
    """The provider's contracting entity and storage, each country with its role; empty without a provider."""
    provider = route.provider
    if provider is None:
        return ""
    entity = clean(provider.contracting_entity.value or UNKNOWN, 80)
    where = f" ({country(provider.contracting_country)})" if provider.contracting_country.value else ""
    parts = [
        f"provider seat {country(provider.country)}",
        f"contracting entity {entity}{where}",
        storage_words(route),
    ]
    if provider.trains_by_default.value is not None:
        parts.append(f"trains on prompts by default: {'yes' if provider.trains_by_default.value else 'no'}")
    return "; ".join(parts)


def lifecycle_words(lifecycle: Lifecycle | None) -> str:
    """Status with its date and the kind of that date: `active, end not sooner than 2027-02-17`."""
    if lifecycle is None:
        return "not recorded"
    if lifecycle.date is None:
        return lifecycle.status.value
    kind = _DATES[lifecycle.date_kind]
    if lifecycle.status is LifecycleStatus.RETIRED and lifecycle.date_kind is not DateKind.NOT_SOONER_THAN:
        as_said = " as announced" if lifecycle.date_kind is DateKind.ANNOUNCED else ""
        return f"retired {iso(lifecycle.date)}{as_said}"
    return f"{lifecycle.status.value}, {kind}{iso(lifecycle.date)}"


_DATES: Mapping[DateKind | None, str] = {
    DateKind.ANNOUNCED: "end announced for ",
    DateKind.EFFECTIVE: "effective ",
    DateKind.NOT_SOONER_THAN: "end not sooner than ",
    None: "",
}
