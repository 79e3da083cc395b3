"""Names that a target gives to its models itself: an alias is a link to the entry behind it and no model.

Three shapes: an entry of a table of models (`[registered_models] big = {model_name = "…"}`), the same with a call for the
model (`languageModels: {big: openai("…")}`, the AI SDK's `customProvider`), and a record that has a name beside the
parameters of the model (`model_name: big` with `litellm_params: {model: …}`, LiteLLM's proxy configuration).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from itertools import pairwise

from vcdd.core.lexicon import PlaceWords
from vcdd.core.site import Frame, FrameKind, ReadFile, Site
from vcdd.detect.judge.names import holds_model, says_default, words_of
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
    owned: frozenset[str] = frozenset()
    """Aliases that stand for an address at a host, which their entries repeat as their own names: no id, however known."""
    known: frozenset[str] = frozenset()
    """Every alias."""
    uses: dict[str, str] = field(default_factory=dict)
    """Alias to `path:line alias` of the first place that asks for it."""

    def is_link(self, site: Site, *, is_sure: bool, is_loaded: bool) -> bool:
        """Whether the string leads to an entry; an id that everybody knows only does so where a record names itself."""
        if _spot(site) in self.spots or (site.text in self.owned and not is_loaded):
            return True
        return not is_sure and site.text in self.known

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
    owned: set[str] = set()
    for file in files:
        names = {site.frames[1:] for site in file.sites if site.text and _repeats_key(site)}
        named = {site.frames[1:]: site for site in file.sites if site.text and _is_record_name(site.frames)}
        for site in file.sites:
            if site.text and (alias := _keyed(site.frames, words)) and alias != site.text:
                entries[_spot(site)] = alias
                owned.update((alias,) if site.frames[1:] in names and _is_far(site.text, alias) else ())
            elif site.text and named and (record := named.get(_record(site.frames))):
                entries[_spot(site)] = record.text
                spots.add(_spot(record))
    known = frozenset(entries.values())
    return Aliases(
        entries=entries,
        spots=frozenset(spots),
        owned=frozenset(owned),
        known=known,
        uses=_uses(files, known, words) if known else {},
    )


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
    if asked is None or asked.kind not in _ASKING or (asked.kind is FrameKind.CALL and asked.index != 0):
        return False
    if frames[0].kind is FrameKind.ITEM and not _is_taken(frames[0], asked, words):
        return False
    return holds_model(asked.name, words)


def _is_taken(item: Frame, asked: Frame, words: PlaceWords) -> bool:
    """Whether a member of a list is asked for: the only one, or the first where the list's name says so."""
    return item.size == 1 or (item.index == 0 and says_default(asked.name, words))


_ASKING = (
    FrameKind.KEY, FrameKind.KEYWORD, FrameKind.ASSIGN, FrameKind.FIELD, FrameKind.PARAMETER, FrameKind.CALL,
)  # fmt: skip


def _keyed(frames: tuple[Frame, ...], words: PlaceWords) -> str:
    """The key of an entry in a table of models, where the string is the entry's model; else empty."""
    if len(frames) < 3:
        return ""
    if frames[0].kind is FrameKind.CALL:
        return _keyed_call(frames, words)
    if frames[0].kind is not FrameKind.KEY or frames[1].kind is not FrameKind.KEY:
        return ""
    is_model = holds_model(frames[0].name, words) or words_of(frames[0].name)[:1] == ("endpoint",)
    return frames[1].name if is_model and _is_table(frames[2], words) else ""


def _keyed_call(frames: tuple[Frame, ...], words: PlaceWords) -> str:
    """The same where the entry is a call, in a table whose name says that it holds several models."""
    for entry, table in pairwise(frames[:8]):
        if entry.kind is FrameKind.KEY and _is_table(table, words) and words_of(table.name)[-1:] == ("models",):
            return entry.name
        if entry.kind not in (FrameKind.CALL, FrameKind.KEY, FrameKind.KEYWORD, FrameKind.ITEM):
            break
    return ""


def _is_table(frame: Frame, words: PlaceWords) -> bool:
    return frame.kind in _TABLES and not words.heads.isdisjoint(words_of(frame.name))


def _repeats_key(site: Site) -> bool:
    """Whether an entry spells out its own key (`big: {id: "big", …}`)."""
    frames = site.frames
    return len(frames) > 1 and frames[0].kind is frames[1].kind is FrameKind.KEY and frames[1].name == site.text


def _is_far(text: str, alias: str) -> bool:
    """Whether an address at a host is more than the alias behind the host's prefix."""
    return "/" in text and text.rpartition("/")[2] != alias


def _is_record_name(frames: tuple[Frame, ...]) -> bool:
    return len(frames) > 1 and frames[0].name in _RECORD_NAMES and frames[1].kind is FrameKind.ITEM


def _record(frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """The frames of the record in whose parameters the string is the model; empty for every other string."""
    if len(frames) < 3 or frames[0].name != "model" or frames[1].kind is not FrameKind.KEY:
        return ()
    return frames[2:] if words_of(frames[1].name)[-1:] == ("params",) else ()


def _spot(site: Site) -> _Spot:
    return (site.path, site.line, site.column)
