"""How many sites of a text are kept."""

from __future__ import annotations

import pytest

from vcdd.core.source_file import SourceFile
from vcdd.detect.sites.choose import reader_for
from vcdd.detect.sites.sheet import MAX_SITES, most_sites


@pytest.mark.parametrize(
    ("length", "expected"), [(0, 1_000), (4_000, 2_000), (100_000, 26_000), (10_000_000, MAX_SITES)]
)
def test_the_cap_follows_the_length_of_the_text(length: int, expected: int) -> None:
    assert most_sites("x" * length) == expected


def test_a_shell_text_of_single_letters_is_cut_and_says_so() -> None:
    text = "a " * 20_000
    read = reader_for("a.sh")
    assert read is not None
    found = read(SourceFile(path="a.sh", text=text))
    assert len(found.sites) == most_sites(text)
    assert found.fallback_reason == f"more than {most_sites(text)} strings: the rest is left out"
