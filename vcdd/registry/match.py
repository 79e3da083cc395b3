"""Identify an id: exact checkpoint, then family, then lab. Unknown beats wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from vcdd.core.model import Weights
from vcdd.registry.identity import Identity
from vcdd.registry.normalise import MAX_LENGTH, Spelling, normalise
from vcdd.registry.schema import BaseLink, CheckpointRecord, FamilyRecord
from vcdd.registry.values import to_distributor
from vcdd.registry.words import is_model_like, is_variant

if TYPE_CHECKING:
    from vcdd.registry.registry import Registry

CHAINED = frozenset({"litellm", "aider", "dspy", "crewai", "smolagents", "langchain", "pydantic-ai", "openhands"})
"""Libraries that read `openai/gpt-4o` as provider and id; elsewhere it may as well be a router's own name."""

LOCAL = frozenset({"ollama", "lmstudio", "llama-cpp", "vllm", "mlx", "sglang", "localai", "xinference", "tgi"})
_SPACE = re.compile(r"[\s\x00-\x1f\x7f{}<>|]")


class Found(NamedTuple):
    """What an id led to; both records None means nothing."""

    text: str = ""
    """The spelling that was recognised as a whole; empty where the name behind the organisation was."""
    checkpoint: CheckpointRecord | None = None
    family: FamilyRecord | None = None
    route: str = ""
    """Provider id, where the organisation turned out to be a host of other labs' models."""
    upstream: str = ""
    """For somebody's copy of a known checkpoint: that checkpoint's id. `checkpoint` is then the upstream record."""


NOTHING = Found()


def identify(registry: Registry, written: str, *, provider: str = "", library: str = "") -> Identity:
    """What `written` names; `provider` and `library` are the place it stands in, and open scoped words."""
    if not written.strip() or len(written) > MAX_LENGTH or _SPACE.search(written.strip()):
        return Identity(written=written, id=written.strip()[:MAX_LENGTH])
    spelling = _dotted(registry, normalise(written, lambda text: _strip_prefix(registry, text, library)))
    route = spelling.provider
    scope = frozenset(filter(None, (provider, library, route)))
    found = _find(registry, spelling, scope)
    distributor = _distributor(registry, spelling)
    lab_id = _lab_id(registry, spelling, found, provider or route)
    if rewritten := _rewritten(registry, provider, lab_id):
        return Identity(written=written, id=spelling.stripped, match="lab", lab=registry.lab(rewritten),
                        provider=route, note=registry.providers[provider].rewrites)  # fmt: skip
    return _identity(registry, written, spelling, found, lab_id, distributor)


# -- finding


def _find(registry: Registry, spelling: Spelling, scope: frozenset[str]) -> Found:
    """Exact spellings first, longest first; then globs, in the lab's own namespace where there is one."""
    texts = _texts(spelling)
    for text in texts:
        if found := _exact(registry, text):
            return found
    hits = [hit for text in texts if (hit := _glob(registry, text, spelling, scope))]
    if hits:
        best = max(hits, key=lambda hit: hit[0])
        return Found(best[1], None, registry.families[best[2]])
    return _find_named(registry, spelling) if spelling.org else _find_bare(registry, spelling, scope)


def _texts(spelling: Spelling) -> tuple[str, ...]:
    """The spellings to try, fullest first. A bare name is not tried without its tag: `qwen3` is not `qwen3:0.6b`."""
    texts = [spelling.full, spelling.routed]
    if spelling.tag and not spelling.org:
        size = spelling.tag.removesuffix(spelling.suffix).rstrip("-_") if spelling.suffix else spelling.tag
        texts += [f"{spelling.stripped}:{size}"] * bool(size)
    else:
        texts.append(spelling.stripped)
    return tuple(dict.fromkeys(texts))


def _exact(registry: Registry, text: str) -> Found | None:
    key = registry.compiled.exact.get(text.lower())
    if key is None:
        return None
    checkpoint = registry.checkpoints[key]
    return Found(text, checkpoint, registry.families.get(checkpoint.family))


