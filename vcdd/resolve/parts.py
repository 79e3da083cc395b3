"""Files of a repository that a program loads by their own names (`load_file(folder / "ve.safetensors")`).

A file of weights that no record knows is part of the one repository that the same source file downloads, if it downloads
just one; it is then a further place of that model and no model of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from vcdd.core.reference import Reference, ReferenceKind
from vcdd.resolve.known import Known


def owned(pairs: Sequence[tuple[Reference, Known]]) -> list[Known]:
    """What each reference names, in its order, with nameless weight files given to their repository."""
    homes = _homes(pairs)
    return [_owned(reference, known, homes.get(reference.location.path)) for reference, known in pairs]


def _homes(pairs: Iterable[tuple[Reference, Known]]) -> dict[str, Known]:
    """The repository that a source file downloads, by path; files that download none or several are left out."""
    found: dict[str, dict[str, Known]] = {}
    for reference, known in pairs:
        if reference.kind is ReferenceKind.HUB_REPO and reference.evidence.is_use:
            found.setdefault(reference.location.path, {})[known.identity.id] = known
    return {path: next(iter(known.values())) for path, known in found.items() if len(known) == 1}


def _owned(reference: Reference, known: Known, home: Known | None) -> Known:
    is_nameless = (
        reference.kind is ReferenceKind.WEIGHT_FILE
        and "/" not in reference.written
        and known.identity.match == "none"
        and known.answer is None
    )
    return replace(home, written=known.written) if home is not None and is_nameless else known
