"""Find the record an id leads to: exact checkpoint, then the most specific glob, then the name alone."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from vcdd.core.model import Weights
from vcdd.registry.mixtures import is_mixture
from vcdd.registry.normalise import MAX_LENGTH, Spelling, with_points
from vcdd.registry.roles import is_copied_prefix, is_distributor, strip_prefix
from vcdd.registry.schema import CheckpointRecord, FamilyRecord
from vcdd.registry.words import is_model_like, is_variant

if TYPE_CHECKING:
    from vcdd.registry.registry import Registry


class Found(NamedTuple):
    """What an id led to; both records None means nothing."""

    text: str = ""
    """The spelling that was recognised as a whole; empty where the name behind the organisation was."""
    checkpoint: CheckpointRecord | None = None
    family: FamilyRecord | None = None
    route: str = ""
    """Provider id, where the organisation turned out to be a host of other labs' models."""
    is_loose: bool = False
    """Recognised by a bare name that needs a place which says it is a model."""
    lab: str = ""
    """Lab id, where the maker alone is known: another version of a line, with terms of its own."""
    upstream: str = ""
    """For somebody's copy of a known checkpoint: that checkpoint's id. `checkpoint` is then the upstream record."""


NOTHING = Found()

_LOOSE = 5
"""Shorter stems (`opt`, `mpt`, `ring`) are ordinary words; they need their organisation."""
_LOOSE_ID = 4
"""The same where the string is said to be an id (`ling-lite`, `dbrx-instruct`)."""
_HYPHEN = re.compile(r"--?")
_JOINED = 60
"""Makers' names stand within so many characters."""
_TELLING = 8
"""So long a word is hardly anything else, where it is said to be an id (`tinyllama`)."""
_OTHER_VERSION = re.compile(r"[-_.]?v\d")
"""Directly behind a stem that names no version: as likely another line with other terms as the same one."""
_JOINT = re.compile(r"([A-Za-z0-9-]+?)(?:--|[_.])(.+)")
_ORDINARY = frozenset(
    [
        "audio",
        "chat",
        "classifier",
        "community",
        "decoder",
        "detection",
        "detector",
        "embedding",
        "embeddings",
        "encoder",
        "generator",
        "image",
        "music",
        "reranker",
        "segmentation",
        "speech",
        "summarizer",
        "text",
        "tokenizer",
        "translation",
        "translator",
        "video",
        "vision",
    ]
)
"""What some repositories are called and everything else is called too."""


def find(registry: Registry, spelling: Spelling, scope: frozenset[str], *, is_id: bool = False) -> Found:
    """Exact spellings first, longest first; then globs, in the lab's own namespace where there is one.

    `is_id`: somebody says that this is a model's id, so that a short name needs no further sign of being one.
    """
    if word := _word(registry, spelling, scope):
        return word
    texts = _texts(spelling, is_tagged="ollama" in scope)
    for text in texts:
        if found := _exact(registry, text):
            return found
    hits = [hit for text in texts if (hit := _glob(registry, text, spelling, scope))]
    if hits:
        best = max(hits, key=lambda hit: hit[0])
        return Found(best[1], None, registry.families[best[2]])
    if spelling.org:
        return _find_named(registry, spelling)
    found = _find_bare(registry, spelling, scope, is_id=is_id)
    return _as_id(registry, spelling, scope) if found == NOTHING and is_id else found


def _as_id(registry: Registry, spelling: Spelling, scope: frozenset[str]) -> Found:
    """What somebody says is an id and nothing else reads.

    `sam2.1_hiera_large` is published with dashes; `dolphin-mistral` without a tag is a name of Ollama's library.
    """
    name = spelling.name
    if "_" in name:
        return _find_bare(registry, replace(spelling, name=name.replace("_", "-")), scope, is_id=True)
    is_telling = len(name) >= _TELLING or (len(name) >= _LOOSE and not name.isalpha())
    if "ollama" in scope or spelling.tag or not is_telling:
        return NOTHING
    return find(registry, spelling, frozenset(("ollama",)))._replace(is_loose=True)


