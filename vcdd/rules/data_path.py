"""D3: who receives prompts and what their terms say. The decision table in `data/data_path.toml` knows no country."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from vcdd.core.company import Company
from vcdd.core.evidence import Confidence, Evidence
from vcdd.core.fact import Fact
from vcdd.core.finding import Severity
from vcdd.core.model import ModelUse, Weights
from vcdd.core.reference import ObservationKind
from vcdd.core.report import Report
from vcdd.core.route import Provider, RouteKind
from vcdd.rules.addresses import open_addresses
from vcdd.rules.context import RuleContext
from vcdd.rules.draft import MAX_LOCATIONS, Draft, draft_of_observations, draft_of_uses
from vcdd.rules.records import load_documents
from vcdd.rules.seen import in_code
from vcdd.rules.uses import OPTIONAL
from vcdd.rules.words import count, join_names, shown

Facts = Mapping[str, str]


def find(report: Report, context: RuleContext) -> Iterator[Draft]:
    """One finding per service that receives prompts, one per open address, tracing, and the selectable services."""
    yield from _by_service(report.in_use, context.company)
    yield from _open_addresses(report)
    yield from _tracing(report)
    yield from _selectable(report)
    yield from _one_host(report.in_use)


def facts_of(use: ModelUse, company: Company | None) -> Facts:
    """The four columns of the decision table for one use, as words."""
    return {
        "hosting": use.route.kind.value,
        "storage": use.route.storage.value or "unknown",
        "terms": _terms(use.route.provider),
        "customer_data": "no" if company and company.customer_data_in_prompts is False else "possible",
    }


def row_for(facts: Facts) -> Mapping[str, Any]:
    """The first row of the table whose stated columns all hold; the last row holds always."""
    rows = load_documents()["data_path"]["row"]
    return next(row for row in rows if all(facts[key] in wanted for key, wanted in row["when"].items()))


def _terms(provider: Provider | None) -> str:
    """What is on record of a provider's terms, the worst first: silence is not consent."""
    if provider is None:
        return "unrecorded"
    if provider.trains_by_default.value is True:
        return "trains"
    if provider.dpa.value is False:
        return "no-dpa"
    return "clean" if provider.trains_by_default.value is False and provider.dpa.value else "unrecorded"


def _by_service(uses: tuple[ModelUse, ...], company: Company | None) -> Iterator[Draft]:
    """One finding per row and service; rows whose sentence is the same for every service share one finding."""
    groups: dict[tuple[str, str], list[ModelUse]] = defaultdict(list)
    for use in uses:
        rule = row_for(facts_of(use, company))["rule"]
        groups[rule, "" if rule in _SHARED else _service(use)].append(use)
    for (rule, service), group in sorted(groups.items(), key=lambda item: item[0]):
        row = row_for(facts_of(group[0], company))
        yield draft_of_uses(
            rule,
            tuple(group),
            subject=service or rule,
            words=_words(group),
            severity=Severity(row["severity"]),
            confidence=max((_confidence(use) for use in group), key=lambda item: item.rank),
        )


_SHARED = frozenset({"P301", "P302", "P303", "P307", "P310"})


def _service(use: ModelUse) -> str:
    return use.route.provider.id if use.route.provider else use.route.host or use.route.kind.value


def _words(group: list[ModelUse]) -> dict[str, str]:
    use = group[0]
    return {
        "service": use.route.label,
        "services": join_names(sorted({item.route.label for item in group}), most=8),
        **_passing_on(group),
        "host": f" ({shown(use.route.host)})" if use.route.host else "",
        "terms": _terms_in_words(use.route.provider),
        "storage": _storage_in_words(use),
        "stored": _stored(group),
        "dates": _checked_in_words(group),
    }


def passes_on(use: ModelUse) -> bool:
    """Whether calls may go on to others: a router's do, and a host has closed weights from nobody."""
    provider = use.route.provider
    if provider is None:
        return False
    return use.model.weights is not Weights.OPEN or provider.id in load_documents()["data_path"]["routers"]


def _passing_on(group: list[ModelUse]) -> dict[str, str]:
    if any(passes_on(use) for use in group):
        varies = "Unless one provider is pinned, who receives prompts and where they rest can vary from call to call."
        return {"passes": " and may pass calls on", "varies": varies}
    return {"passes": "", "varies": "The host receives prompts under its own terms, which are not those of the maker."}


