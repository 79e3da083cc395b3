"""What the target leaves open: models and addresses that come from outside, and ids nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from vcdd.core.model import ModelUse
from vcdd.core.reference import Reference, ReferenceKind
from vcdd.core.report import Unresolved
from vcdd.resolve.hosts import open_part

MODEL, ENDPOINT, UNKNOWN = "model-from-outside", "endpoint-from-outside", "unknown-id"
_WHY = {
    MODEL: "The model is chosen outside the target: by an environment variable, a setting, a database or a user.",
    ENDPOINT: "The address is set outside the target, and the address decides which model answers.",
    UNKNOWN: "Neither the registry nor the Hub knows this id.",
}


def open_questions(references: Iterable[Reference], uses: Sequence[ModelUse]) -> tuple[Unresolved, ...]:
    """One per kind and subject, sorted, each with its places in order. Tests and prose leave nothing open."""
    places: dict[tuple[str, str], set[Reference]] = {}
    for key, reference in (*_from_outside(references), *_unknown_ids(uses)):
        places.setdefault(key, set()).add(reference)
    return tuple(
        Unresolved(kind=kind, subject=subject, locations=tuple(sorted({r.location for r in found})), why=_WHY[kind])
        for (kind, subject), found in sorted(places.items())
    )


def _from_outside(references: Iterable[Reference]) -> Iterator[tuple[tuple[str, str], Reference]]:
    for reference in references:
        hints = reference.hints
        variable = open_part(hints.base_url) or ("" if hints.base_url else hints.base_url_symbol)
        counts = reference.evidence.is_use or reference.kind is ReferenceKind.OPEN
        if variable and counts:
            yield (ENDPOINT, variable), reference
        if reference.kind is ReferenceKind.OPEN and reference.symbol != variable:
            yield (MODEL, reference.symbol or reference.slot or reference.written), reference


def _unknown_ids(uses: Sequence[ModelUse]) -> Iterator[tuple[tuple[str, str], Reference]]:
    for use in uses:
        if use.model.match == "none" and use.evidence.is_use and not use.model.id.startswith("local:"):
            yield from (((UNKNOWN, use.model.id), reference) for reference in use.references)
