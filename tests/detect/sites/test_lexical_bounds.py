"""The lexical reader stays whole on any text, in every language of its table."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vcdd.core.source_file import SourceFile
from vcdd.detect.sites.lexical import read
from vcdd.detect.sites.lexical_languages import language_of
from vcdd.detect.sites.lexical_tokens import tokens
from vcdd.detect.sites.tree_sitter_walk import MAX_FRAMES

SUFFIXES = [
    "go",
    "rs",
    "java",
    "groovy",
    "kt",
    "scala",
    "cs",
    "rb",
    "php",
    "swift",
    "dart",
    "cpp",
    "ex",
    "lua",
    "pl",
    "ps1",
    "r",
    "hs",
    "clj",
    "f90",
    "bat",
    "xyz",
]
PIECES = st.sampled_from(
    [
        *"{}[]()'\"`\\/*<>=;,:?!$@#%|&.-~ \n\0é💡",
        *(
            "${",
            "#{",
            "\\(",
            '"""',
            "'''",
            "//",
            "/*",
            "*/",
            "--[[",
            "<<A\n",
            'r#"',
            'R"(',
            "->",
            "=>",
            "::",
            "??",
            "?:",
            "||",
        ),
        *("%w[", "if x {", "func f(", "class A {", "def f", "return ", "case ", "model: ", "end\n"),
    ]
)


@settings(max_examples=250, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join), st.sampled_from(SUFFIXES))
def test_no_text_makes_it_raise(text: str, suffix: str) -> None:
    lines = text.split("\n")
    for site in read(SourceFile(path=f"a.{suffix}", text=text)).sites:
        assert 1 <= site.line <= len(lines)
        assert 1 <= site.column <= len(lines[site.line - 1]) + 1
        assert len(site.frames) <= MAX_FRAMES + 1
        assert site.text or site.symbol


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.sampled_from(SUFFIXES))
def test_arbitrary_text_never_raises(text: str, suffix: str) -> None:
    read(SourceFile(path=f"a.{suffix}", text=text))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_tokens_come_in_order_and_do_not_overlap(suffix: str) -> None:
    text = 'f(a, "b") { c["d"] } // e\n' * 20
    reached = 0
    for _, start, end in tokens(language_of(f"a.{suffix}"), text):
        assert reached <= start < end
        reached = end


@pytest.mark.parametrize(
    "unit", ["[", "{", "(", "f(", "f('x',", "a.", '"a"+', "x ? ", "class A {", '"${', "<<A\n", "/*", "'", 'r#"']
)
@pytest.mark.parametrize("suffix", ["go", "kt", "rb", "cpp", "rs"])
def test_deep_nesting_is_read_without_recursion(unit: str, suffix: str) -> None:
    assert read(SourceFile(path=f"a.{suffix}", text=unit * 3000)).reader == "lexical"


@pytest.mark.parametrize("suffix", ["go", "kt", "rb", "cpp", "rs"])
def test_nesting_that_nobody_writes_is_read_by_lines_and_said_so(suffix: str) -> None:
    text = 'f("acme", ' * 300
    found = read(SourceFile(path=f"a.{suffix}", text=text))
    assert (found.reader, found.fallback_used) == ("lexical", "lines")
    assert "200" in found.fallback_reason
    assert {site.text for site in found.sites} == {"acme"}


def test_many_brackets_beside_each_other_are_not_deep() -> None:
    text = 'f({"m": ["acme"]})\n' * 500
    assert read(SourceFile(path="a.go", text=text)).fallback_reason == ""


def test_brackets_closed_out_of_turn_do_not_add_up() -> None:
    text = 'f("acme" [ { )\n' * 500
    assert read(SourceFile(path="a.go", text=text)).fallback_reason == ""
