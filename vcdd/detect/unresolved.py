"""Open calls: what the target leaves to the outside.

A loader's model or a client's address that an environment variable decides and the target does not set; a loader's model
that a setting without a default, an option without one, or a parameter nobody fills decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from vcdd.core.evidence import Evidence
from vcdd.core.lexicon import Lexicon
from vcdd.core.location import Location
from vcdd.core.reference import Hints, Reason, Reference, ReferenceKind
from vcdd.core.site import FrameKind, ReadFile, Site
from vcdd.detect.judge.hints import hints_of
from vcdd.detect.judge.link import places_reached
from vcdd.detect.judge.link_index import LinkIndex
from vcdd.detect.judge.link_keys import stored_in
from vcdd.detect.judge.loaders import LoaderIndex
from vcdd.detect.judge.paths import Area, area_of
from vcdd.detect.judge.place import Place, read_place
from vcdd.detect.outside import ModelNames, Outside, said

_ALTERNATIVE_LINES = 4
_SCRIPTS = frozenset(("shell", "dockerfile", "makefile", "yaml", "terraform"))
"""Readers that write a variable without its sign: one that the file does not set comes from the environment."""
_OUTSIDE = ("$", "process.env.", "import.meta.env.")


def open_references(
    files: Iterable[ReadFile], index: LinkIndex, loaders: LoaderIndex, lexicon: Lexicon
) -> list[Reference]:
    """One OPEN reference per variable, setting or parameter and file, in order of place.

    `symbol` is its name. Tests and documents leave nothing open.
    """
    files = tuple(files)
    outside, names = Outside(files, index), ModelNames(lexicon.places)
    found: dict[tuple[str, str], Reference] = {}
    for file in files:
        if area_of(file.path, lexicon.paths) in (Area.TEST, Area.DOCS, Area.GENERATED):
            continue
        settled = _settled(file)
        for site in file.sites:
            if (site.symbol, site.line) in settled:
                continue
            if site.symbol.startswith(_OUTSIDE) and not site.symbol.endswith("()"):
                references = _open(site, index, loaders, lexicon)
            elif names.holds(site.symbol):
                references = _named(site, outside, loaders, lexicon)
            else:
                continue
            for reference in references:
                found.setdefault((reference.symbol, file.path), reference)
    return sorted(found.values(), key=lambda r: (r.location, r.symbol))


def _settled(file: ReadFile) -> set[tuple[str, int]]:
    """Names, each with its line, that have an alternative beside them (`x or "id"`, which may stand a few lines below)."""
    beside = (
        (frame.name, site.line) for site in file.sites for frame in site.frames[:3] if frame.kind is FrameKind.FALLBACK
    )
    return {(name, line - up) for name, line in beside if name for up in range(_ALTERNATIVE_LINES)}


def _open(site: Site, index: LinkIndex, loaders: LoaderIndex, lexicon: Lexicon) -> Iterator[Reference]:
    variable = site.symbol.lstrip("$").rpartition(".")[2]
    if not variable or index.values_of(site.symbol, site) or _has_alternative(site, index):
        return
    own = read_place(site, loaders, lexicon.places)
    if own.row is not None:
        yield _reference(site, own, variable, ())
        return
    for reached in places_reached(site, index):
        there = read_place(reached.site, loaders, lexicon.places)
        if there.row is not None:
            yield _reference(site, there, variable, reached.trail)
            return


def _named(site: Site, outside: Outside, loaders: LoaderIndex, lexicon: Lexicon) -> Iterator[Reference]:
    """A name in a loader's own argument. Addresses are left out: a client without one goes to its vendor."""
    place = read_place(site, loaders, lexicon.places)
    is_model = place.row is not None and place.row.kind is not ReferenceKind.ENDPOINT
    if not is_model or place.fallback or not outside.leads_there(site):
        return
    way = "setting" if "." in site.symbol else "parameter"
    if site.reader in _SCRIPTS:
        if outside.is_set(site):
            return
        way = "environment"
    yield replace(_reference(site, place, said(site), ()), way=way)


def _has_alternative(site: Site, index: LinkIndex) -> bool:
    """Whether what the variable is stored in, or the expression around it, also has a value of its own (`x or "id"`)."""
    is_first = bool(site.frames) and site.frames[0].kind is FrameKind.BRANCH
    around = replace(site, frames=site.frames[1:]) if is_first else site
    return any(index.has_value(key) for key in stored_in(around))


def _reference(site: Site, place: Place, variable: str, trail: tuple[str, ...]) -> Reference:
    row = place.row
    address = row is not None and row.kind is ReferenceKind.ENDPOINT
    hints = Hints(base_url_symbol=variable, provider=row.provider if row else "") if address else hints_of(place, None)
    return Reference(
        written=site.symbol,
        kind=ReferenceKind.OPEN,
        evidence=Evidence.UNRESOLVED,
        location=Location(path=site.path, line=site.line, column=site.column),
        slot=place.name,
        way="environment",
        detector=site.reader,
        hints=hints,
        symbol=variable,
        reason=Reason(
            rule="address-from-outside" if address else "model-from-outside", row=row.id if row else "", links=trail
        ),
    )
