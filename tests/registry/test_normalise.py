"""An id taken apart: prefix, organisation, name, tag, format suffix; and what hostile or odd text does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcdd.registry.addresses import from_address
from vcdd.registry.load import load_registry
from vcdd.registry.normalise import normalise

REGISTRY = load_registry()


def no_prefix(text):
    return "", ""


@pytest.mark.parametrize(
    ("name", "core", "suffix"),
    [
        ("org/Qwen3-8B-GGUF", "Qwen3-8B", "GGUF"),
        ("org/Qwen3-8B-AWQ", "Qwen3-8B", "AWQ"),
        ("org/Llama-3-8B-Instruct-GPTQ-Int4", "Llama-3-8B-Instruct", "GPTQ-Int4"),
        ("org/Llama-3.2-3B-bnb-4bit", "Llama-3.2-3B", "bnb-4bit"),
        ("org/Qwen2.5-7B-Instruct-MLX-8bit", "Qwen2.5-7B-Instruct", "MLX-8bit"),
        ("org/DeepSeek-R1-NVFP4", "DeepSeek-R1", "NVFP4"),
        ("org/GLM-4.5-FP8", "GLM-4.5", "FP8"),
        ("org/Qwen3-32B-quantized.w4a16", "Qwen3-32B", "quantized-w4a16"),
        ("org/mistral-7b-instruct-v0.2.Q4_K_M.gguf", "mistral-7b-instruct-v0.2", "Q4_K_M-gguf"),
        ("org/Mistral-7B-v0.1", "Mistral-7B-v0.1", ""),
        ("org/awq", "awq", ""),
        ("org/Hermes-3-Llama-3.1-8B", "Hermes-3-Llama-3.1-8B", ""),
    ],
)
def test_format_suffixes_come_off_the_end_and_nothing_else_does(name, core, suffix):
    spelling = normalise(name, no_prefix)
    assert (spelling.name, spelling.suffix) == (core, suffix)


@pytest.mark.parametrize(
    ("written", "stripped", "tag"),
    [
        ("deepseek/deepseek-r1:free", "deepseek/deepseek-r1", ""),
        ("openai/gpt-4o:nitro", "openai/gpt-4o", ""),
        ("qwen3:8b-q4_K_M", "qwen3", "8b-q4_K_M"),
        ("anthropic.claude-3-5-sonnet-20241022-v2:0", "anthropic.claude-3-5-sonnet-20241022", ""),
        ("us.meta.llama3-1-70b-instruct-v1:0", "meta.llama3-1-70b-instruct", ""),
        ("claude-opus-4@20250514", "claude-opus-4-20250514", ""),
        ("org/name@main", "org/name", ""),
        ("owner/name:" + "a" * 64, "owner/name", ""),
        ("ft:gpt-4o-mini-2024-07-18:acme::id", "gpt-4o-mini-2024-07-18", ""),
    ],
)
def test_route_suffixes_come_off_and_tags_are_kept_apart(written, stripped, tag):
    spelling = normalise(written, no_prefix)
    assert (spelling.stripped, spelling.tag) == (stripped, tag)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://huggingface.co/org/name", ("org/name", "huggingface")),
        ("https://huggingface.co/org/name/resolve/main/model.safetensors", ("org/name", "huggingface")),
        ("hf.co/org/name:Q4_K_M", ("org/name:Q4_K_M", "huggingface")),
        ("hf://org/name", ("org/name", "huggingface")),
        ("https://hf-mirror.com/org/name", ("org/name", "huggingface")),
        ("https://modelscope.cn/models/org/name/files", ("org/name", "modelscope")),
        ("https://replicate.com/owner/name", ("owner/name", "replicate")),
        ("https://queue.fal.run/fal-ai/flux/dev", ("fal-ai/flux/dev", "fal")),
        ("https://ollama.com/library/llama3.1", ("llama3.1", "ollama")),
        ("publishers/google/models/gemini-2.5-pro:generateContent", ("google/gemini-2.5-pro", "google-vertex")),
        ("https://example.org/files/yolov8n.pt", ("yolov8n.pt", "")),
        ("gs://bucket/a/b.ckpt", ("b.ckpt", "")),
        ("https://huggingface.co/datasets/org/name", ("name", "")),
        ("org/name", ("org/name", "")),
        ("plain", ("plain", "")),
        ("https://api-inference.huggingface.co/models/Qwen/Qwen3-8B", ("Qwen/Qwen3-8B", "")),
        ("https://router.huggingface.co/hf-inference/models/Qwen/Qwen3-8B?x", ("Qwen/Qwen3-8B", "")),
        ("https://x.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=1", ("gpt-4o", "azure")),
        (
            "https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/google/models/imagen-3:predict",
            ("google/imagen-3", "google-vertex"),
        ),
        ("https://replicate.com/stability-ai/sdxl?utm=1", ("stability-ai/sdxl", "replicate")),
        ("https://replicate.com/account/api-tokens", ("api-tokens", "")),
    ],
)
def test_ids_come_out_of_addresses(address, expected):
    assert from_address(address) == expected


@pytest.mark.parametrize(
    ("written", "provider"),
    [
        ("openrouter/anthropic/claude-sonnet-4", "openrouter"),
        ("bedrock/us-east-1/anthropic.claude-v2", "aws-bedrock"),
        ("vertex_ai/gemini-2.5-pro", "google-vertex"),
        ("litellm_proxy/openrouter/qwen/qwen3-8b", "openrouter"),
        ("accounts/fireworks/models/llama-v3p1-8b-instruct", "fireworks"),
        ("@cf/meta/llama-3-8b-instruct", "cloudflare"),
        ("fal-ai/flux/dev", "fal"),
        ("models/gemini-2.5-pro", "google-gemini"),
        ("openai:gpt-4o", "openai"),
        ("ollama/llama3.1", "ollama"),
        ("openai/gpt-4o", ""),
        ("mistral:7b", ""),
        ("gpt-4o", ""),
    ],
)
def test_a_prefix_names_the_route_unless_routers_use_it_for_the_lab(written, provider):
    assert REGISTRY.identify(written).provider == provider


def test_in_a_library_that_chains_provider_and_id_the_first_word_is_the_route():
    assert REGISTRY.identify("openai/gpt-4o", library="litellm").provider == "openai"
    assert REGISTRY.identify("deepseek/deepseek-chat", library="litellm").provider == "deepseek"


@pytest.mark.parametrize(
    "text", ["", " ", "a b", "x" * 500, "a\x00b", "{model}", "<script>", "/", ":", "//", "a/", "/b"]
)
def test_odd_text_is_unknown_and_nothing_raises(text):
    assert REGISTRY.identify(text).match == "none"


@given(st.text(max_size=450))
def test_no_text_makes_identify_raise(text):
    found = REGISTRY.identify(text)
    assert found.written == text


@given(st.sampled_from(sorted(REGISTRY.checkpoints)))
def test_a_canonical_id_identifies_as_itself(key):
    assert REGISTRY.identify(key).id == key


@pytest.mark.parametrize(
    ("written", "model", "family"),
    [
        ("vit_base_patch16_224.augreg_in21k", "timm/vit_base_patch16_224.augreg_in21k", "timm-google"),
        ("convnextv2_base.fcmae_ft_in22k_in1k", "timm/convnextv2_base.fcmae_ft_in22k_in1k", "timm-fb-nc"),
        ("hf-hub:timm/eva_giant_patch14_336.clip_ft_in1k", "timm/eva_giant_patch14_336.clip_ft_in1k", "timm-eva02"),
        ("hf_hub:laion/CLIP-ViT-L-14-laion2B-s32B-b82K", "laion/CLIP-ViT-L-14-laion2B-s32B-b82K", "clip-laion"),
    ],
)
def test_weights_are_read_as_timm_and_open_clip_write_them(written, model, family):
    found = REGISTRY.identify(written)
    assert found.family is not None
    assert (found.id, found.family.id) == (model, family)


@pytest.mark.parametrize("written", ["os.path_join", "some_module.some_function", "vit_base.unheard_of", "a_b.c_d"])
def test_a_dotted_name_is_no_timm_model_unless_its_tag_is_known(written):
    assert REGISTRY.identify(written).match == "none"


@pytest.mark.parametrize(
    ("written", "family", "distributor"),
    [
        ("bartowski/google_gemma-3-27b-it-GGUF", "gemma-3", "bartowski"),
        ("bartowski/deepseek-ai_DeepSeek-V3-0324-GGUF", "deepseek-v3-mit", "bartowski"),
        ("DevQuasar/deepseek-ai.DeepSeek-R1-GGUF", "deepseek-r1", "ggml-conversions"),
        ("unsloth/Qwen--Qwen3-8B-GGUF", "qwen3", "unsloth"),
    ],
)
def test_a_copy_may_carry_its_makers_name_inside_its_own(written, family, distributor):
    found = REGISTRY.identify(written)
    assert found.family is not None
    assert found.distributor is not None
    assert (found.family.id, found.distributor.id) == (family, distributor)


@pytest.mark.parametrize("written", ["unsloth/some_thing-GGUF", "bartowski/stranger_foo-7B-GGUF", "TheBloke/a--b"])
def test_a_copy_of_something_unheard_of_stays_unknown(written):
    assert REGISTRY.identify(written).family is None


def test_a_labs_own_organisation_is_no_prefix_of_its_api():
    assert REGISTRY.identify("naver/splade-v3").id == "naver/splade-v3"
    assert REGISTRY.identify("naver/HCX-005", library="litellm").id == "HCX-005"
