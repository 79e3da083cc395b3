"""The usage file is read strictly."""

import pytest

from tests.pricing.factory import D
from vcdd.core.company import Company, SlotVolume, Usage
from vcdd.errors import ConfigError
from vcdd.pricing.usage import load_usage, parse_usage, with_company

FULL = """
input_tokens = 3_000
output_tokens = 500
revenue_usd = 80_000
burn_usd = 150_000.50
cash_usd = 2_000_000
clip_seconds = 5
tries = 2
notes = ["from the October dashboard"]

[slots.chat]
requests_per_month = 150_000
input_tokens = 4_000
output_tokens = 600
cached_share = 0.4
batch = true

[slots."openai/gpt-image-1"]
units_per_month = 20_000
unit = "images"
measured = true
"""


def test_a_full_file_becomes_values():
    usage = parse_usage(FULL)
    assert usage.is_stated
    assert (usage.input_tokens, usage.burn_usd, usage.tries) == (D(3_000), D("150000.50"), D(2))
    assert usage.notes == ("from the October dashboard",)
    assert usage.slots == (
        SlotVolume(
            slot="chat",
            requests_per_month=D(150_000),
            input_tokens=D(4_000),
            output_tokens=D(600),
            cached_share=D("0.4"),
            batch=True,
        ),
        SlotVolume(slot="openai/gpt-image-1", units_per_month=D(20_000), unit="images", measured=True),
    )


def test_an_empty_file_states_nothing():
    assert not parse_usage("").is_stated


def test_one_number_is_enough():
    assert parse_usage("requests_per_month = 10").requests_per_month == D(10)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("requests_per_month = -1", "usage.toml: requests_per_month: -1 must be 0 or more"),
        ("requests_per_month = 2e15", "absurdly large"),
        ("requests_per_month = inf", "must be 0 or more"),
        ('requests_per_month = "many"', "'many' is not a number"),
        ("requests_per_month = [1]", "expected a number, found list"),
        ("requests_per_month = true", "expected a number, found bool"),
        ("requests_per_mnth = 1", "unknown key 'requests_per_mnth'"),
        ("[slots.chat]\nrequests_per_month = -5", "slots.chat.requests_per_month"),
        ("[slots.chat]\nrequests = 5", "slots.chat: unknown key 'requests'"),
        ("[slots.chat]\ninput_tokens = 5", "slots.chat: states no volume"),
        ("[slots.chat]\nrequests_per_month = 1\ncached_share = 1.5", "cached_share"),
        ('[slots.chat]\nrequests_per_month = 1\nbatch = "yes"', "batch: expected true or false"),
        ("[slots.chat]\nunits_per_month = 1", "units_per_month and unit belong together"),
        ('[slots.chat]\nrequests_per_month = 1\nunit = "images"', "units_per_month and unit belong together"),
        ('[slots.chat]\nunits_per_month = 1\nunit = "bushels"', "unknown unit 'bushels'"),
        ("slots = 3", "'slots' must be a table of tables"),
        ("slots.chat = 3", "slots.chat: expected a table"),
        ("notes = 3", "notes must be a list of texts"),
        ("a = ", "not valid TOML"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(text, words):
    with pytest.raises(ConfigError) as caught:
        parse_usage(text)
    assert words in caught.value.message
    assert caught.value.help


def test_a_file_is_read_by_its_suffix(tmp_path):
    (tmp_path / "usage.toml").write_text("tokens_per_month = 5", encoding="utf-8")
    (tmp_path / "usage.csv").write_text(
        "date,model_permaslug,requests,prompt_tokens,completion_tokens\n2026-11-01,a/b,2,10,4\n", encoding="utf-8"
    )
    assert load_usage(tmp_path / "usage.toml").tokens_per_month == D(5)
    assert load_usage(tmp_path / "usage.csv").slots[0].input_tokens == D(5)


def test_the_companys_revenue_and_burn_fill_what_the_usage_does_not_state():
    company = Company(annual_revenue_usd=1_200_000, monthly_burn_usd=90_000)
    assert with_company(Usage(), company) == Usage(revenue_usd=D(100_000), burn_usd=D(90_000))
    assert with_company(Usage(revenue_usd=D(1)), company).revenue_usd == D(1)
    assert with_company(Usage(), Company()) == Usage()
