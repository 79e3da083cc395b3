"""GitLab Code Quality: a JSON list of findings. GitLab needs a place and a distinct fingerprint for each."""

from __future__ import annotations

from collections import Counter
from typing import Any

from vcdd.core.finding import Finding, Severity
from vcdd.core.report import Report
from vcdd.render.inventory import content_id
from vcdd.render.json_text import dump_json
from vcdd.render.options import RenderOptions
from vcdd.render.plain import clean

_SEVERITIES = {
    Severity.BLOCKER: "blocker",
    Severity.HIGH: "critical",
    Severity.MEDIUM: "major",
    Severity.LOW: "minor",
    Severity.OPEN: "minor",
    Severity.INFO: "info",
}


def render_gitlab(report: Report, options: RenderOptions) -> str:  # noqa: ARG001 -- one signature for all formats
    """Active findings in the report's order; suppressed ones are not code quality."""
    seen: Counter[str] = Counter()
    return dump_json([_entry(finding, seen) for finding in report.findings if finding.is_active])


def _entry(finding: Finding, seen: Counter[str]) -> dict[str, Any]:
    at = finding.locations[0] if finding.locations else None
    identity = finding.fingerprint or f"{finding.rule}:{finding.model}"
    seen[identity] += 1
    return {
        "description": clean(f"{finding.title}. {finding.message}", 900),
        "check_name": clean(finding.rule, 80),
        "fingerprint": content_id(identity, str(seen[identity])).hex,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": clean(at.path, 0) if at else ".", "lines": {"begin": max(at.line, 1) if at else 1}},
    }
