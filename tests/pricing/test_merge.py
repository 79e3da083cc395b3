"""Who is believed, what is a range, what is stale."""

from datetime import timedelta

import pytest

from tests.pricing.factory import TODAY, D, price
from vcdd.pricing.merge import mark_stale, merge_prices


def merged(*quotes, days=90):
    return merge_prices(quotes, TODAY, days)


def test_a_contract_beats_everything_and_has_no_range():
    [one] = merged(
        price("input-mtok", "2", source="page"),
        price("input-mtok", "9", source_kind="contract", source="contract: ours", checked=None),
    )
    assert (one.amount, one.high, one.source, one.stale) == (D(9), None, "contract: ours", False)


def test_the_vendor_beats_the_aggregator_and_the_library():
    [one] = merged(
        price("input-mtok", "1.0", source="library", source_kind="price-library"),
        price("input-mtok", "1.1", source="reseller", source_kind="aggregator"),
        price("input-mtok", "1.05", source="seller", source_kind="vendor"),
    )
    assert (one.amount, one.source, one.high) == (D("1.05"), "seller", None)


def test_a_dearer_source_makes_a_range_and_both_are_named():
    [one] = merged(
        price("input-mtok", "1", source="seller"),
        price("input-mtok", "1.5", source="library", source_kind="price-library"),
    )
    assert (one.amount, one.high) == (D(1), D("1.5"))
    assert one.source == "seller; library says 1.5"


def test_a_cheaper_source_of_less_trust_is_named_and_does_not_lower_the_price():
    [one] = merged(
        price("input-mtok", "1", source="seller"),
        price("input-mtok", "0.5", source="library", source_kind="price-library"),
    )
    assert (one.amount, one.high, one.source) == (D(1), None, "seller; library says 0.5")


def test_two_libraries_that_differ_are_a_range_from_the_cheaper_to_the_dearer():
    [one] = merged(
        price("output-mtok", "0.42", source="a", source_kind="price-library"),
        price("output-mtok", "1.1", source="b", source_kind="price-library"),
    )
    assert (one.amount, one.high) == (D("0.42"), D("1.1"))


def test_exactly_twenty_per_cent_is_not_a_range():
    [one] = merged(price("image", "1.0", source="a"), price("image", "1.2", source="b"))
    assert one.high is None


@pytest.mark.parametrize(("age", "stale"), [(0, False), (90, False), (91, True)])
def test_a_price_is_stale_the_day_after_the_limit(age, stale):
    assert mark_stale(price("image", "1", checked=TODAY - timedelta(days=age)), TODAY, 90).stale is stale


def test_an_undated_price_is_stale_and_a_contract_never_is():
    assert mark_stale(price("image", "1", checked=None), TODAY, 90).stale
    assert not mark_stale(price("image", "1", checked=None, source_kind="contract"), TODAY, 90).stale


def test_a_stale_vendor_price_does_not_silence_or_widen_a_fresh_one():
    [one] = merged(
        price("image", "9", checked=TODAY - timedelta(days=400)),
        price("image", "1", source="library", source_kind="price-library"),
    )
    assert (one.amount, one.high, one.stale) == (D(1), None, False)


def test_conditions_and_currencies_are_never_merged_into_each_other():
    found = merged(
        price("video-second", "0.2", "1080p"),
        price("video-second", "0.1"),
        price("video-second", "0.1", currency="EUR"),
    )
    assert [(p.conditions, p.currency) for p in found] == [("", "EUR"), ("", "USD"), ("1080p", "USD")]


def test_the_order_of_quotes_does_not_matter():
    quotes = [price("image", amount, source=amount) for amount in ("1", "2", "3")]
    assert merged(*quotes) == merged(*reversed(quotes))


def test_a_contract_in_another_currency_silences_the_list_price_too():
    found = merged(price("image", "1"), price("image", "2", source_kind="contract", currency="EUR"), price("page", "3"))
    assert [(p.unit, p.currency) for p in found] == [("image", "EUR"), ("page", "USD")]
