"""Places together with what their surroundings add: the maker of a client, the provider of a call, an address nearby.

A name or an address speaks for the definition it stands in and for nothing beyond it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from vcdd.core.lexicon import PlaceWords
from vcdd.core.site import Frame, FrameKind, ReadFile, Site
from vcdd.core.vocabulary import Vocabulary
from vcdd.detect.judge.compose import composed_sites
from vcdd.detect.judge.hints import neighbour
from vcdd.detect.judge.link import Reached
from vcdd.detect.judge.link_index import LinkIndex
from vcdd.detect.judge.link_keys import CODE, own_frames
from vcdd.detect.judge.loaders import LoaderIndex, callee_parts
from vcdd.detect.judge.names import holds_model, words_of
from vcdd.detect.judge.place import Place, read_place

_SCHEMES = ("https://", "http://", "wss://")
_ADDRESS_WORDS = frozenset(("url", "uri", "endpoint", "host", "base", "api"))
"""A name that ends so may stand for an address."""
_NAMED = (
    FrameKind.ASSIGN, FrameKind.FIELD, FrameKind.PARAMETER, FrameKind.KEY, FrameKind.KEYWORD, FrameKind.ENUM, FrameKind.CLASS,
    FrameKind.FUNCTION,
)  # fmt: skip
_DEFAULTS = frozenset(("default", "defaultValue", "default_value", "initialValue"))
_FIELD_NAMES = frozenset(("field", "key", "name", "param", "variable"))
"""Keys of a record that say which field it declares."""
_LONGEST_NAME = 60
_ANSWERS = ("chat.completion", "text_completion", "model", "list", "embedding", "response")
"""Values of `object` in what an OpenAI-like server answers: the model in there is told, not asked for."""
_SIZES = frozenset(("tiny", "base", "small", "medium", "large", "turbo", "nano", "mini", "huge"))
_SPEECH = ("whisper", "transcri", "speech", "asr", "stt", "audio", "voice")
"""Parts of words by which a file speaks of recognising speech, whose models (Whisper's) go by their sizes alone."""
_NO, _YES = ("false", "no", "off", "0"), ("true", "yes", "on", "1")
_OFF = {"enabled": _NO, "enable": _NO, "is_enabled": _NO, "isenabled": _NO, "disabled": _YES, "disable": _YES}
"""Keys by which a mapping says of itself that it is off, with the values that say so."""
_UNCLEAR = frozenset(("huggingface",))
"""A provider of this name in a setting may be the host or the library that loads from it."""
_Definition = tuple[str, str, int]


class Surroundings:
    """Reads places for one scan."""

    def __init__(
        self,
        files: Iterable[ReadFile],
        index: LinkIndex,
        loaders: LoaderIndex,
        vocabulary: Vocabulary,
        words: PlaceWords,
    ) -> None:
        self._index = index
        self._loaders = loaders
        self._vocabulary = vocabulary
        self._words = words
        self._addressed: dict[_Definition, set[str]] = defaultdict(set)
        self._of_path: dict[str, str] = {}
        self._of_reader: dict[int, tuple[Site, Place]] = {}
        self._of_name: dict[str, tuple[str, ...]] = {}
        self._of_sizes: dict[str, bool] = {}
        self._files = {file.path: file for file in files}
        self._beside: dict[tuple[str, tuple[Frame, ...]], dict[str, set[str]]] = {}
        for file in self._files.values():
            for site in file.sites:
                self._note_address(site)
                self._note_neighbour(site)

    def place(self, site: Site) -> Place:
        """The place of a site; `provider` and `scope` are filled in only where no row of the loaders table takes it."""
        place = read_place(site, self._loaders, self._words)
        if place.textual or place.part_of_test:
            return place
        if site.text.lower() in _SIZES and not self._speaks_of_sizes(site.path):
            place = replace(place, is_size=True)
        if site.frames and site.frames[0].kind is FrameKind.KEY and site.frames[0].name in _DEFAULTS:
            place = self._of_field(site, place)
        if place.row is not None:
            return self._by_callee(place)
        name = self._index.made_as(place.call.name, site.path) if place.call is not None else ""
        made = self._as_made(site, place.call, name) if place.call is not None and name else None
        if made is not None:
            return made
        beside = self._neighbours(site)
        if "answer" in beside:
            return replace(place, textual="example")
        scope, is_setting = self._scope(site)
        provider = (
            beside.get("provider")
            or self._provider(place.call, name, site)
            or (scope if is_setting else "")
            or (self._vendor_of_path(site.path) if site.reader in CODE else "")
        )
        base_url, is_off = beside.get("base_url", ""), "off" in beside
        if not (provider or scope or base_url or is_off):
            return place
        return replace(place, provider=provider, scope=scope, base_url=base_url, switched_off=is_off)

    def _speaks_of_sizes(self, path: str) -> bool:
        """Whether a file speaks of recognising speech, in its path, its imports, its names or its strings."""
        if path not in self._of_sizes:
            file = self._files.get(path)
            said = (path, *(f"{s.symbol} {s.text[:200]}" for s in file.sites)) if file else (path,)
            names = (*said, *(each.source for each in file.imports)) if file else said
            self._of_sizes[path] = any(word in name.lower() for name in names for word in _SPEECH)
        return self._of_sizes[path]

    def places_of(self, reached: Reached) -> list[Place]:
        """The places of a value that reaches a name: that of the name, and that of the entry of a table it is in.

        Many values reach the same names, so that what a name stands in is remembered.
        """
        own, *spread = reached.frames()
        site = reached.site
        known = self._of_reader.get(id(site))
        if known is None or known[0] is not site:
            known = self._of_reader[id(site)] = (site, self.place(replace(site, frames=own)))
        return [known[1], *(self.place(replace(site, frames=frames)) for frames in spread)]

    def _of_field(self, site: Site, place: Place) -> Place:
        """The place of a default in a record that says in another key what it is the default of (`{name: "model", default}`)."""
        named = self._beside.get((site.path, site.frames[1:]), {}).get("field", ())
        return replace(place, name=next(iter(named)), is_default=True) if len(named) == 1 else place

    def _by_callee(self, place: Place) -> Place:
        """The place in a call that a row takes, with the provider that the callee's own name holds if the row has none."""
        row, call = place.row, place.call
        if row is None or call is None or call.kind is not FrameKind.CALL or row.provider or row.library or row.scope:
            return place
        named = filter(None, map(self._loaders.named_in, reversed(callee_parts(call.name)[-6:])))
        return replace(place, provider=next(named, ""))

    def _as_made(self, site: Site, call: Frame, name: str) -> Place | None:
        """The place as if the call had this name (`router(x)` is `createRouter()(x)`), if a row takes it then."""
        frames = tuple(replace(frame, name=name) if frame is call else frame for frame in site.frames)
        made = read_place(replace(site, frames=frames), self._loaders, self._words)
        return replace(made, call=call) if made.row is not None else None

    def _provider(self, call: Frame | None, made_as: str, site: Site) -> str:
        """Whose SDK is called, else whose address alone stands in the same definition; empty if unknown."""
        if call is not None:
            frames = (call, replace(call, name=made_as)) if made_as else (call,)
            called = {row.provider for frame in frames for row in self._loaders.rows(frame)}
            if len(called) == 1 and (only := called.pop()):
                return only
        near = self._addressed.get(definition) if (definition := _definition(site)) else None
        return next(iter(near)) if near and len(near) == 1 else ""

    def _scope(self, site: Site) -> tuple[str, bool]:
        """The provider that the nearest telling name around the site holds (`DEEPGRAM_PARAMS`); empty if none or several.

        Also whether it is a setting of that provider's, rather than a function or class that may ask others too.
        """
        for frame in site.frames:
            if frame.kind in _NAMED and (held := self._named_in(frame)):
                only = _only(held)
                is_setting = frame.kind not in (FrameKind.FUNCTION, FrameKind.CLASS)
                return only, is_setting and only in self._loaders.vendors - _UNCLEAR
        return (self._scope_of_path(site.path) if site.reader in CODE else ""), False

    def _named_in(self, frame: Frame) -> set[str]:
        """Providers in a name; the parts of a dotted key (`spring.ai.ollama.chat.model`) are names of their own."""
        parts = reversed(frame.name.split(".")[:12]) if frame.kind is FrameKind.KEY else (frame.name,)
        return next(filter(None, (set(self._providers_in(part)) for part in parts)), set())

    def _vendor_of_path(self, path: str) -> str:
        """The vendor whose own name a module of code, else its folder, has (`llm/groq.py`, `services/groq/chat.py`)."""
        for part in reversed(path.rpartition(".")[0].split("/")[-2:]):
            if any(self._providers_in(part)):
                vendor = self._loaders.providers.get(name := "".join(words_of(part)), "")
                return vendor if vendor in self._loaders.vendors - _UNCLEAR and vendor.replace("-", "") == name else ""
        return ""

    def _scope_of_path(self, path: str) -> str:
        """The provider that a module of code, else its nearest telling folder, is named after (`services/deepgram/stt.py`)."""
        if path not in self._of_path:
            parts = reversed(path.rpartition(".")[0].split("/"))
            held = next((found for part in parts if (found := set(self._providers_in(part)))), set())
            self._of_path[path] = _only(held)
        return self._of_path[path]

    def _providers_in(self, name: str) -> tuple[str, ...]:
        """Providers that the words of a name spell, in order."""
        if name not in self._of_name:
            self._of_name[name] = tuple(self._loaders.providers[span] for span in self._loaders.spelled_in(name))
        return self._of_name[name]

    def _note_neighbour(self, site: Site) -> None:
        """Remember a provider or a base URL under its key of a mapping, and an address beside its own parameters."""
        if "?" in site.text and site.text.startswith(_SCHEMES):
            address = site.text.partition("?")[0]
            self._beside.setdefault((site.path, site.frames), {}).setdefault("base_url", set()).add(address)
        frame = site.frames[0] if site.text and site.frames else None
        if frame is None or frame.kind is not FrameKind.KEY:
            return
        if frame.name in _FIELD_NAMES and len(site.text) < _LONGEST_NAME and holds_model(site.text, self._words):
            self._beside.setdefault((site.path, site.frames[1:]), {}).setdefault("field", set()).add(site.text)
        if site.text.lower() in _OFF.get(frame.name.lower(), ()):
            self._beside.setdefault((site.path, site.frames[1:]), {}).setdefault("off", set()).add("off")
        if frame.name == "object" and site.text.startswith(_ANSWERS):
            self._beside.setdefault((site.path, site.frames[1:]), {}).setdefault("answer", set()).add("answer")
        if (kind := neighbour(frame.name)) and (kind != "base_url" or site.text.startswith(_SCHEMES)):
            self._beside.setdefault((site.path, site.frames[1:]), {}).setdefault(kind, set()).add(site.text)

    def _neighbours(self, site: Site) -> dict[str, str]:
        """What stands beside a model in its mapping, or beside the mapping itself (`provider` beside `config: {model}`)."""
        found: dict[str, str] = {}
        lead = next((at for at, frame in enumerate(site.frames) if frame.kind is not FrameKind.ITEM), 0)
        for position, frame in enumerate(site.frames[lead : lead + 3]):
            if frame.kind is not FrameKind.KEY:
                break
            for kind, values in self._beside.get((site.path, site.frames[lead + position + 1 :]), {}).items():
                if len(values) == 1 and (position < 2 or kind == "base_url"):
                    found.setdefault(kind, next(iter(values)))
        for kind in ("provider", "type"):
            if kind in found:
                named = next(iter(self._providers_in(found[kind])), "")
                found[kind] = named if named in self._loaders.vendors - _UNCLEAR else ""
        return {**found, "provider": found.get("provider") or found.get("type", "")}

    def _note_address(self, site: Site) -> None:
        may_be = site.symbol or site.text.startswith(_SCHEMES) or (site.composed and site.text.startswith("{"))
        definition = _definition(site) if may_be else None
        if definition is None or self._is_offer(site):
            return
        for address in self._addresses(site):
            provider = self._vocabulary.host(address.replace("wss://", "https://", 1))
            if provider and not _is_page(address, provider):
                self._addressed[definition].add(provider)

    def _is_offer(self, site: Site) -> bool:
        """Whether the address is the default of a parameter for one provider among others (`ollama_base_url="…"`)."""
        parameter = site.first(FrameKind.PARAMETER)
        return parameter is not None and any(self._providers_in(parameter.name))

    def _addresses(self, site: Site) -> list[str]:
        if site.text:
            return [filled.text for filled in composed_sites(site, self._index)]
        if _ADDRESS_WORDS.isdisjoint(words_of(site.symbol)[-1:]):
            return []
        return [value for value in self._index.values_of(site.symbol, site) if value.startswith(_SCHEMES)]


def _only(providers: set[str]) -> str:
    """The only provider of a name, whose own name may hold another's (`faster-whisper`); empty if there are several."""
    whole = [one for one in providers if not any(one != other and one in other for other in providers)]
    return whole[0] if len(whole) == 1 else ""


def _is_page(address: str, provider: str) -> bool:
    """Whether an address of a hub is a page or a file on it (`https://huggingface.co/…`), which nobody asks a model of."""
    return provider in _UNCLEAR and address.partition("://")[2].startswith(f"{provider}.")


def _definition(site: Site) -> _Definition | None:
    """The innermost function around a site; None at the top of a module and in files without functions."""
    function = next((frame for frame in own_frames(site) if frame.kind is FrameKind.FUNCTION), None)
    return (site.path, function.name, function.line) if function is not None else None
