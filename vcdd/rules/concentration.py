"""D7: what happens if one maker changes its mind. The same sentence for every lab and country."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from vcdd.core.finding import Severity
from vcdd.core.model import ModelUse, Weights
from vcdd.core.reference import ObservationKind
from vcdd.core.report import Report
from vcdd.rules.context import RuleContext
from vcdd.rules.draft import Draft, draft_of_observations, draft_of_uses
from vcdd.rules.seen import anywhere, in_code
from vcdd.rules.words import count, join_names, maker

MAIN_SHARE = 2 / 3
"""From this share of the models in use one maker is called the main one."""


def find(report: Report, _context: RuleContext) -> Iterator[Draft]:
    """Share of the top originator with what is configured as fallback, the switching surface, embedding lock-in."""
    yield from _top_originator(report)
    yield from _switching(report)
    yield from _embedding(report)


def fallbacks(report: Report, main: str) -> tuple[str, ...]:
    """Models of another lab than `main` (a lab's name) in a slot that calls itself a fallback or backup.

    A default that stands behind an environment variable is not one: nothing falls back to it while the product runs.
    """
    return tuple(
        dict.fromkeys(
            use.model.id
            for use in report.uses
            if use.model.lab and use.model.lab.name != main
            for slot in use.slots
            if "fallback" in slot.lower() or "backup" in slot.lower()
        )
    )


def _top_originator(report: Report) -> Iterator[Draft]:
    labs: dict[str, list[ModelUse]] = defaultdict(list)
    for use in report.in_use:
        if use.model.lab:
            labs[use.model.lab.name].append(use)
    total = len({use.model.id for use in report.in_use})
    if not labs:
        return
    name, uses = max(sorted(labs.items()), key=lambda item: len({use.model.id for use in item[1]}))
    number = len({use.model.id for use in uses})
    share = number / total
    if share < MAIN_SHARE:
        return
    yield draft_of_uses(
        "C701",
        tuple(uses),
        models=(),
        subject="top-originator",
        slot="",
        words={"share": f"{number} of {total}", "lab": maker(name), "fallback": _fallback_words(report, name)},
        severity=_severity(share, total, has_way_out=_has_way_out(report, uses, name)),
    )


def _severity(share: float, total: int, *, has_way_out: bool) -> Severity:
    """All models by one maker and no way out is a matter for the deal; a single model says little about spread."""
    if share < 1:
        return Severity.INFO
    return Severity.LOW if has_way_out or total == 1 else Severity.MEDIUM


def _has_way_out(report: Report, uses: list[ModelUse], main: str) -> bool:
    """Open weights can be moved, and a layer or a configured fallback makes moving a setting."""
    layered = bool(anywhere(report, ObservationKind.ABSTRACTION))
    return layered or bool(fallbacks(report, main)) or all(use.model.weights is Weights.OPEN for use in uses)


def _fallback_words(report: Report, main: str) -> str:
    found = fallbacks(report, main)
    layers = sorted({item.subject for item in anywhere(report, ObservationKind.ABSTRACTION)})
    first = f"a fallback to {join_names(found)} is configured" if found else "no fallback of another maker was seen"
    return f"{first}; calls go through {join_names(layers)}" if layers else first


def _switching(report: Report) -> Iterator[Draft]:
    calls = in_code(report, ObservationKind.SDK_CALL)
    if not calls:
        return
    by_vendor: dict[str, int] = defaultdict(int)
    for item in calls:
        by_vendor[item.subject] += 1
    ordered = sorted(by_vendor.items(), key=lambda item: (-item[1], item[0]))
    vendors = join_names(f"{vendor} {number}" for vendor, number in ordered)
    files = len({item.location.path for item in calls})
    words = {"calls": count(len(calls), "call"), "files": count(files, "file"), "vendors": vendors}
    layered = bool(anywhere(report, ObservationKind.ABSTRACTION))
    yield draft_of_observations(
        "C702", calls, words=words, subject="sdk-calls", severity=Severity.INFO if layered else None
    )


def _embedding(report: Report) -> Iterator[Draft]:
    uses = tuple(use for use in report.in_use if use.model.modality == "embedding")
    stores = sorted({item.subject for item in anywhere(report, ObservationKind.EMBEDDING_STORE)})
    if uses:
        store = f"; vectors are kept in {join_names(stores)}" if stores else ""
        yield draft_of_uses("C703", uses, words={"store": store}, subject="embedding")
