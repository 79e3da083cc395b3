"""On whose weights fine-tunes stand, and what must not be taken for a model."""

import pytest

from vcdd.core.model import Role
from vcdd.registry.load import load_registry

REGISTRY = load_registry()


@pytest.mark.parametrize(
    ("written", "base", "originator"),
    [
        ("HuggingFaceH4/zephyr-7b-gemma-v0.1", "google/gemma-7b", "google"),
        ("HuggingFaceH4/zephyr-orpo-141b-A35b-v0.1", "mistral-community/Mixtral-8x22B-v0.1", "mistral"),
        ("allenai/Molmo-72B-0924", "Qwen/Qwen2-72B", "alibaba"),
        ("allenai/Molmo-7B-D-0924", "Qwen/Qwen2-7B", "alibaba"),
        ("openbmb/MiniCPM-Llama3-V-2_5", "meta-llama/Meta-Llama-3-8B-Instruct", "meta"),
        ("microsoft/VibeVoice-1.5B", "Qwen/Qwen2.5-1.5B", "alibaba"),
        ("PrimeIntellect/INTELLECT-2", "Qwen/QwQ-32B", "alibaba"),
        ("nvidia/canary-qwen-2.5b", "Qwen/Qwen3-1.7B", "alibaba"),
        ("silma-ai/SILMA-9B-Instruct-v1.0", "google/gemma-2-9b", "google"),
        ("epfl-llm/meditron-7b", "meta-llama/Llama-2-7b-hf", "meta"),
        ("ByteDance-Seed/UI-TARS-1.5-7B", "Qwen/Qwen2.5-VL-7B-Instruct", "alibaba"),
        ("NousResearch/Hermes-4-14B", "Qwen/Qwen3-14B", "alibaba"),
        ("NousResearch/Hermes-3-Llama-3.2-3B", "meta-llama/Llama-3.2-3B", "meta"),
        ("NousResearch/Hermes-3-Llama-3.1-8B", "meta-llama/Llama-3.1-8B", "meta"),
        ("microsoft/MAI-DS-R1", "deepseek-ai/DeepSeek-R1", "deepseek"),
        ("perplexity-ai/r1-1776", "deepseek-ai/DeepSeek-R1", "deepseek"),
        ("elyza/Llama-3-ELYZA-JP-8B", "meta-llama/Meta-Llama-3-8B-Instruct", "meta"),
        ("aisingapore/Gemma-SEA-LION-v3-9B-IT", "google/gemma-2-9b", "google"),
        ("scb10x/typhoon2-qwen2.5-7b-instruct", "Qwen/Qwen2.5-7B", "alibaba"),
        ("dslim/bert-base-NER", "google-bert/bert-base-cased", "google"),
        ("openvla/openvla-7b", "meta-llama/Llama-2-7b-hf", "meta"),
        ("protectai/deberta-v3-base-prompt-injection-v2", "microsoft/deberta-v3-base", "microsoft"),
    ],
)
def test_a_fine_tune_names_its_base_and_the_lab_that_trained_it(written, base, originator):
    """The tuner stays the lab of the checkpoint, in the role of modifier; the base is on record under its own maker."""
    found = REGISTRY.identify(written)
    assert base in {link.id for link in found.bases}
    roles = {link.role: link.lab for link in found.checkpoint.developers}
    assert roles == {Role.ORIGINATOR: originator, Role.MODIFIER: found.lab.id}
    assert REGISTRY.identify(base).lab.id == originator


def test_the_terms_of_a_base_are_known_where_the_card_of_its_fine_tune_is_looser():
    (base,) = REGISTRY.identify("allenai/Molmo-72B-0924").bases
    assert REGISTRY.identify(base.id).licence.id == "tongyi-qianwen"


