"""Explanations as values: a rule's text, or one finding with its facts, evidence, cap and what would change it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from vcdd.core.finding import SEVERITY_CAP, Finding
from vcdd.core.model import ModelUse
from vcdd.core.report import Report
from vcdd.errors import UsageError
from vcdd.rules.records import RuleRecord, load_records
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A heading and sections of plain lines, in reading order."""

    title: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]


def explain_rule(rule: str) -> Explanation:
    """The documentation of a rule by id or name.

    Raises:
        UsageError: no such rule, with a near miss.
    """
    records = load_records()
    names = {record.name: record for record in records.values()}
    record = records.get(rule.upper()) or names.get(rule.lower())
    if record is None:
        near = get_close_matches(rule, [*records, *names], n=1)
        hint = f"Did you mean `{near[0]}`?" if near else f"Rules: {', '.join(records)}."
        raise UsageError(f"no rule `{rule}`", help=hint)
    return Explanation(title=f"{record.id} {record.name}", sections=tuple(_rule_sections(record)))


def explain_finding(report: Report, fingerprint: str) -> Explanation:
    """One finding by fingerprint, by an unambiguous beginning of it (six characters at least), or by its id.

    Raises:
        UsageError: no finding, or more than one, fits.
    """
    fits = [item for item in report.findings if fingerprint in (item.fingerprint, item.id)]
    if not fits and len(fingerprint) >= 6:
        fits = [item for item in report.findings if item.fingerprint.startswith(fingerprint)]
    if len(fits) != 1:
        problem = "no finding" if not fits else f"{len(fits)} findings"
        raise UsageError(f"{problem} with fingerprint `{fingerprint}`", help="Take it from the report's JSON or memo.")
    finding = fits[0]
    return Explanation(
        title=f"{finding.id} {finding.rule}: {finding.title}", sections=tuple(_finding_sections(finding, report))
    )


def _rule_sections(record: RuleRecord) -> Iterator[tuple[str, tuple[str, ...]]]:
    severity = f"{record.severity.value} before the evidence cap; dimension {record.dimension.value}"
    yield "What it does", (record.what,)
    yield "Why an investor cares", (record.why,)
    yield "Severity", (f"{severity} ({record.dimension.label}); effort {record.effort.value}",)
    yield "Example", (record.example,)
    yield "Remediation", (record.remediation,)
    if record.questions:
        yield "Questions that settle it", record.questions
    yield "References", record.references


def _finding_sections(finding: Finding, report: Report) -> Iterator[tuple[str, tuple[str, ...]]]:
    record = load_records()[finding.rule]
    uses = [use for use in report.uses if finding.model and use.model.id == finding.model]
    yield "Fact", (finding.fact,)
    yield "Consequence", (finding.consequence,)
    yield "Remedy", (f"{finding.remedy} (effort {finding.effort.value})",)
    yield "Severity", tuple(_severity_lines(finding, uses))
    yield "Confidence", (finding.confidence.value,)
    yield "Evidence", tuple(_evidence_lines(finding, uses)) or ("The target as a whole.",)
    facts = tuple(_fact_lines(uses))
    if facts:
        yield "Facts behind it", facts
    yield "What would change it", tuple(_changes(finding, record))
    if finding.suppressed_by:
        yield "Set aside by" if not finding.is_active else "Asked to be set aside by", (finding.suppressed_by,)
    yield "References", record.references


def _severity_lines(finding: Finding, uses: list[ModelUse]) -> Iterator[str]:
    if finding.capped_from is None:
        yield f"{finding.severity.value}; the evidence did not cap it"
        return
    classes = sorted({use.evidence for use in uses}, key=lambda item: item.rank)
    why = f"evidence class {classes[0].value} allows {SEVERITY_CAP[classes[0]].value} at most" if classes else "capped"
    yield f"{finding.severity.value}, capped from {finding.capped_from.value}: {why}"


def _evidence_lines(finding: Finding, uses: list[ModelUse]) -> Iterator[str]:
    """Each place, with the judge's reason where a reference stands there."""
    reasons = {item.location: item for use in uses for item in use.references}
    for place in finding.locations:
        reference = reasons.get(place)
        if reference is None:
            yield str(place)
            continue
        said = f"{place} {reference.evidence.value}: {reference.written}"
        parts = [said, reference.way, reference.reason.rule, reference.reason.row, *reference.reason.links]
        yield "; ".join(part for part in parts if part)


def _fact_lines(uses: list[ModelUse]) -> Iterator[str]:
    """Facts of the model with source and date; unknown ones with their reason."""
    for name, fact in sorted(uses[0].model.facts.items()) if uses else ():
        value = "unknown" if fact.value is None else str(fact.value)
        checked = f", checked {fact.checked.isoformat()}" if fact.checked else ", not checked"
        note = f"; {fact.note}" if fact.note else ""
        yield f"{name}: {value} ({fact.source or 'no source'}{checked}, confidence {fact.confidence.value}{note})"


def _changes(finding: Finding, record: RuleRecord) -> Iterator[str]:
    if finding.questions:
        yield f"An answer to {', '.join(finding.questions)}."
    if finding.status == "research-needed":
        yield "The company's number or place in the company file: it then says conflict or OK."
    if finding.capped_from is not None:
        yield "Stronger evidence: the same model as a default or in deployment lifts the cap."
    yield record.remediation
