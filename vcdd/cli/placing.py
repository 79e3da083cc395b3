"""Why the references on a line were judged as they were: site, loader row, link path and rule."""

from __future__ import annotations

from vcdd.core.reference import Reference
from vcdd.core.report import Report
from vcdd.errors import UsageError
from vcdd.rules.explain import Explanation


def explain_place(report: Report, place: str) -> Explanation:
    """Every reference at `PATH:LINE`. Raises UsageError when none stands there."""
    path, _, line = place.rpartition(":")
    found = [r for r in report.references if r.location.path == path and r.location.line == int(line)]
    if not found:
        near = sorted({r.location.line for r in report.references if r.location.path == path})
        hint = (
            f"References in that file stand on lines {', '.join(map(str, near[:12]))}."
            if near
            else "No reference stands in that file."
        )
        raise UsageError(f"no reference at {place}", help=hint)
    return Explanation(title=place, sections=tuple((r.written, tuple(_rows(r))) for r in found))


def _rows(reference: Reference) -> list[str]:
    reason, hints = reference.reason, reference.hints
    rows = [
        f"evidence   {reference.evidence.value} ({reference.confidence.value} confidence)",
        f"written as {reference.way}, read by the {reference.detector} reader, slot {reference.slot or '(none)'}",
        f"judge rule {reason.rule}",
    ]
    if reason.row:
        rows.append(f"loader row {reason.row}")
    if reason.note:
        rows.append(f"note       {reason.note}")
    rows += [f"link       {step}" for step in reason.links]
    said = {
        "provider": hints.provider,
        "library": hints.library,
        "base URL": hints.base_url,
        "base URL from": hints.base_url_symbol,
    }
    rows += [f"hint       {name}: {value}" for name, value in said.items() if value]
    return rows
