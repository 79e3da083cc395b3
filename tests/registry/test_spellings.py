"""Hosts and price lists put their own words before and into ids; the maker stays the maker."""

import pytest

from vcdd.registry.load import load_registry
from vcdd.registry.registry import Registry
from vcdd.registry.vocabulary import compile_vocabulary
from vcdd.registry.voices import filed_voice


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


def lab_of(registry: Registry, written: str) -> str:
    found = registry.identify(written)
    return found.lab.id if found.lab else ""


@pytest.mark.parametrize(
    ("written", "lab"),
    [
        ("azure/eu/gpt-4o-2024-08-06", "openai"),
        ("azure/global-standard/gpt-4o-mini", "openai"),
        ("azure/hd/1024-x-1792/dall-e-3", "openai"),
        ("bedrock/us-gov-west-1/anthropic.claude-3-haiku-20240307-v1:0", "anthropic"),
        ("bedrock/*/6-month-commitment/cohere.command-text-v14", "cohere"),
        ("fal_ai/high/1024-x-1024/openai/gpt-image-2", "openai"),
        ("acme/eu/gpt-4o-2024-08-06", ""),
    ],
)
def test_region_size_and_commitment_before_an_id_change_nothing(registry, written, lab):
    assert lab_of(registry, written) == lab


@pytest.mark.parametrize(
    ("written", "lab"),
    [
        ("perplexity/anthropic/claude-opus-4-5", "anthropic"),
        ("perplexity/perplexity/glm-5.2", "zhipu"),
        ("sail/zai-org/GLM-5.3", "zhipu"),
        ("mistral/glm-5-2", "zhipu"),
        ("tensormesh/openai/gpt-oss-20b", "openai"),
        ("sail/Sailor-7B", "sail-sg"),
        ("perplexity/sonar-pro", "perplexity"),
        ("tensormesh/openai/unheard-of-model", ""),
    ],
)
def test_a_host_that_sells_others_models_is_not_their_maker(registry, written, lab):
    assert lab_of(registry, written) == lab


@pytest.mark.parametrize(
    ("written", "lab"),
    [
        ("openai-gpt-4o", "openai"),
        ("anthropic--claude-4-sonnet", "anthropic"),
        ("zai-org-glm-4.6", "zhipu"),
        ("alibaba-qwen3-32b", "alibaba"),
        ("snowflake/openai-gpt-5", "openai"),
        ("openai-claude-4-sonnet", ""),
        ("openai-python-1.2", ""),
    ],
)
def test_a_makers_name_joined_to_a_model_counts_where_both_agree(registry, written, lab):
    assert lab_of(registry, written) == lab


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("deepseek-ai/DeepSeek-V3-1", "deepseek-ai/DeepSeek-V3.1"),
        ("ovhcloud/Meta-Llama-3_3-70B-Instruct", "meta-llama/Llama-3.3-70B-Instruct"),
    ],
)
def test_a_hyphen_for_a_point_still_names_the_checkpoint(registry, written, expected):
    found = registry.identify(written)
    assert expected in (found.id, found.checkpoint and found.checkpoint.id)


def test_a_size_behind_a_version_is_no_decimal(registry):
    assert registry.identify("llama-3-8b").licence != registry.identify("llama-3.2-3b").licence


@pytest.mark.parametrize(
    ("voice", "lab"),
    [
        ("en-US-Chirp3-HD-Charon", "google"),
        ("en-GB-Studio-B", "google"),
        ("en-US-JennyNeural", "microsoft"),
        ("zh-CN-liaoning-XiaobeiNeural", "microsoft"),
        ("en-US-Ava:DragonHDLatestNeural", "microsoft"),
    ],
)
def test_a_voice_names_the_cloud_behind_it_but_is_no_model_by_itself(registry, voice, lab):
    assert lab_of(registry, voice) == lab
    assert registry.identify(voice).id == voice
    assert compile_vocabulary(registry).look_up(voice).strength.name == "NONE"


@pytest.mark.parametrize("text", ["en-US", "en-US-", "de-DE-Neural", "x-Neural2-F", "en-US-Neural2", "en-us-neural2-f"])
def test_other_locale_strings_are_no_voices(text):
    assert filed_voice(text) == ""


@pytest.mark.parametrize(
    ("written", "provider", "licence"),
    [
        ("solaria-9", "gladia", "proprietary"),
        ("v9", "pixverse", "proprietary"),
        ("cartesia/ink-9", "", "proprietary"),
        ("unheard-of-9", "mistral", ""),
        ("unheard-of-9", "gladia-like", ""),
    ],
)
def test_an_unknown_id_of_an_api_that_serves_closed_models_only_is_closed(registry, written, provider, licence):
    found = registry.identify(written, provider=provider)
    assert (found.licence.id if found.licence else "") == licence


@pytest.mark.parametrize(
    ("written", "status", "year"),
    [
        ("gpt-3.5-turbo-16k", "retired", 2026),
        ("embed-english-v2.0", "retired", 2026),
        ("claude-instant-1.1", "retired", 2024),
        ("moonshot-v1-8k", "retired", 2026),
        ("us.amazon.nova-canvas-v1:0", "retired", 2026),
        ("virtual-try-on-001", "deprecated", 2027),
    ],
)
def test_the_end_of_a_hosted_model_is_known_under_its_hosts_spelling_too(registry, written, status, year):
    lifecycle = registry.identify(written).lifecycle
    assert (lifecycle.status.value, lifecycle.date.year) == (status, year)


@pytest.mark.parametrize("text", ["v0-1.0.3", "lightning-v2", "music-2.0", "swe-1", "imagetext", "pangu-nlp-kit-1"])
def test_a_word_that_could_be_anything_else_needs_its_place(registry, text):
    assert registry.identify(text).match == "none"
