"""From a report to the questions that only the founders can answer, the weightiest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vcdd.core.company import Company
from vcdd.core.finding import Action, Question
from vcdd.core.report import Report
from vcdd.questions import triggers, triggers_business, triggers_data, triggers_licence
from vcdd.questions.bank import BankQuestion, load_bank
from vcdd.questions.triggers import Hit, Situation, Trigger

TRIGGERS: Mapping[str, Trigger] = {
    "in-use": triggers.in_use,
    "selectable": triggers.selectable,
    "model-from-outside": triggers.model_from_outside,
    "endpoint-from-outside": triggers.endpoint_from_outside,
    "unknown-maker": triggers.unknown_maker,
    "inferred-base": triggers.inferred_base,
    "own-weights": triggers.own_weights,
    "trains": triggers.trains,
    "third-party": triggers.third_party,
    "open-weights": triggers.open_weights,
    "own-model-claim": triggers.own_model_claim,
    "grant": triggers_licence.grant,
    "thresholds": triggers_licence.thresholds,
    "territories": triggers_licence.territories,
    "display": triggers_licence.display,
    "flow-down": triggers_licence.flow_down,
    "conditional": triggers_licence.conditional,
    "unknown-licence": triggers_licence.unknown_licence,
    "relabelled": triggers_licence.relabelled,
    "own-licence": triggers_licence.own_licence,
    "vendor-api": triggers_data.vendor_api,
    "served": triggers_data.served,
    "unknown-host": triggers_data.unknown_host,
    "unknown-storage": triggers_data.unknown_storage,
    "training-terms": triggers_data.training_terms,
    "unknown-retention": triggers_data.unknown_retention,
    "unknown-entity": triggers_data.unknown_entity,
    "customer-data": triggers_data.customer_data,
    "tracing": triggers_data.tracing,
    "keys": triggers_data.keys,
    "ending": triggers_business.ending,
    "evaluation": triggers_business.evaluation,
    "switching": triggers_business.switching,
    "media": triggers_business.media,
    "customers": triggers_business.customers,
    "unpriced": triggers_business.unpriced,
    "no-volume": triggers_business.no_volume,
    "no-revenue-share": triggers_business.no_revenue_share,
}
"""Every trigger that the bank may name; `never` has none."""

_BOOST = {Action.DENY: 10, Action.REVIEW: 5, Action.NOTE: 0, Action.ALLOW: 0}
"""What a standing decision that asks a question adds to its weight."""


def ask(report: Report, company: Company | None) -> tuple[Question, ...]:
    """Every open question: what the code raises, then what every company is asked; by weight, number and subject.

    Each unresolved reference and each unknown fact that matters leads to exactly one. Nothing is asked that the target
    or the registry answers. The report's findings and outcome are read where they are there: what a standing decision
    asks weighs more.
    """
    now = Situation(report=report, company=company or Company())
    asked = _boosts(report)
    found = [
        _question(entry, hit, asked.get(entry.id, 0)) for entry in load_bank().values() for hit in _hits(entry, now)
    ]
    return tuple(sorted(found, key=lambda item: (item.standing, -item.weight, int(item.id[1:]), item.text)))


def _hits(entry: BankQuestion, now: Situation) -> Iterator[Hit]:
    trigger = TRIGGERS.get(entry.trigger)
    if trigger is not None:
        yield from trigger(now)


def _boosts(report: Report) -> Mapping[str, int]:
    """By question id, what the standing decisions of the policy add."""
    boosts: dict[str, int] = {}
    for decision in report.outcome.decisions if report.outcome else ():
        if not decision.excepted_by:
            for ident in decision.ask:
                boosts[ident] = max(boosts.get(ident, 0), _BOOST[decision.action])
    return boosts


def _question(entry: BankQuestion, hit: Hit, boost: int) -> Question:
    words = {"subject": hit.subject, "detail": hit.detail}
    return Question(
        id=entry.id,
        text=(entry.ask or entry.text).format_map(words),
        why=entry.why.format_map(words),
        model=hit.model,
        weight=max(1, min(100, entry.weight + hit.boost + boost)),
        standing=entry.standing and hit.boost + boost <= 0,
    )
