"""Observations as rules count them: a package in a manifest is a client on the shelf, not something switched on."""

from __future__ import annotations

import re
from posixpath import basename

from vcdd.core.evidence import Evidence
from vcdd.core.reference import Observation, ObservationKind
from vcdd.core.report import Report

# Files that list packages, by the names their ecosystems give them.
_MANIFEST = re.compile(
    r"(?:.*[-_.])?(?:requirements|constraints)(?:[-_.].*)?\.(?:txt|in)|pyproject\.toml|setup\.(?:py|cfg)|pipfile(?:\.lock)?"
    r"|(?:poetry|uv|pdm|cargo)\.lock|package(?:-lock)?\.json|yarn\.lock|pnpm-lock\.yaml|environment\.ya?ml|pkg-info|metadata"
    r"|go\.(?:mod|sum)|cargo\.toml|gemfile(?:\.lock)?|composer\.(?:json|lock)",
    re.IGNORECASE,
)


def evidence_of(item: Observation) -> Evidence:
    """The observation's class, and never more than `dependency` for a line of a manifest."""
    if item.evidence.is_use and _MANIFEST.fullmatch(basename(item.location.path)):
        return Evidence.DEPENDENCY
    return item.evidence


def in_code(report: Report, kind: ObservationKind) -> tuple[Observation, ...]:
    """Observations of a kind that stand in code or deployment, in report order."""
    return tuple(item for item in report.observations if item.kind is kind and evidence_of(item).is_use)


def anywhere(report: Report, kind: ObservationKind) -> tuple[Observation, ...]:
    """Observations of a kind in code, deployment or a manifest; tests and prose are left out."""
    silent = (Evidence.TEST, Evidence.MENTION, Evidence.CATALOG)
    return tuple(item for item in report.observations if item.kind is kind and item.evidence not in silent)
