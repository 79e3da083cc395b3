"""References from ids that somebody listed: on stdin, or in a bill of materials that another tool made."""

from __future__ import annotations

from collections.abc import Iterable

from vcdd.core.evidence import Confidence, Evidence
from vcdd.core.location import Location
from vcdd.core.reference import Hints, Reason, Reference, ReferenceKind
from vcdd.target.target import ListedId


def references_of(ids: Iterable[ListedId]) -> tuple[Reference, ...]:
    """One reference per listed id, stated by the user: bound, since the user says that it is used."""
    return tuple(
        Reference(
            written=item.text,
            kind=ReferenceKind.API_MODEL,
            evidence=Evidence.BOUND,
            location=Location(path="-", line=item.line),
            way="stated",
            detector="list",
            confidence=Confidence.MEDIUM,
            hints=_via(item.route),
            reason=Reason(rule="stated by the user"),
        )
        for item in ids
    )


def _via(route: str) -> Hints:
    return Hints(base_url=route) if "://" in route else Hints(provider=route, library=route)


def references_of_bom(text: str) -> tuple[Reference, ...]:
    """One reference per model of a CycloneDX or SPDX document: mentioned, since another tool's words prove no use."""
    from vcdd.target.bom import read_bom  # noqa: PLC0415 -- slow import

    return tuple(
        Reference(
            written=item.id,
            kind=ReferenceKind.HUB_REPO if item.id.count("/") == 1 else ReferenceKind.API_MODEL,
            evidence=Evidence.SELECTABLE,
            location=Location(path=item.place or "bom", line=0, column=0),
            way="bill-of-materials",
            detector="bom",
            confidence=Confidence.MEDIUM,
            reason=Reason(rule="listed in a bill of materials"),
        )
        for item in read_bom(text)
    )
