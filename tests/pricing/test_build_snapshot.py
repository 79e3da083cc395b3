"""The snapshot script reads keys it is sure of and leaves the rest."""

from decimal import Decimal

import pytest

from tests.pricing.factory import D
from vcdd.pricing.build_snapshot import read_key, rows_of, split_key


@pytest.mark.parametrize(
    ("mode", "key", "expected"),
    [
        ("chat", "input_cost_per_token", ("input-mtok", D(1_000_000), "")),
        ("chat", "input_cost_per_token_batches", ("input-mtok", D(1_000_000), "batch")),
        (
            "chat",
            "output_cost_per_token_above_200k_tokens",
            ("output-mtok", D(1_000_000), "above 200,000 input tokens"),
        ),
        (
            "chat",
            "input_cost_per_token_above_272k_tokens_batches",
            ("input-mtok", D(1_000_000), "batch, above 272,000 input tokens"),
        ),
        ("video_generation", "output_cost_per_second_1080p", ("video-second", D(1), "1080p")),
        ("image_generation", "output_cost_per_image_4K", ("image", D(1), "4K")),
        ("audio_transcription", "input_cost_per_second", ("audio-minute", D(60), "")),
        ("chat", "input_cost_per_second", None),
        ("audio_speech", "output_cost_per_image", None),
        ("image_generation", "input_cost_per_image", None),
        ("chat", "input_cost_per_token_priority", None),
        ("chat", "search_context_cost_per_query", None),
    ],
)
def test_a_price_key_becomes_a_unit_or_nothing(mode, key, expected):
    assert read_key(mode, key) == expected


@pytest.mark.parametrize(
    ("key", "provider", "expected"),
    [
        ("fal_ai/high/1024-x-1024/openai/gpt-image-2", "fal_ai", ("openai/gpt-image-2", "high, 1024x1024")),
        ("fal_ai/fal-ai/flux/dev", "fal_ai", ("fal-ai/flux/dev", "")),
        ("azure/eu/gpt-4o", "azure", ("gpt-4o", "eu region")),
        ("vertex_ai/veo-3.0-generate-001", "vertex_ai-video-models", ("veo-3.0-generate-001", "")),
        ("gpt-5", "openai", ("gpt-5", "")),
    ],
)
def test_a_map_key_is_split_into_model_and_conditions(key, provider, expected):
    assert split_key(key, provider) == expected


def test_tiers_become_conditions_and_zero_is_no_price():
    entry = {
        "mode": "chat",
        "litellm_provider": "dashscope",
        "output_cost_per_token": 0,
        "tiered_pricing": [
            {"input_cost_per_token": Decimal("1.2e-6"), "range": [0, Decimal("32000.0")]},
            {"input_cost_per_token": Decimal("2.4e-6"), "range": [Decimal("32000.0"), Decimal("128000.0")]},
        ],
    }
    rows = {(row[1], row[3]): row[2] for row in rows_of("dashscope/qwen3-max", entry)}
    assert rows == {("input-mtok", ""): D("1.2"), ("input-mtok", "above 32,000 input tokens"): D("2.4")}


def test_a_price_per_pixel_of_a_stated_size_becomes_a_price_per_image():
    entry = {"mode": "image_generation", "litellm_provider": "openai", "input_cost_per_pixel": Decimal("1e-8")}
    assert list(rows_of("1000-x-1000/dall-e-2", entry)) == [("dall-e-2", "image", D("0.01"), "1000x1000", "")]
