"""Identity of a finding without line numbers, one scheme for every mode and format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from vcdd.core.finding import Finding

LENGTH = 16
"""Hexadecimal digits: 64 bits, far beyond collision within one report and short enough to type."""


def fingerprint(rule: str, model: str, path: str, slot: str) -> str:
    """The same for the same rule, model, path and slot, wherever the line has moved."""
    key = f"{rule}\0{model}\0{path}\0{slot}"
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


def number_repeats(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in order, with `-2`, `-3` … after a fingerprint that occurs again."""
    seen: dict[str, int] = {}
    result = []
    for finding in findings:
        times = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        result.append(finding if times == 1 else replace(finding, fingerprint=f"{finding.fingerprint}-{times}"))
    return tuple(result)
