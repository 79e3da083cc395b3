"""Lines are cut and wrapped by the cells they take, as another library measures them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from vcdd.render.styled import Line, cells

TEXTS = st.text(alphabet="ab Z9·é模型、ｗ\u0301-", max_size=60)


@given(text=TEXTS, width=st.integers(2, 30))
def test_no_piece_is_wider_than_asked_and_none_is_lost(text, width):
    parts = [line.plain for line in Line(text).wrapped(width)]
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(cell_len(part) <= width for part in parts)


@given(text=TEXTS, width=st.integers(2, 30))
def test_what_is_cut_ends_in_an_ellipsis_and_fits(text, width):
    cut = Line(text).truncate(width).plain
    assert cut == text if cell_len(text) <= width else cut.endswith("…")
    assert cell_len(cut) <= width
    assert cells(text) == cell_len(text)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 8, ["one two", "three"]),
        ("one two", 7, ["one two"]),
        ("abcdefgh ij", 3, ["abc", "def", "gh", "ij"]),
        ("模型模型 a", 4, ["模型", "模型", "a"]),
        ("", 9, [""]),
    ],
)
def test_lines_break_before_words(text, width, lines):
    assert [line.plain for line in Line(text).wrapped(width)] == lines


def test_each_piece_of_a_wrapped_line_keeps_its_style():
    line = Line("one two", "bold").append(" three", "red")
    printed = [part.printed(colour=True) for part in line.wrapped(8)]
    assert printed == ["\x1b[1mone two\x1b[0m", "\x1b[31mthree\x1b[0m"]