@pytest.mark.parametrize(
    ("written", "licence"),
    [
        ("depth-anything/Depth-Anything-V2-Small-hf", "apache-2.0"),
        ("depth-anything/Depth-Anything-V2-Large", "cc-by-nc-4.0"),
        ("depth-anything/Depth-Anything-V2-Base-hf", "cc-by-nc-4.0"),
    ],
)
def test_sizes_of_depth_anything_differ_in_their_terms(written, licence):
    assert REGISTRY.identify(written).licence.id == licence


@pytest.mark.parametrize(
    ("written", "lab"),
    [
        ("urchade/gliner_base", "gliner"),
        ("dslim/bert-base-NER", "dslim"),
        ("depth-anything/DA3-BASE", "depth-anything"),
    ],
)
def test_a_maker_without_a_recorded_seat_is_still_the_maker(written, lab):
    found = REGISTRY.identify(written).lab
    assert found.id == lab
    assert found.country.value is None


def test_timm_distributes_what_others_trained():
    assert REGISTRY.identify("timm/resnet50.a1_in1k").lab is None
    found = REGISTRY.identify("timm/vit_base_patch16_clip_224.openai")
    assert found.lab.id == "openai"
    assert found.distributor.id == "timm"


def test_the_name_that_azure_gives_a_model_keeps_its_own_lifecycle():
    assert REGISTRY.identify("gpt-3.5-turbo").lifecycle.status == "retired"
    found = REGISTRY.identify("gpt-35-turbo", provider="azure-openai")
    assert found.id == "gpt-35-turbo"
    assert found.lifecycle is None


@pytest.mark.parametrize(
    ("written", "via"),
    [
        ("claude-code", ""),
        ("claude-code", "anthropic"),
        ("claude-code", "openrouter"),
        ("claude-desktop", "anthropic"),
        ("codex-cli", "openai"),
        ("gpt-engineer", ""),
        ("gpt-engineer", "openai"),
        ("gpt-researcher", "openai"),
        ("gpt-researcher/1.0", "openai"),
    ],
)
def test_a_tool_named_after_a_model_belongs_to_no_family(written, via):
    assert REGISTRY.identify(written, provider=via).family is None


@pytest.mark.parametrize(
    ("written", "lab"),
    [
        ("mradermacher/Qwen2.5-Llama-3.1-Merge-8B-GGUF", ""),
        ("someone/Llama-3.1-Qwen2.5-8B-GGUF", ""),
        ("mradermacher/Phi-4-Qwen3-14B-GGUF", ""),
        ("bartowski/Mistral-Nemo-Gemma-2-9B-GGUF", ""),
        ("unsloth/DeepSeek-R1-Distill-Llama-8B-GGUF", "deepseek"),
        ("unsloth/Llama-3_3-Nemotron-Super-49B-v1-GGUF", "nvidia"),
        ("bartowski/Qwen2.5-7B-Instruct-GGUF", "alibaba"),
    ],
)
def test_a_name_with_two_makers_is_nobodys_plain_copy_unless_one_stands_on_the_other(written, lab):
    found = REGISTRY.identify(written)
    assert (found.lab.id if found.lab else "") == lab


@pytest.mark.parametrize(
    ("written", "checkpoint"),
    [
        ("mistral-7b-instruct-v0.2.Q5_K_M.gguf", "mistralai/Mistral-7B-Instruct-v0.2"),
        ("dreamshaper_8.safetensors", "Lykon/dreamshaper-8"),
        ("t5xxl_fp16.safetensors", "google/t5-v1_1-xxl"),
    ],
)
def test_a_weight_file_is_its_published_checkpoint(written, checkpoint):
    """A file's name joins its words by `-` or `_`; who copied it is unknown, whose weights they are is not."""
    found = REGISTRY.identify(written)
    assert checkpoint in {found.id, found.base_id}


@pytest.mark.parametrize(
    "written", ["best.pt", "model_v2.onnx", "yolov8n-custom.pt", "my-model-2.gguf", "decoder.onnx"]
)
def test_a_weight_file_of_any_other_name_is_nobodys(written):
    assert REGISTRY.identify(written).lab is None
