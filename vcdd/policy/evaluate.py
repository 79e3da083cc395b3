"""From a report and a policy to an outcome: the strictest rule that holds decides, and it is named with its owner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from vcdd.core.company import Company
from vcdd.core.evidence import Evidence
from vcdd.core.finding import Action, Decision, Outcome
from vcdd.core.report import Report
from vcdd.policy.facts import UseFacts, facts_of
from vcdd.policy.gates import gate_decisions, is_incomplete
from vcdd.policy.match import Circumstances, Match, match
from vcdd.policy.schema import Policy, PolicyContext, PolicyRule
from vcdd.rules.context import ListEntry

SILENT = (Evidence.TEST, Evidence.MENTION, Evidence.CATALOG)
"""Classes that a policy does not judge: a mention is never a use."""

_IN_WORDS = {
    "storage_country_not": "where prompts are stored",
    "storage_country_not_adequate": "whether the place of storage is adequate",
    "originator_in": "who trained the model",
    "originator_country": "the seat of the originator",
    "vendor_trains_by_default": "whether the vendor trains on prompts",
}


def evaluate(
    report: Report,
    policy: Policy,
    company: Company | None,
    today: date,
    *,
    explicit: bool = False,
    lists: Mapping[str, ListEntry] = MappingProxyType({}),
) -> Outcome:
    """What the policy says of the report.

    Decisions are in order: the deciding one first, then by action, rule order of the policy and subject; those
    set aside by an exception come last. `company` overrides the policy's own `[company]` table as a whole.
    `lists` serves the gate on the age of list records; without it that gate has nothing to look at.
    """
    told = company or policy.company
    around = Circumstances(context=policy.context, company=told)
    uses = (use for use in report.uses if use.evidence not in SILENT)
    facts = (facts_of(use, report, told, today) for use in uses)
    found = [decision for item in facts for decision in decide(item, policy, around)]
    found += gate_decisions(report, policy, today, lists)
    decisions = _ordered(_excepted(_strictest(found), policy, today), policy)
    standing = [decision.action for decision in decisions if not decision.excepted_by]
    return Outcome(
        policy=policy.name,
        version=policy.version,
        action=max(standing, key=lambda action: action.rank, default=Action.ALLOW),
        incomplete=is_incomplete(report, policy),
        decisions=decisions,
        explicit=explicit,
        context=_context(policy.context),
    )


def decide(facts: UseFacts, policy: Policy, around: Circumstances) -> Iterator[Decision]:
    """Every rule that holds for one use, in the order of the policy."""
    for rule in policy.rules:
        found = match(rule, facts, around)
        if found is not None:
            yield _decision(rule, facts, found, policy.gates.min_evidence)


def _decision(rule: PolicyRule, facts: UseFacts, found: Match, least: Evidence) -> Decision:
    action, prefix = rule.action, ""
    if found.open_facts:
        said = " and ".join(_IN_WORDS.get(key, key) for key in found.open_facts)
        action, prefix = _at_most(action, Action.REVIEW), f"Cannot tell, {said} is not known. The rule: "
    if found.dormant:
        action = _at_most(action, Action.NOTE)
        prefix = f"Noted: nothing says that the company falls under {', '.join(found.dormant)}. "
    if facts.evidence.rank > least.rank:
        action = _at_most(action, Action.NOTE)
        prefix += f"Not in use ({facts.evidence.value}). "
    return Decision(
        rule=rule.id,
        action=action,
        subject=facts.subject,
        reason=prefix + rule.reason,
        owner=rule.owner,
        reference=rule.reference,
        ask=rule.ask,
        location=facts.location,
    )


def _at_most(action: Action, limit: Action) -> Action:
    return min(action, limit, key=lambda item: item.rank)


def _strictest(found: Iterable[Decision]) -> tuple[Decision, ...]:
    """One decision per rule and subject: a model reached by two routes keeps the stricter one."""
    kept: dict[tuple[str, str], Decision] = {}
    for decision in found:
        key = (decision.rule, decision.subject)
        if key not in kept or decision.action.rank > kept[key].action.rank:
            kept[key] = decision
    return tuple(kept.values())


def _excepted(found: Iterable[Decision], policy: Policy, today: date) -> Iterator[Decision]:
    """Decisions with the exception that sets them aside; an expired one sets nothing aside."""
    valid = {(item.rule, item.subject): item for item in policy.exceptions if item.expires >= today}
    for decision in found:
        item = valid.get((decision.rule.removeprefix("gate:"), decision.subject))
        by = f"{item.approver} until {item.expires.isoformat()}: {item.reason}" if item else ""
        yield replace(decision, excepted_by=by)


def _ordered(found: Iterable[Decision], policy: Policy) -> tuple[Decision, ...]:
    place = {rule.id: index for index, rule in enumerate(policy.rules)}

    def key(item: Decision) -> tuple[bool, int, bool, int, str]:
        unsure = item.reason.startswith("Cannot tell")
        return (bool(item.excepted_by), -item.action.rank, unsure, place.get(item.rule, len(place)), item.subject)

    return tuple(sorted(found, key=key))


def _context(context: PolicyContext) -> tuple[tuple[str, str], ...]:
    said = {
        "sells_to": ", ".join(context.sells_to),
        "established_in": ", ".join(context.established_in),
        "markets": ", ".join(context.markets),
        "personal_data": "" if context.personal_data is None else str(context.personal_data).lower(),
        "generates_media": "" if context.generates_media is None else str(context.generates_media).lower(),
    }
    return tuple((key, value) for key, value in said.items() if value)
