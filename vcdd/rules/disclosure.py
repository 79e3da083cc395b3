"""D9: what is said against what the code shows. The first explanation of a mismatch is that the text is older."""

from __future__ import annotations

from collections.abc import Iterator

from vcdd.core.evidence import Confidence
from vcdd.core.finding import Claim, Severity
from vcdd.core.model import Ancestor, ModelUse
from vcdd.core.report import Report
from vcdd.rules.context import RuleContext
from vcdd.rules.draft import Draft, draft_of_uses
from vcdd.rules.uses import by_model
from vcdd.rules.words import join_names, maker, shown

_OPEN_STATUSES = {"not supported", "inconsistent", "stale"}


def find(report: Report, _context: RuleContext) -> Iterator[Draft]:
    """Claims without support, own weights consistent with somebody's base, names that another model answers to."""
    for claim in report.claims:
        if claim.status in _OPEN_STATUSES:
            yield _claim(claim)
    yield from _own_weights(report)
    yield from _other_answers(report)


def _claim(claim: Claim) -> Draft:
    return Draft(
        rule="D901",
        subject=f"{claim.kind}/{claim.text[:60]}",
        words={"text": claim.text, "where": claim.where, "shown": claim.shown.rstrip(". "), "status": claim.status},
        severity=Severity.LOW if claim.status == "stale" else None,
        confidence=Confidence.MEDIUM,
    )


def _own_weights(report: Report) -> Iterator[Draft]:
    """Weights in the target whose shape fits a published base; worse where the company claims its own model."""
    claims_own = any(claim.kind == "own-model" for claim in report.claims)
    for uses in by_model(tuple(use for use in report.in_use if use.model.id.startswith("local:"))):
        bases = _consistent_with(uses[0])
        if bases:
            yield draft_of_uses(
                "D902",
                uses,
                words={"base": join_names(_named(item) for item in bases)},
                severity=Severity.HIGH if claims_own else None,
                confidence=Confidence.MEDIUM,
            )


def _consistent_with(use: ModelUse) -> tuple[Ancestor, ...]:
    return tuple(item for item in use.model.lineage if item.how != "declared")


def _named(ancestor: Ancestor) -> str:
    return f"{ancestor.id} ({maker(ancestor.lab.name)})" if ancestor.lab else ancestor.id


def _other_answers(report: Report) -> Iterator[Draft]:
    """The address decides which model answers: a name of one maker sent to the address of another."""
    for uses in by_model(tuple(use for use in report.in_use if _is_other(use))):
        model = uses[0].model
        answer = model.name if model.id.endswith(":unknown") else model.id
        words = {"written": shown(uses[0].references[0].written), "service": uses[0].route.label, "answer": answer}
        yield draft_of_uses("D903", uses, words=words)


def _is_other(use: ModelUse) -> bool:
    """Whether a fact of the resolver says that the endpoint answers this name with another model."""
    fact = use.model.facts.get("answers_as")
    return fact is not None and bool(fact.value)
