"""D1: what the target says of its own licence, and licence files of models that lie in the tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from posixpath import dirname

from vcdd.core.finding import Severity
from vcdd.core.reference import Observation, ObservationKind
from vcdd.core.report import Report
from vcdd.rules.conditions import Status
from vcdd.rules.context import RuleContext
from vcdd.rules.draft import Draft, draft_of_observations
from vcdd.rules.own_licence import normalise
from vcdd.rules.words import join_names

# What a licence text calls a limit of size or funding; the clause itself is quoted from the file.
_LIMIT = re.compile(
    r"revenue|turnover|funds? raised|funding|capital raised|monthly active|million users|USD|US\$|\$ ?\d", re.IGNORECASE
)


def find(report: Report, _context: RuleContext) -> Iterator[Draft]:
    """Own-licence mismatch, and model licence files."""
    yield from _mismatch(_of_kind(report, ObservationKind.LICENCE_DECLARATION))
    yield from _licence_files(_of_kind(report, ObservationKind.LICENCE_FILE))


def _of_kind(report: Report, kind: ObservationKind) -> tuple[Observation, ...]:
    return tuple(item for item in report.observations if item.kind is kind)


def _mismatch(declared: tuple[Observation, ...]) -> Iterator[Draft]:
    """Compared folder by folder: a package of a monorepo may well have its own licence."""
    ordered = sorted(declared, key=lambda item: (dirname(item.location.path), item.location))
    for _, group in groupby(ordered, key=lambda item: dirname(item.location.path)):
        seen = tuple(group)
        named = [(item, normalise(item.subject)) for item in seen]
        known = [ids for _, ids in named if ids]
        if len(known) > 1 and not frozenset.intersection(*known):
            yield draft_of_observations("L120", seen, words={"said": _said(named)}, subject="own-licence")


def _said(named: Sequence[tuple[Observation, frozenset[str]]]) -> str:
    """Each licence once, by its first spelling, with the files that state it."""
    files: dict[frozenset[str], tuple[str, dict[str, None]]] = {}
    for item, ids in named:
        if ids:
            files.setdefault(ids, (item.subject, {}))[1][item.location.path] = None
    return join_names(f"{subject} ({join_names(paths)})" for subject, paths in files.values())


def _licence_files(files: tuple[Observation, ...]) -> Iterator[Draft]:
    """One finding per licence: a limit of revenue or of funds raised makes it a matter for the deal."""
    ordered = sorted(files, key=lambda item: (item.subject, item.location))
    for subject, group in groupby(ordered, key=lambda item: item.subject):
        seen = tuple(group)
        detail = next((item.detail for item in seen if item.detail), "")
        limited = bool(_LIMIT.search(detail))
        yield draft_of_observations(
            "L121",
            seen,
            words={"licence": subject or "a text that matches no known licence", "detail": _quoted(detail)},
            severity=Severity.MEDIUM if limited else Severity.LOW,
            status=Status.RESEARCH,
        )


def _quoted(detail: str) -> str:
    return f" It states: {detail.rstrip('. ')}." if detail else ""
