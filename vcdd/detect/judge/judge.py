"""The judge: sites in, references out. It composes place, recognition, links and evidence, and says which rule decided.

Two passes: first every string that speaks for itself, by its words, its place or the call it reaches; then those that
only their company speaks for, among recognised ids or under an organisation the target fetches from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from vcdd.core.lexicon import Lexicon
from vcdd.core.reference import Reference, ReferenceKind
from vcdd.core.site import FrameKind, ReadFile, Site
from vcdd.core.vocabulary import Strength, Vocabulary
from vcdd.detect.judge.aliases import Aliases, find_aliases
from vcdd.detect.judge.candidate import Candidate, to_reference
from vcdd.detect.judge.compose import composed_sites
from vcdd.detect.judge.constants import pass_over_constants
from vcdd.detect.judge.dull import Dullness
from vcdd.detect.judge.link import Reached, listed_among, places_reached
from vcdd.detect.judge.link_index import LinkIndex
from vcdd.detect.judge.loaders import LoaderIndex
from vcdd.detect.judge.mentions import mentions_at
from vcdd.detect.judge.names import holds_model
from vcdd.detect.judge.paths import Area, area_of
from vcdd.detect.judge.place import TEXTUAL, Place
from vcdd.detect.judge.prose import mentions_in
from vcdd.detect.judge.recognise import Company, by_company, is_candidate, read_word, recognise
from vcdd.detect.judge.shapes import is_own_folder
from vcdd.detect.judge.spelled import own_constants, spelled_site
from vcdd.detect.judge.spread import spread_over_files
from vcdd.detect.judge.surroundings import Surroundings
from vcdd.values import dataclass

_Table = tuple[str, int, str]
_OWN = (Area.PRODUCT, Area.DEPLOY, Area.HISTORY)
"""Where a string may be taken for a model on the word of its place alone; tests and documents make ids up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """The tables the judge decides by. Values only; one judge serves a whole scan."""

    vocabulary: Vocabulary
    lexicon: Lexicon
    loaders: LoaderIndex

    def judge(self, files: Sequence[ReadFile], index: LinkIndex) -> list[Reference]:
        """References of all files in order of path, line, column and text."""
        found: list[Candidate] = []
        left: list[tuple[Site, Place]] = []
        mentions: list[Reference] = []
        words, words_of_paths = self.lexicon.places, self.lexicon.paths
        aliases, own = find_aliases(files, words), own_constants(files)
        around = Surroundings(files, index, self.loaders, self.vocabulary, words)
        folders = _folders(files)
        dullness = Dullness(vocabulary=self.vocabulary, loaders=self.loaders, index=index)
        for file in files:
            area = area_of(file.path, words_of_paths)
            for site in file.sites:
                if site.text and self._is_worth(site):
                    if dullness.of(site):
                        continue
                    place = around.place(site)
                    sure = [
                        c
                        for c in self._candidates(site, place, index, around)
                        if (area in _OWN or c.seen.sure) and not _leads_nowhere(c, folders)
                    ]
                    if _is_alias(site, sure, aliases):
                        continue
                    found.extend(_through_alias(c, aliases) for c in sure)
                    if not sure:
                        if area in _OWN:
                            left.append((site, place))
                        mentions.extend(mentions_at(site, place, area, self.vocabulary))
                elif site.symbol and area in _OWN:
                    found.extend(self._spelled(site, own, index, around))
        found.extend(self._by_company(left, found, index))
        found = spread_over_files(pass_over_constants(found, index, words_of_paths))
        siblings = Counter(table for table, _ in {(_table(c.site, c.place), c.site.text) for c in found})
        judged = [
            to_reference(c, self._area(c, index), words, siblings[_table(c.site, c.place)], index, self.loaders)
            for c in found
        ]
        return _strongest([*judged, *mentions])

    def _is_worth(self, site: Site) -> bool:
        """Whether a string can be or hold an id: reading a place costs far more than this look at the words."""
        if is_candidate(site.text, self.lexicon.places):
            return True
        if " " not in site.text and not _is_textual(site):
            return False
        return (site.composed and "{" in site.text) or bool(mentions_in(site.text, self.vocabulary))

    def _area(self, candidate: Candidate, index: LinkIndex) -> Area:
        """The area of the file, with two exceptions.

        A module or class of tests is one wherever it stands; what only a module's own start runs stands beside a
        product that imports the module.
        """
        path = candidate.site.path
        area = area_of(path, self.lexicon.paths)
        if _is_in_tests(candidate.site):
            return Area.TEST
        if area is Area.HISTORY and path.endswith(".sql") and candidate.place.row is not None:
            return Area.PRODUCT  # a migration in SQL is the program that runs, not what it was before
        is_aside = area is Area.PRODUCT and candidate.place.in_main and index.is_imported(path)
        return Area.BESIDE if is_aside else area

    def _candidates(self, site: Site, place: Place, index: LinkIndex, around: Surroundings) -> Iterator[Candidate]:
        words = self.lexicon.places
        if place.part_of_test or place.textual or (place.way == "list-item" and index.is_looked_for(site)):
            return
        for filled in composed_sites(site, index):
            if not is_candidate(filled.text, words):
                continue
            seen = recognise(filled.text, place, self.vocabulary, words)
            linked = self._linked(filled, place, index, around) if place.row is None else None
            if linked is not None:
                yield linked if seen is None else replace(linked, seen=replace(seen, kind=linked.seen.kind))
            elif seen is not None and (seen.sure or not (place.compared or _is_name(filled.text, place, index))):
                records = place.records or listed_among(filled, index)
                listed = replace(place, records=records) if records != place.records else place
                yield Candidate(site=filled, place=listed, seen=seen, call_path=site.path)

    def _spelled(self, site: Site, own: frozenset[str], index: LinkIndex, around: Surroundings) -> Iterator[Candidate]:
        """A constant of an SDK whose name spells an id, where a loader takes it."""
        said = spelled_site(site, self.vocabulary, own)
        if said is not None:
            trail = (f"{site.path}:{site.line} {site.symbol}",)
            for candidate in self._candidates(said, around.place(said), index, around):
                if candidate.place.row is not None:
                    yield replace(candidate, trail=(*trail, *candidate.trail))

    def _linked(self, site: Site, place: Place, index: LinkIndex, around: Surroundings) -> Candidate | None:
        """The string as the argument of the first loader it reaches, else of the first call to a known address, or None.

        A loader that takes another member of the string's table leaves it a choice, if nothing takes the string itself.
        """
        asked: Candidate | None = None
        listed: Candidate | None = None
        is_own = area_of(site.path, self.lexicon.paths) in _OWN
        for reached in places_reached(site, index):
            if is_own and area_of(reached.site.path, self.lexicon.paths) in (Area.TEST, Area.DOCS):
                continue  # what a test or an example calls, the product does not
            places = around.places_of(reached)
            there = next((p for p in places if p.row is not None and p.row.kind is not ReferenceKind.ENDPOINT), None)
            if there is None:
                asked = asked or self._asked(site, place, reached, places) or self._taken(site, place, reached, places)
                continue
            here = replace(
                place,
                row=there.row,
                call=there.call,
                selected=reached.selected,
                in_choices=place.in_choices or reached.other,
            )
            seen = recognise(site.text, here, self.vocabulary, self.lexicon.places)
            if seen is None:
                continue
            taken = Candidate(site=site, place=here, seen=seen, trail=reached.trail, call_path=reached.site.path)
            if reached.selected or not reached.other:
                return taken
            listed = listed or taken
        return asked if asked is not None and asked.place.selected else listed or asked

    def _asked(self, site: Site, place: Place, reached: Reached, places: Iterable[Place]) -> Candidate | None:
        """The string as the model that is asked of an address (`fetch(URL, {body: {model: M}})`); None if it is not that."""
        words = self.lexicon.places
        there = next((p for p in places if p.provider and holds_model(p.name, words)), None)
        if there is None:
            return None
        here = replace(
            place, provider=there.provider, in_choices=place.in_choices or reached.other, selected=reached.selected
        )
        seen = recognise(site.text, here, self.vocabulary, words)
        if seen is None:
            return None
        return Candidate(site=site, place=here, seen=seen, trail=reached.trail, call_path=reached.site.path)

    def _taken(self, site: Site, place: Place, reached: Reached, places: Iterable[Place]) -> Candidate | None:
        """The member of an enum that is taken as a model by name (`Settings(model=Voice.SMALL)`); None if it is not that."""
        words = self.lexicon.places
        is_given = reached.selected and any(
            holds_model(p.name, words) and not (p.in_branch or p.compared or p.index >= 0) for p in places
        )
        if (
            not is_given
            or place.way != "enum-member"
            or area_of(reached.site.path, self.lexicon.paths) is not Area.PRODUCT
        ):
            return None
        seen = recognise(site.text, replace(place, name=f"{place.kind}_model"), self.vocabulary, words)
        if seen is None:
            return None
        return Candidate(
            site=site,
            place=replace(place, selected=True, in_choices=False),
            seen=seen,
            trail=reached.trail,
            call_path=reached.site.path,
        )

    def _by_company(
        self, left: Iterable[tuple[Site, Place]], found: Sequence[Candidate], index: LinkIndex
    ) -> Iterator[Candidate]:
        """Second pass: strings among recognised ids, or of an organisation whose models are fetched elsewhere."""
        orgs = frozenset(c.site.text.partition("/")[0] for c in found if c.seen.kind is ReferenceKind.HUB_REPO)
        tables = Counter(table for table, _ in {(_table(c.site, c.place), c.site.text) for c in found if c.seen.sure})
        for site, place in left:
            if place.part_of_test or not is_candidate(site.text, self.lexicon.places) or index.is_module(site.text):
                continue
            count = tables[_table(site, place)] if place.table[0] else 0
            word = read_word(site.text, place, self.vocabulary)
            seen = by_company(site.text, place, word, Company(orgs=orgs, siblings=count), self.lexicon.places)
            if seen is not None:
                yield Candidate(site=site, place=place, seen=seen, call_path=site.path)