def _glob(registry: Registry, text: str, spelling: Spelling, scope: frozenset[str]) -> tuple[int, str, str] | None:
    """(literal characters, text, family id) of the best glob over a whole id; scoped words go before all others.

    A bare id must look like a model id in every part.
    """
    lower = text.lower()
    bare = not spelling.org
    if bare and scope and (word := registry.scoped.find(lower, scope=scope)):
        return MAX_LENGTH, text, word.family
    hit = registry.whole.find(lower)
    if hit is None:
        return None
    if bare and not _may_be_bare(registry, lower.removesuffix(spelling.suffix.lower()), hit.head, bool(scope)):
        return None
    return hit.literal, text, hit.family


def _may_be_bare(registry: Registry, text: str, head: int, is_scoped: bool) -> bool:
    """Whether a bare id may be read by a glob whose literal head ends at `head`; a scope makes versions enough."""
    start = min(head, len(text))
    if not is_scoped:
        return is_model_like(text, start, registry.variants)
    return any(c.isdigit() for c in text[:start]) or is_variant(text, start, registry.variants)


def _find_named(registry: Registry, spelling: Spelling) -> Found:
    """`org/name`: the lab's own names for a lab's namespace, anybody's for a re-uploader or a quantised copy."""
    org = spelling.org.lower()
    if _is_distributor(registry, org, spelling.stripped):
        return _copy_of(registry, spelling)
    lab = registry.lab_of_any.get(org)
    if lab:
        own = _by_name(registry, spelling, registry.families_of_lab.get(lab, frozenset()))
        return _hosted(registry, spelling, lab) if own == NOTHING else own
    return _copy_of(registry, spelling) if spelling.suffix else NOTHING


def _hosted(registry: Registry, spelling: Spelling, lab: str) -> Found:
    """Another lab's model under the prefix of a lab that also serves others (`snowflake/llama3.1-70b`)."""
    provider = registry.prefixes.get(f"{spelling.org.lower()}/", "")
    if not provider or registry.providers[provider].serves_lab == lab:
        return NOTHING
    name = _strip_prefix(registry, spelling.name, "")[0] or spelling.name
    return _by_name(registry, replace(spelling, name=name), None, needs_version=True)._replace(route=provider)


def _find_bare(registry: Registry, spelling: Spelling, scope: frozenset[str]) -> Found:
    """A name without an organisation, its format suffix removed. Scoped words stay unread outside their scope."""
    if registry.is_scoped_word(spelling.name):
        return NOTHING
    if spelling.suffix and (hit := _glob(registry, spelling.name, spelling, scope)):
        return Found(hit[1], None, registry.families[hit[2]])
    return _by_name(registry, spelling, None, needs_version=not scope & LOCAL)


def _copy_of(registry: Registry, spelling: Spelling) -> Found:
    """Whose weights somebody else's upload holds, where its name says so and says nothing more."""
    found = _by_name(registry, spelling, None, needs_version=True)
    return found._replace(upstream=found.checkpoint.id) if found.checkpoint else found


def _by_name(
    registry: Registry, spelling: Spelling, families: frozenset[str] | None, *, needs_version: bool = False
) -> Found:
    """By the name alone: a checkpoint's exact name, then the most specific glob over names or whole ids.

    Outside a lab's own families the name must look like a model id in every part, and with `needs_version` the glob
    itself must name a version.
    """
    name = spelling.name.lower()
    key = registry.checkpoint_of_name.get(name) or registry.compiled.exact.get(name)
    if key and (families is None or registry.checkpoints[key].family in families):
        return (_exact(registry, key) or NOTHING)._replace(text="")
    hits = [hit for globs in (registry.names, registry.whole) if (hit := globs.find(name, families=families))]
    best = max(hits, default=None)
    if best is None or (families is None and not _is_telling(registry, name, best.head, needs_version)):
        return NOTHING
    return Found("", None, registry.families[best.family])


