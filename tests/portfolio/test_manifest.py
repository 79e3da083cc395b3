"""The manifest is read strictly: what cannot be meant is refused with its place, and nothing is asked of anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from vcdd.errors import ConfigError
from vcdd.portfolio.manifest import read_manifest

COMPANY = '[[company]]\nname = "Acme"\nsource = "acme"\n'


def read(folder: Path, text: str):
    file = folder / "portfolio.toml"
    file.write_text(text, encoding="utf-8")
    return read_manifest(file)


def test_everything_a_manifest_may_say(tmp_path):
    """Every key, with paths relative to the manifest and addresses as they are."""
    (tmp_path / "house.toml").write_text("", encoding="utf-8")
    found = read(
        tmp_path,
        'name = "Fund III"\npolicy = "default"\n'
        '[[company]]\nname = "Acme"\nsources = ["web", "https://user:key@example.org/acme/api.git", "acme.json"]\n'
        'policy = "house.toml"\ntags = ["video"]\nstage = "seed"\nusage = "u.toml"\ncompany = "c.toml"\n'
        '[[company]]\nname = "Other"\nsource = "org/repo"\nvolumes = { requests_per_month = 5, input_tokens = 1.5 }\n',
    )
    acme, other = found.companies
    assert found.name == "Fund III"
    assert acme.sources == (
        str(tmp_path / "web"),
        "https://user:key@example.org/acme/api.git",
        str(tmp_path / "acme.json"),
    )
    assert acme.shown == ("web", "https://example.org/acme/api.git", "acme.json")
    assert (acme.policy, acme.usage, acme.company) == tuple(
        str(tmp_path / n) for n in ("house.toml", "u.toml", "c.toml")
    )
    assert (acme.tags, acme.stage) == (("video",), "seed")
    assert other.policy == "default"
    assert other.volumes == "requests_per_month = 5\ninput_tokens = 1.5\n"


def test_a_short_name_is_a_folder_and_never_an_address(tmp_path):
    """`org/repo` that is not there must fail as a missing folder, not become a question to a code host."""
    found = read(tmp_path, '[[company]]\nname = "A"\nsource = "org/repo"\n')
    assert found.companies[0].sources == (str(tmp_path / "org" / "repo"),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "0 companies"),
        ("name = 3\n" + COMPANY, "name must be a text"),
        ("company = 3", "must be a list of tables"),
        ("[[company]]\n", "has no name"),
        ('[[company]]\nname = "A"\n', "needs either source or sources"),
        ('[[company]]\nname = "A"\nsource = "a"\nsources = ["b"]\n', "needs either source or sources"),
        ('[[company]]\nname = "A"\nsources = []\n', "empty or repeated"),
        ('[[company]]\nname = "A"\nsources = ["a", "a"]\n', "empty or repeated"),
        ('[[company]]\nname = "A"\nsource = ""\n', "empty or repeated"),
        ('[[company]]\nname = "A"\nsource = "a"\ntags = "x"\n', "tags must be a list"),
        ('[[company]]\nname = "A\\u001b"\nsource = "a"\n', "control characters"),
        ('[[company]]\nname = "A"\nsource = "a"\nsorce = "b"\n', "unknown key"),
        ('[[company]]\nname = "A"\nsource = "a"\nvolumes = { requests = 5 }\n', "unknown key"),
        ('[[company]]\nname = "A"\nsource = "a"\nvolumes = { requests_per_month = "5" }\n', "must be numbers"),
        ('[[company]]\nname = "A"\nsource = "a"\nvolumes = { requests_per_month = -5 }\n', "must be 0 or more"),
        ('[[company]]\nname = "A"\nsource = "a"\nvolumes = { slots = { a = 1 } }\n', "table of numbers"),
        ('[[company]]\nname = "A"\nsource = "a"\nusage = "u"\nvolumes = { requests_per_month = 5 }\n', "both usage and volumes"),
        ("[[company]\n", "not valid TOML"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(tmp_path, text, words):
    """One sentence that names the place, and a next step."""
    with pytest.raises(ConfigError, match=words) as caught:
        read(tmp_path, text)
    assert caught.value.help


@pytest.mark.parametrize("twin", ["Acme", "ACME", " Acme ", "Ａcme"])
def test_two_companies_of_one_name_are_refused(tmp_path, twin):
    """Names that a reader could not tell apart are one name: a store keyed by it would mix two companies."""
    with pytest.raises(ConfigError, match="companies 1 and 3 are both called"):
        read(
            tmp_path,
            COMPANY + '[[company]]\nname = "B"\nsource = "b"\n' + f'[[company]]\nname = "{twin}"\nsource = "c"\n',
        )


def test_names_that_differ_are_kept_apart(tmp_path):
    """The near miss of the rule above."""
    assert len(read(tmp_path, COMPANY + '[[company]]\nname = "Acme 2"\nsource = "b"\n').companies) == 2
