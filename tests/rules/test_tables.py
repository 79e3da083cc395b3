"""Strict TOML: every error names file, line, key and the next step."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcdd.errors import ConfigError
from vcdd.rules.tables import MAX_BYTES, parse_table

TEXT = """# head
name = "x"
count = 3

[[rule]]
id = "A"
when = { first = 1 }

[[rule]]
id = "B"
when = { second = 2 }
expires = 2027-03-31
"""


def fails(call):
    with pytest.raises(ConfigError) as error:
        call()
    return error.value.message, error.value.help


def test_an_unknown_key_of_the_second_table_is_found_at_its_own_line():
    second = parse_table(TEXT, "p.toml").tables("rule")[1]
    message, step = fails(lambda: second.table("when").only("secondly"))
    assert message == "p.toml:11: [rule] unknown key `second`"
    assert step == "Did you mean `secondly`?"


@pytest.mark.parametrize(
    ("call", "line", "said"),
    [
        (lambda t: t.text("count"), 3, "`count` is not a text"),
        (lambda t: t.text("missing"), 0, "`missing` is missing"),
        (lambda t: t.whole("name"), 2, "`name` is not a whole number"),
        (lambda t: t.flag("count"), 3, "`count` is not true or false"),
        (lambda t: t.texts("count"), 3, "`count` is not a list"),
        (lambda t: t.share("count"), 3, "`count` is not a share"),
        (lambda t: t.day("name"), 2, "`name` is not a date"),
        (lambda t: t.table("name"), 2, "`name` is not a table"),
        (lambda t: t.tables("name"), 2, "`name` is not tables"),
        (lambda t: t.choice("name", ("y", "z")), 2, '`name` is "x"'),
    ],
)
def test_a_wrong_type_names_line_and_key(call, line, said):
    message, step = fails(lambda: call(parse_table(TEXT, "p.toml")))
    assert message.startswith(f"p.toml:{line}: " if line else "p.toml: ")
    assert said in message
    assert step


def test_dates_are_read_as_toml_and_as_text():
    assert parse_table(TEXT, "p").tables("rule")[1].day("expires") == date(2027, 3, 31)
    assert parse_table('d = "2027-03-31"', "p").day("d") == date(2027, 3, 31)


@pytest.mark.parametrize("text", ["a = ", "a = 1\na = 2", "[x", "\0", "a = 2027-13-99"])
def test_what_is_not_toml_names_the_file_and_where_reading_stopped(text):
    message, _ = fails(lambda: parse_table(text, "p.toml"))
    assert message.startswith("p.toml: not valid TOML")


def test_a_huge_file_is_refused():
    assert "larger than" in fails(lambda: parse_table("#" * (MAX_BYTES + 1), "p"))[0]


def test_deep_nesting_is_an_error_and_not_a_crash():
    assert "not valid TOML" in fails(lambda: parse_table("a = " + "[" * 5000, "p"))[0]


@given(st.text(max_size=200))
def test_any_text_is_a_table_or_a_configuration_error(text):
    with suppress(ConfigError):
        assert parse_table(text, "p").only("name").place.file == "p"
