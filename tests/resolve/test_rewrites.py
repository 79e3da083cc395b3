"""A name sent to another maker's address is that maker's model, and both names are shown."""

from __future__ import annotations

from tests.resolve.conftest import hub_of, refer
from vcdd.core.model import ModelUse
from vcdd.core.reference import Reference
from vcdd.registry.registry import Registry
from vcdd.resolve.resolve import resolve


def only_use(reference: Reference, registry: Registry) -> ModelUse:
    (use,) = resolve([reference], registry=registry, hub=hub_of()).uses
    return use


def test_a_foreign_name_at_a_rewriting_provider_is_an_unnamed_model_of_its_lab(registry: Registry) -> None:
    use = only_use(refer("orb-1", base_url="https://api.zenith.example/v1"), registry)
    assert (use.model.id, use.model.lab and use.model.lab.id) == ("zenith:unknown", "zenith")
    assert use.model.licence is None
    assert use.model.facts["answers_as"].value == "zenith:unknown"
    assert use.model.facts["answers_as"].note == "Foreign names are answered with Zenith models."
    assert (use.model.facts["written_as"].value, use.model.facts["written_as"].note) == ("orb-1", "a name of Orbit")
    assert use.references[0].written == "orb-1"


def test_the_address_of_a_vendor_that_serves_its_own_models_only_does_the_same(registry: Registry) -> None:
    use = only_use(refer("acme/alpha-7b", base_url="https://api.orbit.example"), registry)
    assert use.model.id == "orbit:unknown"


def test_an_sdk_alone_does_not_because_it_may_be_pointed_elsewhere(registry: Registry) -> None:
    assert only_use(refer("acme/alpha-7b", provider="orbit"), registry).model.id == "acme/alpha-7b"


def test_a_name_of_its_own_holds(registry: Registry) -> None:
    use = only_use(refer("zenith-ai/beta-8b", base_url="https://api.zenith.example"), registry)
    assert use.model.id == "zenith-ai/beta-8b"
    assert "answers_as" not in use.model.facts


def test_claude_sent_to_deepseek_is_the_documented_deepseek_model(real: Registry) -> None:
    url = "https://api.deepseek.com/anthropic"
    for written, target in (("claude-sonnet-4-5", "deepseek-v4-flash"), ("claude-opus-4-1", "deepseek-v4-pro")):
        use = only_use(refer(written, provider="anthropic", base_url=url), real)
        assert use.model.lab is not None
        assert use.model.lab.id == "deepseek"
        assert use.model.facts["answers_as"].value == target
        assert use.model.facts["written_as"].value == written
        assert use.route.provider is not None
        assert use.route.provider.id == "deepseek"
