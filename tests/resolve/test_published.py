"""What a start-up publishes: declared bases, apparent ones, licences against upstream."""

from __future__ import annotations

from tests.resolve.conftest import declared, hub_of
from vcdd.core.shape import WeightsShape
from vcdd.registry.registry import Registry
from vcdd.resolve.published import resolve_published

YI = WeightsShape(
    path="startup/brain/config.json", kind="config", model_type="llama", vocab_size=64000, hidden_size=7168, layers=60,
    heads=56, kv_heads=8, intermediate_size=20480,
)  # fmt: skip


def test_each_repository_is_a_model_with_its_base_and_licence(registry: Registry) -> None:
    hub = hub_of(declared("stranger/base", licence="acme-research"))
    published = [
        declared("startup/tuned", licence="mit", bases=(("stranger/base", "finetune"),), downloads=12),
        declared("startup/alpha", bases=(("acme/alpha-7b", "quantized"),)),
    ]
    found = resolve_published(published, registry=registry, hub=hub)
    assert [use.model.id for use in found.uses] == ["startup/alpha", "startup/tuned"]
    assert hub.asked == ("stranger/base",)
    alpha, tuned = (use.model for use in found.uses)
    assert (alpha.lab and alpha.lab.id, tuned.lab) == ("acme", None)
    assert tuned.licence is not None
    assert tuned.licence.id == "acme-nc"
    assert tuned.facts["relabelled"].value == "acme-nc as mit"
    assert tuned.facts["downloads"].value == 12


def test_an_undeclared_base_is_only_consistent_with_its_shape(real: Registry) -> None:
    record = declared("startup/brain", licence="apache-2.0", shape=YI)
    (use,) = resolve_published([record], registry=real, hub=hub_of()).uses
    (base,) = use.model.lineage
    assert (base.relation, base.how, base.lab and base.lab.id) == ("consistent-with", "inferred", "01ai")
    assert use.model.lab is None
    assert use.model.developers == ()
