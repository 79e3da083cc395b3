"""Company facts: strict, and what is absent stays not told."""

from __future__ import annotations

import pytest

from vcdd.core.company import Company
from vcdd.errors import ConfigError
from vcdd.policy.company import KEYS, read_company

TEXT = """monthly_active_users = 20000
annual_revenue_usd = 1_200_000
seat = "de"
markets = ["eu", "US"]
customers = ["us-dod"]
customer_data_in_prompts = false
"""


@pytest.mark.parametrize("text", [TEXT, f"[company]\n{TEXT}"])
def test_a_file_holds_a_company_table_or_its_keys(text):
    company = read_company(text, "company.toml")
    assert (company.monthly_active_users, company.annual_revenue_usd) == (20_000, 1_200_000)
    assert (company.seat, company.markets, company.customers) == ("DE", ("EU", "US"), ("us-dod",))
    assert company.customer_data_in_prompts is False
    assert company.funds_raised_usd is None
    assert company.commercial is None
    assert company.source == "company.toml"


def test_an_empty_file_tells_nothing():
    assert read_company("", "c.toml") == Company(source="c.toml")


@pytest.mark.parametrize(
    ("text", "said", "step"),
    [
        ("anual_revenue_usd = 3", "unknown key `anual_revenue_usd`", "Did you mean `annual_revenue_usd`?"),
        ("annual_revenue_usd = -3", "`annual_revenue_usd` is not a whole number", "zero or more"),
        ('annual_revenue_usd = "3M"', "`annual_revenue_usd` is not a whole number", "zero or more"),
        ("annual_revenue_usd = true", "`annual_revenue_usd` is not a whole number", "zero or more"),
        ('commercial = "yes"', "`commercial` is not true or false", "without quotes"),
        ("seat = 3", "`seat` is not a text", "quotes"),
        ("[company]\nx = 1", "unknown key `x`", "Known keys"),
        ("[company]\n[other]", "unknown key `other`", "Known keys"),
    ],
)
def test_mistakes_are_errors_with_a_next_step(text, said, step):
    with pytest.raises(ConfigError) as error:
        read_company(text, "company.toml")
    assert error.value.message.startswith("company.toml:")
    assert said in error.value.message
    assert step in error.value.help


def test_every_field_of_the_company_has_a_key():
    assert set(KEYS) == set(Company.__dataclass_fields__) - {"source"}
