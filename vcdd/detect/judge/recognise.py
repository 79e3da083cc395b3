"""Does this string, in this place, name a model? The answer carries the rule that gave it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from vcdd.core.lexicon import PlaceWords
from vcdd.core.reference import ReferenceKind
from vcdd.core.vocabulary import Strength, Vocabulary, Word
from vcdd.detect.judge import shapes
from vcdd.detect.judge.loaders import callee_parts
from vcdd.detect.judge.names import head_of, holds_hub_id, holds_model, is_label, words_of
from vcdd.detect.judge.place import Place
from vcdd.values import dataclass

MAX_ID = 240
"""Longer strings are never ids; the longest in the corpus is an address of 140 characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A string taken for a model or an endpoint."""

    kind: ReferenceKind
    rule: str
    word: Word
    sure: bool = True
    """False where only the place speaks for it."""


_CODE_HOSTS = re.compile(
    r"https?://(?:www\.|raw\.|api\.)?(?:github|gitlab|bitbucket|githubusercontent)\.", re.IGNORECASE
)
"""A repository of code is no model, though its owner may publish some."""
_PAGES_OF_MODELS = ("replicate",)
"""Hosts whose addresses of two parts lead to models; the parts that do not stand in `registry/addresses.py`."""
_NOTHING = Word(strength=Strength.NONE)
_SPEAKS = (Strength.EXACT, Strength.FAMILY)


def is_candidate(text: str, words: PlaceWords) -> bool:
    """Whether a string is worth a look: a single word or address of an id's length that is not a known other thing."""
    return 2 <= len(text) <= MAX_ID and _may_be_id(text, words.not_ids, words.not_id_heads)


@lru_cache(maxsize=65536)
def _may_be_id(text: str, not_ids: frozenset[str], not_id_heads: frozenset[str]) -> bool:
    if shapes.is_version_hash(text):
        return True
    if " " in text or "\n" in text or text.lower() in not_ids:
        return False
    head = "/".join(text.split("/", 2)[:2]).partition(":")[0]
    return head not in not_id_heads and _shaped(text)


def _shaped(text: str) -> bool:
    return shapes.is_url(text) or shapes.is_id_shaped(text) or shapes.is_weight_path(text)


def recognise(text: str, place: Place, vocabulary: Vocabulary, words: PlaceWords) -> Recognised | None:
    """What the string is, or None. Running text and parts of tests are the caller's business."""
    if not is_candidate(text, words):
        return None
    if shapes.is_version_hash(text):
        return _version(place)
    if shapes.is_url(text):
        return _address(text, place, vocabulary, words)
    if "{" in text and not shapes.is_org_name(text):
        return None  # a part that nobody knows: only the organisation before it can be told
    word = read_word(text, place, vocabulary)
    if shapes.is_weight_file(text):
        return _weight_file(text, place, word, words)
    if word.strength is Strength.NONE and text.partition("/")[0] in words.id_heads and "/" in text:
        word = replace(word, strength=Strength.ORG)
    if word.strength in _SPEAKS and not _refused(place, words, word, text):
        return _known(text, place, word, "known-id")
    if _is_loaded(place, words):
        return _at_loader(text, place, word)
    if word.strength is Strength.ORG and not _is_data(place, words) and _may_be_theirs(text, place, words):
        return _known(text, place, word, "known-organisation")
    return _by_name(text, place, word, words)


def read_word(text: str, place: Place, vocabulary: Vocabulary) -> Word:
    """What the registry knows of a string where it stands."""
    scope = place.row.scope or place.row.provider or place.row.library if place.row else ""
    word = vocabulary.look_up(text, scope)
    if word.strength is Strength.SCOPED and (place.scope or place.provider):
        return _in_scope(text, place.scope or place.provider, word, vocabulary)
    return word


def _version(place: Place) -> Recognised | None:
    """A version of a model by its hash alone: whose it is only its host can tell."""
    if place.row is None or place.name not in ("version", "versions"):
        return None
    return Recognised(kind=ReferenceKind.API_MODEL, rule="version-of-a-model", word=_NOTHING)


def _in_scope(text: str, scope: str, outside: Word, vocabulary: Vocabulary) -> Word:
    """What a bare word is among the models of a provider; `outside` where it is none of them."""
    word = vocabulary.look_up(text, scope)
    return replace(word, provider=word.provider or scope) if word.strength in _SPEAKS else outside


