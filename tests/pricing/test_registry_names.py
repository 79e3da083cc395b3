"""The names our data borrows from the registry exist there."""

from importlib.resources import files

import pytest

from vcdd.pricing.peers import load_peers
from vcdd.pricing.provider_ids import provider_names

_REGISTRY = files("vcdd.registry").joinpath("data")


def registry_ids(folder, key):
    """Ids under one folder of the registry's data."""
    import tomli

    found = set()
    for path in _REGISTRY.joinpath(folder).iterdir():
        document = tomli.loads(path.read_text(encoding="utf-8"))
        rows = document.get(key, [])
        found |= {row["id"] for row in (rows if isinstance(rows, list) else [rows])}
    return found


def test_every_family_of_a_peer_group_is_in_the_registry():
    known = registry_ids("labs", "family")
    assert [family for group in load_peers() for family in group.families if family not in known] == []


def test_every_peer_is_of_a_lab_in_the_registry():
    known = {path.name.removesuffix(".toml") for path in _REGISTRY.joinpath("labs").iterdir()}
    assert {peer.lab_id for group in load_peers() for peer in group.peers} <= known


_MAIN = (
    "openai anthropic google-gemini google-vertex aws-bedrock azure deepseek moonshot zai zhipu alibaba-dashscope "
    "minimax volcengine fal replicate together openrouter huggingface kling"
)


@pytest.mark.parametrize("provider", _MAIN.split())
def test_the_main_providers_carry_the_registrys_ids(provider):
    assert provider in registry_ids("providers", "provider")
    assert provider_names()[provider].id == provider
