"""Hand-computed prices of one call: tiered, cached, batch, peak."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pricing.factory import D, price
from vcdd.pricing.calls import Call, cost_of_call
from vcdd.pricing.rates import pick, rate

LIST = (
    price("input-mtok", "3"),
    price("input-mtok", "6", "above 200,000 input tokens"),
    price("input-mtok", "1.5", "batch"),
    price("input-mtok", "2.9", "batch, above 200,000 input tokens"),
    price("output-mtok", "15"),
    price("output-mtok", "22.5", "above 200,000 input tokens"),
    price("output-mtok", "7.5", "batch"),
    price("cached-input-mtok", "0.3"),
)


def total(prices, **call):
    found = cost_of_call(prices, Call(**{name: value if name == "batch" else D(value) for name, value in call.items()}))
    return found and found.total


def test_an_ordinary_call_is_tokens_times_price():
    # 10,000 x 3 / 1e6 = 0.03 and 1,000 x 15 / 1e6 = 0.015
    assert total(LIST, input_tokens=10_000, output_tokens=1_000).base == D("0.045")


def test_a_long_call_pays_the_tier_on_every_token():
    # 300,000 x 6 / 1e6 = 1.8 and 1,000 x 22.5 / 1e6 = 0.0225
    assert total(LIST, input_tokens=300_000, output_tokens=1_000).base == D("1.8225")


def test_a_million_short_calls_do_not_reach_the_tier():
    one = total(LIST, input_tokens=10_000, output_tokens=0).base
    assert one * 1_000_000 == D(30_000)


def test_a_cached_share_pays_the_cache_price():
    # 40 % of 10,000: 4,000 x 0.3 / 1e6 = 0.0012; 6,000 x 3 / 1e6 = 0.018
    assert total(LIST, input_tokens=10_000, output_tokens=0, cached_share="0.4").base == D("0.0192")


def test_a_batch_call_pays_batch_prices():
    # 10,000 x 1.5 / 1e6 = 0.015 and 1,000 x 7.5 / 1e6 = 0.0075
    assert total(LIST, input_tokens=10_000, output_tokens=1_000, batch=True).base == D("0.0225")


def test_a_long_batch_call_pays_the_price_for_both():
    assert pick(LIST, "input-mtok", input_tokens=D(200_001), batch=True).amount == D("2.9")


def test_without_a_cache_price_a_cached_token_costs_what_a_fresh_one_does():
    bare = (price("input-mtok", "3"),)
    assert total(bare, input_tokens=1_000_000, output_tokens=0, cached_share="0.9").base == D(3)


def test_an_embedding_model_without_output_price_is_priced_by_input_alone():
    assert total((price("input-mtok", "0.02"),), input_tokens=500_000, output_tokens=7).base == D("0.01")


@pytest.mark.parametrize(
    "prices",
    [
        (),
        (price("output-mtok", "1"),),
        (price("input-mtok", "1", stale=True),),
        (price("input-mtok", "1", currency="EUR"),),
        (price("input-mtok", "1", "priority"),),
    ],
)
def test_without_a_current_ordinary_dollar_price_there_is_no_cost(prices):
    assert total(prices, input_tokens=1, output_tokens=1) is None


def test_peak_hours_and_disagreeing_sources_widen_the_price_upwards():
    prices = (price("input-mtok", "1", high=D(2)), price("input-mtok", "4", "peak hours 01:00-04:00 UTC"))
    assert rate(prices, "input-mtok") == (D(1), D("2.5"), D(4))


@given(tokens=st.integers(0, 10**6), more=st.integers(0, 10**6), share=st.decimals(0, 1, places=3))
def test_more_tokens_never_cost_less(tokens, more, share):
    fewer = total(LIST, input_tokens=tokens, output_tokens=tokens, cached_share=share)
    greater = total(LIST, input_tokens=tokens + more, output_tokens=tokens + more, cached_share=share)
    assert all(low <= high for low, high in zip(fewer, greater, strict=True))


@given(share=st.decimals(0, 1, places=3), more=st.decimals(0, 1, places=3))
def test_a_larger_cached_share_never_costs_more(share, more):
    some = total(LIST, input_tokens=10_000, output_tokens=0, cached_share=min(share, more)).base
    greater = total(LIST, input_tokens=10_000, output_tokens=0, cached_share=max(share, more)).base
    assert greater <= some
