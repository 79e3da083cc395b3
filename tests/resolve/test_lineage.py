"""Lineage is bounded, survives cycles, keeps every ancestor's licence, and knows three roles."""

from __future__ import annotations

from tests.resolve.conftest import TableHub, declared, hub_of, refer
from vcdd.core.model import Model
from vcdd.registry.load import load_registry
from vcdd.registry.registry import Registry
from vcdd.resolve.lineage import MAX_DEPTH
from vcdd.resolve.resolve import resolve


def model_of(written: str, registry: Registry, hub: TableHub) -> Model:
    (use,) = resolve([refer(written, "hub-repo", library="transformers")], registry=registry, hub=hub).uses
    return use.model


def roles(model: Model) -> list[tuple[str, str]]:
    return [(developer.role.value, developer.lab.id) for developer in model.developers]


def test_a_cycle_of_bases_ends(registry: Registry) -> None:
    hub = hub_of(declared("u/one", bases=(("u/two", "finetune"),)), declared("u/two", bases=(("u/one", "finetune"),)))
    model = model_of("u/one", registry, hub)
    assert [ancestor.id for ancestor in model.lineage] == ["u/two"]
    assert hub.asked == ("u/one", "u/two")


def test_lineage_is_followed_to_a_bounded_depth(registry: Registry) -> None:
    chain = [declared(f"u/m{i}", bases=((f"u/m{i + 1}", "finetune"),)) for i in range(12)]
    hub = hub_of(*chain)
    model = model_of("u/m0", registry, hub)
    assert len(model.lineage) == MAX_DEPTH
    assert len(hub.batches) == MAX_DEPTH


def test_a_wide_merge_is_bounded(registry: Registry) -> None:
    hub = hub_of(declared("u/soup", bases=tuple((f"u/part-{i}", "merge") for i in range(20))))
    assert len(model_of("u/soup", registry, hub).lineage) == 20


def test_a_labs_own_finetune_of_another_base_keeps_both_origins(registry: Registry) -> None:
    model = model_of("acme/alpha-beta-8b", registry, hub_of())
    assert model.lab is not None
    assert model.lab.id == "acme"
    assert roles(model) == [("originator", "zenith"), ("modifier", "acme")]
    (base,) = model.lineage
    assert (base.id, base.relation, base.how, base.source) == ("zenith-ai/beta-8b", "finetune", "declared", "registry")
    assert base.licence is not None
    assert base.licence.id == "zenith-community"


def test_an_unknown_finetuner_is_the_modifier_and_the_bases_lab_the_originator(registry: Registry) -> None:
    model = model_of("stranger/tuned", registry, hub_of(declared("stranger/tuned", bases=(("acme/alpha-7b", ""),))))
    assert model.lab is not None
    assert model.lab.id == "acme"
    assert roles(model) == [("originator", "acme"), ("modifier", "hub:stranger")]
    assert not model.developers[1].lab.country.is_known
    assert model.facts["country"].value == "FR"


def test_a_reuploader_is_a_distributor_and_lends_its_country_to_nobody(registry: Registry) -> None:
    model = model_of("mirror/alpha-7b-GGUF", registry, hub_of())
    assert model.lab is not None
    assert model.lab.country.value == "FR"
    assert roles(model) == [("originator", "acme"), ("distributor", "mirror")]


def test_an_unknown_quantiser_is_a_distributor(registry: Registry) -> None:
    hub = hub_of(declared("stranger/thing-q4", bases=(("zenith-ai/beta-8b", "quantized"),)))
    assert roles(model_of("stranger/thing-q4", registry, hub)) == [
        ("originator", "zenith"),
        ("distributor", "hub:stranger"),
    ]


def test_an_upload_without_a_declared_base_has_no_originator(registry: Registry) -> None:
    model = model_of("stranger/thing", registry, hub_of(declared("stranger/thing", licence="mit")))
    assert model.lab is None
    assert roles(model) == []
    assert model.facts["lab"].note == "not on record; whoever uploads weights need not have made them"
    assert not model.facts["country"].is_known


def test_a_merge_of_two_labs_by_a_stranger_is_neithers(registry: Registry) -> None:
    bases = (("acme/alpha-7b", "merge"), ("zenith-ai/beta-8b", "merge"))
    model = model_of("stranger/merge", registry, hub_of(declared("stranger/merge", bases=bases)))
    assert model.lab is None
    assert roles(model) == [("originator", "acme"), ("originator", "zenith"), ("modifier", "hub:stranger")]


def test_a_rename_is_reported_and_identified_under_the_new_name(registry: Registry) -> None:
    record = declared("old-acme/alpha-7b-x", id="acme/alpha-7b-x", licence="apache-2.0")
    model = model_of("old-acme/alpha-7b-x", registry, hub_of(record))
    assert model.id == "acme/alpha-7b-x"
    assert model.lab is not None
    assert model.lab.id == "acme"
    assert model.facts["renamed"].value == "acme/alpha-7b-x"


def test_only_what_a_loader_fetches_and_the_registry_leaves_open_is_asked(registry: Registry) -> None:
    hub = hub_of()
    references = [
        refer("acme/alpha-7b", "hub-repo", line=1, library="transformers"),
        refer("acme/alpha-9b", "hub-repo", line=2, library="transformers"),
        refer("acme/alpha-9b", "hub-repo", line=3, library="transformers"),
        refer("stranger/thing", "api-model", line=4, provider="market"),
        refer("stranger/other", "hub-repo", line=5, library="transformers"),
    ]
    resolve(references, registry=registry, hub=hub)
    assert hub.batches == [("acme/alpha-9b", "stranger/other")]


def test_what_lies_on_the_shelf_may_be_read_for_any_id(registry: Registry) -> None:
    shelf = hub_of(declared("stranger/thing", licence="mit", source="snapshot"))
    found = resolve([refer("stranger/thing", provider="market")], registry=registry, hub=hub_of(), shelf=shelf)
    assert found.uses[0].model.match == "snapshot"
    assert found.uses[0].model.licence is not None


def test_a_family_named_as_base_brings_its_own_base_along() -> None:
    model = model_of("argilla/notus-7b-v1", load_registry(), hub_of())
    assert [ancestor.id for ancestor in model.lineage] == ["zephyr", "mistral-7b"]
    assert roles(model) == [("originator", "mistral"), ("modifier", "hf"), ("modifier", "argilla")]


def test_a_base_of_another_lab_is_kept_though_the_names_begin_alike() -> None:
    model = model_of("ByteDance/SDXL-Lightning", load_registry(), hub_of())
    assert roles(model) == [("originator", "stability"), ("modifier", "bytedance")]
