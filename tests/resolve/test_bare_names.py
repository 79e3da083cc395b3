"""A bare name that no record has is taken for the one repository of that name, with low confidence and said to be."""

from __future__ import annotations

import pytest

from tests.resolve.conftest import declared, hub_of, refer
from vcdd.core.evidence import Confidence
from vcdd.resolve.describe import describe
from vcdd.resolve.resolve import resolve

HUB = hub_of(
    declared("somelab/Velvet-14B", licence="apache-2.0"),
    declared("somelab/velvet", licence="mit"),
    declared("somelab/7b-2", licence="mit"),
    declared("somelab/qwen-7b", licence="mit"),
)


def test_a_telling_name_leads_to_its_repository(registry):
    model = describe("Velvet-14B", registry=registry, hub=HUB).model
    assert model.id == "somelab/Velvet-14B"
    assert model.licence.id == "apache-2.0"
    assert model.facts["taken_for"].confidence is Confidence.LOW


@pytest.mark.parametrize("word", ["velvet", "7b-2", "Velvet-14C", "", "-14B"])
def test_a_word_without_letters_digit_and_joint_or_unborne_stays_unknown(word, registry):
    assert "taken_for" not in describe(word, registry=registry, hub=HUB).model.facts


def test_the_registry_goes_first(real):
    model = describe("Qwen3-8B", registry=real, hub=hub_of(declared("copier/Qwen3-8B"))).model
    assert model.lab is not None
    assert "taken_for" not in model.facts


def test_a_reference_of_a_target_is_completed_and_joins_the_full_spelling(registry):
    references = [refer("Velvet-14B", line=1), refer("somelab/Velvet-14B", "hub-repo", line=2)]
    uses = resolve(references, registry=registry, hub=HUB).uses
    assert [use.model.id for use in uses if use.model.id.endswith("Velvet-14B")][:1] == ["somelab/Velvet-14B"]
    assert all("taken_for" not in use.model.facts for use in uses)


def test_a_package_is_no_repository(registry):
    assert resolve([refer("Velvet-14B", "dependency")], registry=registry, hub=HUB).uses == ()
