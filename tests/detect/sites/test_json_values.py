"""JSON in all its dialects, with true places."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.detect.sites.rows import read, rows, values

ROWS = [
    ('{"a": "m-1"}', "1:7 m-1 | key a 0/1"),
    ('{"a": ["x1", "m-1"]}', "1:14 m-1 | item 1/2 < key a 0/1"),
    ('{"m-1": {}}', "1:2 m-1 | key-itself 0/1"),
    ("{a: 'm-1'}", "1:5 m-1 | key a 0/1"),
    ('{"a": "m-1",}', "1:7 m-1 | key a 0/1"),
    ('{"a": "x1" "b": "m-1"}', "1:17 m-1 | key b 1/2"),
    ('{"a":, "b": "m-1"}', "1:13 m-1 | key b 0/1"),
    ('// use m-1\n{"a": "x1"}', "1:1 use m-1 | comment"),
    ('{"a": /* use m-1 */ "x1"}', "1:7 use m-1 | comment"),
    ('{"a": "m\\u002d1"}', "1:7 m-1 | key a 0/1"),
    ('{"a": true}', "1:7 true | key a 0/1"),
    ('"a": "m-1",\n"b": "x1"}', "1:6 m-1 | key a 0/1"),
    ('{"name": "M", "value": "m-1"}', "1:24 m-1 | key M"),
    ('{"command": "npx", "args": ["-y", "srv", "--model", "m-1"]}', "1:53 m-1 | flag --model < command srv < key args"),
    ('{"scripts": {"go": "vllm serve \\"a/b\\""}}', "1:33 a/b | command vllm serve < key go < key scripts"),
    ('{"a": "${M:-m-1}"}', "1:13 m-1 | fallback M < key a 0/1"),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_value_has_its_place(text, expected):
    assert expected in rows("json_values", text)


def test_numbers_and_null_are_no_sites():
    assert values("json_values", '{"a": 1, "b": [1, 2], "c": null}') == []


@pytest.mark.parametrize("text", ["model = m-1", "[" * 101])
def test_refused_text_is_read_by_lines(text):
    assert read("json_values", text).fallback_used == "lines"


def test_json_lines_are_read_to_the_limit():
    from vcdd.core.source_file import SourceFile
    from vcdd.detect.sites.json_values import read_lines

    text = "".join(f'{{"m": "x-{number}"}}\n' for number in range(300))
    found = read_lines(SourceFile(path="x.jsonl", text=text))
    assert [site.text for site in found.sites if site.text.startswith("x-")][-1] == "x-199"


_DOCUMENTS = st.recursive(
    st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=20,
)


def _strings(document):
    if isinstance(document, str):
        return [document]
    if isinstance(document, list):
        return [text for item in document for text in _strings(item)]
    if isinstance(document, dict):
        return [text for key, item in document.items() for text in (key, *_strings(item))]
    return []


@given(st.dictionaries(st.just("k"), _DOCUMENTS, min_size=1), st.booleans())
def test_every_string_of_strict_json_is_found(document, ascii_only):
    """The standard library is the oracle: what it reads, the tolerant tokenizer reads too."""
    from vcdd.detect.sites.json_values import parse
    from vcdd.detect.sites.tree import Mapping, Scalar, Sequence

    def strings(node):
        if isinstance(node, Scalar):
            return [node.text] if node.style else []
        if isinstance(node, Sequence):
            return [text for item in node.items for text in strings(item)]
        assert isinstance(node, Mapping)
        return [text for key, item in node.entries for text in (key.text, *strings(item))]

    documents, _ = parse(json.dumps(document, ensure_ascii=ascii_only))
    assert [text for node in documents for text in strings(node)] == _strings(document)
