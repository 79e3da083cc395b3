"""SARIF 2.1.0: findings for code scanning. Rule ids never change; fingerprints hold no line number.

Code scanning gets what stands in use or concerns the whole target, from LOW upwards (product page 7.2); what is left
out is counted in the run's properties. An open question is a result of kind `open`, as SARIF has that very word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from vcdd.core.finding import Finding, Severity
from vcdd.core.location import Location
from vcdd.core.report import Report
from vcdd.render.inventory import web_url
from vcdd.render.json_text import dump_json
from vcdd.render.markdown import escape
from vcdd.render.options import RenderOptions, RuleText
from vcdd.render.plain import clean, stamp

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {
    Severity.BLOCKER: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.OPEN: "none",
    Severity.INFO: "none",
}
_MOST_LOCATIONS = 10


def render_sarif(report: Report, options: RenderOptions) -> str:
    """One run with its rules and results."""
    kept = [finding for finding in report.findings if _belongs(finding, report)]
    rules = list(dict.fromkeys(finding.rule for finding in kept))
    run = {
        "tool": {"driver": _driver(report, kept, rules, options.rule_texts)},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"TARGET": {"description": {"text": "The root of the scanned target."}}},
        "invocations": [_invocation(report)],
        "results": [_result(finding, rules) for finding in kept],
        "properties": _run_properties(report, len(report.findings) - len(kept)),
    }
    return dump_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _belongs(finding: Finding, report: Report) -> bool:
    used = {use.model.id for use in report.in_use}
    return finding.severity is not Severity.INFO and (not finding.model or finding.model in used)


def _driver(
    report: Report, findings: Sequence[Finding], rules: Sequence[str], texts: Mapping[str, RuleText]
) -> dict[str, Any]:
    first = {finding.rule: finding for finding in reversed(findings)}
    return {
        "name": "vcdd",
        "semanticVersion": report.tool_version,
        "rules": [_rule(first[rule], texts.get(rule)) for rule in rules],
    }


def _rule(finding: Finding, text: RuleText | None) -> dict[str, Any]:
    """The rule's own words; without them, those of its first finding."""
    text = text or RuleText(
        name=finding.rule, title=finding.title, what=finding.title, why=finding.consequence, remedy=finding.remedy
    )
    parts = [part for part in (text.what, text.why, text.remedy) if part]
    rule: dict[str, Any] = {
        "id": finding.rule,
        "name": text.name,
        "shortDescription": {"text": message(text.title)},
        "fullDescription": {"text": message(text.what or text.title)},
        "help": {"text": message(" ".join(parts)), "markdown": "\n\n".join(escape(part) for part in parts)},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {"tags": [finding.dimension.value, finding.dimension.label]},
    }
    address = web_url(text.reference)
    return {**rule, "helpUri": address} if address else rule


def _result(finding: Finding, rules: Sequence[str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "kind": "open" if finding.severity is Severity.OPEN else "fail",
        "level": _LEVELS[finding.severity],
        "message": {"text": message(f"{finding.title}. {finding.message}")},
        "locations": [_location(at) for at in finding.locations[:1]],
        "relatedLocations": [_location(at) for at in finding.locations[1:_MOST_LOCATIONS]],
        "partialFingerprints": {"vcdd/v1": finding.fingerprint or f"{finding.rule}:{finding.model}"},
        "properties": _properties(finding),
    }
    if not finding.is_active:
        result["suppressions"] = [{"kind": "external", "justification": clean(finding.suppressed_by)}]
    return result


def _properties(finding: Finding) -> dict[str, Any]:
    fields = {
        "vcdd:severity": finding.severity.value,
        "vcdd:confidence": finding.confidence.value,
        "vcdd:dimension": finding.dimension.value,
        "vcdd:model": finding.model,
        "vcdd:remedy": finding.remedy,
        "vcdd:effort": finding.effort.value,
        "vcdd:cappedFrom": finding.capped_from.value if finding.capped_from else "",
        "vcdd:status": finding.status,
        "vcdd:questions": list(finding.questions),
    }
    return {name: value for name, value in fields.items() if value}


def _location(at: Location) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri(at.path), "uriBaseId": "TARGET"}}
    if at.line > 0:
        region: dict[str, Any] = {"startLine": at.line, "startColumn": max(at.column, 1)}
        if at.snippet:
            region["snippet"] = {"text": clean(at.snippet, 120)}
        physical["region"] = region
    return {"physicalLocation": physical}


def uri(path: str) -> str:
    """A relative URI reference: everything but unreserved characters and slashes is percent-encoded, colons too."""
    return quote(path.lstrip("/"), safe="/-._~!", errors="replace")


def message(text: str) -> str:
    """Plain message text: brackets would be embedded links and braces placeholders (SARIF 3.11.5 and 3.11.6)."""
    shown = clean(text, 900).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return shown.replace("{", "{{").replace("}", "}}") or "–"


def _invocation(report: Report) -> dict[str, Any]:
    notes = [{"level": "warning", "message": {"text": message(warning)}} for warning in report.warnings]
    notes += [
        {"level": "note", "message": {"text": message(f"Not read: {skipped.path} ({skipped.reason})")}}
        for skipped in report.coverage.files_skipped[:100]
    ]
    return {
        "executionSuccessful": True,
        "endTimeUtc": stamp(report.scanned_at),
        "toolExecutionNotifications": notes,
    }


def _run_properties(report: Report, left: int) -> dict[str, Any]:
    seen = report.coverage
    return {
        "vcdd:filesTotal": seen.files_total,
        "vcdd:filesRead": seen.files_read,
        "vcdd:findingsNotExported": left,
        "vcdd:modelsInUse": [
            {"id": use.model.id, "lab": use.model.lab.name if use.model.lab else None, "route": use.route.label}
            for use in report.in_use
        ],
        "vcdd:registry": report.registry.version,
        "vcdd:policyOutcome": report.outcome.action.value if report.outcome else None,
    }
