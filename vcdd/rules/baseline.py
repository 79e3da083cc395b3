"""Baselines: what was accepted earlier, with the facts behind it, so that a change of a fact opens it again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from vcdd.core.finding import Dimension, Finding, Severity
from vcdd.core.report import Report
from vcdd.errors import ConfigError
from vcdd.values import dataclass

VERSION = 1
MARK = "baseline"
"""What `suppressed_by` says of a known finding."""

# Facts of these dimensions count files and places; a count that moves is not a new fact.
_COUNTED = (Dimension.ARTEFACT, Dimension.CONCENTRATION, Dimension.COST, Dimension.COVERAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One accepted finding."""

    severity: Severity
    facts: str
    """Hash of the facts behind it."""


Baseline = Mapping[str, Known]
"""By fingerprint."""


def write_baseline(report: Report) -> str:
    """JSON with one line per active finding, sorted by fingerprint; the same report gives the same bytes."""
    kept = sorted((item for item in report.findings if item.is_active), key=lambda item: item.fingerprint)
    head = {
        "version": VERSION,
        "tool_version": report.tool_version,
        "registry_version": report.registry.version,
        "target": report.target.name,
    }
    lines = ",\n".join(f"    {json.dumps(_entry(item), ensure_ascii=True, sort_keys=True)}" for item in kept)
    body = f"[\n{lines}\n  ]" if lines else "[]"
    top = ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in head.items())
    return f'{{\n{top},\n  "findings": {body}\n}}\n'


def read_baseline(text: str, file: str) -> Baseline:
    """The accepted findings of a baseline.

    Raises:
        ConfigError: not JSON, not a baseline, or of a version this tool does not know.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{file}: not valid JSON", help="Write it again with `vcdd baseline write`.") from error
    if not isinstance(data, dict) or not isinstance(data.get("findings"), list):
        raise ConfigError(f"{file}: not a baseline", help="Write one with `vcdd baseline write`.")
    if data.get("version") != VERSION:
        raise ConfigError(
            f"{file}: baseline version {data.get('version')!r}, this tool reads {VERSION}",
            help="Write it again with this version of vcdd.",
        )
    return dict(_known(item, file) for item in data["findings"])


def apply_baseline(findings: Iterable[Finding], baseline: Baseline) -> tuple[Finding, ...]:
    """The findings in order; a known one that is no worse, with unchanged facts, is marked as set aside."""
    return tuple(_marked(item, baseline.get(item.fingerprint)) for item in findings)


def _marked(finding: Finding, known: Known | None) -> Finding:
    if known is None or finding.suppressed_by:
        return finding
    worse = finding.severity.rank < known.severity.rank
    changed = _facts_hash(finding) != known.facts
    return finding if worse or changed else replace(finding, suppressed_by=MARK)


def _entry(finding: Finding) -> dict[str, str]:
    """What is kept: enough to recognise, compare and read in a diff; no snippet and no line number."""
    return {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "model": finding.model,
        "severity": finding.severity.value,
        "facts": _facts_hash(finding),
        "fact": finding.fact,
    }


def _facts_hash(finding: Finding) -> str:
    """Hash of the fact sentence and status; the day on which a record was read is not a fact about the model."""
    fact = re.sub(r"\((?:record|terms) [^)]*\)|; record [^)]*", "", finding.fact)
    if finding.dimension in _COUNTED:
        fact = re.sub(r"\d+(?:,\d{3})*", "#", fact)
    return sha256(f"{fact}\0{finding.status}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _known(item: Any, file: str) -> tuple[str, Known]:
    try:
        return str(item["fingerprint"]), Known(severity=Severity(item["severity"]), facts=str(item["facts"]))
    except (TypeError, KeyError, ValueError) as error:
        raise ConfigError(
            f"{file}: an entry of the baseline cannot be read", help="Write it again with `vcdd baseline write`."
        ) from error
