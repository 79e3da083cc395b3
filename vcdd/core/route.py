"""A route: who serves a model to the target, under which terms, stored where. Never who made it."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from vcdd.core.fact import Fact, unknown
from vcdd.values import dataclass


class RouteKind(StrEnum):
    """How the product reaches the model."""

    SELF_HOSTED = "self-hosted"
    CLOUD_MODEL_SERVICE = "cloud-model-service"
    """Bedrock, Vertex, Azure and the like: the customer's cloud account, region chosen."""
    VENDOR_API = "vendor-api"
    """The lab's own API."""
    AGGREGATOR = "aggregator"
    """A marketplace or router that serves models of many labs."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Who serves models. A provider is never an originator by being one."""

    id: str
    name: str
    kind: RouteKind
    country: Fact[str]
    """ISO 3166-1 alpha-2 of the operating company's seat."""
    contracting_entity: Fact[str]
    """Legal entity in the published terms."""
    contracting_country: Fact[str]
    storage: Fact[str]
    """`stated`, `selectable` or `not-stated`: what the provider's own terms say of where prompts rest."""
    storage_country: Fact[str]
    """ISO code where `storage` is `stated`, else unknown."""
    trains_by_default: Fact[bool]
    """Whether the published API terms let the provider train on prompts unless the customer opts out."""
    retention: Fact[str]
    dpa: Fact[bool]
    """Whether a data processing agreement is published."""
    hosts: tuple[str, ...] = ()


OWN_API_EXISTS = "the maker has an API of its own"
"""Ends `why` of an unknown route to a model that its maker also serves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One way in which the target reaches one model."""

    kind: RouteKind
    provider: Provider | None = None
    """None for a self-hosted or an unknown route."""
    host: str = ""
    """Host name of the endpoint where the target gives one."""
    storage: Fact[str] = field(default_factory=lambda: unknown("no provider is known"))
    storage_country: Fact[str] = field(default_factory=lambda: unknown("no provider is known"))
    why: str = ""
    """What decided the route: `base URL`, `SDK`, `id prefix`, `loader`, `registry default`."""
    open_symbol: str = ""
    """The variable that can send the calls elsewhere (`OPENAI_BASE_URL`); empty when the target settles the address."""

    @property
    def may_be_own_api(self) -> bool:
        """Whether nothing settles the route and the maker's own API, with terms of its own, may be what answers."""
        return self.kind is RouteKind.UNKNOWN and self.why.endswith(OWN_API_EXISTS)

    @property
    def label(self) -> str:
        """Short words for a table cell: the provider's name, or the kind."""
        return self.provider.name if self.provider else self.kind.value