def _is_name(text: str, place: Place, index: LinkIndex) -> bool:
    """Whether a string is the name of a module or, under another name, of an attribute that the target's code reads."""
    return index.is_module(text) or (place.name.rpartition(".")[2] != text and index.is_variable(text))


def _folders(files: Iterable[ReadFile]) -> frozenset[str]:
    """Every folder of the target that holds a file which was read."""
    return frozenset(parent for file in files for parent in map(str, PurePosixPath(file.path).parents))


def _leads_nowhere(candidate: Candidate, folders: frozenset[str]) -> bool:
    """Whether a loader of weights takes a folder of the program's own (`models/acme`) that the target does not hold."""
    text, seen = candidate.site.text, candidate.seen
    is_path = seen.kind is ReferenceKind.HUB_REPO and seen.word.strength is Strength.NONE and is_own_folder(text)
    return is_path and text.rstrip("/") not in folders


_TESTS = frozenset(("cfg(test)", "unittest.TestCase", "TestCase", "IsolatedAsyncioTestCase"))
"""What makes a module of Rust, and a class of Python, one of tests."""


def _is_in_tests(site: Site) -> bool:
    return any(frame.kind is FrameKind.CLASS and not _TESTS.isdisjoint(frame.bases) for frame in site.frames)


def _is_alias(site: Site, found: Sequence[Candidate], aliases: Aliases) -> bool:
    is_sure = any(c.seen.word.strength is not Strength.NONE for c in found)
    return aliases.is_link(site, is_sure=is_sure, is_loaded=any(c.place.row is not None for c in found))


def _through_alias(candidate: Candidate, aliases: Aliases) -> Candidate:
    """The model of a named entry: taken where something asks for the entry by name, a choice where others are asked for."""
    trail = aliases.trail(candidate.site)
    if trail:
        return replace(candidate, place=replace(candidate.place, selected=True), trail=(*trail, *candidate.trail))
    if aliases.is_passed_over(candidate.site):
        return replace(candidate, place=replace(candidate.place, in_choices=True))
    return candidate


def _strongest(references: Iterable[Reference]) -> list[Reference]:
    """One reference per place and text, the strongest, in order of path, line, column and text."""
    kept: dict[tuple[str, int, int, str], Reference] = {}
    for reference in references:
        place = reference.location
        key = (place.path, place.line, place.column, reference.written)
        if key not in kept or _weight(reference) < _weight(kept[key]):
            kept[key] = reference
    return [kept[key] for key in sorted(kept)]


def _weight(reference: Reference) -> tuple[int, bool, str]:
    return reference.evidence.rank, not reference.reason.row, reference.reason.rule


def _is_textual(site: Site) -> bool:
    return bool(site.frames) and site.frames[0].kind in TEXTUAL


def _table(site: Site, place: Place) -> _Table:
    return (site.path, *place.table)
