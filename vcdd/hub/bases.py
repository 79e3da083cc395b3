"""The declared lineage of a Hub document, out of the three places in which it may stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from vcdd.hub.text import clean

if TYPE_CHECKING:
    from vcdd.hub.document_model import Document

_MOST_BASES = 20
_RELATIONS = frozenset({"finetune", "quantized", "adapter", "merge"})
_SITES = ("https://huggingface.co/", "http://huggingface.co/", "https://hf.co/", "hf.co/")


def declared_bases(document: Document, *, itself: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """(base id, relation) in the order of declaration, each id once; a base that is the model itself is dropped.

    The Hub's own `baseModels` comes first, then the card, then the `base_model:` tags; the first relation that one of
    them gives stands. The relation is empty where none does. At most 20.
    """
    own = {name.lower() for name in itself}
    found: dict[str, tuple[str, str]] = {}
    for written, relation in _all(document):
        base = _as_id(written)
        key = base.lower()
        if not base or key in own:
            continue
        known = found.get(key, (base, ""))
        found[key] = (known[0], known[1] or relation)
    return tuple(found.values())[:_MOST_BASES]


def _all(document: Document) -> Iterator[tuple[str, str]]:
    yield from _from_expand(document.base_models)
    relation = _relation(document.card.base_model_relation)
    yield from ((base, relation) for base in document.card.base_model)
    yield from _from_tags(document.tags)


def _from_expand(value: object) -> Iterator[tuple[str, str]]:
    """`{"relation": …, "models": [{"id": …}]}` in practice; a plain list of ids by its published type."""
    relation = ""
    if isinstance(value, Mapping):
        relation = _relation(value.get("relation"))
        value = value.get("models")
    for item in value[:_MOST_BASES] if isinstance(value, list) else ():
        yield clean(item.get("id") if isinstance(item, Mapping) else item), relation


def _from_tags(tags: list[str]) -> Iterator[tuple[str, str]]:
    """`base_model:<id>` and `base_model:<relation>:<id>`."""
    for tag in tags:
        if tag.startswith("base_model:"):
            first, colon, rest = tag.removeprefix("base_model:").partition(":")
            yield (rest, _relation(first)) if colon and first in _RELATIONS else (first, "")


def _relation(value: object) -> str:
    text = clean(value)
    return text if text in _RELATIONS else ""


def _as_id(written: str) -> str:
    """The id alone, where an uploader pasted an address."""
    for site in _SITES:
        if written.startswith(site):
            return "/".join(written.removeprefix(site).split("/")[:2])
    return written
