"""The user's own prices win, are named, and are read strictly."""

from datetime import date

import pytest

from tests.pricing.factory import TODAY, D
from vcdd.errors import ConfigError, ExitStatus
from vcdd.pricing.book import open_book
from vcdd.pricing.contract import load_contract, parse_contract

ROW = '[[price]]\nprovider = "openai"\nmodel = "GPT-5"\nunit = "input-mtok"\namount = 0.9\n'


def test_a_contract_price_wins_over_the_list_and_is_named():
    book = open_book(parse_contract('name = "deal of March"\n' + ROW))
    prices = {p.unit: p for p in book.prices_for(("gpt-5",), "openai", TODAY) if not p.conditions}
    assert (prices["input-mtok"].amount, prices["input-mtok"].source) == (D("0.9"), "contract: deal of March")
    assert prices["output-mtok"].amount == D(10)


def test_another_provider_spelling_is_the_same_provider():
    text = ROW.replace('"openai"', '"gemini"').replace("GPT-5", "gemini-3-pro-preview")
    assert open_book(parse_contract(text)).prices_for(("gemini-3-pro-preview",), "google-gemini", TODAY)[0].amount == D(
        "0.9"
    )


def test_a_price_holds_from_its_first_to_its_last_day():
    source = parse_contract(ROW + "effective = 2026-03-01\nuntil = 2026-11-24\n")
    held = [
        bool(source.prices_for(("gpt-5",), "openai", day)) for day in (date(2026, 2, 28), TODAY, date(2026, 11, 25))
    ]
    assert held == [False, True, False]


def test_a_foreign_price_is_converted_only_with_a_dated_rate_that_is_named():
    euro = ROW + 'currency = "EUR"\n'
    [kept] = parse_contract(euro).prices_for(("gpt-5",), "openai", TODAY)
    [turned] = parse_contract(euro + '[[rate]]\ncurrency = "EUR"\nusd = 1.1\ndate = 2026-11-20\n').prices_for(
        ("gpt-5",), "openai", TODAY
    )
    assert (kept.amount, kept.currency) == (D("0.9"), "EUR")
    assert (turned.amount, turned.currency) == (D("0.99"), "USD")
    assert turned.source.endswith("EUR at 1.1 dollars on 2026-11-20")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ROW + ROW, "price 2 repeats price 1"),
        (ROW.replace("0.9", "-1"), "price 1: amount"),
        (ROW.replace("0.9", "1e9"), "absurdly large"),
        (ROW.replace("0.9", "nan"), "must be 0 or more"),
        (ROW.replace("0.9", "true"), "expected a number"),
        (ROW.replace("amount = 0.9\n", ""), "expected a number"),
        (ROW.replace("input-mtok", "bushel"), "unknown unit 'bushel'"),
        (ROW + 'currency = "XYZ"\n', "unknown currency 'XYZ'"),
        (ROW.replace("model", "modle"), "unknown key 'modle'"),
        (ROW.replace('"openai"', '" "'), "provider is missing"),
        (ROW + 'until = "soon"\n', "until must be a date"),
        (ROW + '[[rate]]\ncurrency = "EUR"\nusd = 1.1\n', "rate 1: date is missing"),
        ("price = 3\n", "must be a list of tables"),
        ("name = 3\n", "name must be a text"),
        ("[[price]\n", "not valid TOML"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_row(text, words):
    with pytest.raises(ConfigError) as caught:
        parse_contract(text, "prices.toml")
    assert words in caught.value.message
    assert caught.value.message.startswith("prices.toml")
    assert caught.value.help
    assert caught.value.status is ExitStatus.USAGE


def test_the_same_price_on_another_condition_or_day_is_no_duplicate():
    text = ROW + ROW + 'conditions = "batch"\n' + ROW + "effective = 2026-06-01\n"
    assert len(parse_contract(text).prices_for(("gpt-5",), "openai", TODAY)) == 3


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"none\.toml: cannot be read"):
        load_contract(tmp_path / "none.toml")


def test_a_file_that_is_not_text_is_named(tmp_path):
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load_contract(tmp_path / "bad.toml")
