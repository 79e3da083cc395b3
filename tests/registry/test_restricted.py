"""Well-known restricted or conditional checkpoints: never a licence more permissive than the true one."""

import pytest

from vcdd.core.model import ConditionKind, LicenceClass
from vcdd.registry.load import load_registry

REGISTRY = load_registry()

NC, OW = LicenceClass.NON_COMMERCIAL, LicenceClass.OPEN_WEIGHT
NO_COMMERCE, USERS = ConditionKind.NON_COMMERCIAL, ConditionKind.MAU_THRESHOLD
REVENUE, TERRITORY = ConditionKind.REVENUE_THRESHOLD, ConditionKind.TERRITORY_LIMIT
USE, REGISTER = ConditionKind.FIELD_OF_USE, ConditionKind.REGISTRATION

RESTRICTED = [
    ("mistralai/Codestral-22B-v0.1", NC, NO_COMMERCE),
    ("mistralai/Mistral-Large-Instruct-2407", NC, NO_COMMERCE),
    ("mistralai/Mistral-Large-Instruct-2411", NC, NO_COMMERCE),
    ("mistralai/Pixtral-Large-Instruct-2411", NC, NO_COMMERCE),
    ("mistralai/Ministral-8B-Instruct-2410", NC, NO_COMMERCE),
    ("mistralai/Mistral-Small-Instruct-2409", NC, NO_COMMERCE),
    ("mistralai/Mistral-Medium-3.5-128B", OW, REVENUE),
    ("tiiuae/falcon-180B", OW, USE),
    ("black-forest-labs/FLUX.1-dev", NC, NO_COMMERCE),
    ("black-forest-labs/FLUX.1-Kontext-dev", NC, NO_COMMERCE),
    ("black-forest-labs/FLUX.2-dev", NC, NO_COMMERCE),
    ("black-forest-labs/FLUX.2-klein-9B", NC, NO_COMMERCE),
    ("stabilityai/stable-diffusion-3.5-large", OW, REVENUE),
    ("stabilityai/stable-diffusion-3-medium-diffusers", OW, REVENUE),
    ("stabilityai/sdxl-turbo", NC, NO_COMMERCE),
    ("stabilityai/stable-video-diffusion-img2vid-xt", NC, NO_COMMERCE),
    ("CohereLabs/c4ai-command-r-v01", NC, NO_COMMERCE),
    ("CohereForAI/c4ai-command-r-plus", NC, NO_COMMERCE),
    ("CohereLabs/c4ai-command-a-03-2025", NC, NO_COMMERCE),
    ("CohereLabs/aya-expanse-8b", NC, NO_COMMERCE),
    ("meta-llama/Llama-2-7b-chat-hf", OW, USERS),
    ("meta-llama/Meta-Llama-3-8B-Instruct", OW, USERS),
    ("meta-llama/Llama-3.1-405B-Instruct", OW, USERS),
    ("meta-llama/Llama-3.2-11B-Vision-Instruct", OW, TERRITORY),
    ("meta-llama/Llama-3.3-70B-Instruct", OW, USERS),
    ("meta-llama/Llama-4-Maverick-17B-128E-Instruct", OW, TERRITORY),
    ("google/gemma-7b-it", OW, USE),
    ("google/gemma-2-27b-it", OW, USE),
    ("google/gemma-3-27b-it", OW, USE),
    ("Qwen/Qwen2.5-3B-Instruct", NC, NO_COMMERCE),
    ("Qwen/Qwen2.5-Coder-3B-Instruct", NC, NO_COMMERCE),
    ("Qwen/Qwen2.5-VL-3B-Instruct", NC, NO_COMMERCE),
    ("Qwen/Qwen2.5-72B-Instruct", OW, USERS),
    ("Qwen/Qwen2-72B-Instruct", OW, USERS),
    ("Qwen/Qwen3.8-2.4T-A95B", OW, REVENUE),
    ("Qwen/Qwen-Image-2.1", NC, NO_COMMERCE),
    ("tencent/HunyuanVideo", OW, TERRITORY),
    ("tencent/Hunyuan3D-2", OW, USERS),
    ("tencent/Hunyuan-A13B-Instruct", OW, TERRITORY),
    ("tencent/Tencent-Hunyuan-Large", OW, TERRITORY),
    ("MiniMaxAI/MiniMax-M2.7", NC, NO_COMMERCE),
    ("MiniMaxAI/MiniMax-M3", OW, REVENUE),
    ("MiniMaxAI/MiniMax-H3", OW, TERRITORY),
    ("moonshotai/Kimi-K3", OW, REVENUE),
    ("deepseek-ai/DeepSeek-V3", OW, USE),
    ("LGAI-EXAONE/EXAONE-4.0-32B", NC, NO_COMMERCE),
    ("jinaai/jina-embeddings-v3", NC, NO_COMMERCE),
    ("SWivid/F5-TTS", NC, NO_COMMERCE),
    ("facebook/musicgen-large", NC, NO_COMMERCE),
    ("facebook/nllb-200-distilled-600M", NC, NO_COMMERCE),
    ("coqui/XTTS-v2", NC, NO_COMMERCE),
    ("Lightricks/LTX-2", OW, REVENUE),
    ("xai-org/grok-2", OW, REVENUE),
    ("ai21labs/AI21-Jamba-1.5-Large", OW, REVENUE),
    ("databricks/dbrx-instruct", OW, USERS),
    ("zai-org/glm-4-9b-chat", OW, REGISTER),
]
SPELLINGS = [
    ("codestral:22b", "ollama", NC),
    ("codestral", "ollama", NC),
    ("bartowski/Codestral-22B-v0.1-GGUF", "", NC),
    ("unsloth/gemma-3-27b-it-bnb-4bit", "", OW),
    ("mlx-community/c4ai-command-r-v01-4bit", "", NC),
    ("RedHatAI/Qwen2.5-3B-quantized.w4a16", "", NC),
    ("nvidia/MiniMax-M2.7-NVFP4", "", NC),
    ("qwen2.5:3b", "ollama", NC),
    ("qwen2.5-coder:3b", "ollama", NC),
    ("qwen2.5vl:3b", "ollama", NC),
    ("fal-ai/flux/dev", "fal", NC),
    ("fal-ai/hunyuan-video", "fal", OW),
    ("command-r", "ollama", NC),
    ("exaone3.5:7.8b", "ollama", NC),
]


def test_there_are_at_least_forty_restricted_checkpoints_here():
    assert len(RESTRICTED) >= 40


@pytest.mark.parametrize(("written", "category", "kind"), RESTRICTED, ids=lambda v: v if isinstance(v, str) else "")
def test_a_restricted_checkpoint_never_looks_freer_than_it_is(written, category, kind):
    licence = REGISTRY.identify(written).licence
    assert licence is not None
    assert licence.category is category
    assert licence.has(kind)


@pytest.mark.parametrize(("written", "via", "category"), SPELLINGS, ids=lambda v: v if isinstance(v, str) else "")
def test_no_route_or_reupload_loosens_a_licence(written, via, category):
    licence = REGISTRY.identify(written, provider=via).licence
    assert licence is not None
    assert licence.category is category


def test_what_is_only_said_to_be_conditional_is_not_called_open_source():
    """A licence nobody has read is never printed as granting ordinary commercial use."""
    for key in REGISTRY.licences:
        record = REGISTRY.licences[key]
        if not record.verified and not record.condition and record.category is LicenceClass.OPEN_WEIGHT:
            pytest.fail(f"{key} is conditional, has no condition on record and is not verified")
