"""Statements that name a place: where data rests, or where a model comes from. Each is compared with its own fact."""

from __future__ import annotations

import re

from vcdd.core.report import Report
from vcdd.core.route import RouteKind
from vcdd.rules.claims_facts import Verdict, cannot_tell, differs, supported
from vcdd.rules.origin import originators
from vcdd.rules.records import load_documents
from vcdd.rules.territory import overlap
from vcdd.rules.words import join_names


def country(match: re.Match[str], _where: str, report: Report) -> Verdict | None:
    """A place named with storage words is held against storage, one named with models against originators."""
    words = match.group(0)
    place = place_named(words)
    if not place:
        return None
    if not report.in_use:
        return cannot_tell("No model in use was found in the target.")
    if re.search(r"\b(?:no|without|never|zero)\b", words, re.IGNORECASE):
        return _none_from(place, report)
    if re.search(r"\bmodels?\b|\bLLMs?\b", words, re.IGNORECASE):
        return _made_in(place, report)
    return _stored_in(place, report)


def place_named(words: str) -> str:
    """The ISO code, or `EU`, of the first place these words name; empty for none."""
    table = load_documents()["claims"]["places"]
    found = ((re.search(rf"\b{re.escape(name)}\b", words, re.IGNORECASE), code) for name, code in table.items())
    hits = [(hit.start(), -len(hit.group(0)), code) for hit, code in found if hit]
    return str(min(hits)[2]) if hits else ""


def _stored_in(place: str, report: Report) -> Verdict:
    served = [use for use in report.in_use if use.route.kind is not RouteKind.SELF_HOSTED]
    if not served:
        return cannot_tell("Models run on own hardware; where that stands is not in the code.")
    elsewhere = [
        f"{use.route.label} ({use.route.storage_country.value})"
        for use in served
        if use.route.storage_country.value and not overlap(use.route.storage_country.value, (place,))
    ]
    if elsewhere:
        return differs(f"Storage on record elsewhere: {join_names(elsewhere)}.", "inconsistent")
    if all(use.route.storage_country.value for use in served):
        return supported("The storage on record of every service in use agrees.")
    silent = join_names(use.route.label for use in served if not use.route.storage_country.value)
    return cannot_tell(f"The place of storage is not stated or is a setting: {silent}.")


def _made_in(place: str, report: Report) -> Verdict:
    other = [name for name, seat in _origins(report) if not overlap(seat, (place,))]
    if other:
        return differs(f"In use with another originator's seat: {join_names(other)}.", "inconsistent")
    return supported("The originator's seat of every model in use agrees.")


def _none_from(place: str, report: Report) -> Verdict:
    found = [name for name, seat in _origins(report) if overlap(seat, (place,))]
    if found:
        return differs(f"In use with an originator's seat there: {join_names(found)}.", "inconsistent")
    if any(seat == "unknown" for _, seat in _origins(report)):
        return cannot_tell("The originator's seat of some model in use is not known.")
    return supported("No model in use has an originator's seat there.")


def _origins(report: Report) -> list[tuple[str, str]]:
    """(model with the seat, seat) for every lab in every model in use; `unknown` where none is known."""
    found = []
    for use in report.in_use:
        seats = [lab.country.value or "unknown" for lab in originators(use.model)] or ["unknown"]
        found += [(f"{use.model.id} ({seat})", seat) for seat in seats]
    return found
