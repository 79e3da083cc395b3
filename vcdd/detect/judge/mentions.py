"""References of the weakest kind: ids inside running text."""

from __future__ import annotations

from collections.abc import Iterator

from vcdd.core.evidence import Confidence, Evidence
from vcdd.core.location import Location
from vcdd.core.reference import Hints, Reason, Reference, ReferenceKind
from vcdd.core.site import FrameKind, Site
from vcdd.core.vocabulary import Vocabulary
from vcdd.detect.judge.names import words_of
from vcdd.detect.judge.paths import Area
from vcdd.detect.judge.place import Place
from vcdd.detect.judge.prose import mentions_in

_DATA = frozenset(("dataset", "datasets"))
"""A call of such a name loads data (`load_dataset("org/name")`)."""


def mentions_at(site: Site, place: Place, area: Area, vocabulary: Vocabulary) -> Iterator[Reference]:
    """Known ids in a comment, docstring, document or message; nothing for a string that is no running text."""
    if place.part_of_test or not (place.textual or " " in site.text) or _is_aside(site):
        return
    for offset, written, word in mentions_in(
        site.text, vocabulary, is_comment=place.textual in ("comment", "docstring")
    ):
        line = site.line + site.text.count("\n", 0, offset)
        yield Reference(
            written=written,
            kind=ReferenceKind.HUB_REPO if word.is_open and "/" in written else ReferenceKind.API_MODEL,
            evidence=Evidence.TEST if area is Area.TEST else Evidence.MENTION,
            location=Location(path=site.path, line=line, column=site.column if line == site.line else 1),
            way=place.textual or "prose",
            detector=site.reader,
            confidence=Confidence.MEDIUM,
            hints=Hints(provider=word.provider),
            reason=Reason(rule=f"mention/{place.textual or 'prose'}"),
        )


def _is_aside(site: Site) -> bool:
    """Whether the text is that of an error, which tells of what goes wrong, or the name of a data set that is loaded."""
    call = next((frame for frame in site.frames[:2] if frame.kind is FrameKind.CALL), None)
    parts = words_of(call.name) if call is not None else ()
    return parts[-1:] in (("error",), ("exception",)) or not _DATA.isdisjoint(parts)
