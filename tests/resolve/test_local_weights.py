"""Weights in the target are models of their own: declared bases are declared, resemblances are only consistent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.hub_server.server import DOCUMENTS
from tests.resolve.conftest import hub_of, refer
from vcdd.core.evidence import Evidence
from vcdd.core.model import Model, ModelUse
from vcdd.core.shape import WeightsShape
from vcdd.registry.registry import Registry
from vcdd.resolve.local_weights import local_model
from vcdd.resolve.resolve import resolve

QWEN = WeightsShape(
    path="weights/brain/config.json", kind="config", model_type="qwen2", vocab_size=152064, hidden_size=3584, layers=28,
    heads=28, kv_heads=4, intermediate_size=18944,
)  # fmt: skip


def uses_of(*shapes: WeightsShape, registry: Registry, references: tuple[Any, ...] = ()) -> tuple[ModelUse, ...]:
    return resolve(list(references), shapes, registry=registry, hub=hub_of()).uses


def test_an_undisclosed_base_stands_in_the_lineage_as_consistent_with(real: Registry) -> None:
    (use,) = uses_of(QWEN, registry=real)
    model = use.model
    assert (model.id, model.lab, model.match) == ("local:weights/brain", None, "shape")
    (base,) = model.lineage
    assert (base.id, base.relation, base.how) == ("Qwen/Qwen2.5-7B", "consistent-with", "inferred")
    assert base.lab is not None
    assert base.lab.id == "alibaba"
    assert model.licence is None
    assert model.developers == ()
    assert model.facts["base"].note == "consistent with, not proof"
    assert model.facts["shape"].value == "qwen2, vocabulary 152064, width 3584, 28 layers, 28 heads, 4 key-value heads"


def test_files_beside_a_configuration_belong_to_its_folder(real: Registry) -> None:
    shards = [
        WeightsShape(path=f"weights/brain/model-{i}.safetensors", kind="safetensors", parameters=i) for i in (1, 2)
    ]
    lone = WeightsShape(path="other/voice.onnx", kind="onnx")
    uses = uses_of(QWEN, *shards, lone, registry=real)
    assert [use.model.id for use in uses] == ["local:other/voice.onnx", "local:weights/brain"]
    assert uses[1].model.parameters == 2


def test_a_configuration_at_the_root_goes_by_its_file(real: Registry) -> None:
    (use,) = uses_of(WeightsShape(path="config.json", kind="config", model_type="x"), registry=real)
    assert use.model.id == "local:config.json"
    assert use.model.lineage == ()


@pytest.mark.parametrize(
    ("path", "evidence"),
    [
        ("weights/model.gguf", Evidence.DEPLOYED),
        ("tests/data/model.gguf", Evidence.TEST),
        ("docs/model.gguf", Evidence.MENTION),
    ],
)
def test_weights_nobody_refers_to_count_by_where_they_lie(real: Registry, path: str, evidence: Evidence) -> None:
    (use,) = uses_of(WeightsShape(path=path, kind="gguf"), registry=real)
    assert use.evidence is evidence
    assert use.references[0].location.path == path


def test_a_loader_that_names_the_folder_binds_it(real: Registry) -> None:
    reference = refer("./weights/brain", "hub-repo", library="transformers")
    (use,) = uses_of(QWEN, registry=real, references=(reference,))
    assert use.references == (reference,)
    assert use.evidence is Evidence.BOUND


ADAPTERS = [
    ("Adarsh5557__qwen7b-finetuned-Smart-MCQ-Solver", "Qwen/Qwen2.5-7B-Instruct", "alibaba"),
    ("EDLlyc__kangya-glm4-lora", "glm-4-9b-chat", "zhipu"),
    ("LTtt456c__InternLM_AdapterModel", "internlm-chat-7b", "shailab"),
    ("Dheena731__tinyLlama-finetune", None, None),
]


@pytest.mark.parametrize(("name", "base", "lab"), ADAPTERS)
def test_real_adapters_declare_their_base_by_id_by_path_or_not_at_all(
    real: Registry, name: str, base: str | None, lab: str | None
) -> None:
    raw = json.loads((DOCUMENTS / "adapters" / f"{name}.json").read_bytes())
    shape = WeightsShape(
        path="adapter/adapter_config.json", kind="adapter", declared_base=raw["base_model_name_or_path"] or "",
        target_modules=tuple(sorted(raw["target_modules"])),
    )  # fmt: skip
    model = local_model("adapter", [shape], real)
    found = [(a.id, a.relation, a.how, a.lab.id if a.lab else None) for a in model.lineage]
    if base is None:
        assert found == []
        assert model.lab is None
        return
    ((found_id, relation, how, found_lab),) = found
    assert found_id.endswith(base)
    assert (relation, how, found_lab) == ("adapter", "declared", lab)
    assert model.lab is not None


def shape_of_config(path: Path) -> WeightsShape:
    """What a reader of `config.json` reports."""
    raw = json.loads(path.read_bytes())
    return WeightsShape(
        path=path.name, kind="config", model_type=raw.get("model_type", ""), vocab_size=raw.get("vocab_size"),
        hidden_size=raw.get("hidden_size"), layers=raw.get("num_hidden_layers"), heads=raw.get("num_attention_heads"),
        kv_heads=raw.get("num_key_value_heads"), intermediate_size=raw.get("intermediate_size"),
    )  # fmt: skip


CONFIGS = [
    ("Alibaba-NLP__Tongyi-DeepResearch-30B-A3B", "alibaba"),
    ("Gensyn__Qwen2.5-0.5B-Instruct", "alibaba"),
    ("deepseek-ai__DeepSeek-R1-Distill-Llama-8B", "meta"),
    ("deepseek-ai__DeepSeek-R1-Distill-Qwen-32B", "alibaba"),
    ("dphn__dolphin-2.9.1-yi-1.5-34b", "01ai"),
    ("context-labs__meta-llama-Llama-3.2-3B-Instruct-FP16", "meta"),
    ("trl-internal-testing__tiny-Qwen2ForCausalLM-2.5", None),
]


@pytest.mark.parametrize(("name", "lab"), CONFIGS)
def test_recorded_configurations_name_the_lab_of_their_base(real: Registry, name: str, lab: str | None) -> None:
    model: Model = local_model("w", [shape_of_config(DOCUMENTS / "configs" / f"{name}.json")], real)
    assert [a.lab.id for a in model.lineage if a.lab] == ([lab] if lab else [])


def test_a_name_in_the_file_is_a_hint_and_a_header_licence_counts(registry: Registry) -> None:
    shape = WeightsShape(
        path="m.gguf",
        kind="gguf",
        name="acme/alpha-7b",
        declared_base="https://huggingface.co/zenith-ai/beta-8b",
        licence="mit",
    )
    model = local_model("m.gguf", [shape], registry)
    assert [(a.id, a.relation, a.how) for a in model.lineage] == [
        ("zenith-ai/beta-8b", "quantized", "declared"),
        ("acme/alpha-7b", "consistent-with", "inferred"),
    ]
    assert model.licence is not None
    assert model.licence.id == "zenith-community"
    assert model.lab is not None
    assert model.lab.id == "zenith"


def test_weights_that_a_document_names_before_the_program_does_are_as_used_as_the_program_says(real: Registry) -> None:
    said = refer("weights/brain", "weight-file", path="README.md", evidence=Evidence.MENTION)
    loaded = refer("weights/brain", "weight-file", path="app.py", evidence=Evidence.BOUND)
    (use,) = uses_of(QWEN, registry=real, references=(said, loaded))
    assert use.evidence is Evidence.BOUND
    assert [reference.location.path for reference in use.references] == ["app.py", "README.md"]
