"""How the target reaches a model. The endpoint beats the name, and the name beats the SDK.

In this order: an address in the target; a prefix of the id that names a service; the SDK or client that is called; the
loading library, which means the product's own machines; for closed models the lab's own API; else unknown.
"""

from __future__ import annotations

import re
from dataclasses import replace

from vcdd.core.model import Weights
from vcdd.core.reference import Reference, ReferenceKind
from vcdd.core.route import OWN_API_EXISTS, Provider, Route, RouteKind
from vcdd.registry.match import is_loader
from vcdd.registry.registry import Registry
from vcdd.resolve.hosts import host_of, is_own_machine, open_part
from vcdd.resolve.known import Known

_HUBS = frozenset({"huggingface", "modelscope"})
"""Prefixes and addresses of these say where weights are downloaded, not who serves them."""

DEFAULT = "registry default"
_BEDROCK = re.compile(
    r"(?:(?:us|eu|apac|au|jp|ca|global|us-gov)\.(?:[a-z0-9]{2,20})\.[a-z0-9][\w.:-]*"
    r"|(?:anthropic|amazon|mistral|ai21|stability|deepseek|qwen|writer|twelvelabs|minimax|moonshot|moonshotai|nvidia|zai|luma)"
    r"\.[a-z][\w.-]*\d[\w.-]*(?::\d+k?)*|(?:cohere|meta|openai)\.[a-z0-9][\w.-]*?-(?:v\d+|v\d+:\d+|\d:\d+)(?::\d+)?"
    r"|cohere\.embed-v4:0|google\.gemma[\w.-]+)\Z",
    re.IGNORECASE,
)
"""Ids that only one cloud writes so: region, maker and name joined by dots (Bedrock's list of model ids).

Oracle's service also writes `meta.llama-3.3-70b-instruct` and `cohere.command-r-08-2024`; those have no `-v1:0`.
"""


def route_of(reference: Reference, known: Known, registry: Registry) -> Route:
    """The route of one reference. `open_symbol` names the variable that could still send it elsewhere."""
    route = _settled_by_place(reference, known, registry)
    if route is None or (route.kind is RouteKind.SELF_HOSTED and known.identity.weights is Weights.CLOSED):
        route = _by_default(known, registry)  # nobody runs weights that are not published
    symbol = open_part(reference.hints.base_url) or (
        "" if reference.hints.base_url else reference.hints.base_url_symbol
    )
    lab = known.identity.lab
    if route.kind is RouteKind.UNKNOWN and not route.host and lab and _own_api(lab.id, registry):
        route = replace(route, why="; ".join(part for part in (route.why, OWN_API_EXISTS) if part))
    return replace(route, open_symbol=symbol) if symbol else route


def provider_route(provider: Provider, *, why: str, host: str = "") -> Route:
    """A route through a provider, its storage facts copied from the provider's terms."""
    return Route(
        kind=provider.kind,
        provider=provider,
        host=host,
        storage=provider.storage,
        storage_country=provider.storage_country,
        why=why,
    )


def _settled_by_place(reference: Reference, known: Known, registry: Registry) -> Route | None:
    hints = reference.hints
    loader = hints.library if is_loader(registry, hints.library) else ""
    if reference.kind is ReferenceKind.WEIGHT_FILE and "://" in reference.written:
        return Route(kind=RouteKind.SELF_HOSTED, why="loader")  # its address is where the file lies, not who serves it
    if hints.base_url and not open_part(hints.base_url):
        return _by_address(hints.base_url, known, registry)
    if known.identity.provider and known.identity.provider not in _HUBS:
        return _by_id(known.identity.provider, registry, why="id prefix")
    if _BEDROCK.match(known.identity.written):
        return _by_id("aws-bedrock", registry, why="id shape")
    if hints.provider and not (loader or known.identity.provider in _HUBS):
        return _by_sdk(hints.provider, known, registry)
    if loader or _is_fetched(reference):
        return Route(kind=RouteKind.SELF_HOSTED, why="loader")
    return None


_LOADER_SLOTS = frozenset({"pretrained_model_name_or_path", "model_name_or_path", "base_model_name_or_path"})
"""Parameters that only loaders of weights have: transformers, diffusers and peft name theirs so."""


def _is_fetched(reference: Reference) -> bool:
    """Whether weights are fetched: a file, an address on the Hub, or a repository that a loader is given.

    `org/name` in a setting that no loader is seen to read may as well be a router's or a host's spelling.
    """
    if reference.kind is ReferenceKind.WEIGHT_FILE:
        return True
    if reference.kind is not ReferenceKind.HUB_REPO:
        return False
    slot = reference.slot.rpartition(".")[2]
    return bool(reference.reason.row) or "://" in reference.written or slot in _LOADER_SLOTS


def _by_sdk(provider_id: str, known: Known, registry: Registry) -> Route | None:
    """The provider whose client is called, unless it serves one lab only and the model is another's.

    An OpenAI client that is given Claude's name, or one that nobody knows, talks to an address nobody has seen: that
    route is unknown.
    """
    record, lab = registry.providers.get(provider_id), known.identity.lab
    if record is not None and record.serves_lab:
        is_others = lab is not None and lab.id != record.serves_lab
        if is_others or (lab is None and record.protocol_copied):
            return Route(kind=RouteKind.UNKNOWN, why="client of another maker")
    return _by_id(provider_id, registry, why="SDK")


def _by_address(url: str, known: Known, registry: Registry) -> Route:
    """A known host gives its provider; an own machine is self-hosting, unless it answers to a closed model's name."""
    host = host_of(url)
    record = registry.providers.get(registry.host(url))
    provider = registry.provider(record.id) if record else None
    if record and provider and not record.local and not is_own_machine(host):
        return provider_route(provider, why="base URL", host=host)
    if is_own_machine(host):
        is_proxy = known.identity.weights is Weights.CLOSED or (record is not None and not record.local)
        return Route(kind=RouteKind.UNKNOWN if is_proxy else RouteKind.SELF_HOSTED, host=host, why="base URL")
    return Route(kind=RouteKind.UNKNOWN, host=host, why="base URL")


def _by_id(provider_id: str, registry: Registry, *, why: str) -> Route | None:
    record, provider = registry.providers.get(provider_id), registry.provider(provider_id)
    if record is None or provider is None:
        return None
    return Route(kind=RouteKind.SELF_HOSTED, why=why) if record.local else provider_route(provider, why=why)


def _by_default(known: Known, registry: Registry) -> Route:
    """A closed model is reached through its lab's own API unless the target says otherwise."""
    lab = known.identity.lab
    if lab and known.identity.weights is Weights.CLOSED:
        provider = _own_api(lab.id, registry)
        if provider:
            return provider_route(provider, why=DEFAULT)
    return Route(kind=RouteKind.UNKNOWN)


def _own_api(lab: str, registry: Registry) -> Provider | None:
    """The provider that serves this lab's models as a vendor; the one named like the lab where there are several."""
    own = registry.indexes.vendor_apis.get(lab, ())
    best = min(own, key=lambda key: (key != lab, key), default="")
    return registry.provider(best) if best else None
