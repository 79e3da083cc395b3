"""The page of `vcdd cost`: what it comes to first, inside the width, with bars that follow the figures."""

from __future__ import annotations

import pytest

from tests.render.factory import COSTS, price
from vcdd.core.cost import Cost, CostSummary
from vcdd.render.cost_page import cost_page
from vcdd.render.cost_view import cost_view


def page(*costs: Cost, used=None, width=80):
    return cost_page(cost_view(CostSummary(costs=costs), {}, used), "shop", width=width)


def text(name, paid, made):
    return Cost(model=name, route="openai", prices=(price("input-mtok", paid), price("output-mtok", made)))


def test_what_it_comes_to_stands_first_and_models_in_use_before_choices() -> None:
    lines = page(text("chosen", "1", "2"), text("used", "3", "9"), used={"used"}).splitlines()
    order = [lines.index(heading) for heading in ("What it comes to", "In use", "Can be configured")]
    assert order == sorted(order)
    assert lines.index("  used via openai") < lines.index("  chosen via openai")


def test_bars_are_as_long_as_their_share_and_the_dearest_comes_first() -> None:
    lines = page(text("a", "1", "2"), text("b", "4", "8")).splitlines()
    at = lines.index("USD per 1M input tokens")
    assert lines[at + 1 : at + 3] == [f"  b  {'█' * 24} 4.00", f"  a  {'█' * 6} 1.00"]


def test_one_price_alone_is_no_chart() -> None:
    assert "█" not in page(text("a", "1", "2"))


def test_a_price_with_a_condition_is_not_drawn_beside_one_without() -> None:
    batch = price("input-mtok", "0.5", conditions="batch")
    both = Cost(model="a", route="p", prices=(price("input-mtok", "1"), batch))
    assert "█" not in page(both)
    assert "0.50 per 1M input tokens (batch)" in page(both)


def test_nothing_priced_is_a_sentence() -> None:
    assert "No model in use or selectable has a price on record." in page(Cost(model="a", route="r"))


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_asked_unless_one_word_is(width) -> None:
    for line in cost_page(cost_view(COSTS), "x", width=width).splitlines():
        assert len(line) <= width or len(line.split()) <= 2 or (line.startswith("  ") and "█" in line)


def test_what_is_left_out_is_counted() -> None:
    many = [text(f"m{number}", "1", "2") for number in range(33)]
    assert "  and 3 more: vcdd scan TARGET --output report.html" in page(*many).splitlines()
