"""TOML: tables, arrays of tables, strings of four kinds, comments."""

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from tests.detect.sites.rows import read, rows

ROWS = [
    ('a = "m-1"', "1:5 m-1 | key a 0/1"),
    ('[t]\na = "m-1"', "2:5 m-1 | key a 0/1 < key t 0/1"),
    ('[t.u]\na.b = "m-1"', "2:7 m-1 | key b 0/1 < key a 0/1 < key u 0/1 < key t 0/1"),
    ('[[t]]\na = "x1"\n[[t]]\na = "m-1"', "4:5 m-1 | key a 0/1 < item 1/2 < key t 0/1"),
    ('[[t]]\n[t.u]\na = "m-1"', "3:5 m-1 | key a 0/1 < key u 0/1 < item 0/1 < key t 0/1"),
    ("a = 'm-1'", "1:5 m-1 | key a 0/1"),
    ('a = """\nm-1"""', "1:5 m-1 | key a 0/1"),
    ('a = ["x1",\n  "m-1", # c1\n]', "2:3 m-1 | item 1/2 < key a 0/1"),
    ('a = ["x1",\n  "m-1", # use c1\n]', "2:10 use c1 | comment"),
    ('a = {b = "m-1"}', "1:10 m-1 | key b 0/1 < key a 0/1"),
    ('"m.1" = "x1"', "1:1 m.1 | key-itself 0/1"),
    ("a = true", "1:5 true | key a 0/1"),
    ("# a = 'm-1'", "1:1 a = 'm-1' | comment"),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_value_has_its_place(text, expected):
    assert expected in rows("toml_values", text)


@pytest.mark.parametrize("text", ["a = ", "[t", "a = [" * 200, "{{ x }}", "a b = 1", 'a = "b'])
def test_refused_text_is_read_by_lines(text):
    assert read("toml_values", text).fallback_used == "lines"


_KEYS = st.text("abcxyz_-", min_size=1, max_size=5)
_VALUES = st.recursive(
    st.text(max_size=8) | st.integers(0, 99) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=8,
)


def _dump(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return (
            '"'
            + "".join(f"\\U{ord(char):08x}" if not char.isalnum() or not char.isascii() else char for char in value)
            + '"'
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(_dump, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_dump(item)}" for key, item in value.items()) + "}"
    return str(value)


def _strings(document):
    if isinstance(document, str):
        return [document]
    items = document.values() if isinstance(document, dict) else document if isinstance(document, list) else ()
    return [text for item in items for text in _strings(item)]


@given(st.dictionaries(_KEYS, _VALUES, max_size=4))
def test_agrees_with_the_parser_on_valid_documents(document):
    """A real parser is the oracle for the strings of a document."""
    from vcdd.detect.sites.toml_values import parse
    from vcdd.detect.sites.tree import Mapping, Scalar

    text = "\n".join(f"{key} = {_dump(value)}" for key, value in document.items())

    def strings(node):
        if isinstance(node, Scalar):
            return [node.text] if node.style else []
        inner = [value for _, value in node.entries] if isinstance(node, Mapping) else node.items
        return [found for item in inner for found in strings(item)]

    assert strings(parse(text)[0]) == _strings(tomli.loads(text))
