"""Near misses for unknown ids."""

import pytest

from vcdd.registry.load import load_registry
from vcdd.registry.suggest import suggest

REGISTRY = load_registry()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("gpt-5.22", "gpt-5.2"),
        ("claude-sonet-4-5", "claude-sonnet-4-5-20250929"),
        ("Qwen/Qwen3-8", "Qwen/Qwen3-8B"),
        ("meta-lama/Llama-3.1-8B-Instruct", "meta-llama/Llama-3.1-8B-Instruct"),
    ],
)
def test_a_misspelt_id_has_its_neighbour_among_the_suggestions(written, expected):
    assert expected in suggest(REGISTRY, written)


@pytest.mark.parametrize("written", ["", "x", "zzzzqqqq", "https://example.org/nothing"])
def test_nothing_is_suggested_for_noise(written):
    assert suggest(REGISTRY, written) == ()


def test_suggestions_are_bounded_and_without_repeats():
    found = suggest(REGISTRY, "gpt-4", count=5)
    assert len(found) <= 5
    assert len(set(found)) == len(found)
