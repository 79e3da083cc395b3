"""Alternatives in words: each named once, with its own price, the editor's reason and every model it stands beside."""

from __future__ import annotations

from decimal import Decimal

from vcdd.core.cost import Alternative, Cost, CostSummary, Price
from vcdd.render.cost_view import cost_view

PRICE = Price(provider="p", model="m", unit="video-second", amount=Decimal("0.4"))


def other(**rest):
    values = {
        "lab": "Acme",
        "country": "US",
        "licence": "MIT",
        "kind": "open-western",
        "why": "near in size; quality not compared",
    }
    return Alternative(model="acme/clip", **{**values, **rest})


def lines(*costs, **rest):
    return cost_view(CostSummary(costs=costs, **rest)).further


def test_one_alternative_to_two_models_is_one_sentence_with_its_reason_and_price():
    said = lines(*(Cost(model=name, route="r", alternatives=(other(prices=(PRICE,)),)) for name in ("a", "b")))
    words = "acme/clip, 0.40 per video second; no price to compare (originator Acme, US; MIT; near in size)."
    assert said == (f"Price-only alternative to a and b: {words} Quality is not compared.",)


def test_a_ratio_and_the_month_after_a_move_are_said_where_a_volume_was_given():
    moved = other(ratio=Decimal("0.5"), monthly_usd=Decimal(120))
    view = cost_view(CostSummary(costs=(Cost(model="a", route="r", alternatives=(moved,)),)))
    assert "no price on record; 0.50 times the price, about USD 120 a month at the same volume" in " ".join(view.lines)


def test_a_clip_is_priced_by_the_tries_it_takes_for_each_condition():
    clips = (("720p", 1, Decimal("0.5")), ("720p", 2, Decimal(1)), ("720p", 4, Decimal(2)))
    assert lines(Cost(model="a", route="r", clips=clips)) == (
        "a, per accepted clip (720p): USD 0.50 at 1 try, 1.0 at 2 tries and 2.0 at 4 tries.",
    )


def test_sensitivity_is_said_only_with_a_run_rate():
    assert lines(sensitivity=(("prices 50 % lower", Decimal(50)),)) == (
        "Run-rate with prices 50 % lower: USD 50 a month.",
    )
    assert lines() == ()
