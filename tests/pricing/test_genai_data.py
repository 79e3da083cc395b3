"""Price lists fetched on request: kept per release, checked, dated, and never preferred when they cannot be read."""

from __future__ import annotations

from datetime import date

import pytest

from tests.pricing.factory import TODAY, D
from vcdd.cli.price_update import update_prices
from vcdd.errors import ConfigError, UsageError
from vcdd.pricing.book import open_book
from vcdd.pricing.genai_data import kept_in, lists, parse, to_keep

MODEL = {"id": "gpt-5", "match": {"equals": "gpt-5"}, "prices": {"input_mtok": 7.5, "output_mtok": 9}}
DATED = [
    {"prices": {"input_mtok": 1}},
    {"constraint": {"type": "start_date", "start_date": "2026-11-20"}, "prices": {"input_mtok": 2}},
]


def raw(**model):
    return [{"id": "openai", "name": "OpenAI", "api_pattern": "openai", "models": [MODEL | model]}]


def test_fetched_lists_answer_instead_of_the_package_s_and_the_source_says_when(tmp_path):
    kept_in(tmp_path).write_text(to_keep(raw(), date(2026, 11, 23)), encoding="utf-8")
    (found,) = (
        p for p in open_book(fetched=tmp_path).prices_for(("gpt-5",), "openai", TODAY) if p.unit == "input-mtok"
    )
    assert found.amount == D("7.5")
    assert found.source.startswith("genai-prices lists fetched 2026-11-23 (MIT)")


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", '{"fetched": "soon", "lists": []}', '{"fetched": "2026-11-23", "lists": [1]}']
)
def test_a_file_that_cannot_be_read_leaves_the_package_s_lists(tmp_path, text):
    kept_in(tmp_path).write_text(text, encoding="utf-8")
    assert lists(tmp_path).fetched is None
    assert lists(tmp_path).models > 1_000


def test_a_folder_without_lists_leaves_the_package_s(tmp_path):
    assert lists(tmp_path / "none").fetched is None


def test_fetched_lists_are_as_fresh_as_their_newest_change_that_holds(tmp_path):
    known = parse(raw(prices=DATED), date(2026, 11, 23))
    assert known.dated(TODAY) == date(2026, 11, 20)
    assert known.dated(date(2026, 11, 1)) is None


@pytest.mark.parametrize("foreign", [{}, [], [{}], [{"id": "x"}], "text", None])
def test_what_is_no_price_list_is_refused(foreign):
    with pytest.raises(ConfigError, match="price lists"):
        parse(foreign, TODAY)


@pytest.mark.parametrize("address", ["http://example.org/data.json", "file:///etc/passwd", "ftp://127.0.0.1/x"])
def test_lists_are_fetched_from_no_open_address(tmp_path, address):
    with pytest.raises(UsageError, match="no https address"):
        update_prices(tmp_path, TODAY, {"VCDD_PRICES_URL": address})
    assert list(tmp_path.iterdir()) == []
