"""The observer: every fact of every file, once, in order of place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from vcdd.core.lexicon import Lexicon
from vcdd.core.reference import Observation
from vcdd.core.site import ReadFile, Site
from vcdd.detect.judge.place import TEXTUAL
from vcdd.detect.observe.artefacts import called_artefacts, shape_observations, stated_artefacts, tree_observations
from vcdd.detect.observe.fact import Fact, at_site, evidence_in
from vcdd.detect.observe.habits import habit_facts, habit_observations
from vcdd.detect.observe.licences import MatchText, declared_facts, licence_file
from vcdd.detect.observe.secrets import SHORTEST_KEY, secret_facts
from vcdd.detect.observe.signals import Signals
from vcdd.detect.observe.vendors import Vendors
from vcdd.detect.sites.choose import is_lock


def unmatched(_text: str) -> tuple[str, str]:
    """No licence is known."""
    return "", ""


class Observer:
    """Facts of a target by the tables of a lexicon; one observer serves a whole scan."""

    def __init__(self, lexicon: Lexicon, match_text: MatchText = unmatched) -> None:
        self._lexicon = lexicon
        self._match_text = match_text
        self._signals = Signals(lexicon)

    def observe(self, files: Iterable[ReadFile], lying: Iterable[tuple[str, int]] = ()) -> tuple[Observation, ...]:
        """Every observation, one per kind, subject and line, in order of place.

        `lying` is path and size in bytes of what lies in the target, read or not: weights that no reader opens.

        A lock file gives no packages of its own: what it lists, a manifest asked for, or asked for something that did.
        """
        read: Sequence[ReadFile] = tuple(files)
        words = self._lexicon.paths
        shapes = (shape for file in read for shape in file.shapes)
        found = {
            (o.kind, o.subject, o.location.path, o.location.line): o
            for o in (
                *tree_observations(lying, words),
                *self._at_sites(read),
                *shape_observations(shapes, words),
                *habit_observations(read, words),
                *self._licence_files(read),
                *(wish for file in read for wish in file.wishes),
            )
        }
        return tuple(sorted(found.values(), key=lambda o: (o.location.path, o.location.line, o.kind.value, o.subject)))

    def _licence_files(self, files: Sequence[ReadFile]) -> Iterator[Observation]:
        for file in files:
            if file.licence_text:
                found = licence_file(file.path, file.licence_text, self._match_text, self._lexicon.paths)
                if found is not None:
                    yield found

    def _at_sites(self, files: Sequence[ReadFile]) -> Iterator[Observation]:
        vendors = Vendors(self._lexicon, files)
        for file in files:
            if is_lock(file.path):
                continue
            evidence = evidence_in(file.path, self._lexicon.paths)
            for site in file.sites:
                if site.frames:
                    yield from (at_site(fact, site, evidence) for fact in self._facts(site, vendors))

    def _facts(self, site: Site, vendors: Vendors) -> Iterator[Fact]:
        """Facts of a call, or of a string; a name alone says nothing."""
        if site.symbol.endswith("()"):
            yield from self._signals.called(site.symbol[:-2], site.frames[0])
            yield from vendors.called(site)
            yield from called_artefacts(site.symbol[:-2], site.frames[0])
        text, first = site.text, site.frames[0]
        if not text:
            return
        if len(text) >= SHORTEST_KEY:
            yield from secret_facts(site)
        if first.kind not in TEXTUAL:
            yield from self._signals.stated(site)
            yield from stated_artefacts(site)
            yield from declared_facts(site)
            yield from habit_facts(site)
