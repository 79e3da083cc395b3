"""Gates: an open data path, old facts, and too little read. They hold whatever the rules say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from vcdd.core.finding import Action, Decision
from vcdd.core.location import Location
from vcdd.core.report import Report
from vcdd.core.route import RouteKind
from vcdd.policy.schema import Policy
from vcdd.rules.addresses import open_addresses
from vcdd.rules.context import ListEntry
from vcdd.rules.coverage import is_whole
from vcdd.rules.origin import originators
from vcdd.rules.words import count, join_names


def is_incomplete(report: Report, policy: Policy) -> bool:
    """Whether fewer files were read than the policy requires, or nobody knows how many there are."""
    required = policy.gates.require_coverage
    return required is not None and not is_whole(report.coverage, required)


def gate_decisions(report: Report, policy: Policy, today: date, lists: Mapping[str, ListEntry]) -> list[Decision]:
    """One decision per gate that was reached; `allow` gates say nothing."""
    checked = {
        "price": _prices(report),
        "lifecycle": _lifecycles(report),
        "vendor_terms": _terms(report),
        "lists": _lists(report, lists),
    }
    return [*_data_path(report, policy), *_stale(policy, today, checked), *_coverage(report, policy)]


def _data_path(report: Report, policy: Policy) -> Iterator[Decision]:
    action = policy.gates.unknown_data_path
    found = _open_paths(report)
    if found and action is not Action.ALLOW:
        said = join_names(found)
        yield Decision(
            rule="gate:unknown_data_path",
            action=action,
            subject="unknown_data_path",
            reason=f"The destination of prompts is not settled in the target: {said}.",
            owner=policy.owner,
            ask=("Q34", "Q35"),
            location=next((place for place in found.values() if place), None),
        )


def _open_paths(report: Report) -> dict[str, Location | None]:
    """Variables and models whose endpoint is open, with a place; what the company has attested is settled."""
    found: dict[str, Location | None] = {
        item.symbol: item.locations[0] if item.locations else None for item in open_addresses(report)
    }
    for use in report.in_use:
        if use.route.kind is RouteKind.UNKNOWN and not use.route.open_symbol:
            found.setdefault(use.model.id, use.references[0].location)
    attested = {item.slot for item in report.attestations if not item.expired}
    return {name: place for name, place in found.items() if name not in attested}


_NOUNS = {"price": "price", "lifecycle": "lifecycle fact", "vendor_terms": "vendor term", "lists": "list record"}


def _stale(policy: Policy, today: date, checked: Mapping[str, list[date]]) -> Iterator[Decision]:
    """Old facts are noted: they weaken the conclusion and are not a judgement of the target."""
    for kind, days in checked.items():
        limit = policy.gates.stale_after_days.get(kind)
        old = [day for day in days if limit is not None and (today - day).days > limit]
        if old:
            yield Decision(
                rule="gate:stale_after_days",
                action=Action.NOTE,
                subject=kind,
                reason=f"{count(len(old), _NOUNS[kind])} older than {limit} days, the oldest of {min(old)}.",
                owner=policy.owner,
            )


def _prices(report: Report) -> list[date]:
    return [price.checked for cost in report.costs.costs for price in cost.prices if price.checked]


def _lifecycles(report: Report) -> list[date]:
    models = {use.model.id: use.model for use in report.in_use}
    return [model.lifecycle.checked for model in models.values() if model.lifecycle and model.lifecycle.checked]


def _terms(report: Report) -> list[date]:
    providers = {use.route.provider.id: use.route.provider for use in report.in_use if use.route.provider}
    facts = [fact for item in providers.values() for fact in (item.storage, item.trains_by_default, item.dpa)]
    return [fact.checked for fact in facts if fact.is_known and fact.checked]


def _lists(report: Report, lists: Mapping[str, ListEntry]) -> list[date]:
    codes = {code for use in report.in_use for lab in originators(use.model) for code in lab.list_entries}
    found = (lists[code].checked for code in sorted(codes) if code in lists)
    return [day for day in found if day is not None]


def _coverage(report: Report, policy: Policy) -> Iterator[Decision]:
    if is_incomplete(report, policy):
        cut = report.coverage.cut
        read = f"{report.coverage.files_read:,} of {'at least ' if cut else ''}{report.coverage.files_total:,}"
        why = f" ({cut.path}: {cut.reason})" if cut else ""
        yield Decision(
            rule="gate:require_coverage",
            action=Action.NOTE,
            subject="require_coverage",
            reason=f"{read} files were read{why}; the policy asks for {policy.gates.require_coverage:.0%}.",
            owner=policy.owner,
        )
