"""D1: the target's own licence, and licence files of models in the tree."""

from __future__ import annotations

import pytest

from tests.rules.factory import at, context, report, saw
from vcdd.core.reference import ObservationKind
from vcdd.rules.engine import find
from vcdd.rules.own_licence import normalise


def declared(*pairs):
    kind = ObservationKind.LICENCE_DECLARATION
    seen = tuple(saw(kind, subject, location=at(path, 1)) for path, subject in pairs)
    return [item for item in find(report(observations=seen), context()) if item.rule == "L120"]


@pytest.mark.parametrize(
    ("first", "second", "differs"),
    [
        ("Apache-2.0", "MIT", True),
        ("Apache-2.0", "Apache License, Version 2.0", False),
        ("MIT", "License :: OSI Approved :: MIT License", False),
        ("MIT OR Apache-2.0", "MIT", False),
        ("AGPL-3.0-only", "GNU General Public License v3", True),
        ("MIT", "see LICENSE.txt", False),
        ("Proprietary", "MIT", True),
    ],
)
def test_two_spellings_are_one_licence_and_two_licences_are_a_mismatch(first, second, differs):
    assert bool(declared(("LICENSE", first), ("pyproject.toml", second))) is differs


def test_a_package_of_a_monorepo_may_have_its_own_licence():
    assert declared(("LICENSE", "Apache-2.0"), ("packages/ui/package.json", "MIT")) == []


def test_the_mismatch_names_every_place():
    (found,) = declared(("LICENSE", "Apache-2.0"), ("setup.py", "MIT"))
    assert "Apache-2.0 (LICENSE)" in found.fact
    assert "MIT (setup.py)" in found.fact
    assert found.questions == ("Q25",)


def test_a_licence_is_named_once_however_many_files_state_it():
    (found,) = declared(("LICENSE", "MIT License"), ("pyproject.toml", "MIT"), ("setup.py", "GPL-3.0-only"))
    assert "MIT License (LICENSE and pyproject.toml) and GPL-3.0-only (setup.py)" in found.fact


@pytest.mark.parametrize(
    ("detail", "severity"),
    [
        ("grant ends at $2M revenue or $5M of funds raised", "medium"),
        ("use by companies with fewer than 1 million users", "medium"),
        ("redistribution with the notice", "low"),
        ("", "low"),
    ],
)
def test_a_model_licence_in_the_tree_matters_more_with_a_limit_of_revenue_or_funding(detail, severity):
    seen = (saw(ObservationKind.LICENCE_FILE, "acme-weights", location=at("MODEL_LICENSE", 1), detail=detail),)
    (found,) = find(report(observations=seen), context())
    assert (found.rule, found.severity.value) == ("L121", severity)
    assert detail.rstrip(". ") in found.fact


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("GNU Lesser General Public License v3 (LGPLv3)", {"lgpl"}),
        ("GNU Affero General Public License v3", {"agpl"}),
        ("permit", set()),
        ("Apache-2.0 WITH LLVM-exception", {"apache"}),
        ("UNLICENSED", {"proprietary"}),
        ("Unlicense", {"unlicense"}),
    ],
)
def test_licence_families_are_read_by_whole_words(text, families):
    assert normalise(text) == families
