"""The endpoint beats the name, the name beats the SDK, and what nobody says stays unknown."""

from __future__ import annotations

import pytest

from tests.resolve.conftest import hub_of, refer
from vcdd.core.evidence import Evidence
from vcdd.core.reference import Reference
from vcdd.core.route import RouteKind
from vcdd.registry.registry import Registry
from vcdd.resolve.hosts import host_of, is_own_machine
from vcdd.resolve.resolve import resolve

FILE = "https://files.example/weights/alpha.pth"
PAGE = "https://huggingface.co/acme/alpha-7b"


def only_route(reference: Reference, registry: Registry):
    (use,) = resolve([reference], registry=registry, hub=hub_of()).uses
    return use.route


@pytest.mark.parametrize(
    ("reference", "kind", "provider", "why"),
    [
        (refer("acme/alpha-7b", base_url="market.example", library="vllm"), "aggregator", "market", "base URL"),
        (refer("market/acme/alpha-7b", provider="orbit"), "aggregator", "market", "id prefix"),
        (refer("acme/alpha-7b", provider="cloud"), "cloud-model-service", "cloud", "SDK"),
        (refer("acme/alpha-7b", "hub-repo", library="transformers"), "self-hosted", None, "loader"),
        (refer("acme/alpha-7b", "hub-repo", provider="huggingface"), "aggregator", "huggingface", "SDK"),
        (refer(PAGE, "hub-repo", provider="huggingface"), "self-hosted", None, "loader"),
        (refer("acme/alpha-7b", provider="cloud", library="cloud"), "cloud-model-service", "cloud", "SDK"),
        (refer("acme/alpha-7b", library="litellm"), "unknown", None, ""),
        (refer("acme/alpha-7b", "hub-repo"), "unknown", None, ""),
        (refer("orb-1", provider=""), "vendor-api", "orbit", "registry default"),
        (refer("runner/alpha-7b"), "self-hosted", None, "id prefix"),
        (refer("orb-1", provider="runner"), "vendor-api", "orbit", "registry default"),
        (refer("acme/alpha-7b"), "unknown", None, ""),
        (refer("acme/alpha-7b", provider="orbit"), "unknown", None, "client of another maker"),
        (refer("acme/alpha-7b", "hub-repo", slot="Spec.pretrained_model_name_or_path"), "self-hosted", None, "loader"),
        (refer("acme/alpha-7b", "hub-repo", slot="model_name"), "unknown", None, ""),
        (refer(FILE, "weight-file", base_url=FILE), "self-hosted", None, "loader"),
        (refer("orb-1", provider="orbit"), "vendor-api", "orbit", "SDK"),
        (refer("acme/alpha-7b", base_url="http://localhost:8000/v1"), "self-hosted", None, "base URL"),
        (refer("orb-1", base_url="http://localhost:8000/v1"), "unknown", None, "base URL"),
        (refer("acme/alpha-7b", base_url="https://llm.somewhere.example/v1"), "unknown", None, "base URL"),
    ],
)  # fmt: skip
def test_what_decides_the_route(
    registry: Registry, reference: Reference, kind: str, provider: str | None, why: str
) -> None:
    route = only_route(reference, registry)
    assert (route.kind.value, route.provider and route.provider.id, route.why) == (kind, provider, why)


@pytest.mark.parametrize(
    ("beside", "kind"),
    [
        ([], "unknown"),
        ([refer("acme/alpha-8b", "hub-repo", line=2, library="transformers")], "self-hosted"),
        ([refer("acme/alpha-8b", "hub-repo", line=2, library="transformers"),
          refer("acme/alpha-9b", line=3, provider="market")], "unknown"),
    ],
)  # fmt: skip
def test_a_repository_in_a_setting_is_run_like_the_others_of_a_target_without_hosts(
    registry: Registry, beside: list[Reference], kind: str
) -> None:
    uses = resolve([refer("acme/alpha-7b", "hub-repo"), *beside], registry=registry, hub=hub_of()).uses
    assert {use.route.kind.value for use in uses if use.references[0].location.line == 1} == {kind}


def test_one_model_by_five_routes_gives_five_kinds_of_route(registry: Registry) -> None:
    zenith = "zenith-ai/beta-8b"
    references = [
        refer(zenith, "hub-repo", line=1, library="transformers"),
        refer(zenith, line=2, base_url="https://eu.cloud.example"),
        refer(zenith, line=3, base_url="https://api.zenith.example"),
        refer(zenith, line=4, base_url="https://market.example"),
        refer(zenith, line=5, base_url="https://proxy.somewhere.example"),
    ]
    uses = resolve(references, registry=registry, hub=hub_of()).uses
    assert {use.model.id for use in uses} == {zenith}
    assert {use.route.kind for use in uses} == set(RouteKind)


def test_storage_facts_come_from_the_provider(registry: Registry) -> None:
    route = only_route(refer("orb-1"), registry)
    assert (route.storage.value, route.storage_country.value) == ("stated", "KE")
    assert not only_route(refer("acme/alpha-7b"), registry).storage.is_known


@pytest.mark.parametrize(
    ("hints", "symbol"),
    [
        ({"base_url_symbol": "ORBIT_BASE_URL"}, "ORBIT_BASE_URL"),
        ({"base_url": "https://{host}/v1"}, "host"),
        ({"base_url": "${LLM_URL}"}, "LLM_URL"),
        ({"base_url": "https://api.orbit.example", "base_url_symbol": "ORBIT_BASE_URL"}, ""),
    ],
)
def test_an_address_from_outside_is_kept_open(registry: Registry, hints: dict[str, str], symbol: str) -> None:
    route = only_route(refer("orb-1", provider="orbit", **hints), registry)
    assert route.open_symbol == symbol
    assert route.provider is not None


def test_a_weaker_sighting_without_a_route_joins_the_known_one(registry: Registry) -> None:
    references = [
        refer("orb-1", line=1, base_url="https://market.example"),
        refer("orb-1", line=9, evidence=Evidence.MENTION),
    ]
    (use,) = resolve(references, registry=registry, hub=hub_of()).uses
    assert use.route.kind is RouteKind.AGGREGATOR
    assert [reference.location.line for reference in use.references] == [1, 9]


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://User@API.Example.com:8443/v1", "api.example.com"),
        ("api.example.com/v1", "api.example.com"),
        ("http://[::1]:8000", "::1"),
        ("http://[broken", ""),
        ("", ""),
    ],
)
def test_host_names_are_read_from_addresses(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("localhost", True), ("127.0.0.1", True), ("10.1.2.3", True), ("192.168.0.7", True), ("::1", True),
        ("vllm", True), ("llm.default.svc.cluster.local", True), ("box.local", True), ("0.0.0.0", True),
        ("api.example.com", False), ("8.8.8.8", False), ("", False), ("{host}", False),
        ("localhost.example.com", False),
    ],
)  # fmt: skip
def test_own_machines_are_known_by_their_names(host: str, own: bool) -> None:
    assert is_own_machine(host) is own
