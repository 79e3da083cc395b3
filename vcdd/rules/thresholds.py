"""D1: thresholds and territories of every licence in the lineage, compared with the company's own numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from vcdd.core.evidence import Confidence
from vcdd.core.finding import Severity
from vcdd.core.model import Condition, ConditionKind, ModelUse
from vcdd.core.report import Report
from vcdd.rules.conditions import Carried, Comparison, Status, carried, compare
from vcdd.rules.context import RuleContext
from vcdd.rules.draft import Draft, draft_of_uses
from vcdd.rules.uses import by_model, groups_of, weights_terms_govern
from vcdd.rules.words import join_names, licence_words, shown

RULE_OF = {
    ConditionKind.MAU_THRESHOLD: "L102",
    ConditionKind.REVENUE_THRESHOLD: "L103",
    ConditionKind.FUNDING_THRESHOLD: "L104",
    ConditionKind.TERRITORY_LIMIT: "L105",
}

# Past the limit: what the licence then asks for decides how bad that is (product page 4.7).
_PAST = {
    "no-grant": Severity.BLOCKER,
    "separate-licence": Severity.HIGH,
    "display": Severity.MEDIUM,
    "notice": Severity.LOW,
}


def find(report: Report, context: RuleContext) -> Iterator[Draft]:
    """One finding per limit and what brings it, for all models in use under it: conflict, research needed or OK.

    Versions of a licence that name the same limit in the same words are one limit.
    """
    groups: dict[tuple[Condition, str, bool], list[tuple[tuple[ModelUse, ...], Carried]]] = defaultdict(list)
    for uses in by_model(tuple(use for use in report.in_use if weights_terms_govern(use))):
        for item in carried(uses[0].model):
            if item.condition.kind in RULE_OF:
                through = item.ancestor.id if item.ancestor else ""
                groups[item.condition, through, item.is_inferred].append((uses, item))
    for found in groups.values():
        yield _draft(tuple(use for uses, _ in found for use in uses), [item for _, item in found], context)
    yield from _selectable(report)


def _draft(uses: tuple[ModelUse, ...], items: Sequence[Carried], context: RuleContext) -> Draft:
    """`items` carry one condition, under one licence or several."""
    item = items[0]
    answer = compare(item.condition, context.company)
    if answer is None:  # pragma: no cover -- RULE_OF and the judges name the same kinds
        raise AssertionError(item.condition.kind)
    return draft_of_uses(
        RULE_OF[item.condition.kind],
        uses,
        words=_words(items, answer),
        subject=f"{min(each.licence.id for each in items)}/{item.condition.amount or ''}{item.condition.period}{item.condition.duty}",
        severity=_severity(item, answer),
        status=_status(item, answer),
        confidence=_confidence(items),
        questions=() if answer.status is Status.OK else None,
    )


def _severity(item: Carried, answer: Comparison) -> Severity:
    if answer.status is Status.OK:
        return Severity.INFO
    if answer.status is Status.RESEARCH or item.is_inferred:
        mild = item.condition.duty in {"display", "notice"} or _is_far_off(item.condition)
        return Severity.LOW if mild else Severity.MEDIUM
    return _PAST.get(item.condition.duty, _unstated_duty(item.condition))


FAR_USERS = 100_000_000
FAR_DOLLARS = 1_000_000_000
"""Limits that a company in a venture round has not reached; the question stays, it only weighs less."""


def _is_far_off(condition: Condition) -> bool:
    far = FAR_USERS if condition.kind is ConditionKind.MAU_THRESHOLD else FAR_DOLLARS
    return condition.amount is not None and condition.amount >= far


def _unstated_duty(condition: Condition) -> Severity:
    """Without a recorded duty a territory limit and a funding limit end the grant; a size limit asks for a licence."""
    ends = condition.kind in {ConditionKind.TERRITORY_LIMIT, ConditionKind.FUNDING_THRESHOLD}
    return Severity.BLOCKER if ends else Severity.HIGH


def _status(item: Carried, answer: Comparison) -> str:
    """A guess of lineage is never a conflict: somebody has to look."""
    return Status.RESEARCH if item.is_inferred and answer.status is Status.CONFLICT else answer.status


def _confidence(items: Sequence[Carried]) -> Confidence:
    is_sure = all(item.licence.verified and not item.is_inferred for item in items)
    return Confidence.HIGH if is_sure else Confidence.LOW


def _words(items: Sequence[Carried], answer: Comparison) -> dict[str, str]:
    item = items[0]
    return {
        "licence": join_names(licence_words(item.licence.name) for item in items),
        "text": item.condition.text.rstrip(". "),
        "through": f", inherited from {shown(item.ancestor.id)}" if item.ancestor else "",
        "compared": answer.sentence,
        "status": answer.status.replace("-", " ") if answer.status is not Status.OK else "OK",
    }


def _selectable(report: Report) -> Iterator[Draft]:
    """All merely selectable models with any limit, in one line."""
    in_use = {use.model.id for use in report.in_use}
    for uses in groups_of(report, lambda use: weights_terms_govern(use) and _limits(use)):
        if uses[0].model.id not in in_use:
            yield draft_of_uses("L117", uses, status=Status.RESEARCH, subject="selectable")


def _limits(use: ModelUse) -> bool:
    return any(item.condition.kind in RULE_OF for item in carried(use.model))
