"""The cost section: models in use first, token prices in few words, sources with their dates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from vcdd.core.cost import Cost, CostSummary, Estimate, Price
from vcdd.render.cost_view import cost_view, estimate_words


def price(unit: str, amount: str, **given: object) -> Price:
    """One list price of a source with a date."""
    fixed = {"source": "price-list 1.2 (MIT)", "source_kind": "price-library", "checked": date(2026, 11, 1)}
    return Price(provider="p", model="m", unit=unit, amount=Decimal(amount), **{**fixed, **given})


TOKENS = (price("input-mtok", "3"), price("output-mtok", "15"), price("cached-input-mtok", "0.3"))


@pytest.mark.parametrize(
    ("prices", "words"),
    [
        (TOKENS, "3.00 in, 15.00 out per 1M tokens"),
        (TOKENS[:1], "3.00 per 1M input tokens"),
        ((*TOKENS[:1], price("output-mtok", "15", high=Decimal(18))), "3.00 in, 15.00–18.00 out per 1M tokens"),
        ((*TOKENS, price("input-mtok", "6", conditions="above 200k")), "3.00 in, 15.00 out per 1M tokens"),
        ((price("character-k", "0.08"),), "0.08 per 1,000 characters"),
        ((*TOKENS, price("image", "0.039")), "3.00 in, 15.00 out per 1M tokens; 0.039 per image"),
        ((price("image", "0.04", conditions="1080p"),), "0.04 per image (1080p)"),
        (
            (price("input-mtok", "3", stale=True), TOKENS[1]),
            "3.00 per 1M input tokens (stale); 15.00 per 1M output tokens",
        ),
    ],
)
def test_the_ordinary_price_in_few_words(prices: tuple[Price, ...], words: str) -> None:
    """What is conditional, stale or no text model is said in full."""
    row = cost_view(CostSummary(costs=(Cost(model="m", route="p", prices=prices),))).rows[0]
    assert row.ordinary == words
    assert row.first_source == "price-list 1.2, 2026-11-01"


def test_models_in_use_come_before_what_could_be_configured() -> None:
    """The order of the report stays within the two groups."""
    summary = CostSummary(costs=tuple(Cost(model=name, route="p", prices=TOKENS) for name in "abcd"))
    rows = cost_view(summary, used={"b", "d"}).rows
    assert [(row.model, row.in_use) for row in rows] == [("b", True), ("d", True), ("a", False), ("c", False)]


def test_models_without_a_price_are_sentences_by_reason_and_no_rows() -> None:
    """A table of dashes says nothing; those in use stand with the lines, all of them further down."""
    own, unsold = "self-hosted: the weights are free, inference is not", "no current price: no source states one at P"
    notes = [own, own, own, own, f"{own}; not estimated", own, unsold]
    costs = [Cost(model=name, route="r", note=note) for name, note in zip("abcdefg", notes, strict=True)]
    shown = cost_view(CostSummary(costs=tuple(costs)), used=set("abcdeg"))
    assert shown.rows == ()
    assert shown.lines[1:] == (
        "Self-hosted, so without a list price: a, b, c, d and 1 more; the weights are free, inference is not.",
        "Without a list price: g; no source states one at P.",
    )
    assert shown.further == (
        "Self-hosted, so without a list price: a, b, c, d and f; the weights are free, inference is not.",
        "Self-hosted, so without a list price: e; the weights are free, inference is not; not estimated.",
    )


def test_what_several_prices_have_in_common_is_said_once() -> None:
    """Batch prices of both directions stand behind one word, prices without conditions before it."""
    batch = [
        price(unit, amount, conditions="batch") for unit, amount in (("input-mtok", "1.5"), ("output-mtok", "7.5"))
    ]
    row = cost_view(CostSummary(costs=(Cost(model="m", route="p", prices=(TOKENS[0], batch[0], TOKENS[1], batch[1])),)))
    assert row.rows[0].prices == (
        "3.00 per 1M input tokens; 15.00 per 1M output tokens · "
        "batch: 1.50 per 1M input tokens; 7.50 per 1M output tokens"
    )


def bill(low: str, base: str, high: str, grade: str = "C") -> Estimate:
    """Dollars a month."""
    return Estimate(
        low=Decimal(low), base=Decimal(base), high=Decimal(high), currency="USD", grade=grade, driver="output tokens"
    )


def test_the_dearest_model_comes_first_where_volumes_are_known() -> None:
    """It is what an alternative is worth looking for."""
    costs = [
        Cost(model=name, route="p", prices=TOKENS, monthly=monthly)
        for name, monthly in (("a", None), ("b", bill("1", "2", "3")), ("c", bill("10", "20", "30")))
    ]
    assert [row.model for row in cost_view(CostSummary(costs=tuple(costs))).rows] == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("estimate", "words"),
    [
        (
            bill("120", "1800", "4100"),
            "USD 120–4,100 (base 1,800; grade C, stated or assumed quantities at list prices",
        ),
        (bill("762.5", "762.5", "762.5", "B"), "USD 760 (grade B, measured quantities at list prices"),
        (bill("3456", "3456", "3456", "A"), "USD 3,500 (grade A, an invoice"),
    ],
)
def test_a_figure_has_its_range_where_there_is_one_and_says_how_sure_it_is(estimate: Estimate, words: str) -> None:
    """A letter alone tells nobody anything."""
    assert estimate_words(estimate) == f"{words}; moved most by output tokens)"


@pytest.mark.parametrize(("share", "words"), [("0.23", "23 %"), ("0.0042", "0.42 %"), ("1.5", "150 %")])
def test_what_the_run_rate_leaves_out_and_means_stands_in_lines_of_its_own(share: str, words: str) -> None:
    """A part must not be read as the whole, and a small share is no 0 %."""
    summary = CostSummary(
        monthly=bill("1", "2", "3"),
        without_volume=("b", "c"),
        share_of_revenue=Decimal(share),
        runway_months=Decimal(14),
    )
    lines = cost_view(summary).lines
    assert lines[1] == "Without a stated volume, and so not in the run-rate: b and c."
    assert (
        lines[2]
        == f"The run-rate is {words} of the stated revenue. The stated cash lasts 14 months at the stated burn."
    )
    assert len(cost_view(CostSummary()).lines) == 1
