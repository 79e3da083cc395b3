"""Foreign text becomes one visible, bounded line; numbers and dates have one form."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcdd.render.json_text import dump_json
from vcdd.render.plain import amount, clean, clip, clip_start, clip_words, count, iso, listed, place, rounded, stamp


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("  two\n lines\t", "two lines"),
        ("\x1b[31mred", "�[31mred"),
        ("a\u202eb", "a�b"),
        ("a\u200bb", "a�b"),
        ("lone \ud800", "lone �"),
        ("tag\U000e0041", "tag�"),
        ("模型 עברית", "模型 עברית"),
        ("naïve — “quoted”", "naïve — “quoted”"),
        ("", ""),
    ],
)
def test_clean(text, shown):
    """Letters of every script stay; what moves or hides text is replaced, visibly."""
    assert clean(text) == shown


@given(st.text(max_size=300), st.integers(1, 50))
def test_clean_is_bounded_and_once_is_enough(text, limit):
    """The limit holds, and cleaning again changes nothing."""
    once = clean(text, limit)
    assert len(once) <= limit
    assert clean(once, limit) == once
    assert once.isprintable() or all(c.isprintable() or not c.isascii() for c in once)


def test_cut_texts_show_that_they_were_cut():
    """The ellipsis stands on the side that lost something."""
    assert clip("abcdef", 4) == "abc…"
    assert clip("abcd", 4) == "abcd"
    assert clip_start("src/app/config.py", 10) == "…config.py"
    assert clip_words("one two three", 2) == "one two …"
    assert clip_words("one two", 2) == "one two"
    assert clip_words("one (two, three) four.", 2) == "one (two …)."
    assert clip_words("one (two) three four", 3) == "one (two) three …"
    assert clip_words("one two… three", 2) == "one two …"
    assert clean("x" * 10_000, 5) == "xxxx…"


def test_places():
    """Line 0 is the file as a whole; a long path keeps its end."""
    assert place("app/a.py", 3) == "app/a.py:3"
    assert place("model.gguf", 0) == "model.gguf"
    assert place("d/" * 3000 + "end.py", 7).endswith("end.py:7")
    assert len(place("d/" * 3000 + "end.py", 7)) < 170


def test_lists_and_counts():
    """English lists, and counts that agree with their noun."""
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed("abcde", 2) == "a, b and 3 more"
    assert count(1, "model") == "1 model"
    assert count(1200, "model") == "1,200 models"
    assert count(0, "entry", "entries") == "0 entries"


@pytest.mark.parametrize(
    ("number", "shown"),
    [("1.25", "1.25"), ("10", "10.00"), ("0.0000300", "0.00003"), ("1E+3", "1,000.00"), ("0.125", "0.125")],
)
def test_exact_amounts(number, shown):
    """A price is shown as recorded, without exponents."""
    assert amount(Decimal(number)) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [("1834.51", "1,800"), ("0", "0"), ("0.01234", "0.012"), ("99.9", "100"), ("14", "14"), ("7", "7.0")],
)
def test_estimates_have_two_figures(number, shown):
    """More would pretend to know."""
    assert rounded(Decimal(number)) == shown


def test_dates_are_iso_and_utc():
    """Every date is ISO; a moment of another zone is moved to UTC."""
    moment = datetime(2026, 11, 24, 1, 30, 5, tzinfo=timezone(timedelta(hours=2)))
    assert iso(moment) == "2026-11-23 23:30 UTC"
    assert stamp(moment) == "2026-11-23T23:30:05Z"
    assert stamp(datetime(2026, 1, 2, tzinfo=UTC)) == "2026-01-02T00:00:00Z"
    assert iso(date(2026, 1, 2)) == "2026-01-02"
    assert iso(None) == ""


@given(st.dictionaries(st.text(st.characters()), st.text(st.characters()), max_size=5))
def test_json_text_is_inert_and_exact(document):
    """Nothing invisible stands raw, and reading it gives the same strings."""
    text = dump_json(document)
    assert json.loads(text) == document
    raw = set(text) - {"\n"}
    assert not {unicodedata.category(c) for c in raw} & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(c) for c in raw} & {
        "LRE",
        "RLE",
        "LRO",
        "RLO",
        "PDF",
        "LRI",
        "RLI",
        "FSI",
        "PDI",
    }


def test_json_text_escapes_what_encodings_refuse():
    """A lone surrogate or a tag character cannot break the file it is written to."""
    text = dump_json(["\ud800", "\U000e0041", "\x7f", "é"])
    assert text.encode("utf-8")
    assert "\\ud800" in text
    assert "\\udb40\\udc41" in text
    assert "\\u007f" in text
    assert "é" in text
