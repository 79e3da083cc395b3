"""Identify an id: exact checkpoint, then family, then lab. Unknown beats wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from vcdd.core.model import Weights
from vcdd.registry.find import NOTHING, Found, find
from vcdd.registry.identity import Identity
from vcdd.registry.normalise import MAX_LENGTH, Spelling, normalise
from vcdd.registry.roles import distributor_of, dotted, eponym, is_closed_by_place, owner, rewritten, strip_prefix
from vcdd.registry.schema import BaseLink, CheckpointRecord, FamilyRecord
from vcdd.registry.values import to_distributor
from vcdd.registry.voices import filed_voice

if TYPE_CHECKING:
    from vcdd.registry.registry import Registry

CHAINED = frozenset({"litellm", "aider", "dspy", "crewai", "smolagents", "langchain", "pydantic-ai", "openhands"})
"""Libraries that read `openai/gpt-4o` as provider and id; elsewhere it may as well be a router's own name."""

_NO_START = "/.:-"
_NO_END = "/:_.-"
"""A prefix or path that a program joins to something (`gpt-`, `mistralai/`) is not an id."""
_HOLE = re.compile(r"[\w.-]+/[\w.-]*\{[\w.-]{0,60}\}[\w.-]*")
"""An organisation's id with a part that the target leaves open: the organisation is known, the model is not."""
_FOLDER = "models/"
"""Google's own prefix, and what everybody calls a folder of weights."""
_TIMM = re.compile(r"(?=[\w.]*_)[A-Za-z]\w{2,60}\.\w{2,60}")
"""An architecture and its weights as timm writes them (`vit_base_patch16_224.mae`): files of its own organisation."""
_NO_ID = re.compile(r"[\s\x00-\x1f\x7f{}<>|]")


def identify(
    registry: Registry, written: str, *, provider: str = "", library: str = "", is_id: bool = False
) -> Identity:
    """What `written` names; `provider` and `library` are the place it stands in, and open scoped words.

    `is_id` says that somebody gave it as an id, so that short names are read too (`dbrx-instruct`).
    """
    text = written.strip()
    if "{" in text and _HOLE.fullmatch(text) and len(text) <= MAX_LENGTH:
        lab = registry.lab(registry.lab_of_org.get(text.partition("/")[0].lower(), ""))
        return Identity(written=written, id=text, lab=lab, match="lab" if lab else "none")
    if not text or len(written) > MAX_LENGTH or _is_fragment(text) or _NO_ID.search(text):
        return Identity(written=written, id=text[:MAX_LENGTH])
    is_chained = library in CHAINED
    spelling = dotted(registry, normalise(text, lambda part: strip_prefix(registry, part, is_chained=is_chained)))
    found = find(registry, spelling, frozenset(filter(None, (provider, library, spelling.provider))), is_id=is_id)
    record = found.checkpoint or found.family
    if text.lower().startswith(_FOLDER) and not _is_served(registry, spelling, record):
        inside = identify(registry, text.rpartition("/")[2], library=library)
        return replace(inside, written=written)
    if record is None and _TIMM.fullmatch(text) and (inside := identify(registry, f"timm/{text}")).match != "none":
        return replace(inside, written=written)
    if record is None and (voice := filed_voice(text)):
        return replace(identify(registry, voice), written=written, id=text)
    is_hub = is_loader(registry, library)
    lab_id = record.lab if record else found.lab
    lab_id = lab_id or owner(registry, spelling, provider or spelling.provider, is_hub=is_hub)
    if is_id and not lab_id and (lab_id := eponym(registry, spelling)):
        found = found._replace(is_loose=True)
    if other := rewritten(registry, provider, lab_id):
        note = registry.providers[provider].rewrites
        lab = registry.lab(other)
        return Identity(
            written=written, id=spelling.stripped, match="lab", lab=lab, provider=spelling.provider, note=note
        )
    identity = _identity(registry, written, spelling, found, lab_id)
    if identity.match == "lab" and is_closed_by_place(registry, spelling, provider or spelling.provider, lab_id):
        return replace(identity, weights=Weights.CLOSED, licence=registry.licence("proprietary"))
    return identity


def _is_fragment(text: str) -> bool:
    return text[0] in _NO_START or text[-1] in _NO_END


