"""D5: whether loading or starting can run code that nobody in the company has read. No verdict about malware."""

from __future__ import annotations

from collections.abc import Iterator

from vcdd.core.evidence import Evidence
from vcdd.core.reference import Observation, ObservationKind
from vcdd.core.report import Report
from vcdd.rules.context import RuleContext
from vcdd.rules.draft import Draft, draft_of_observations
from vcdd.rules.words import count, join_names

_RULE_OF = {
    ObservationKind.TRUST_REMOTE_CODE: ("A501", "place"),
    ObservationKind.PICKLE_WEIGHTS: ("A502", "place"),
    ObservationKind.UNPINNED_REVISION: ("A503", "model"),
    ObservationKind.RUNTIME_INSTALL: ("A504", "place"),
    ObservationKind.SECRET: ("A505", "place"),
}
_SILENT = (Evidence.TEST, Evidence.MENTION, Evidence.CATALOG)


def find(report: Report, _context: RuleContext) -> Iterator[Draft]:
    """One finding per kind: what matters is that it happens, and where; tests and prose raise nothing."""
    for kind, (rule, noun) in _RULE_OF.items():
        seen = tuple(item for item in report.observations if item.kind is kind and item.evidence not in _SILENT)
        if seen:
            yield draft_of_observations(rule, seen, words=_words(seen, noun), subject=kind.value)


def _words(seen: tuple[Observation, ...], noun: str) -> dict[str, str]:
    subjects = sorted({item.subject for item in seen if item.subject})
    number = len(subjects) if noun == "model" else len({item.location for item in seen})
    return {"count": count(number, noun), "subjects": f": {join_names(subjects)}" if subjects else ""}
