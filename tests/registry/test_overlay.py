"""A firm's overlay file: adds, overrides, is named; a broken one is refused with file, key and a near miss."""

import pytest

from vcdd.errors import ConfigError
from vcdd.registry.load import load_registry

GOOD = """
[[checkpoint]]
id = "acme/house-model"
lab = "mistral"
family = "mistral-7b"
source = "our own diligence file"
checked = 2026-11-20

[[family]]
id = "gpt-5"
licence = ""
note_that_is_not_a_key = 1
"""


def write(tmp_path, text):
    path = tmp_path / "overlay.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_overlay_adds_a_record_and_is_named(tmp_path):
    path = write(tmp_path, GOOD.partition("[[family]]")[0])
    registry = load_registry([path])
    assert registry.identify("acme/house-model").lab.id == "mistral"
    assert registry.overlays == (str(path),)
    assert load_registry().identify("acme/house-model").lab is None


def test_an_overlay_overrides_only_the_fields_it_gives(tmp_path):
    path = write(tmp_path, '[[lab]]\nid = "jina"\ncountry = "US"\nsource = "counsel"\nchecked = 2026-11-20\n')
    lab = load_registry([path]).lab("jina")
    assert lab.country.value == "US"
    assert lab.country.source == "counsel"
    assert lab.name == "Jina AI"


def test_the_version_tells_overlaid_registries_apart(tmp_path):
    path = write(tmp_path, '[[lab]]\nid = "jina"\ncountry = "US"\n')
    assert load_registry([path]).version != load_registry().version


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD, ["gpt-5", "note_that_is_not_a_key"]),
        ('[[lab]]\nid = "jina"\ncountri = "US"\n', ["countri", "did you mean 'country'"]),
        ('[[labs]]\nid = "jina"\n', ["unknown heading 'labs'", "lab"]),
        ('[[lab]]\nname = "no id"\n', ["needs an `id`"]),
        ('[[family]]\nid = "gpt-5"\nweights = "ajar"\n', ["weights"]),
        ("[[lab]\n", ["overlay.toml"]),
        ("lab = 3\n", ["needs an `id`"]),
    ],
)
def test_a_broken_overlay_names_file_and_key(tmp_path, text, words):
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_registry([path])
    assert str(path) in caught.value.message
    for word in words:
        assert word in caught.value.message
    assert caught.value.help


def test_a_missing_overlay_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        load_registry([tmp_path / "absent.toml"])


def test_an_overlay_that_is_not_text_is_refused(tmp_path):
    path = tmp_path / "overlay.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"overlay\.toml"):
        load_registry([path])