def _is_served(registry: Registry, spelling: Spelling, record: CheckpointRecord | FamilyRecord | None) -> bool:
    """Whether the record is of the lab whose models the prefix's provider serves."""
    provider = registry.providers.find(spelling.provider)
    return record is not None and provider is not None and record.lab == provider.serves_lab


def is_loader(registry: Registry, library: str) -> bool:
    """Whether a library runs weights itself. Chaining libraries and clients of remote services do not."""
    record = registry.providers.find(library)
    return bool(library) and library not in CHAINED and (record is None or record.local)


def _identity(registry: Registry, written: str, spelling: Spelling, found: Found, lab_id: str) -> Identity:
    distributor = distributor_of(registry, spelling)
    own = None if found.upstream else found.checkpoint
    family, known = found.family, found.checkpoint
    modality = (known.modality if known else "") or (family.modality if family else "")
    licence_id = (known.licence if known else "") or (family.licence if family else "")
    record = known or family
    base_id, relation = _base(spelling, found, distributor)
    return Identity(
        written=written,
        id=own.id if own else _canonical(registry, spelling, found),
        name=family.name if family else "",
        match="exact" if own else "family" if record else "lab" if lab_id else "none",
        checkpoint=own,
        family=family,
        lab=registry.lab(lab_id),
        distributor=to_distributor(registry.distributors[distributor]) if distributor else None,
        provider=_route(spelling, found),
        suffix=spelling.suffix,
        base_id=base_id,
        base_relation=relation,
        bases=_bases(found, base_id, relation),
        licence=registry.licence(licence_id, modality),
        licence_verified=bool(record and record.verified),
        weights=(known.weights if known else None) or (family.weights if family else None) or Weights.UNKNOWN,
        modality=modality,
        lifecycle=(own.lifecycle if own else None) or (family.lifecycle if family else None),
        is_loose=found.is_loose,
        is_alias=spelling.is_floating or found.text.endswith(":latest") or bool(own and own.alias),
        points_to=own.points_to if own else "",
        released=(known.released if known else "") or (family.released if family else ""),
        note=own.note if own else "",
    )


def _bases(found: Found, base_id: str, relation: str) -> tuple[BaseLink, ...]:
    """Declared parents: of a copy the upstream checkpoint, of a checkpoint its own, else the family's base."""
    if base_id and relation != "finetune":
        return (BaseLink(id=base_id, relation=relation),)
    if found.checkpoint and found.checkpoint.base:
        return found.checkpoint.base
    family = found.family
    return (BaseLink(id=family.base, relation="finetune"),) if family and family.base else ()


def _canonical(registry: Registry, spelling: Spelling, found: Found) -> str:
    """A closed model under its vendor's bare id; anything else in the spelling that was recognised."""
    closed = found.family is not None and found.family.weights is Weights.CLOSED
    if closed and spelling.org and not found.text and "/" not in spelling.name:
        return spelling.name
    if found == NOTHING and spelling.provider in registry.indexes.own_namespaces:
        return spelling.full
    if not spelling.org:
        return found.text.removesuffix(":latest") or (
            f"{spelling.stripped}:{spelling.tag}" if spelling.tag else spelling.stripped
        )
    is_whole = found.text == spelling.full and spelling.full.endswith(spelling.stripped)
    return spelling.full if is_whole else spelling.stripped


def _route(spelling: Spelling, found: Found) -> str:
    """The provider a prefix names, unless the whole id is itself known: `mistral:7b` is a tag, not a route."""
    if found.route:
        return found.route
    removed = spelling.full.removesuffix(spelling.routed)
    return "" if removed.endswith(":") and found.text == spelling.full else spelling.provider


def _base(spelling: Spelling, found: Found, distributor: str) -> tuple[str, str]:
    """(upstream id, relation) of a re-upload, a format conversion or a customer's fine-tune."""
    if spelling.is_finetune:
        return spelling.stripped, "finetune"
    upstream = found.upstream or (found.checkpoint.id if found.checkpoint and not found.text else "")
    if not upstream or not (distributor or spelling.suffix) or upstream.lower() == spelling.stripped.lower():
        return "", ""
    return upstream, "quantized" if spelling.suffix else "conversion"
