"""Foreign text in Markdown is shown literally: rendered by a real CommonMark reader, only text nodes come out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.render.hostile import STRINGS
from vcdd.render.markdown import Markdown, code, escape, joined, table
from vcdd.render.plain import clean

READER = MarkdownIt("gfm-like", {"linkify": False, "html": True}).enable("table")


def inline_kinds(text):
    """Kinds of everything inside the inline content of the document."""
    return {child.type for token in READER.parse(text) for child in token.children or []}


def shown(text):
    """What a reader of the rendered document sees."""
    return "".join(child.content for token in READER.parse(text) for child in token.children or [])


def blocks(text):
    """Kinds of the blocks of the document."""
    return [token.type for token in READER.parse(text)]


@pytest.mark.parametrize("text", STRINGS)
def test_escaped_text_is_one_paragraph_of_text(text):
    """Neither a block nor a link, an image, emphasis or HTML; and nothing is lost."""
    markdown = escape(text)
    expected = clean(text, 0)
    assert blocks(markdown) == (["paragraph_open", "inline", "paragraph_close"] if expected else [])
    assert inline_kinds(markdown) <= {"text", "text_special", "code_inline"}
    assert shown(markdown).replace("¦", "|") == expected


@settings(max_examples=200, deadline=None)
@given(st.text("`|\\*_[]()<>!#&~$@:/.-+=1a \n", max_size=25))
def test_any_mixture_of_marks_is_text(text):
    """Property: whatever the marks, one paragraph of text, shown as it is."""
    markdown = escape(text)
    expected = clean(text, 0)
    assert blocks(markdown) == (["paragraph_open", "inline", "paragraph_close"] if expected else [])
    assert inline_kinds(markdown) <= {"text", "text_special", "code_inline"}
    assert shown(markdown).replace("¦", "|") == expected.replace("¦", "|")


@settings(max_examples=200, deadline=None)
@given(st.text("`|\\ab -:", max_size=12), st.text("`|\\ab -:", max_size=12))
def test_no_cell_breaks_a_table(left, right):
    """Property: a table of foreign cells has exactly its columns, in text and in code spans."""
    tokens = READER.parse(table(("A", "B", "C"), [(left, code(right), "end")]))
    cells = [tokens[at + 1] for at, token in enumerate(tokens) if token.type == "td_open"]
    assert len(cells) == 3
    assert cells[2].content == "end"


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("gpt-5.4", "gpt-5.4"),
        ("SMART_LLM", "SMART\\_LLM"),
        ("0.1.0", "0.1.0"),
        ("1. first", "1\\. first"),
        ("- item", "\\- item"),
        ("see https://example.org/a.", "see `https://example.org/a`."),
        ("@scope/name", "`@scope/name`"),
        ("a|b", "a&#124;b"),
        (Markdown("**kept**"), "**kept**"),
        (42, "42"),
    ],
)
def test_ordinary_text_stays_readable(text, markdown):
    """Escapes stand only where Markdown or a host would read something."""
    assert escape(text) == markdown


def test_code_spans():
    """Back-ticks inside are fenced by more back-ticks."""
    assert code("org/name") == "`org/name`"
    assert code("a`b") == "``a`b``"
    assert code("`") == "`` ` ``"
    assert code("") == ""


def test_empty_tables_and_cells():
    """No rows is no table; an empty cell is a dash."""
    assert table(("A",), []) == ""
    assert table(("A", "B"), [("x", "")]) == "| A | B |\n|---|---|\n| x | – |"
    assert joined(["a_b", Markdown("*c*")]) == "a\\_b, *c*"
