"""Names that a target gives to its models itself: an alias is a link to the entry behind it and no model.

Two shapes: an entry of a table of models (`[registered_models] big = {model_name = "…"}`), and a record that has a name
beside the parameters of the model (`model_name: big` with `litellm_params: {model: …}`, LiteLLM's proxy configuration).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field

from vcdd.core.lexicon import PlaceWords
from vcdd.core.site import Frame, FrameKind, ReadFile, Site
from vcdd.detect.judge.names import holds_model, words_of
from vcdd.values import dataclass

_Spot = tuple[str, int, int]
_RECORD_NAMES = ("model_name", "alias")
_TABLES = (FrameKind.KEY, FrameKind.ASSIGN, FrameKind.FIELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aliases:
    """The aliases of one target."""

    entries: dict[_Spot, str] = field(default_factory=dict)
    """Where the model of an entry is written, to the alias of the entry."""
    spots: frozenset[_Spot] = frozenset()
    """Where records write their own alias."""
    uses: dict[str, str] = field(default_factory=dict)
    """Alias to `path:line alias` of the first place that asks for it."""

    def is_link(self, site: Site, *, is_sure: bool) -> bool:
        """Whether the string leads to an entry; an id that everybody knows only does so where a record names itself."""
        return _spot(site) in self.spots or (not is_sure and site.text in self.uses)

    def trail(self, site: Site) -> tuple[str, ...]:
        """The place that asks for the entry in which a model is written; empty if nothing does."""
        use = self.uses.get(self.entries.get(_spot(site), ""))
        return (use,) if use else ()

    def is_passed_over(self, site: Site) -> bool:
        """Whether a model stands in an entry that nothing asks for, though other entries are asked for."""
        return bool(self.uses) and _spot(site) in self.entries and not self.trail(site)


def find_aliases(files: Sequence[ReadFile], words: PlaceWords) -> Aliases:
    """The aliases that the files define, and who asks for them."""
    entries: dict[_Spot, str] = {}
    spots: set[_Spot] = set()
    for file in files:
        named = {site.frames[1:]: site for site in file.sites if site.text and _is_record_name(site.frames)}
        for site in file.sites:
            if site.text and (alias := _keyed(site.frames, words)):
                entries[_spot(site)] = alias
            elif site.text and named and (record := named.get(_record(site.frames))):
                entries[_spot(site)] = record.text
                spots.add(_spot(record))
    known = frozenset(entries.values())
    return Aliases(entries=entries, spots=frozenset(spots), uses=_uses(files, known, words) if known else {})


def _uses(files: Iterable[ReadFile], known: frozenset[str], words: PlaceWords) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in files:
        for site in file.sites:
            if site.text in known and site.text not in found and _asks(site.frames, words):
                found[site.text] = f"{site.path}:{site.line} {site.text}"
    return found


def _asks(frames: tuple[Frame, ...], words: PlaceWords) -> bool:
    """Whether a string stands under a name for a model, and not where a record names itself."""
    if not frames or _is_record_name(frames):
        return False
    asked = next((f for f in frames if f.kind not in (FrameKind.ITEM, FrameKind.FALLBACK)), None)
    return (
        asked is not None
        and asked.kind in (FrameKind.KEY, FrameKind.KEYWORD, FrameKind.ASSIGN, FrameKind.FIELD, FrameKind.PARAMETER)
        and holds_model(asked.name, words)
    )


def _keyed(frames: tuple[Frame, ...], words: PlaceWords) -> str:
    """The key of an entry in a table of models, where the string is the entry's model; else empty."""
    if len(frames) < 3 or frames[0].kind is not FrameKind.KEY or frames[1].kind is not FrameKind.KEY:
        return ""
    table = frames[2]
    is_table = table.kind in _TABLES and not words.heads.isdisjoint(words_of(table.name))
    return frames[1].name if is_table and holds_model(frames[0].name, words) else ""


def _is_record_name(frames: tuple[Frame, ...]) -> bool:
    return len(frames) > 1 and frames[0].name in _RECORD_NAMES and frames[1].kind is FrameKind.ITEM


def _record(frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """The frames of the record in whose parameters the string is the model; empty for every other string."""
    if len(frames) < 3 or frames[0].name != "model" or frames[1].kind is not FrameKind.KEY:
        return ()
    return frames[2:] if words_of(frames[1].name)[-1:] == ("params",) else ()


def _spot(site: Site) -> _Spot:
    return (site.path, site.line, site.column)
