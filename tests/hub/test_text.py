"""Foreign text is carried without control characters, and only real ids are ids."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcdd.hub.text import clean, is_repo_id


@given(st.text(), st.integers(min_value=0, max_value=50))
def test_clean_text_is_printable_bounded_and_stable(text: str, limit: int) -> None:
    once = clean(text, limit)
    assert len(once) <= limit
    assert all(c.isprintable() or c == " " or c.isspace() for c in once)
    assert clean(once, limit) == once


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("two\nlines", "two lines"),
        ("zero\u200bwidth", "zerowidth"),
        (None, ""),
        (7, ""),
        ("普通话", "普通话"),
    ],
)
def test_control_and_format_characters_are_dropped(raw: object, expected: str) -> None:
    assert clean(raw) == expected


@pytest.mark.parametrize("good", ["gpt2", "Qwen/Qwen3-0.6B", "a/b", "01-ai/Yi-1.5-34B", "x/" + "a" * 96])
def test_names_of_repositories_are_ids(good: str) -> None:
    assert is_repo_id(good)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "../etc/passwd",
        "a/b/c",
        "a/b?c=d",
        "a b/c",
        "-a/b",
        "a/b.",
        "a/b--c",
        "a/b.git",
        "x/" + "a" * 97,
        "é/b",
        "a/b\n",
    ],
)
def test_anything_else_is_not_an_id(bad: str) -> None:
    assert not is_repo_id(bad)
