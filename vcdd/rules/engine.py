"""Runs every rule over a report: words, cap, fingerprint, order and number, in this order and in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from vcdd.core.evidence import Evidence
from vcdd.core.finding import SEVERITY_CAP, Dimension, Finding, Severity
from vcdd.core.report import Report
from vcdd.rules import (
    artefact,
    concentration,
    cost,
    coverage,
    data_path,
    disclosure,
    licence,
    lifecycle,
    lists,
    origin,
    repository,
    thresholds,
)
from vcdd.rules.context import RuleContext
from vcdd.rules.draft import Draft
from vcdd.rules.fingerprint import fingerprint, number_repeats
from vcdd.rules.records import RuleRecord, load_records
from vcdd.rules.words import join_names, one_line

Rule = Callable[[Report, RuleContext], Iterator[Draft]]

RULES: tuple[Rule, ...] = (
    licence.find,
    thresholds.find,
    repository.find,
    origin.find,
    data_path.find,
    lists.find,
    artefact.find,
    lifecycle.find,
    concentration.find,
    cost.find,
    disclosure.find,
    coverage.find,
)
"""One function per file, in order of dimension."""


def find(report: Report, context: RuleContext) -> tuple[Finding, ...]:
    """Every finding of the report, worst first, then by what matters more for a deal, with ids `F1` … in that order.

    The report's own `findings`, `outcome` and `questions` are not read. Costs and claims are, where they are there.
    """
    records = load_records()
    drafts = (draft for rule in RULES for draft in rule(report, context))
    ordered = sorted((_finding(draft, records[draft.rule]) for draft in drafts), key=_order)
    return tuple(replace(item, id=f"F{index}") for index, item in enumerate(number_repeats(ordered), start=1))


def cap(severity: Severity, evidence: Evidence) -> Severity:
    """The severity this evidence class allows: never worse than its cap."""
    return max(severity, SEVERITY_CAP[evidence], key=lambda item: item.rank)


_WEIGHT = (
    Dimension.LICENCE,
    Dimension.LIFECYCLE,
    Dimension.DATA_PATH,
    Dimension.DISCLOSURE,
    Dimension.CONCENTRATION,
    Dimension.COVERAGE,
    Dimension.ARTEFACT,
    Dimension.COST,
    Dimension.LISTS,
    Dimension.ORIGIN,
)
"""Among findings of one severity: what can end the right to sell, then what stops working, then who sees the data."""


def _order(finding: Finding) -> tuple[int, int, int, str, str, str]:
    settled = 0 if finding.status == "conflict" else 1
    weight = _WEIGHT.index(finding.dimension)
    return (finding.severity.rank, settled, weight, finding.rule, finding.model, finding.fingerprint)


def _finding(draft: Draft, record: RuleRecord) -> Finding:
    """One draft with the words of its rule, capped."""
    wanted = draft.severity or record.severity
    severity = cap(wanted, draft.evidence)
    model = draft.models[0] if len(draft.models) == 1 else ""
    path = draft.locations[0].path if draft.locations else ""
    words = _words(draft)
    return Finding(
        id="",
        rule=record.id,
        dimension=record.dimension,
        severity=severity,
        confidence=draft.confidence,
        title=record.title.format_map(words),
        fact=" ".join(part for part in (record.fact.format_map(words), draft.extra) if part),
        consequence=record.consequence.format_map(words),
        remedy=record.remedy.format_map(words),
        effort=record.effort,
        model=model,
        locations=draft.locations,
        fingerprint=fingerprint(record.id, model, path, draft.subject or draft.slot),
        capped_from=wanted if wanted is not severity else None,
        status=draft.status,
        questions=record.questions if draft.questions is None else draft.questions,
    )


def _words(draft: Draft) -> Mapping[str, str]:
    """The draft's own words and the two that every sentence may use."""
    own = {key: one_line(value) for key, value in draft.words.items()}
    return {"verb": draft.evidence.verb, "models": join_names(draft.models), **own}