def _known(text: str, place: Place, word: Word, rule: str) -> Recognised:
    row = place.row
    if row is not None and row.kind is not ReferenceKind.ENDPOINT:
        kind = row.kind
    elif word.is_open and shapes.is_org_name(text) and not (word.provider or place.provider):
        kind = ReferenceKind.HUB_REPO
    else:
        kind = ReferenceKind.API_MODEL
    return Recognised(kind=kind, rule=rule, word=word)


def _address(text: str, place: Place, vocabulary: Vocabulary, words: PlaceWords) -> Recognised | None:
    """Hub addresses and weight files name models; an address of a known API is an endpoint."""
    if shapes.has_open_part(text.partition("://")[2]) or "{" in text.rsplit("/", 1)[-1]:
        return None
    if (
        shapes.is_weight_file(text) and (shapes.speaks_of_weights(text) or holds_model(place.name, words))
    ) and not text.rsplit("/", 1)[-1].lower().startswith(("tokenizer", "vocab")):
        return Recognised(kind=ReferenceKind.WEIGHT_FILE, rule="weight-address", word=_NOTHING)
    scheme = text.partition(":")[0].lower()
    if scheme in ("hf", "modelscope", "ollama", "huggingface"):
        return Recognised(kind=ReferenceKind.HUB_REPO, rule="hub-address", word=vocabulary.look_up(text))
    if scheme in ("s3", "gs", "oss"):
        named = holds_model(place.name, words)
        return (
            Recognised(kind=ReferenceKind.WEIGHT_FILE, rule="bucket-address", word=_NOTHING, sure=False)
            if named
            else None
        )
    word = vocabulary.look_up(text) if not _CODE_HOSTS.match(text) else _NOTHING
    if word.strength in (*_SPEAKS, Strength.ORG):
        answers = vocabulary.host(text) if not word.provider else ""  # an API's address, not a page of the Hub
        kind = ReferenceKind.API_MODEL if answers else ReferenceKind.HUB_REPO
        return Recognised(kind=kind, rule="model-address", word=replace(word, provider=word.provider or answers))
    if word.provider in _PAGES_OF_MODELS:
        return Recognised(kind=ReferenceKind.API_MODEL, rule="page-of-a-model", word=word)
    if vocabulary.host(text):
        return Recognised(
            kind=ReferenceKind.ENDPOINT,
            rule="api-host",
            word=Word(strength=Strength.NONE, provider=vocabulary.host(text)),
        )
    if place.row is not None and place.row.kind is ReferenceKind.ENDPOINT:
        return Recognised(kind=ReferenceKind.ENDPOINT, rule="base-url-argument", word=_NOTHING)
    return None


def _weight_file(text: str, place: Place, word: Word, words: PlaceWords) -> Recognised | None:
    """A weight file that names a model by itself; the parts every repository has do not."""
    name = text.rsplit("/", 1)[-1]
    if shapes.is_component(name) or "{" in name or len(name) < 8:
        return None
    word = replace(word, provider="")  # `models/x.gguf` is a folder, though a vendor writes its ids so
    if word.strength in _SPEAKS or (any(c.isdigit() for c in name) and shapes.is_marked(name.rsplit(".", 1)[0])):
        return Recognised(kind=ReferenceKind.WEIGHT_FILE, rule="weight-file", word=word, sure=word.strength in _SPEAKS)
    if place.row is not None or holds_model(place.name, words) or holds_hub_id(place.name, words):
        return Recognised(kind=ReferenceKind.WEIGHT_FILE, rule="weight-file-in-place", word=word, sure=False)
    return None


def _is_loaded(place: Place, words: PlaceWords) -> bool:
    """Whether a loader takes the string as its model; a tokenizer's name says how to count, not whom to call."""
    row = place.row
    if row is None or row.kind is ReferenceKind.ENDPOINT:
        return False
    return row.kind is not ReferenceKind.API_MODEL or head_of(place.name, words) not in _NEVER


def _at_loader(text: str, place: Place, word: Word) -> Recognised | None:
    """The argument of a loader: the place itself says it is a model."""
    row = place.row
    if row is None:
        return None
    hub = row.kind is ReferenceKind.HUB_REPO
    is_known = word.strength not in (Strength.NONE, Strength.SCOPED)
    readable = is_known or shapes.is_marked(text) or bool(row.scope)
    if not readable or (shapes.is_camel_class(text) and (hub or not (is_known or any(map(str.isdigit, text))))):
        return None
    if hub and text.count("/") > 1 and word.strength is Strength.NONE:
        return None  # a path to a local folder
    return Recognised(kind=row.kind, rule="loader-argument", word=word)


