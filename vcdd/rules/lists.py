"""D4: government lists and regimes that name a lab, with the effect sentence on record, its status and its date.

Everything here is information. That a lab is on no list is never said, and a withdrawn entry is not a listing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from vcdd.core.evidence import Confidence
from vcdd.core.model import Lab, ModelUse, Weights
from vcdd.core.reference import ObservationKind
from vcdd.core.report import Report
from vcdd.rules.context import ListEntry, RuleContext
from vcdd.rules.draft import Draft, draft_of_observations, draft_of_uses
from vcdd.rules.origin import originators
from vcdd.rules.seen import in_code
from vcdd.rules.words import join_names, maker, shown

STANDING = frozenset({"in-force", "proposed", "stayed", "unknown"})
"""Statuses worth a sentence; `posted-then-withdrawn`, `removed` and `not-listed` are not listings."""

_STATUS_WORDS = {
    "in-force": "in force",
    "proposed": "proposed, not law",
    "stayed": "stayed",
    "unknown": "status not verified",
}


Named = tuple[ModelUse, Lab, ListEntry]


def find(report: Report, context: RuleContext) -> Iterator[Draft]:
    """One finding per lab for the records in force, one for bills and unconfirmed ones; the modifier role."""
    named = tuple(_named(report, context))
    firm: dict[str, list[Named]] = defaultdict(list)
    loose: dict[str, list[Named]] = defaultdict(list)
    for use, lab, entry in named:
        (firm if _is_firm(entry) else loose)[lab.id].append((use, lab, entry))
    for _, found in sorted(firm.items(), key=lambda item: item[0]):
        yield _draft(found)
    for _, found in sorted(loose.items()):
        yield _loose(found)
    yield from _modifier(report)


def _named(report: Report, context: RuleContext) -> Iterator[Named]:
    for use in report.in_use:
        for lab in originators(use.model):
            for code in lab.list_entries:
                entry = context.lists.get(code)
                if entry is not None and _is_worth_saying(entry):
                    yield use, lab, entry


def _is_worth_saying(entry: ListEntry) -> bool:
    """Neither withdrawn nor twice uncertain: a possible match of unverified status says nothing about anybody."""
    return entry.status in STANDING and not (entry.status == "unknown" and entry.tier != "confirmed")


def _is_firm(entry: ListEntry) -> bool:
    """In force or stayed, and surely this lab: everything else is said more softly, in one line."""
    return entry.tier == "confirmed" and entry.status in {"in-force", "stayed"}


def _draft(found: list[Named]) -> Draft:
    """All records in force that name one lab; each keeps its own effect, since no two bind the same people."""
    lab = found[0][1]
    records: dict[tuple[str, str], list[ListEntry]] = defaultdict(list)
    for entry in sorted({entry.code: entry for _, _, entry in found}.values(), key=lambda item: item.code):
        records[entry.instrument, entry.effect].append(entry)
    said = [_record(entries, lab) for entries in records.values()]
    effects = [f"{entries[0].instrument}: {entries[0].effect.rstrip('. ')}" for entries in records.values()]
    alone = len(said) == 1
    return draft_of_uses(
        "R401",
        tuple({id(use): use for use, _, _ in found}.values()),
        words={
            "lab": maker(lab.name),
            "instrument": f": {_short(next(iter(records))[0])}" if alone else f" {len(said)} lists or orders",
            "records": said[0] if alone else "; ".join(said),
            "effect": effects[0].partition(": ")[2] if alone else ". ".join(effects),
        },
        subject=f"{lab.id}/lists",
    )


def _short(instrument: str) -> str:
    """The name of an instrument for a title: without release, citation and section, which the fact has."""
    return re.split(r"[,;] | \(", instrument, maxsplit=1)[0]


def _record(entries: list[ListEntry], lab: Lab) -> str:
    """One instrument with where it holds, whom it names and since when."""
    where = join_names((entry.jurisdiction for entry in entries), most=8)
    return f"{entries[0].instrument} ({where}; {_entity(entries, lab)}; {_status(entries)})"


def _loose(found: list[Named]) -> Draft:
    """Bills, possible matches and records whose status nobody has verified, by name, each with what it is."""
    lab = found[0][1]
    entries = sorted({entry.code: entry for _, _, entry in found}.values(), key=lambda item: item.code)
    said = dict.fromkeys(f"{entry.instrument} ({_softly(entry)})" for entry in entries)
    return draft_of_uses(
        "R403",
        tuple({id(use): use for use, _, _ in found}.values()),
        words={"lab": maker(lab.name), "records": join_names(said, most=6)},
        subject=f"{lab.id}/unconfirmed",
        confidence=Confidence.LOW,
    )


def _softly(entry: ListEntry) -> str:
    match = "" if entry.tier == "confirmed" else ", match possible"
    return f"{entry.jurisdiction}, {_STATUS_WORDS[entry.status]}{match}"


def _entity(entries: list[ListEntry], lab: Lab) -> str:
    """The legal name that stands in the list, and how surely it is this lab."""
    legal = next((entry.legal_entity for entry in entries if entry.legal_entity), "")
    tier = "confirmed" if all(entry.tier == "confirmed" for entry in entries) else "possible"
    name = f"as {shown(legal)}, " if legal and legal != lab.name else ""
    return f"{name}match {tier}"


def _status(entries: list[ListEntry]) -> str:
    words = _STATUS_WORDS[entries[0].status]
    starts = sorted(entry.start for entry in entries if entry.start)
    checked = [entry.checked for entry in entries if entry.checked]
    since = f" since {starts[0]}" if starts else ""
    read = f"; record read {min(checked).isoformat()}" if checked else "; record not checked"
    return f"{words}{since}{read}"


def _modifier(report: Report) -> Iterator[Draft]:
    """Whoever changes an open model may take a role of its own under the EU AI Act: a question, not an answer."""
    tuned = in_code(report, ObservationKind.FINE_TUNING)
    if tuned and any(use.model.weights is Weights.OPEN for use in report.in_use):
        yield draft_of_observations("R402", tuned, subject="modifier")
