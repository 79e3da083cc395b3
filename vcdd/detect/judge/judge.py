"""The judge: sites in, references out. It composes place, recognition and evidence, and says which rule decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vcdd.core.evidence import Confidence, Evidence
from vcdd.core.lexicon import Lexicon
from vcdd.core.location import Location
from vcdd.core.reference import Hints, Reason, Reference, ReferenceKind
from vcdd.core.site import FrameKind, Site
from vcdd.core.vocabulary import Vocabulary
from vcdd.detect.judge.evidence import evidence_of
from vcdd.detect.judge.hints import hints_of
from vcdd.detect.judge.loaders import LoaderIndex
from vcdd.detect.judge.paths import Area, area_of
from vcdd.detect.judge.place import Place, read_place
from vcdd.detect.judge.prose import mentions_in
from vcdd.detect.judge.recognise import Recognised, recognise

_TABLES = (FrameKind.ITEM, FrameKind.TYPE, FrameKind.KEY_ITSELF, FrameKind.KEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """The tables the judge decides by. Values only; one judge serves a whole scan."""

    vocabulary: Vocabulary
    lexicon: Lexicon
    loaders: LoaderIndex

    def judge_file(self, path: str, sites: Sequence[Site]) -> list[Reference]:
        """References of one file in order of place."""
        area = area_of(path, self.lexicon.paths)
        candidates = [found for site in sites if site.text for found in self._recognise(site)]
        siblings = _count_tables(site for site, _, _ in candidates)
        found = [self._reference(site, place, seen, area, siblings) for site, place, seen in candidates]
        found += [reference for site in sites if site.text for reference in self._mentions(site, area)]
        return sorted(found, key=lambda r: (r.location.line, r.location.column, r.written))

    def _recognise(self, site: Site) -> Iterable[tuple[Site, Place, Recognised]]:
        place = read_place(site, self.loaders, self.lexicon.places)
        if place.part_of_test or place.textual in ("comment", "docstring"):
            return
        seen = recognise(site.text, place, self.vocabulary, self.lexicon.places)
        if seen is not None and not (place.compared and not seen.sure):
            yield site, place, seen

    def _reference(
        self, site: Site, place: Place, seen: Recognised, area: Area, siblings: Mapping[tuple[int, str], int]
    ) -> Reference:
        evidence, rule = evidence_of(
            place, area, self.lexicon.places, siblings=max((siblings[key] for key in _tables(site)), default=0)
        )
        return Reference(
            written=site.text,
            kind=seen.kind,
            evidence=evidence,
            location=Location(path=site.path, line=site.line, column=site.column),
            slot=place.name,
            way=place.way,
            detector=site.reader,
            confidence=Confidence.HIGH if seen.sure else Confidence.MEDIUM,
            hints=hints_of(place, seen),
            reason=Reason(rule=f"{seen.rule}/{rule}", row=place.row.id if place.row else ""),
        )

    def _mentions(self, site: Site, area: Area) -> Iterable[Reference]:
        place = read_place(site, self.loaders, self.lexicon.places)
        if place.part_of_test or not (place.textual or " " in site.text):
            return
        if not place.textual and recognise(site.text, place, self.vocabulary, self.lexicon.places):
            return
        evidence = Evidence.TEST if area is Area.TEST else Evidence.MENTION
        for offset, written, word in mentions_in(site.text, self.vocabulary):
            line = site.line + site.text.count("\n", 0, offset)
            yield Reference(
                written=written,
                kind=ReferenceKind.HUB_REPO if word.is_open and "/" in written else ReferenceKind.API_MODEL,
                evidence=evidence,
                location=Location(path=site.path, line=line, column=site.column if line == site.line else 1),
                way=place.textual or "prose",
                detector=site.reader,
                confidence=Confidence.MEDIUM,
                hints=Hints(provider=word.provider),
                reason=Reason(rule=f"mention/{place.textual or 'prose'}"),
            )


def _tables(site: Site) -> list[tuple[int, str]]:
    """Identities of the tables around a site: two strings of one table share its first line and kind."""
    return [(frame.line, frame.kind.value) for frame in site.frames if frame.kind in _TABLES and frame.line]


def _count_tables(sites: Iterable[Site]) -> Counter[tuple[int, str]]:
    """Distinct ids per table."""
    seen = {(key, site.text) for site in sites for key in _tables(site)}
    return Counter(key for key, _ in seen)
