"""A repository's name may give its base away; only lines that nobody trains anew under the same name are read so."""

from __future__ import annotations

import pytest

from tests.resolve.conftest import hub_of, refer
from vcdd.core.model import Model
from vcdd.registry.load import load_registry
from vcdd.resolve.named_bases import base_in_name
from vcdd.resolve.resolve import resolve

REAL = load_registry()


def model_of(written: str) -> Model:
    reference = refer(written, "hub-repo", library="transformers")
    (use,) = resolve([reference], registry=REAL, hub=hub_of()).uses
    return use.model


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Mistral-7B-OpenOrca", "mistral-7b"),
        ("dolphin-2.6-mistral-7B", "mistral-7b"),
        ("Llama3-ChatQA-1.5-8B", "llama-3"),
        ("Llama-3.1-8B-Lexi-Uncensored-V2", "llama-3.1"),
        ("llama2_7b_chat_uncensored", "llama-2"),
        ("L3.3-MS-Nevoria-70b", "llama-3.3"),
        ("Qwen2.5-Foo-3B", "qwen2.5-3b"),
        ("qwen2.5-coder-3b-sql", "qwen2.5-coder-3b"),
        ("gemma-2b-it-sql", "gemma-1"),
        ("gemma-2-2b-it-sql", "gemma-2"),
        ("whisper-large-v3-french", "whisper"),
        ("wav2vec2-large-xlsr-53-english", "wav2vec2"),
        ("FLUX.1-dev-ControlNet-Union-Pro", "flux.1-dev"),
        ("DeepSeek-V4-Flash-0731-REAP", "deepseek-v4"),
        ("GLM-4.7-Flash-Uncensored-heretic", "glm-4.5"),
        ("MiniMax-M2.7-Abliterated-Heretic", "minimax-m2.7"),
        ("DeepSeek-V4-Pro-Qwen3.5-4B", "qwen3.5"),
        ("Gemma3-27B-it-vl-HERETIC-GLM4.7-2200x", "gemma-3"),
    ],
)
def test_a_name_gives_its_line_away(name: str, family: str) -> None:
    assert base_in_name(name) == family


@pytest.mark.parametrize(
    "name",
    [
        "TinyLlama-1.1B-Chat-v1.0",
        "open_llama_7b",
        "llama-160m",
        "tiny-random-Llama-3-8B",
        "llama2.c-stories15M",
        "EAGLE-LLaMA3-Instruct-8B",
        "malaysian-mistral-191M",
        "bert-base-turkish-cased",
        "roberta-base-bne",
        "gpt2-chinese-cluecorpussmall",
        "t5-base-japanese",
        "mistral-inference",
        "llama-3-tokenizer-8b",
        "MiMo-V2.6-Qwen-9B",
        "LFM2-8B-A1B-GLM-4.7-Flash-Thinking",
        "Kimi-K3-DSpark-Block5",
        "gpt-oss-20b-DFlash",
        "RWKV-GLM-4.7-Flash-exp",
        "Some-4B-Kimi-K3-Distill",
        "",
    ],
)
def test_a_name_that_others_use_for_weights_of_their_own_gives_nothing_away(name: str) -> None:
    assert base_in_name(name) == ""


def test_every_line_is_a_family_on_record() -> None:
    from vcdd.resolve.named_bases import _table

    assert [family for family, _ in (*_table().rows, *_table().teachers) if family not in REAL.families] == []


def test_a_strangers_finetune_is_its_bases_labs_and_the_step_is_said_to_be_inferred() -> None:
    model = model_of("some-stranger/Mistral-7B-OpenFoo")
    assert model.lab is not None
    assert (model.lab.id, model.lab.country.value) == ("mistral", "FR")
    assert [(d.role.value, d.lab.id) for d in model.developers] == [
        ("originator", "mistral"),
        ("modifier", "hub:some-stranger"),
    ]
    (base,) = model.lineage
    assert (base.id, base.relation, base.how, base.source) == (
        "mistral-7b", "finetune", "inferred", "the name of the model",
    )  # fmt: skip
    assert model.licence is None
    assert model.facts["lab"].confidence.value == "low"


def test_a_labs_own_repository_named_after_anothers_line_has_that_lab_as_its_originator() -> None:
    model = model_of("upstage/Llama-2-70b-instruct-v2")
    assert model.lab is not None
    assert model.lab.id == "upstage"
    assert [(d.role.value, d.lab.id) for d in model.developers] == [("originator", "meta"), ("modifier", "upstage")]


def test_a_reuploader_is_never_the_modifier_of_what_it_copied() -> None:
    model = model_of("TheBloke/some-thing-mistral-7B-GGUF")
    assert model.lab is not None
    assert model.lab.id == "mistral"
    assert [(d.role.value, d.lab.id) for d in model.developers] == [
        ("originator", "mistral"),
        ("distributor", "thebloke"),
    ]


@pytest.mark.parametrize("written", ["meta-llama/Llama-3.1-8B-New", "Qwen/Qwen2.5-Omni-9B"])
def test_a_labs_own_line_is_no_base_of_itself(written: str) -> None:
    assert model_of(written).lineage == ()


def test_a_copy_named_after_a_version_is_read_as_that_version() -> None:
    model = model_of("Comfy-Org/stable-diffusion-3.5-fp8")
    assert model.lab is not None
    assert model.lab.id == "stability"
    assert model.licence is not None
    assert model.licence.id == "stability-ai-community"