def _stored(group: list[ModelUse]) -> str:
    """What is on record of storage, service by service; nothing where nothing is."""
    known = {f"{use.route.label}: {_storage_in_words(use)}" for use in group if use.route.storage.is_known}
    return f" On record: {join_names(sorted(known), most=8)}." if known else ""


def _terms_in_words(provider: Provider | None) -> str:
    if provider is None:
        return "its terms are not on record"
    trains = {True: "train on prompts unless opted out", False: "do not train on prompts by default"}
    said = trains.get(provider.trains_by_default.value, "are not on record as to training")  # type: ignore[arg-type]
    dpa = {True: "a data processing agreement is published", False: "no data processing agreement was found"}
    agreement = dpa.get(provider.dpa.value, "whether there is a data processing agreement is not on record")  # type: ignore[arg-type]
    return f"its terms {said}; {agreement}"


def _storage_in_words(use: ModelUse) -> str:
    """D3 sentences name the storage country with its role; titles never do."""
    said = use.route.storage.value
    country = use.route.storage_country.value
    if said == "stated" and country:
        return f"storage location stated: {country}"
    words = {"selectable": "storage region selectable", "not-stated": "storage location not stated"}
    return words.get(said or "", "storage location not on record")


def _checked_in_words(group: list[ModelUse]) -> str:
    """The oldest day on which terms of these services were read."""
    facts = [fact for use in group if use.route.provider for fact in _term_facts(use.route.provider)]
    checked = [fact.checked for fact in facts if fact.is_known and fact.checked]
    return f" (terms read {min(checked).isoformat()})" if checked else ""


def _term_facts(provider: Provider) -> tuple[Fact[Any], ...]:
    return (provider.trains_by_default, provider.dpa, provider.storage)


def _confidence(use: ModelUse) -> Confidence:
    facts = _term_facts(use.route.provider) if use.route.provider else ()
    known = [fact.confidence for fact in facts if fact.is_known]
    own = use.references[0].confidence
    return max((own, *known), key=lambda item: item.rank)


def _open_addresses(report: Report) -> Iterator[Draft]:
    """Variables that decide where prompts go: one finding each."""
    for item in open_addresses(report):
        yield Draft(
            rule="P308",
            subject=item.symbol,
            words={"symbol": shown(item.symbol), "about": _about(item.models)},
            evidence=Evidence.UNRESOLVED,
            locations=item.locations[:MAX_LOCATIONS],
        )


def _about(models: tuple[str, ...]) -> str:
    return f" for {join_names(models)}" if models else ""


def _tracing(report: Report) -> Iterator[Draft]:
    seen = in_code(report, ObservationKind.TRACING)
    for subject in sorted({item.subject for item in seen}):
        yield draft_of_observations(
            "P309", tuple(item for item in seen if item.subject == subject), words={"service": subject}
        )


def _selectable(report: Report) -> Iterator[Draft]:
    """All services that are offered and not selected, in one line."""
    used = {_service(use) for use in report.in_use}
    uses = tuple(use for use in report.with_evidence(*OPTIONAL) if use.route.provider and _service(use) not in used)
    names = sorted({use.route.label for use in uses})
    if names:
        words = {"count": count(len(names), "further service"), "services": join_names(names, most=8)}
        yield draft_of_uses("P311", uses, words=words, models=(), subject="selectable", slot="")


def _one_host(uses: tuple[ModelUse, ...]) -> Iterator[Draft]:
    """The host of at least half of the models in use, in D3: changing the hosting changes nothing else.

    Own machines are no host that changes its prices, and a lower share is no concentration.
    """
    services: dict[str, set[str]] = defaultdict(set)
    for use in uses:
        if use.route.kind not in (RouteKind.UNKNOWN, RouteKind.SELF_HOSTED):
            services[use.route.label].add(use.model.id)
    total = len({use.model.id for use in uses})
    if total < 2 or not services:  # one model has one host: that says nothing about spread
        return
    top, models = max(sorted(services.items()), key=lambda item: len(item[1]))
    if len(models) < 2 or len(models) * 2 < total:
        return
    words = {"service": top, "share": f"{len(models)} of {total}"}
    yield draft_of_uses("P312", uses, words=words, models=(), subject="top-host", slot="", locations=())