def _texts(spelling: Spelling, *, is_tagged: bool) -> tuple[str, ...]:
    """The spellings to try, fullest first. A bare name is not tried without its tag: `qwen3` is not `qwen3:0.6b`.

    `is_tagged` says that a name without a tag means `:latest` here, as Ollama documents.
    """
    texts = [spelling.full, spelling.routed]
    if is_tagged and not spelling.tag and not spelling.org:
        texts.append(f"{spelling.routed}:latest")
    if spelling.tag and not spelling.org:
        size = spelling.tag.removesuffix(spelling.suffix).rstrip("-_") if spelling.suffix else spelling.tag
        texts += [f"{spelling.stripped}:{size}"] * bool(size)
    else:
        texts.append(spelling.stripped)
    texts += [with_points(text) for text in texts[-1:]]
    if spelling.org and "/" not in spelling.stripped:  # `vendor.model`
        texts.append(f"{spelling.org}/{spelling.name}")
    return tuple(dict.fromkeys(texts))


def _exact(registry: Registry, text: str) -> Found | None:
    key = registry.compiled.exact.get(text.lower())
    if key is None:
        return None
    checkpoint = registry.checkpoints[key]
    family = registry.families[checkpoint.family] if checkpoint.family else None
    return Found(text, checkpoint, family)


def _word(registry: Registry, spelling: Spelling, scope: frozenset[str]) -> Found | None:
    """A word that names one checkpoint in this place."""
    key = registry.checkpoint_of_word(spelling.routed.lower(), scope)
    return (_exact(registry, key) or NOTHING)._replace(text=spelling.full) if key else None


def _glob(registry: Registry, text: str, spelling: Spelling, scope: frozenset[str]) -> tuple[int, str, str] | None:
    """(literal characters, text, family id) of the best glob over a whole id; scoped words go before all others.

    A bare id must look like a model id in every part.
    """
    lower = text.lower()
    bare = not spelling.org
    if bare and scope and (word := registry.scoped.find(lower, scope=scope)):
        return MAX_LENGTH, text, word.family
    hit = registry.whole.find(lower)
    if hit is None or ("/" in lower and "/" not in lower[: hit.head]):
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
    if is_distributor(registry, org, spelling.stripped):
        return _copy_of(registry, spelling, needs_version=False)
    lab = registry.lab_of_any.get(org)
    if lab:
        own = _by_name(registry, spelling, registry.families_of_lab.get(lab, frozenset()))
        return _hosted(registry, spelling, lab) if own == NOTHING else own
    return _copy_of(registry, spelling) if spelling.suffix else NOTHING


def _hosted(registry: Registry, spelling: Spelling, lab: str) -> Found:
    """Another lab's model under the prefix of a lab that also serves others (`snowflake/llama3.1-70b`).

    A prefix of a protocol that others speak (`openai/qwen3-32b`) names no route: the address says whose server answers.
    """
    org = spelling.org.lower()
    provider = registry.prefixes.get(f"{org}/", "")
    if not provider:
        return NOTHING
    is_copied = is_copied_prefix(registry, org)
    name = strip_prefix(registry, spelling.name, is_chained=False)[0] or spelling.name
    inner = replace(spelling, name=name)
    found = _by_name(registry, inner, None, needs_version=True)
    if found == NOTHING:
        found = _vendor_first(registry, inner, frozenset())
    if registry.providers[provider].serves_lab == lab and not is_copied and _may_be_own(registry, org, found):
        return NOTHING
    return found if is_copied or found == NOTHING else found._replace(route=provider)


def _may_be_own(registry: Registry, org: str, found: Found) -> bool:
    """Whether a lab's own repository can have another model's name: a fine-tune can, where the other is published."""
    return org in registry.lab_of_org and (found.family is None or found.family.weights is not Weights.CLOSED)


def _vendor_first(registry: Registry, spelling: Spelling, scope: frozenset[str]) -> Found:
    """A maker's name and its model's joined by hyphens (`openai-gpt-4o`, `anthropic--claude-4-sonnet`).

    Both must agree on the maker: `nous-hermes` is no Hermes of a lab called Nous by this rule alone.
    """
    for cut in islice(_HYPHEN.finditer(spelling.name[:_JOINED]), 3):
        vendor = spelling.name[: cut.start()].lower()
        lab = registry.lab_of_any.get(vendor) or (vendor if vendor in registry.labs else "")
        if not lab:
            continue
        name = spelling.name[cut.end() :]
        inner = replace(spelling, full=name, routed=name, stripped=name, name=name, org="", suffix="")
        found = find(registry, inner, scope)
        record = found.checkpoint or found.family
        if record is not None and record.lab == lab:
            return found
    return NOTHING