def _is_telling(registry: Registry, name: str, head: int, needs_version: bool) -> bool:
    has_version = any(c.isdigit() for c in name[:head])
    return (has_version or not needs_version) and is_model_like(name, head, registry.variants)


# -- roles


def _dotted(registry: Registry, spelling: Spelling) -> Spelling:
    """Bedrock files models as `vendor.model`; a digit keeps module names (`openai.error`) out."""
    vendor, dot, name = spelling.name.partition(".")
    known = dot and not spelling.org and vendor.lower() in registry.lab_of_namespace
    if not known or not any(c.isdigit() for c in name):
        return spelling
    return replace(spelling, org=vendor, name=name)


def _strip_prefix(registry: Registry, text: str, library: str) -> tuple[str, str]:
    """(rest, provider) without one route prefix.

    A prefix that is also a router's name for a lab stays, outside libraries that chain provider and id.
    """
    lower = text.lower()
    for prefix in registry.prefix_heads.get(lower[:2], ()):
        if lower.startswith(prefix):
            rest = text[len(prefix) :]
            if prefix.endswith("/") and prefix[:-1] in registry.lab_of_namespace and library not in CHAINED:
                return "", ""
            return _cloud_rest(rest), registry.prefixes[prefix]
    return "", ""


def _cloud_rest(rest: str) -> str:
    """Without the API flavour or region that LiteLLM puts behind `bedrock/` (`converse/`, `us-east-1/`)."""
    return re.sub(r"^(?:(?:converse|invoke|converse_like|[a-z]{2}-[a-z]+-\d|\d-month-commitment)/)+", "", rest)


def _is_distributor(registry: Registry, org: str, repository: str) -> bool:
    key = registry.distributor_of_org.get(org)
    if not key:
        return False
    when = registry.distributors[key].when
    name = repository.partition("/")[2].lower()
    return not when or any(fnmatchcase(name, glob.lower()) for glob in when)


def _distributor(registry: Registry, spelling: Spelling) -> str:
    org = spelling.org.lower()
    return registry.distributor_of_org[org] if _is_distributor(registry, org, spelling.stripped) else ""


def _lab_id(registry: Registry, spelling: Spelling, found: Found, provider: str) -> str:
    """The originator: of the record found, else of the organisation, else of a provider that serves one lab only."""
    if found.checkpoint:
        return found.checkpoint.lab
    if found.family:
        return found.family.lab
    org = spelling.org.lower()
    if org and not _is_distributor(registry, org, spelling.stripped):
        return registry.lab_of_org.get(org) or registry.lab_of_namespace.get(org, "")
    record = registry.providers.get(provider) if not org else None
    return record.serves_lab if record and not record.protocol_copied else ""


def _rewritten(registry: Registry, provider: str, lab_id: str) -> str:
    """The lab whose models answer a foreign name sent to a provider that serves its own; empty if names hold."""
    record = registry.providers.get(provider)
    if record is None or not record.rewrites or not record.serves_lab or record.serves_lab == lab_id:
        return ""
    return record.serves_lab


# -- the answer


def _identity(
    registry: Registry, written: str, spelling: Spelling, found: Found, lab_id: str, distributor: str
) -> Identity:
    own = None if found.upstream else found.checkpoint
    family, known = found.family, found.checkpoint
    modality = (known.modality if known else "") or (family.modality if family else "")
    licence_id = (known.licence if known else "") or (family.licence if family else "")
    record = known or family
    base_id, relation = _base(spelling, found, distributor)
    return Identity(
        written=written,
        id=own.id if own else _canonical(spelling, found),
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
        is_alias=spelling.is_floating or bool(own and own.alias),
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


def _canonical(spelling: Spelling, found: Found) -> str:
    """A closed model under its vendor's bare id; anything else in the spelling that was recognised."""
    closed = found.family is not None and found.family.weights is Weights.CLOSED
    if closed and spelling.org and not found.text and "/" not in spelling.name:
        return spelling.name
    if not spelling.org:
        return found.text or (f"{spelling.stripped}:{spelling.tag}" if spelling.tag else spelling.stripped)
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
