"""Sums are additive and monotone; revenue and runway need what they need."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.pricing.factory import D, price
from vcdd.core.company import SlotVolume, Usage
from vcdd.core.cost import Alternative, Cost
from vcdd.pricing.monthly import monthly
from vcdd.pricing.sensitivity import sensitivity
from vcdd.pricing.totals import add, runway_after_move, runway_months, share_of_revenue, whole_product

TEXT = (price("input-mtok", "1.25"), price("output-mtok", "10"))
DEAR = (price("input-mtok", "10"), price("output-mtok", "50"))
COUNTS = st.integers(0, 10**9)


def month(requests, prices=TEXT):
    return monthly(
        prices,
        SlotVolume(slot="a", requests_per_month=D(requests), input_tokens=D(2_000), output_tokens=D(300)),
        Usage(),
    )


def cases(estimate):
    return estimate.low, estimate.base, estimate.high


@given(COUNTS, COUNTS)
def test_the_sum_of_two_volumes_is_the_volume_of_their_sum(one, other):
    assert cases(add((month(one), month(other)))) == cases(month(one + other))


@given(COUNTS, COUNTS)
def test_more_requests_never_cost_less_and_the_cases_stay_in_order(requests, more):
    fewer, greater = month(requests), month(requests + more)
    assert all(small <= large for small, large in zip(cases(fewer), cases(greater), strict=True))
    assert greater.low <= greater.base <= greater.high


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=6))
def test_the_order_of_parts_does_not_change_a_sum(requests):
    parts = [month(count) for count in requests]
    assert cases(add(parts)) == cases(add(reversed(parts)))


def test_nothing_adds_up_to_nothing():
    assert add(()) is None


def test_a_sum_has_the_weakest_grade_and_the_driver_of_its_widest_part():
    measured = monthly(
        DEAR,
        SlotVolume(slot="a", requests_per_month=D(1), input_tokens=D(1), output_tokens=D(1), measured=True),
        Usage(),
    )
    found = add((measured, month(1_000)))
    assert (found.grade, found.driver) == ("C", month(1_000).driver)


def test_a_whole_volume_ranges_from_the_cheapest_to_the_dearest_model():
    usage = Usage(requests_per_month=D(1_000), input_tokens=D(1_000), output_tokens=D(100))
    found = whole_product((TEXT, DEAR, ()), usage)
    # 1,000 calls: 2.25 dollars on the one, 15 on the other; each within 30 %
    assert cases(found) == (D("1.575"), D("8.625"), D("19.5"))
    assert found.driver == "which of the models takes the calls"


def test_a_number_of_requests_is_not_put_on_video_or_embedding_models():
    usage = Usage(requests_per_month=D(1_000), input_tokens=D(1_000), output_tokens=D(100))
    others = ((price("video-second", "1"),), (price("input-mtok", "0.01"),))
    assert whole_product((TEXT, *others), usage) == whole_product((TEXT,), usage)
    assert whole_product(others[:1], usage).base == D(10_000)


def test_an_invoice_is_the_total_even_without_any_price():
    found = whole_product((), Usage(invoice_usd=D(500), requests_per_month=D(9)))
    assert (*cases(found), found.grade) == (D(500), D(500), D(500), "A")


def test_without_a_number_or_a_price_there_is_no_total():
    assert whole_product((TEXT,), Usage()) is None
    assert whole_product(((),), Usage(requests_per_month=D(1))) is None


def test_share_of_revenue_and_runway_need_a_bill_and_the_other_number():
    bill = whole_product((), Usage(invoice_usd=D(5_000)))
    known = Usage(revenue_usd=D(20_000), burn_usd=D(50_000), cash_usd=D(600_000))
    assert share_of_revenue(bill, known) == D("0.25")
    assert runway_months(bill, known) == D(12)
    assert share_of_revenue(bill, Usage()) is None
    assert share_of_revenue(bill, Usage(revenue_usd=D(0))) is None
    assert runway_months(None, known) is None
    assert runway_months(bill, Usage(burn_usd=D(1))) is None


def test_another_route_changes_the_runway():
    bill, cheap = whole_product((), Usage(invoice_usd=D(30_000))), whole_product((), Usage(invoice_usd=D(10_000)))
    known = Usage(burn_usd=D(50_000), cash_usd=D(600_000))
    assert runway_months(bill, known, cheap) == D(20)
    assert runway_months(bill, Usage(burn_usd=D(20_000), cash_usd=D(1)), cheap) is None


def test_the_runway_by_another_route_is_said_where_it_differs():
    bill = whole_product((), Usage(invoice_usd=D(30_000)))
    other = Alternative(model="b", lab="", country="", licence="", kind="open-western", why="", monthly_usd=D(10_000))
    dear, small = (Cost(model=name, route="r", monthly=bill, alternatives=(other,)) for name in "ac")
    small = replace(small, monthly=whole_product((), Usage(invoice_usd=D(10))), alternatives=())
    known = Usage(burn_usd=D(50_000), cash_usd=D(600_000))
    said = runway_after_move([small, dear], known)
    assert said.startswith("With b in place of a, by price only and at the same volume")
    assert said.endswith("would last 20 months instead of 12.")
    assert runway_after_move([dear], Usage(burn_usd=D(50_000))) == ""
    assert runway_after_move([replace(dear, alternatives=(replace(other, monthly_usd=D(30_000)),))], known) == ""
    assert runway_after_move([small], known) == ""


def test_sensitivity_moves_price_and_volume_and_needs_a_total():
    bill = whole_product((), Usage(invoice_usd=D(1_000)))
    assert sensitivity(bill) == (
        ("prices 50 % lower", D(500)),
        ("prices 50 % higher", D(1500)),
        ("ten times the volume at list price", D(10_000)),
    )
    assert sensitivity(None) == ()