def _find_bare(registry: Registry, spelling: Spelling, scope: frozenset[str], *, is_id: bool) -> Found:
    """A name without an organisation, its format suffix removed. Scoped words stay unread outside their scope."""
    names = tuple(dict.fromkeys((spelling.name, spelling.name.replace("_", "-")))) if spelling.suffix else ()
    if found := _file_of(registry, names):
        return found
    if registry.is_scoped_word(spelling.name):
        return NOTHING
    for name in names:
        if hit := _glob(registry, name, spelling, scope):
            return Found(hit[1], None, registry.families[hit[2]])
    if scope & registry.local_providers:
        return _by_name(registry, spelling, None)
    strict = _by_name(registry, spelling, None, needs_version=True)
    if strict != NOTHING:
        return strict
    joined = _vendor_first(registry, spelling, scope) if any(c.isdigit() for c in spelling.name) else NOTHING
    return joined if joined != NOTHING else _loosely(registry, spelling, _LOOSE_ID if is_id else _LOOSE)


def _file_of(registry: Registry, names: tuple[str, ...]) -> Found | None:
    """The published checkpoint whose file or format this is; a file's name joins its words by `-` or `_`."""
    for name in names:
        lower = name.lower()
        key = registry.compiled.exact.get(lower, "")
        if not key and any(c.isdigit() for c in lower):
            key = registry.indexes.checkpoint_of_name.get(lower, "")
        if "/" in key and (found := _exact(registry, key)):
            return found._replace(text="", upstream=key)
    return None


def _loosely(registry: Registry, spelling: Spelling, shortest: int) -> Found:
    """A published name without its organisation (`pythia-410m`): long enough, and followed by variant words only."""
    name = spelling.name.lower()
    if name in _ORDINARY:
        return NOTHING
    hit = registry.names.find(name)
    if hit is None or len(name[: hit.head].rstrip("-_")) < shortest:
        return NOTHING
    if not is_variant(name, hit.head, registry.variants):
        return NOTHING
    if _OTHER_VERSION.match(name, hit.head):
        return Found(lab=registry.families[hit.family].lab, is_loose=True)
    return Found("", None, registry.families[hit.family], is_loose=True)


def _copy_of(registry: Registry, spelling: Spelling, *, needs_version: bool = True) -> Found:
    """Whose weights somebody else's upload holds, where its name says so and says nothing more."""
    found = _joined(registry, spelling) or _by_name(registry, spelling, None, needs_version=needs_version)
    if found.checkpoint:
        return found._replace(upstream=found.checkpoint.id)
    return NOTHING if found.family and is_mixture(registry, spelling.name, found.family.id) else found


def _joined(registry: Registry, spelling: Spelling) -> Found | None:
    """`bartowski/google_gemma-3-27b-it-GGUF`: some re-uploaders join organisation and name by `_`, `.` or `--`."""
    parts = _JOINT.match(spelling.name)
    if parts is None or parts[1].lower() not in registry.lab_of_org:
        return None
    whole = f"{parts[1]}/{parts[2]}"
    inner = replace(spelling, full=whole, routed=whole, stripped=whole, org=parts[1], name=parts[2], suffix="")
    found = find(registry, inner, frozenset())
    return None if found == NOTHING else found._replace(text="")


def _by_name(
    registry: Registry, spelling: Spelling, families: frozenset[str] | None, *, needs_version: bool = False
) -> Found:
    """By the name alone: a checkpoint's exact name, then the most specific glob over names or whole ids.

    Outside a lab's own families the name must look like a model id in every part, and with `needs_version` the glob
    itself must name a version.
    """
    name = spelling.name.lower()
    if (pointed := with_points(name)) in registry.indexes.checkpoint_of_name:
        name = pointed
    key = registry.indexes.checkpoint_of_name.get(name) or registry.compiled.exact.get(name)
    if key and (families is None or registry.checkpoints[key].family in families):
        return (_exact(registry, key) or NOTHING)._replace(text="")
    hits = [hit for globs in (registry.names, registry.whole) if (hit := globs.find(name, families=families))]
    best = max(hits, default=None)
    if best is None or (families is None and not _is_telling(registry, name, best.head, needs_version)):
        return NOTHING
    return Found("", None, registry.families[best.family])


def _is_telling(registry: Registry, name: str, head: int, needs_version: bool) -> bool:
    has_version = any(c.isdigit() for c in name[:head])
    is_versionless = not needs_version and not _OTHER_VERSION.match(name, head)
    return (has_version or is_versionless) and is_model_like(name, head, registry.variants)
