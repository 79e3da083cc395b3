"""The evidence class of a recognised string: the place, the path and the company it keeps."""

from __future__ import annotations

from vcdd.core.evidence import Evidence
from vcdd.core.lexicon import PlaceWords
from vcdd.core.site import FrameKind
from vcdd.detect.judge.names import holds_hub_id, holds_model, words_of
from vcdd.detect.judge.paths import Area
from vcdd.detect.judge.place import Place

CATALOG_SIZE = 12
"""A literal type or list with at least so many members, or a mapping keyed by ids, is a catalogue of siblings."""

_BY_AREA = {
    Area.TEST: Evidence.TEST,
    Area.DOCS: Evidence.MENTION,
    Area.GENERATED: Evidence.MENTION,
}
_BOUND_IN = {
    Area.BESIDE: (Evidence.SELECTABLE, "beside-the-product"),
    Area.DEPLOY: (Evidence.DEPLOYED, "deployment-file"),
}
"""What a bound reference is in the areas that are not the running program itself."""


def evidence_of(place: Place, area: Area, words: PlaceWords, *, siblings: int, sure: bool) -> tuple[Evidence, str]:
    """The class and the rule that gave it.

    `siblings` counts the ids that stand in the same table; `sure` says that the string names a model wherever it stands.
    """
    if area in _BY_AREA:
        return _BY_AREA[area], f"area-{area.value}"
    if place.textual:
        return Evidence.MENTION, place.textual
    if place.compared:
        is_table = siblings >= CATALOG_SIZE and bool(place.table[1])
        return (Evidence.CATALOG, "compared-with-many") if is_table else (Evidence.SELECTABLE, "compared-whole")
    if area is Area.HISTORY:
        return Evidence.SELECTABLE, "superseded-in-migration"
    if place.selected and not place.in_choices:
        return _BOUND_IN.get(area, (Evidence.BOUND, "selected-member"))
    if place.way == "list-item" and words.properties.intersection(words_of(place.name)):
        return Evidence.CATALOG, "list-of-a-property"
    if _is_catalog(place, siblings):
        return Evidence.CATALOG, "table-of-siblings"
    chosen, rule = _chosen(place, words)
    is_unnamed = not sure and not _names_model(place, words)
    if chosen is Evidence.BOUND and (place.switched_off or is_unnamed):
        return Evidence.SELECTABLE, "unnamed-place" if is_unnamed else "switched-off"
    return _BOUND_IN.get(area, (chosen, rule)) if chosen is Evidence.BOUND else (chosen, rule)


def _is_catalog(place: Place, siblings: int) -> bool:
    if place.way in ("mapping-key", "literal-type", "subscript"):
        return siblings >= CATALOG_SIZE
    if place.is_packed and place.way == "mapping-value" and siblings >= CATALOG_SIZE:
        return True
    if place.is_default:
        return False
    if place.way == "list-item":
        return siblings >= CATALOG_SIZE
    return place.way in ("mapping-value", "keyword-argument") and place.records >= CATALOG_SIZE


def _chosen(place: Place, words: PlaceWords) -> tuple[Evidence, str]:
    """Default or choice: what runs when the user names nothing is bound."""
    if (
        place.way in ("enum-member", "literal-type", "mapping-key", "subscript")
        or place.in_choices
        or _registers(place)
    ):
        return Evidence.SELECTABLE, "listed-choice"
    if place.way == "list-item":
        return (
            (Evidence.BOUND, "default-list")
            if (place.is_default and place.index == 0)
            or (place.size == 1 and _names_model(place, words) and not _is_set(place))
            else (Evidence.SELECTABLE, "listed-choice")
        )
    described = place.records == 1 and place.way == "keyword-argument" and place.row is None
    is_part = _is_part(place)
    if is_part or (place.way == "positional-argument" and place.row is not None):  # a list of calls of loaders runs all
        return (Evidence.SELECTABLE, "part-of-something-else") if is_part else (Evidence.BOUND, "default-value")
    if (place.records > 1 or described) and not place.is_default:
        return Evidence.SELECTABLE, "one-record-of-a-list"
    if place.way == "mapping-value" and (place.under_its_own_key or not _names_model(place, words)):
        return Evidence.SELECTABLE, "table-entry"
    if place.in_branch and place.way != "fallback":
        return Evidence.SELECTABLE, "one-branch"
    if place.labelled and place.row is None and not place.is_default:
        return Evidence.SELECTABLE, "label-of-an-id"
    if place.way == "expression" or _is_nameless(place, words):
        return Evidence.SELECTABLE, "unnamed-place"
    return Evidence.BOUND, "default-value" if place.frame is not FrameKind.KEYWORD else "argument"


def _is_part(place: Place) -> bool:
    """Whether a call only puts a path together or makes what stands beside a model (`os.path.join`, `FlowScheduler`)."""
    if place.way != "positional-argument" or place.row is not None or place.call is None:
        return False
    return not _BESIDE_A_MODEL.isdisjoint(words_of(place.call.name)[-1:])


_BESIDE_A_MODEL = frozenset(
    ("exists", "isdir", "join", "joinpath", "makedirs", "mkdir", "path", "scheduler", "template")
)


def _is_nameless(place: Place, words: PlaceWords) -> bool:
    """Whether a variable says nothing of what the string in it is for: one of a function, or one that a bundler named."""
    if place.way == "variable" and place.is_packed:
        return not holds_model(place.name, words)
    return place.is_local and not place.is_default and not _names_model(place, words)


def _registers(place: Place) -> bool:
    """Whether the call around only puts the string on a list (`@register_model("…")`)."""
    return place.row is None and place.call is not None and words_of(place.call.name)[:1] == ("register",)


def _is_set(place: Place) -> bool:
    """A set is asked whether something is in it; even its only member is taken by nobody."""
    return place.call is not None and place.call.name.rpartition(".")[2] in ("set", "frozenset")


def _names_model(place: Place, words: PlaceWords) -> bool:
    if place.row is not None or holds_model(place.name, words) or holds_hub_id(place.name, words):
        return True
    if _names_the_model_around(place):
        return True
    return place.name.isupper() or (place.way == "keyword-argument" and holds_model(place.outer, words))


def _names_the_model_around(place: Place) -> bool:
    """`model: {name: X}`: the key only says which part of the model around it the string is."""
    return place.way == "mapping-value" and place.name in _PARTS and words_of(place.outer)[-1:] in _SINGLE


_PARTS = frozenset(("id", "model_id", "name", "path", "repo", "repository", "storageUri", "uri", "url"))
_SINGLE = (("model",), ("llm",), ("embedder",), ("embedding",), ("reranker",))
