"""Short ids: what is read only where somebody says that it is an id, and what stays unknown even then."""

from __future__ import annotations

import pytest

from vcdd.registry.load import load_registry
from vcdd.registry.registry import Registry


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


@pytest.mark.parametrize(
    ("written", "lab"),
    [
        ("dbrx-instruct", "databricks"),
        ("ling-lite", "antgroup"),
        ("krutrim-2-instruct", "krutrim"),
        ("openthaigpt-7b", "openthaigpt"),
        ("tinyllama", "tinyllama"),
        ("dolphin-mistral", "cognitive"),
    ],
)
def test_an_id_may_be_short_where_it_is_said_to_be_one(written: str, lab: str, registry: Registry) -> None:
    said = registry.identify(written, is_id=True)
    assert said.lab is not None
    assert said.lab.id == lab
    assert registry.identify(written).match == "none"


@pytest.mark.parametrize(
    "written",
    [
        "command",
        "sonar",
        "nova-2",
        "small",
        "ring",
        "krutrim-backend-2",
        "krutrim",
        "dbrx-runner",
        "google",
        "meta-2b",
        "goliath",
    ],
)
def test_a_word_stays_a_word_even_there(written: str, registry: Registry) -> None:
    assert registry.identify(written, is_id=True).lab is None


def test_underscores_of_a_file_name_are_dashes_of_the_published_one(registry: Registry) -> None:
    found = registry.identify("mochi_1_preview.safetensors").family
    assert found is not None
    assert found.id == "mochi"
    assert registry.identify("hunyuan_video", is_id=True).lab is not None
    assert registry.identify("hunyuan_video").match == "none"


def test_another_version_than_the_stem_knows_is_another_line(registry: Registry) -> None:
    """`depth_anything_*` is version 1 and Apache-2.0; the large networks of version 2 are not for commercial use."""
    found = registry.identify("depth_anything_v2_vitl", is_id=True)
    assert found.licence is None or found.licence.id == "cc-by-nc-4.0"


def test_of_another_version_the_maker_alone_is_known(registry: Registry) -> None:
    found = registry.identify("photomaker-v2")
    assert (found.lab and found.lab.id, found.licence, found.match) == ("tencent", None, "lab")
