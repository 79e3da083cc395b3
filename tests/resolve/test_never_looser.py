"""Weights that ask for something: unknown is allowed, an open-source answer never is. Written from memory of their cards."""

from __future__ import annotations

import pytest

from tests.resolve.conftest import hub_of, refer
from vcdd.core.model import LicenceClass
from vcdd.registry.load import load_registry
from vcdd.resolve.resolve import resolve

REAL = load_registry()

NAMED_LIKE_OPEN_ONES = [
    "openchat/openchat-3.5-0106-gemma",
    "sbintuitions/sarashina2-8x70b",
    "sbintuitions/sarashina-embedding-v2-1b",
    "sbintuitions/sarashina2.2-tts",
    "vikhyatk/moondream1",
    "OpenGVLab/InternVL2-Llama3-76B",
    "OpenGVLab/InternVL2_5-78B",
    "OpenGVLab/InternVL3-78B",
    "dicta-il/DictaLM-3.0-Nemotron-12B-Instruct",
    "aisingapore/sea-lion-7b-instruct-research",
    "facebook/fasttext-language-identification",
    "sarvamai/sarvam-2b-v0.5",
    "speakleash/Bielik-7B-Instruct-v0.1",
    "CYFRAGOVPL/PLLuM-12B-nc-chat",
    "tiiuae/falcon-11B",
    "Qwen/Qwen2.5-Omni-3B",
    "Qwen/Qwen2.5-Coder-3B-Instruct-GGUF",
    "Qwen/Qwen2.5-Math-72B-Instruct",
    "black-forest-labs/FLUX.2-klein-9B",
    "Salesforce/xLAM-1b-fc-r",
    "Salesforce/moirai-2.0-R-small",
    "nvidia/canary-1b",
    "nvidia/NV-Embed-v1",
    "nvidia/segformer-b0-finetuned-ade-512-512",
    "google/gemma-3-270m",
    "google/vaultgemma-1b",
    "google/shieldgemma-2-4b-it",
    "facebook/perception-lm-8b",
    "facebook/chameleon-30b",
    "microsoft/Orca-2-7b",
    "microsoft/layoutlmv2-base-uncased",
    "jinaai/jina-embeddings-v4",
    "jinaai/jina-reranker-v3",
    "briaai/RMBG-2.0",
    "fishaudio/openaudio-s1-mini",
    "SparkAudio/Spark-TTS-0.5B",
    "HKUSTAudio/Llasa-1B-Multilingual",
]

TAGGED_LOOSER_THAN_THEIR_BASE = [
    "ByteDance-Seed/UI-TARS-72B-DPO",
    "AIDC-AI/Ovis1.6-Gemma2-9B",
    "AIDC-AI/Ovis1.5-Llama3-8B",
    "skt/A.X-4.0",
    "sail/Sailor-7B-Chat",
    "inceptionai/jais-adapted-13b-chat",
    "FlagAlpha/Llama2-Chinese-7b-Chat",
    "FreedomIntelligence/AceGPT-7B-chat",
    "moonshotai/Kimi-Dev-72B",
    "QCRI/Fanar-1-9B-Instruct",
    "hfl/llama-3-chinese-8b-instruct",
    "NousResearch/Nous-Hermes-Llama2-13b",
]


@pytest.mark.parametrize("written", [*NAMED_LIKE_OPEN_ONES, *TAGGED_LOOSER_THAN_THEIR_BASE])
def test_conditional_weights_are_never_called_open_source(written: str) -> None:
    (use,) = resolve([refer(written, "hub-repo", library="transformers")], registry=REAL, hub=hub_of()).uses
    assert use.model.licence is None or use.model.licence.category is not LicenceClass.OPEN_SOURCE


@pytest.mark.parametrize("written", TAGGED_LOOSER_THAN_THEIR_BASE)
def test_the_terms_of_the_base_are_said_where_the_tag_hides_them(written: str) -> None:
    (use,) = resolve([refer(written, "hub-repo", library="transformers")], registry=REAL, hub=hub_of()).uses
    assert use.model.licence is not None
    assert use.model.facts["licence_published"].value != use.model.licence.id
