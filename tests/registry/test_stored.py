"""The compiled registry as bytes, and rows that are read when asked for."""

import json

import pytest

from vcdd.registry.load import load_registry
from vcdd.registry.rows import Rows
from vcdd.registry.stored import from_bytes, to_bytes

COMPILED = load_registry().compiled


def test_what_was_stored_is_what_is_read():
    data = to_bytes(COMPILED)
    again = from_bytes(data)
    assert to_bytes(again) == data
    assert again.indexes == COMPILED.indexes
    assert again.tables["labs"]["openai"]["name"] == COMPILED.tables["labs"]["openai"]["name"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"",
        lambda data: data[:-1],
        lambda data: data.replace(b"openai", b"openia", 1),
        lambda data: data.replace(b"\n", b"\n\n", 1),
        lambda _: b"{}",
    ],
    ids=["empty", "cut off", "one word changed", "one line more", "something else"],
)
def test_bytes_that_are_not_what_was_stored_are_refused(spoil):
    with pytest.raises((ValueError, KeyError, TypeError)):
        from_bytes(spoil(to_bytes(COMPILED)))


def test_a_row_is_read_once_and_only_when_asked_for():
    rows = Rows(["a", "broken"], [b'{"x": 1}', b"{"])
    assert (list(rows), len(rows), "broken" in rows, "c" in rows) == (["a", "broken"], 2, True, False)
    assert rows["a"] is rows["a"] == {"x": 1}
    with pytest.raises(json.JSONDecodeError):
        rows["broken"]
    with pytest.raises(KeyError):
        rows["c"]
