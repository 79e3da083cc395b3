"""Which dotted ids only one cloud writes, and which another one writes too."""

import pytest

from tests.resolve.conftest import hub_of, refer
from vcdd.registry.load import load_registry
from vcdd.resolve.resolve import resolve


def provider_of(written: str) -> str:
    (use,) = resolve([refer(written)], registry=load_registry(), hub=hub_of()).uses
    return use.route.provider.id if use.route.provider else ""


@pytest.mark.parametrize(
    "written",
    [
        "us.anthropic.claude-3-7-sonnet-20250219-v1:0",
        "anthropic.claude-v2:1:200k",
        "moonshotai.kimi-k2.5",
        "google.gemma-3-12b-it",
        "zai.glm-4.7-flash",
        "nvidia.nemotron-nano-12b-v2",
        "cohere.embed-v4:0",
        "cohere.command-text-v14",
        "meta.llama3-1-70b-instruct-v1:0",
        "openai.gpt-oss-120b-1:0",
    ],
)
def test_bedrocks_spelling_names_bedrock(written):
    assert provider_of(written) == "aws-bedrock"


@pytest.mark.parametrize(
    "written",
    [
        "cohere.command-r-plus-08-2024",
        "meta.llama-3.1-70b-instruct",
        "openai.gpt-oss-120b",
        "xai.grok-4",
    ],
)
def test_a_spelling_that_oracles_service_shares_does_not(written):
    assert provider_of(written) != "aws-bedrock"


@pytest.mark.parametrize(
    ("written", "provider"),
    [
        ("sonar-deep-research", "perplexity"),
        ("deepgram/nova-3-medical", "deepgram"),
        ("hunyuan-t1-20250822", "tencent"),
        ("gen4_turbo", "runway"),
        ("hunyuan-unheard-of", ""),
    ],
)
def test_a_closed_model_goes_by_default_to_its_labs_own_api_even_if_that_sells_others_too(written, provider):
    assert provider_of(written) == provider
