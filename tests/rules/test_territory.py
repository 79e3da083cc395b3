"""Places and groups of places."""

from __future__ import annotations

import pytest

from vcdd.rules.territory import EEA, EU, overlap


@pytest.mark.parametrize(
    ("place", "others", "expected"),
    [
        ("DE", ("EU",), True),
        ("EU", ("DE",), True),
        ("UK", ("GB",), True),
        ("gb", ("EU",), False),
        ("NO", ("EU",), False),
        ("NO", ("EEA",), True),
        ("CH", ("EU", "EEA"), False),
        ("", ("EU",), False),
        ("US", (), False),
    ],
)
def test_members_belong_to_their_group(place, others, expected):
    assert overlap(place, others) is expected


def test_the_groups_have_their_members():
    assert len(EU) == 27
    assert len(EEA) == 30
