"""Weight files by name belong to the one repository that the same source file downloads, and to none where it is open."""

from __future__ import annotations

import pytest

from tests.resolve.conftest import hub_of, refer
from vcdd.resolve.resolve import resolve


def ids(registry, *references):
    uses = resolve(references, registry=registry, hub=hub_of()).uses
    return {use.model.id: len(use.references) for use in uses}


REPOSITORY = refer("acme/alpha-7b", "hub-repo", line=1, path="tts.py")


def test_a_nameless_file_is_a_place_of_its_repository(registry):
    file = refer("ve.safetensors", "weight-file", line=9, path="tts.py")
    assert ids(registry, REPOSITORY, file) == {"acme/alpha-7b": 2}


@pytest.mark.parametrize(
    "other",
    [
        refer("ve.safetensors", "weight-file", line=9, path="elsewhere.py"),
        refer("weights/ve.safetensors", "weight-file", line=9, path="tts.py"),
    ],
)
def test_a_file_of_another_place_or_with_a_path_stays_a_model_of_its_own(other, registry):
    assert len(ids(registry, REPOSITORY, other)) == 2


def test_of_two_repositories_nobody_says_whose_the_file_is(registry):
    second = refer("acme/alpha-13b", "hub-repo", line=2, path="tts.py")
    file = refer("ve.safetensors", "weight-file", line=9, path="tts.py")
    assert len(ids(registry, REPOSITORY, second, file)) == 3