def _by_name(text: str, place: Place, word: Word, words: PlaceWords) -> Recognised | None:
    """No loader in sight and no family known: only a name that holds a model, and a string shaped like an id."""
    if (
        not place.name
        or place.compared
        or place.counts_tokens
        or _is_data(place, words)
        or shapes.is_made_up(text)
        or _only_counts(place)
    ):
        return None
    hub = holds_hub_id(place.name, words)
    named = holds_model(place.name, words)
    part = place.way == "mapping-value" and holds_model(place.outer, words) and place.name.lower() not in _OTHER_PARTS
    if not (hub or named or part):
        return None
    if shapes.is_org_name(text):
        return Recognised(kind=ReferenceKind.HUB_REPO, rule="org-name-in-place", word=word, sure=False)
    if place.way in ("mapping-key", "subscript") or not named or _repeats(place.name, text):
        return None
    if _is_service_word(text, place):
        return Recognised(kind=ReferenceKind.API_MODEL, rule="bare-word-at-a-service", word=word, sure=False)
    if word.strength is Strength.SCOPED and not (shapes.is_camel_class(text) or place.is_size):
        return Recognised(kind=ReferenceKind.API_MODEL, rule="bare-word-in-place", word=word, sure=False)
    if (
        not (shapes.is_marked(text) or shapes.is_underscored_id(text))
        or shapes.is_camel_class(text.rpartition(".")[2])
        or shapes.is_own_folder(text)
        or text.count("/") > 4
    ):
        return None
    return Recognised(kind=ReferenceKind.API_MODEL, rule="id-in-place", word=word, sure=False)


def _is_service_word(text: str, place: Place) -> bool:
    """Whether an ordinary word is given to a vendor's service as its model: vendors call some models so (`model="sonar"`).

    Only under a name for a model and nothing else, as a default or an argument, in code named after a vendor or a service.
    """
    return bool(
        (place.scope or place.in_service)
        and place.name.rpartition(".")[2].lower() in MODEL_NAMES
        and place.way in _GIVEN
        and _PLAIN.fullmatch(text)
        and text not in _SAYS_NOTHING
        and text != place.scope
    )


MODEL_NAMES = frozenset(("default_model", "default_model_id", "default_model_name", "model", "model_id"))
_GIVEN = frozenset(("keyword-argument", "parameter-default", "class-field", "variable", "fallback"))
_PLAIN = re.compile(r"[a-z]{4,16}")
_SAYS_NOTHING = frozenset(
    (
        "agent", "audio", "chat", "completion", "completions", "embed", "embedding", "embeddings", "empty", "image", "input",
        "item", "language", "mock", "model", "multi", "name", "object", "output", "pipeline", "response", "speech", "string",
        "system", "test", "text", "user", "vision", "voice",
    )
)  # fmt: skip


