"""The JavaScript reader stays whole on any text: it never raises, and its work is bounded."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vcdd.core.site import FrameKind
from vcdd.core.source_file import SourceFile
from vcdd.detect.sites.javascript import read
from vcdd.detect.sites.tree_sitter_text import ParseTooLongError, parse
from vcdd.detect.sites.tree_sitter_walk import MAX_FRAMES

REAL = """
import { openai as o } from "@ai-sdk/openai";
const { a = "x", b: { c = "y" } } = require("z");
export class A extends (0, b.C)<T> { static model: string = process.env.M ?? "x";
@Dec("d") m({ k = `a${q}b` } = {}) {} }
enum E { K = "v" }
switch (k) { case "a": f({ "k-1": [1, "s" + t, ...u], model }); break; default: }
const g = async (p = "d") => p?.q!["r"] || (p ? "e" : "f");
type T = "a" | "b"; interface I { model: "x" }
/* c */ fal`tag ${x}`; // d
<Comp model="x" {...p}>hi {"z"}</Comp>;
"""
PIECES = st.sampled_from([*"{}[]()'\"`\\/*<>=;,:?!$ \n\0é💡", "${", "=>", "//", "/*", "require(", "import ", "case "])
MUTATION = st.tuples(st.integers(0, len(REAL)), st.integers(0, 12), st.lists(PIECES, max_size=4).map("".join))


def mutated(changes: list[tuple[int, int, str]]) -> str:
    text = REAL
    for start, length, piece in changes:
        text = text[:start] + piece + text[start + length :]
    return text


def check(text: str, path: str) -> None:
    """Every site lies in the text, and every string starts with a quote."""
    lines = text.split("\n")
    for site in read(SourceFile(path=path, text=text)).sites:
        assert 1 <= site.line <= len(lines)
        assert 1 <= site.column <= len(lines[site.line - 1]) + 1
        assert len(site.frames) <= MAX_FRAMES
        assert site.text or site.symbol


@settings(max_examples=150, deadline=None)
@given(st.lists(MUTATION, max_size=8).map(mutated), st.sampled_from(["a.js", "a.ts", "a.tsx"]))
def test_mutated_code_never_raises(text: str, path: str) -> None:
    check(text, path)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400), st.sampled_from(["a.js", "a.ts", "a.tsx"]))
def test_arbitrary_text_never_raises(text: str, path: str) -> None:
    check(text, path)


NESTED = [
    *("[", "{a:", "(", "`${", "'a'+", "a||'x'||", "a(", ".a('x')", "a=>"),
    *("if(!a){", "if(a){}else ", "['x',", "a['x']", "!("),
]


@pytest.mark.parametrize("unit", NESTED)
def test_deep_nesting_is_read_without_recursion(unit: str) -> None:
    check(unit * 4000, "a.js")


def test_frames_around_a_deep_string_are_the_innermost_ones() -> None:
    text = "[" * 300 + '"m"' + "]" * 300
    (site,) = read(SourceFile(path="a.js", text=text)).sites
    assert len(site.frames) == MAX_FRAMES


def test_parsing_stops_when_its_time_is_over() -> None:
    data = b"x = a ? b : c;\n" * 5_000
    assert not parse("javascript", data).root_node.has_error
    with pytest.raises(ParseTooLongError):
        parse("javascript", data, seconds=0.0)


def test_the_text_of_every_node_is_what_stands_there() -> None:
    data = ("é = `a" + "b" * 600 + "${c}`;\n").encode() * 20
    waiting = [parse("javascript", data).root_node]
    while waiting:
        node = waiting.pop()
        assert node.text == data[node.start_byte : node.end_byte]
        waiting.extend(node.children)


def test_a_text_that_takes_very_long_is_still_read() -> None:
    """Error after error: by the tree or, where the tree takes too long, by lines."""
    found = read(SourceFile(path="a.ts", text="a or " * 10_000 + "\nmodel = 'acme'"))
    assert (found.reader, found.fallback_used) in {("javascript", "lines"), ("javascript", "")}
    assert "acme" in {site.text for site in found.sites}


@pytest.mark.parametrize(
    ("string", "is_seen"),
    [
        ("gpt-4o", True),
        ("command", True),
        ("Ask gpt-4o about it", True),
        ("用gpt-4o回答", True),
        ("Run \\nvllm", True),
        ("Don't ask gpt-4o", True),
        ("Add a model to the list", False),
        ("模型 列表", False),
    ],
)
def test_sentences_of_minified_text_are_seen_where_they_may_name_something(string: str, is_seen: bool) -> None:
    text = f'const a={{{"b:c," * 300}"x y":1,k:"{string}",z:f("{string}")}};'
    texts = [site.text for site in read(SourceFile(path="a.js", text=text)).sites]
    assert texts.count(string.replace("\\n", "\n")) == (2 if is_seen else 0)


def test_comments_are_found_wherever_they_hang() -> None:
    text = "f(/* one */ a, [1, // two\n 2], `x ${ /* three */ b }`);\n// four\n'http://no.example'; /* five */"
    sites = read(SourceFile(path="a.js", text=text)).sites
    found = [site.text for site in sites if site.frames and site.frames[0].kind is FrameKind.COMMENT]
    assert found == ["one", "two", "three", "four", "five"]
