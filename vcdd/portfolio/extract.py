"""From a report to the rows that a store keeps. Nothing is judged again here."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from vcdd.core.finding import Finding
from vcdd.core.model import Model, ModelUse
from vcdd.core.report import Report
from vcdd.portfolio.values import FactRow, FindingRow, OutcomeRow, SourceResult, Status, UseRow
from vcdd.rules.coverage import shortfall

_CALL = "model-from-outside"
_MOST_TEXT = 400


def to_result(
    report: Report, document: str, *, spec: str, digest: str, is_reused: bool = False, keep: bool = True
) -> SourceResult:
    """The rows of one scanned source; `document` is the report as JSON v1, kept compressed unless `keep` is False."""
    monthly = report.costs.monthly
    unread = shortfall(report.coverage)
    return SourceResult(
        spec=spec,
        status=Status.PARTIAL if unread else Status.DONE,
        error=unread,
        kind=report.target.kind,
        commit=report.target.commit,
        digest=digest,
        tool_version=report.tool_version,
        registry_version=report.registry.version,
        scanned_at=report.scanned_at.isoformat(),
        offline=report.offline,
        files_total=report.coverage.files_total,
        files_read=report.coverage.files_read,
        open_calls=sum(item.kind == _CALL for item in report.unresolved),
        monthly_usd=str(monthly.base) if monthly else "",
        is_reused=is_reused,
        uses=tuple(_use(use) for use in report.uses),
        facts=tuple(sorted({fact for use in report.uses for fact in _facts(use.model)})),
        findings=tuple(_finding(finding) for finding in report.findings),
        outcome=_outcome(report),
        report=pack(document) if keep else b"",
    )


def pack(document: str) -> bytes:
    """A JSON text compressed; equal texts give equal bytes."""
    return zlib.compress(document.encode(), 6)


def unpack(data: bytes, limit: int = 256 * 1024 * 1024) -> str:
    """The text that `pack` was given; what is longer than `limit` bytes is cut."""
    return zlib.decompressobj().decompress(data, limit).decode("utf-8", "replace")


def _use(use: ModelUse) -> UseRow:
    model, route, lab = use.model, use.route, use.model.lab
    life = model.lifecycle
    return UseRow(
        model=model.id,
        name=model.name,
        lab=lab.id if lab else "",
        lab_name=lab.name if lab else "",
        country=(lab.country.value or "") if lab else "",
        countries=" ".join(sorted(_countries(model))),
        licence=model.licence.id if model.licence else "",
        licence_class=model.licence.category.value if model.licence else "unknown",
        weights=model.weights.value,
        modality=model.modality,
        route=route.kind.value,
        provider=route.label,
        host=route.host,
        evidence=use.evidence.value,
        is_use=use.evidence.is_use,
        slots=", ".join(use.slots)[:_MOST_TEXT],
        place=str(use.references[0].location) if use.references else "",
        lifecycle=life.status.value if life else "",
        lifecycle_date=life.date.isoformat() if life and life.date else "",
        lifecycle_kind=life.date_kind.value if life and life.date_kind else "",
    )


def _countries(model: Model) -> set[str]:
    """Of the originator and of declared ancestors; an inferred base proves nothing."""
    labs = [model.lab, *(ancestor.lab for ancestor in model.lineage if ancestor.how == "declared")]
    return {lab.country.value for lab in labs if lab is not None and lab.country.value}


def _facts(model: Model) -> Iterator[FactRow]:
    for name, fact in model.facts.items():
        yield FactRow(
            model=model.id,
            name=name,
            value="" if fact.value is None else _text(fact.value),
            source=fact.source,
            checked=fact.checked.isoformat() if fact.checked else "",
            confidence=fact.confidence.value,
            note=fact.note,
        )


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _finding(finding: Finding) -> FindingRow:
    return FindingRow(
        fingerprint=finding.fingerprint,
        rule=finding.rule,
        dimension=finding.dimension.value,
        severity=finding.severity.value,
        title=finding.title,
        message=finding.message[:_MOST_TEXT],
        model=finding.model,
        place=str(finding.locations[0]) if finding.locations else "",
        is_active=finding.is_active,
    )


def _outcome(report: Report) -> OutcomeRow | None:
    outcome = report.outcome
    if outcome is None:
        return None
    return OutcomeRow(
        policy=outcome.policy,
        version=outcome.version,
        action=outcome.action.value,
        incomplete=outcome.incomplete,
        reason=outcome.decisions[0].reason if outcome.decisions else "",
    )
