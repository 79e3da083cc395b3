"""Who is who around an id: the route a prefix names, the originator, and whoever re-uploaded the weights."""

from __future__ import annotations

import re
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from vcdd.registry.normalise import Spelling
from vcdd.registry.words import is_variant

if TYPE_CHECKING:
    from vcdd.registry.registry import Registry

_FLAVOUR = re.compile(
    r"^(?:(?:converse|converse_like|invoke|claude_platform|[a-z]{2}(?:-gov)?-[a-z]+-\d|\d-month-commitment|\*"
    r"|us|eu|apac|us-gov|global|global-standard|standard|hd|low|medium|high|xhigh|max"
    r"|(?:\d+|max)-x-(?:\d+|max)|(?:\d+|max)-steps)/)+"
)
"""API flavour, region, commitment, quality or size that LiteLLM puts behind `bedrock/`, `azure/` and `fal_ai/`."""

_STEM = re.compile(r"[a-z]{5,}(?=[-_.\d])")
"""A lab's name at the head of a model's; shorter ones are words."""


def dotted(registry: Registry, spelling: Spelling) -> Spelling:
    """Bedrock files models as `vendor.model`; a digit keeps module names (`openai.error`) out."""
    vendor, dot, name = spelling.name.partition(".")
    known = dot and not spelling.org and vendor.lower() in registry.lab_of_namespace
    if not known or not any(c.isdigit() for c in spelling.full):
        return spelling
    return replace(spelling, org=vendor, name=name)


def strip_prefix(registry: Registry, text: str, *, is_chained: bool) -> tuple[str, str]:
    """(rest, provider) without one route prefix.

    A prefix that is also a router's name for a lab, or the Hub organisation of the lab whose own API it names, stays,
    outside libraries that chain provider and id.
    """
    lower = text.lower()
    for prefix in registry.indexes.prefix_heads.get(lower[:2], ()):
        if lower.startswith(prefix):
            rest = text[len(prefix) :]
            if prefix.endswith("/") and not is_chained and _is_own_name(registry, prefix, lower):
                return "", ""
            return _FLAVOUR.sub("", rest), registry.prefixes[prefix]
    return _behind_stranger(registry, text), ""


def _behind_stranger(registry: Registry, text: str) -> str:
    """`org/name` behind one more segment (`sail/zai-org/GLM-5.3`): a host nobody has on record; else nothing."""
    head, _, rest = text.partition("/")
    inner, slash, name = rest.partition("/")
    if not slash or "/" in name or inner.lower() not in registry.lab_of_any:
        return ""
    return rest if head.lower() in registry.lab_of_any or rest.lower() in registry.compiled.exact else ""


def _is_own_name(registry: Registry, prefix: str, text: str) -> bool:
    """Whether the prefix is the first of two parts; before another maker's `org/name` it can only be the route."""
    inner, slash, _ = text[len(prefix) :].partition("/")
    if slash and inner in registry.lab_of_any:
        return False
    name, serves = prefix[:-1], registry.providers[registry.prefixes[prefix]].serves_lab
    return name in registry.lab_of_namespace or (bool(serves) and registry.lab_of_org.get(name) == serves)


def is_distributor(registry: Registry, org: str, repository: str) -> bool:
    """Whether this repository of a lower-case organisation is somebody's re-upload; vendors have some of both."""
    key = registry.distributor_of_org.get(org)
    if not key:
        return False
    when = registry.distributors[key].when
    name = repository.partition("/")[2].lower()
    return not when or any(fnmatchcase(name, glob.lower()) for glob in when)


def distributor_of(registry: Registry, spelling: Spelling) -> str:
    """Distributor id of whoever re-uploaded these weights; empty if nobody on record did."""
    org = spelling.org.lower()
    return registry.distributor_of_org[org] if is_distributor(registry, org, spelling.stripped) else ""


def eponym(registry: Registry, spelling: Spelling) -> str:
    """Lab id of the lab that a bare id is named after (`krutrim-2-instruct`); empty if none.

    Behind the lab's name stand a size or version and words of models only, so that nobody's own word is read away.
    """
    name = spelling.name.lower()
    stem = _STEM.match(name)
    if spelling.org or stem is None or not any(c.isdigit() for c in name):
        return ""
    lab = stem[0] if stem[0] in registry.labs else registry.lab_of_any.get(stem[0], "")
    return lab if lab and is_variant(name, stem.end(), registry.variants) else ""


def is_copied_prefix(registry: Registry, org: str) -> bool:
    """Whether `org/` also says no more than which protocol is spoken: `openai/NAME` reaches anybody's server."""
    provider = registry.providers.find(registry.prefixes.get(f"{org}/", ""))
    return provider is not None and provider.protocol_copied


def rewritten(registry: Registry, provider: str, lab_id: str) -> str:
    """The lab whose models answer a foreign name sent to a provider that serves its own; empty if names hold."""
    record = registry.providers.find(provider)
    if record is None or not record.rewrites or not record.serves_lab or record.serves_lab == lab_id:
        return ""
    return record.serves_lab


def owner(registry: Registry, spelling: Spelling, provider: str, *, is_hub: bool) -> str:
    """Lab id of the organisation, else of a provider that serves one lab only; empty when neither says anything.

    `is_hub` says that the id is read from the Hub, where an organisation is nobody's prefix.
    """
    org = spelling.org.lower()
    if org and not is_distributor(registry, org, spelling.stripped):
        if not is_hub and is_copied_prefix(registry, org):
            return ""
        return registry.lab_of_org.get(org) or registry.lab_of_namespace.get(org, "")
    record = registry.providers[provider] if not org and provider in registry.providers else None
    return record.serves_lab if record and not record.protocol_copied else ""


def is_closed_by_place(registry: Registry, spelling: Spelling, provider: str, lab_id: str) -> bool:
    """Whether an unknown id of this lab is closed, because its API serves nothing else.

    An organisation on the Hub may publish weights whatever its API does.
    """
    org = spelling.org.lower()
    if org in registry.lab_of_org:
        return False
    record = registry.providers.find(registry.prefixes.get(f"{org}/", "") if org else provider)
    return record is not None and record.serves_closed and record.serves_lab == lab_id
