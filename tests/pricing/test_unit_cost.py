"""Blended prices and the price of a thousand actions."""

from tests.pricing.factory import D, price
from vcdd.pricing.calls import Call
from vcdd.pricing.unit_cost import action_table, blended, parametric_actions, stated_actions, unstated_actions

LIST = (price("input-mtok", "1.25"), price("output-mtok", "10"))


def test_blended_prices_are_labelled_by_their_mix():
    # (3 x 1.25 + 10) / 4, (10 x 1.25 + 10) / 11, (1.25 + 10) / 2
    assert blended(LIST) == (("3:1", D("3.4375")), ("10:1", D("2.0455")), ("1:1", D("5.625")))


def test_nothing_is_blended_without_both_prices():
    assert blended(LIST[:1]) == ()
    assert blended((LIST[0], price("output-mtok", "10", stale=True))) == ()


def test_the_table_prices_three_sizes_of_a_thousand_actions():
    # 1,000 calls of 1,000 + 500 tokens: 1.25 + 5 = 6.25 dollars, and so on
    assert action_table(parametric_actions(LIST)) == ((1_000, D("6.3")), (5_000, D(11)), (20_000, D(30)))


def test_unstated_actions_range_from_the_smallest_to_the_largest_size_and_say_why():
    found = unstated_actions(parametric_actions(LIST))
    assert (found.low, found.base, found.high, found.grade) == (D("6.3"), D(11), D(30), "D")
    assert "nobody has stated" in found.driver


def test_a_stated_action_is_taken_to_within_thirty_per_cent():
    found = stated_actions(LIST, Call(input_tokens=D(4_000), output_tokens=D(1_000)))
    # 1,000 x (4,000 x 1.25 + 1,000 x 10) / 1e6 = 15
    assert (found.low, found.base, found.high) == (D(11), D(15), D(20))
    assert found.driver == "output tokens per action, 67 % of the figure"


def test_a_model_without_token_prices_has_no_actions():
    images = (price("image", "1"),)
    assert unstated_actions(parametric_actions(images)) is None
    assert stated_actions(images, Call(input_tokens=D(1), output_tokens=D(1))) is None
    assert action_table(parametric_actions(images)) == ()