def _repeats(name: str, text: str) -> bool:
    """Whether a string without a digit only spells the name it stands under (`USE_LLM: "rag.use_llm"`): a path of a setting."""
    return "." in text and not any(c.isdigit() for c in text) and is_label(name, text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """What stands around a string that nothing else speaks for."""

    orgs: frozenset[str]
    """Organisations the target fetches recognised models from."""
    siblings: int
    """Recognised ids in the same list, literal type, enum or mapping."""


def by_company(text: str, place: Place, word: Word, company: Company, words: PlaceWords) -> Recognised | None:
    """A string that stands among recognised ids, or under an organisation the target fetches other models from."""
    if place.textual or place.compared or _is_data(place, words) or place.way in ("expression", "positional-argument"):
        return None
    if _is_sort(place, words) or _is_other_spelling(place) or shapes.is_version_hash(text):
        return None
    many = company.siblings >= 2
    if shapes.is_org_name(text) and (
        text.partition("/")[0] in company.orgs or many or _is_constant_repo(text, place, company)
    ):
        return Recognised(kind=ReferenceKind.HUB_REPO, rule="same-organisation", word=word, sure=False)
    likely = word.strength is not Strength.NONE or (shapes.is_marked(text) and text == text.lower())
    mostly = many and company.siblings * 2 >= place.size
    if (
        likely
        and (mostly or (many and place.way == "enum-member"))
        and place.way in _LISTED
        and not shapes.is_url(text)
    ):
        return Recognised(kind=ReferenceKind.API_MODEL, rule="among-siblings", word=word, sure=False)
    return None


_LISTED = ("list-item", "literal-type", "enum-member", "mapping-key")


def _is_constant_repo(text: str, place: Place, company: Company) -> bool:
    """`X_NAME = "org/name-2-2"`: a module constant with a versioned name, in a target that fetches from the Hub."""
    name = text.partition("/")[2]
    versioned = "-" in name and any(c.isdigit() for c in name)
    return bool(company.orgs) and place.way == "variable" and place.name.isupper() and versioned


def _is_data(place: Place, words: PlaceWords) -> bool:
    """Whether the name of the string or its call says a data set, an image, a package or a repository of code."""
    if holds_model(place.name, words):
        return False
    around = {head_of(place.name, words)}
    if place.call is not None:
        if _is_route(place.call.name):
            return True
        for part in callee_parts(place.call.name)[-2:]:
            around.update(() if holds_model(part, words) else words_of(part))
    return bool(words.data_names & around)


def _refused(place: Place, words: PlaceWords, word: Word, text: str) -> bool:
    """A family's stem in a place that is plainly something else, or a single word that only a place can read."""
    if place.row is not None:
        return place.row.kind is ReferenceKind.API_MODEL and head_of(place.name, words) in _NEVER
    if place.counts_tokens:
        return True
    if word.strength is not Strength.EXACT and (_is_other_spelling(place) or _names_a_resource(place)):
        return True
    if shapes.is_camel_class(text) or _is_sort(place, words):
        return True
    if text.lower() in words.architectures and not holds_model(place.name, words):
        return True
    if text.isalnum() and not (holds_model(place.name, words) or holds_model(place.outer, words) or place.is_default):
        return True
    if _only_counts(place):
        return True
    return word.strength is not Strength.EXACT and head_of(place.name, words) in words.data_names


def _only_counts(place: Place) -> bool:
    """Whether the string is handed to what splits or counts text: by its name, its call, or the function that takes it."""
    asked = (place.call.name if place.call is not None else "", place.taken_by)
    if not _NEVER.isdisjoint(words_of(place.name)) or any(not _COUNTS.isdisjoint(words_of(name)) for name in asked):
        return True
    reckons = words_of(place.taken_by)
    return not _COSTS.isdisjoint(reckons) and not _RECKONS.isdisjoint(reckons)


def _may_be_theirs(text: str, place: Place, words: PlaceWords) -> bool:
    """Whether a name behind a known organisation can be a model: where no name says so, models' names have numbers.

    `google/contacts` is a path of the program's own, as `google` also stands for a provider of other things.
    """
    named = holds_model(place.name, words) or holds_hub_id(place.name, words) or holds_model(place.outer, words)
    return named or place.row is not None or text.partition("/")[0] in words.id_heads or any(map(str.isdigit, text))


def _is_route(name: str) -> bool:
    """Whether a call declares a path of the program's own server (`app.MapPost("chat/x")`, `mux.HandleFunc`)."""
    return words_of(name)[:2] in _ROUTES


_ROUTES = (
    *(("map", verb) for verb in ("get", "post", "put", "delete", "patch", "group", "hub", "methods")),
    ("handle", "func"),
)


def _names_a_resource(place: Place) -> bool:
    """Whether the string is the name that a manifest gives what it declares (Kubernetes' `metadata: {name}`), or a label."""
    return place.row is None and place.outer.lower() in _RESOURCES and place.way == "mapping-value"


_RESOURCES = frozenset(("metadata", "labels", "matchlabels", "selector", "annotations"))


def _is_other_spelling(place: Place) -> bool:
    """Whether the string is one of the names that a configuration gives a model beside its id (`aliases: [fast]`)."""
    return place.way == "list-item" and place.name.lower() in ("alias", "aliases")


def _is_sort(place: Place, words: PlaceWords) -> bool:
    """Whether the members of an enum are sorts of something that is no model (`PromptFamily`)."""
    parts = words_of(place.kind)
    return not _SORTS.isdisjoint(parts) and words.heads.isdisjoint(parts)


_OTHER_PARTS = frozenset(("area", "category", "client", "group", "icon", "kind", "section", "tab", "type", "validator"))
"""Keys of an entry for a model that hold no model."""
_SORTS = frozenset(("family", "format", "kind", "prompt", "style", "template"))
_NEVER = frozenset(("tokenizer", "encoding", "tiktoken"))
_COUNTS = frozenset((*_NEVER, "tokens"))
"""A model's name given to a tokenizer (`tiktoken.encoding_for_model("gpt-4o")`) says how to count, not whom to call."""
_COSTS = frozenset(("cost", "costs", "price", "prices"))
_RECKONS = frozenset(("calculate", "compute", "count", "estimate", "get"))
"""A model's name that `calculate_cost(model="gpt-4o")` takes says how to reckon, likewise."""
