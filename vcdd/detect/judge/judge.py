"""The judge: sites in, references out. It composes place, recognition, links and evidence, and says which rule decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from vcdd.core.evidence import Confidence, Evidence
from vcdd.core.lexicon import Lexicon
from vcdd.core.location import Location
from vcdd.core.reference import Hints, Reason, Reference, ReferenceKind
from vcdd.core.site import FrameKind, ReadFile, Site
from vcdd.core.vocabulary import Vocabulary
from vcdd.detect.judge.compose import composed_sites
from vcdd.detect.judge.evidence import evidence_of
from vcdd.detect.judge.hints import hints_of
from vcdd.detect.judge.link import places_reached
from vcdd.detect.judge.link_index import LinkIndex
from vcdd.detect.judge.loaders import LoaderIndex
from vcdd.detect.judge.paths import Area, area_of
from vcdd.detect.judge.place import Place, read_place
from vcdd.detect.judge.prose import mentions_in
from vcdd.detect.judge.recognise import Recognised, is_candidate, recognise

_TABLES = (FrameKind.ITEM, FrameKind.TYPE, FrameKind.KEY_ITSELF, FrameKind.KEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A string taken for a model, with its place and the path that led to its call."""

    site: Site
    place: Place
    seen: Recognised
    trail: tuple[str, ...] = ()
    call_path: str = ""
    """The file in which the call stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """The tables the judge decides by. Values only; one judge serves a whole scan."""

    vocabulary: Vocabulary
    lexicon: Lexicon
    loaders: LoaderIndex

    def judge_file(self, file: ReadFile, index: LinkIndex) -> list[Reference]:
        """References of one file in order of place."""
        area = area_of(file.path, self.lexicon.paths)
        candidates = [found for site in file.sites if site.text for found in self._candidates(site, index)]
        siblings = _count_tables(candidate.site for candidate in candidates)
        found = [self._reference(candidate, area, siblings, index) for candidate in candidates]
        found += [reference for site in file.sites if site.text for reference in self._mentions(site, area)]
        return sorted(found, key=lambda r: (r.location.line, r.location.column, r.written))

    def _candidates(self, site: Site, index: LinkIndex) -> Iterator[Candidate]:
        words = self.lexicon.places
        place = read_place(site, self.loaders, words)
        if place.part_of_test or place.textual in ("comment", "docstring"):
            return
        for filled in composed_sites(site, index):
            if not is_candidate(filled.text, words):
                continue
            seen = recognise(filled.text, place, self.vocabulary, words)
            if seen is not None and (place.row is not None or place.textual):
                linked = None
            else:
                linked = self._linked(filled, place, index)
            if linked is not None:
                yield linked if seen is None else replace(linked, seen=replace(seen, kind=linked.seen.kind))
            elif seen is not None and not (place.compared and not seen.sure):
                yield Candidate(site=filled, place=place, seen=seen, call_path=site.path)

    def _linked(self, site: Site, place: Place, index: LinkIndex) -> Candidate | None:
        """The string as the argument of the first loader it reaches, or None."""
        for reached in places_reached(site, index):
            there = read_place(reached.site, self.loaders, self.lexicon.places)
            if there.row is None or there.row.kind is ReferenceKind.ENDPOINT:
                continue
            here = replace(place, row=there.row, call=there.call)
            seen = recognise(site.text, here, self.vocabulary, self.lexicon.places)
            if seen is not None:
                return Candidate(site=site, place=here, seen=seen, trail=reached.trail, call_path=reached.site.path)
        return None

    def _reference(
        self, candidate: Candidate, area: Area, siblings: Mapping[tuple[int, str], int], index: LinkIndex
    ) -> Reference:
        site, place, seen = candidate.site, candidate.place, candidate.seen
        count = max((siblings[key] for key in _tables(site)), default=0)
        evidence, rule = evidence_of(place, area, self.lexicon.places, siblings=count)
        client = index.client(place.call.name, candidate.call_path) if place.call is not None else None
        return Reference(
            written=site.text,
            kind=seen.kind,
            evidence=evidence,
            location=Location(path=site.path, line=site.line, column=site.column),
            slot=place.name,
            way=place.way,
            detector=site.reader,
            confidence=Confidence.HIGH if seen.sure else Confidence.MEDIUM,
            hints=hints_of(place, seen, client),
            reason=Reason(rule=f"{seen.rule}/{rule}", row=place.row.id if place.row else "", links=candidate.trail),
        )

    def _mentions(self, site: Site, area: Area) -> Iterable[Reference]:
        place = read_place(site, self.loaders, self.lexicon.places)
        if place.part_of_test or not (place.textual or " " in site.text):
            return
        if place.textual == "prose" and recognise(site.text, place, self.vocabulary, self.lexicon.places):
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
