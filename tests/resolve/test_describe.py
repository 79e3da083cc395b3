"""Single ids, typed by somebody who wants to know."""

from __future__ import annotations

import pytest

from tests.resolve.conftest import declared, hub_of
from vcdd.registry.registry import Registry
from vcdd.resolve.describe import describe, describe_all


@pytest.mark.parametrize(
    ("written", "via", "kind", "provider"),
    [
        ("orb-1", "", "vendor-api", "orbit"),
        ("acme/alpha-7b", "market", "aggregator", "market"),
        ("acme/alpha-7b", "runner", "self-hosted", None),
        ("acme/alpha-7b", "transformers", "self-hosted", None),
        ("acme/alpha-7b", "https://eu.cloud.example/v1", "cloud-model-service", "cloud"),
        ("acme/alpha-7b", "http://localhost:8000", "self-hosted", None),
        ("acme/alpha-7b", "", "unknown", None),
    ],
)
def test_where_an_id_was_seen_decides_its_route(
    registry: Registry, written: str, via: str, kind: str, provider: str | None
) -> None:
    use = describe(written, via=via, registry=registry, hub=hub_of())
    assert (use.route.kind.value, use.route.provider and use.route.provider.id) == (kind, provider)
    assert use.references == ()


def test_the_hub_is_asked_for_what_may_lie_there_and_is_not_settled(registry: Registry) -> None:
    hub = hub_of(declared("stranger/thing", licence="mit", pipeline_tag="text-to-video", parameters=5))
    model = describe("stranger/thing", registry=registry, hub=hub).model
    assert (model.match, model.modality, model.parameters, model.weights.value) == ("hub", "video", 5, "open")
    for settled in ("orb-1", "acme/alpha-7b", "mystery"):
        describe(settled, registry=registry, hub=hub)
    assert hub.asked == ("stranger/thing",)


def test_a_foreign_name_by_an_address_is_answered_by_its_owner(registry: Registry) -> None:
    assert (
        describe("orb-1", via="https://api.zenith.example", registry=registry, hub=hub_of()).model.id
        == "zenith:unknown"
    )


@pytest.mark.parametrize("written", ["", " ", "\x1b[31mred", "a" * 5000, "[bold]x[/bold]", "../../etc/passwd", "😀/😀"])
def test_anything_may_be_asked(registry: Registry, written: str) -> None:
    assert describe(written, registry=registry, hub=hub_of()).model.lab is None


def test_many_ids_come_back_in_order_after_one_batch(registry: Registry) -> None:
    hub = hub_of()
    asked = [("b/b", ""), ("orb-1", ""), ("a/a", ""), ("b/b", "market")]
    uses = describe_all(asked, registry=registry, hub=hub)
    assert [use.model.id for use in uses] == ["b/b", "orb-1", "a/a", "b/b"]
    assert hub.batches == [("a/a", "b/b")]
    assert describe_all([], registry=registry, hub=hub) == ()
