"""Constants that stand beside each other in a module: of several of one make, those that nobody takes are choices.

`SMALL = Model(path="…")` and `LARGE = Model(path="…")`, of which the program takes `SMALL`, are an enum in all but name.
A constant may be taken in ways that no name shows, so this says something only where a name takes one of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from vcdd.core.lexicon import PathWords
from vcdd.core.site import FrameKind, Site
from vcdd.detect.judge.candidate import Candidate
from vcdd.detect.judge.link_index import LinkIndex
from vcdd.detect.judge.link_keys import CODE
from vcdd.detect.judge.paths import Area, area_of

_Make = tuple[str, str]
"""Path of the module and the call that makes the constant, empty for a plain string."""


def pass_over_constants(found: Iterable[Candidate], index: LinkIndex, words: PathWords) -> list[Candidate]:
    """The candidates in their order; those in a constant that nobody takes, though others of its make are taken, as choices.

    What tests, examples and documents take, the product does not: such takers only show that there are names that take.
    """
    candidates = list(found)
    made: dict[_Make, dict[str, bool]] = defaultdict(dict)
    known: set[_Make] = set()
    for candidate in candidates:
        make, name = _constant(candidate.site)
        if name and name not in made[make]:
            takers = _takers(name, index)
            made[make][name] = any(area_of(site.path, words) not in _ASIDE for site in takers)
            if takers:
                known.add(make)
    return [_passed_over(candidate, made, known) for candidate in candidates]


_ASIDE = (Area.TEST, Area.DOCS)


def _passed_over(candidate: Candidate, made: dict[_Make, dict[str, bool]], known: set[_Make]) -> Candidate:
    make, name = _constant(candidate.site)
    place = candidate.place
    if not name or made[make][name] or make not in known or place.row is not None or place.is_default:
        return candidate
    return replace(candidate, place=replace(place, in_choices=True))


def _constant(site: Site) -> tuple[_Make, str]:
    """Make and name of the module constant that is the string, or an object made with it; no name for any other string.

    A script's variables are for the programs it starts, whether a name in it takes them or not: they are no constants.
    """
    if site.reader not in CODE:
        return (site.path, ""), ""
    call = ""
    for frame in site.frames:
        if frame.kind is FrameKind.CALL and not call:
            call = frame.name
        elif frame.kind is FrameKind.ASSIGN:
            name = frame.name if len(site.frames) == site.frames.index(frame) + 1 else ""
            return (site.path, call), name.rpartition(".")[2]
        elif frame.kind is not FrameKind.KEYWORD:
            break
    return (site.path, ""), ""


def _takers(name: str, index: LinkIndex) -> list[Site]:
    named = index.readers.named(name)
    return [site for site in named if not site.frames or site.frames[0].kind is not FrameKind.ITEM]
