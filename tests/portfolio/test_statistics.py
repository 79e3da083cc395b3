"""The headline by three denominators, and everything else a run comes to."""

from __future__ import annotations

import itertools
import re

import pytest

from tests.portfolio.factory import failed_row, outcome, row, use
from vcdd.portfolio.intervals import Share
from vcdd.portfolio.statistics import measure
from vcdd.portfolio.values import Status
from vcdd.portfolio.views.words import headline_rows, share_words

CLOSED = use("gpt-5", "US", "closed", provider="OpenAI", route="vendor-api", licence_class="api-terms")
QWEN, LLAMA = use(), use("meta-llama/Llama-4", "US")
SEEN = use(evidence="mention", is_use=False)


def ten():
    """Ten companies: three with an open Chinese model, one with an open American one, two closed, one without AI, one
    whose calls take their model from outside, one with weights nobody knows, one that could not be scanned."""
    return [
        row("a", QWEN), row("b", QWEN, CLOSED), row("c", QWEN, LLAMA), row("d", LLAMA), row("e", CLOSED),
        row("f", CLOSED, SEEN), row("g"), row("h", open_calls=2), row("i", use("x/y", "", "unknown")), failed_row("j"),
    ]  # fmt: skip


def test_the_headline_has_three_denominators_and_they_differ():
    """S1: of ten companies the same three are 30 % of all, 38 % of those with AI and 75 % of those with open weights."""
    headline = measure(ten()).headlines[0]
    assert headline.country == "CN"
    assert headline.of_all == Share(n=3, of=10, unknown=3)
    assert headline.of_ai == Share(n=3, of=8, unknown=2, undetermined=1)
    assert headline.of_open == Share(n=3, of=4, unknown=0, undetermined=3)


def test_no_percentage_stands_alone():
    """Each share is printed with n/N, its interval and its unknowns."""
    for words, share in headline_rows(measure(ten()).headlines[0]):
        assert re.match(
            r"3/\d+ = \d+\.\d % \(95 % interval [\d.]+–[\d.]+ %\), (\d unknown: at most|none unknown)",
            share_words(share),
        ), words
    assert share_words(Share(n=0, of=0, undetermined=2)) == (
        "0/0, no share; of 2 more nobody knows whether they belong here"
    )


@pytest.mark.parametrize(
    ("company", "counts", "may_count"),
    [
        (row("x", QWEN), True, False),
        (row("x", use(weights="closed")), False, False),
        (row("x", use(evidence="selectable", is_use=False)), False, False),
        (row("x", use("a/b", "US", countries="CN US")), True, False),
        (row("x", use("a/b", "", "open", countries="")), False, True),
        (row("x", use("a/b", "CN", "unknown")), False, True),
        (row("x", use("a/b", "US", "unknown")), False, False),
        (row("x", use("a/b", "", "closed", countries="")), False, False),
        (row("x", open_calls=1), False, True),
        (row("x", status=Status.PARTIAL), False, True),
        (row("x", QWEN, status=Status.PARTIAL), True, False),
        (failed_row("x"), False, True),
    ],
)  # fmt: skip
def test_who_counts_and_who_might(company, counts, may_count):
    """Closed, listed and mentioned models never count; an American fine-tune of a Chinese base does; unknown is unknown."""
    share = measure([company]).headlines[0].of_all
    assert (share.n, share.unknown) == (int(counts), int(may_count))


@pytest.mark.parametrize(("one", "other"), [*itertools.permutations(["CN", "US", "FR"], 2)])
def test_every_country_is_treated_alike(one, other):
    """Swapping two countries in the rows swaps them in the result and changes nothing else."""
    swap = {one: other, other: one}

    def swapped(company):
        uses = [
            use(
                u.model,
                swap.get(u.country, u.country),
                u.weights,
                countries=" ".join(swap.get(c, c) for c in u.countries.split()),
            )
            for u in company.uses
        ]
        return row(company.name, *uses, open_calls=sum(s.open_calls for s in company.sources))

    rows = [company for company in ten() if company.sources]
    straight = {h.country: h for h in measure([swapped(r) for r in map(swapped, rows)], country=one).headlines}
    turned = {h.country: h for h in measure([swapped(r) for r in rows], country=other).headlines}
    for country, headline in straight.items():
        twin = turned[swap.get(country, country)]
        assert (headline.of_all, headline.of_ai, headline.of_open) == (twin.of_all, twin.of_ai, twin.of_open)


def test_a_company_counts_once_however_often_it_names_a_model():
    """Two sources with the same model by the same route are one binding of one company."""
    found = measure([row("a", QWEN, use(place="other.py:1")), row("b", QWEN)])
    (binding,) = found.dimensions["originator country"]
    assert (binding.value, binding.bindings, binding.companies) == ("CN", 2, Share(n=2, of=2))


def test_unknown_stands_last_and_is_counted():
    """Unknown is a row of its own, whatever its size."""
    rows = [row("a", use("x/y", "")), row("b", use("x/z", "")), row("c", QWEN)]
    assert [b.value for b in measure(rows).dimensions["originator country"]] == ["CN", "unknown"]


def test_concentration_says_the_same_of_every_country():
    """An all-American and an all-Chinese portfolio give the same sentence but for the name."""
    found = [measure([row("a", use("x/y", c)), row("b", use("x/z", c))]).concentration[0] for c in ("US", "CN")]
    assert [(c.top, c.companies, c.only) for c in found] == [("US", Share(n=2, of=2), 2), ("CN", Share(n=2, of=2), 2)]


def test_hanging_on_one_name_needs_all_uses_known():
    """A company with an open call, or with a use of unknown origin, is not said to hang on one."""
    rows = [row("a", QWEN, open_calls=1), row("b", use("x/y", "")), row("c", QWEN, LLAMA), row("d", QWEN)]
    assert measure(rows).concentration[0].only == 1


def test_soonest_retirement_first_and_only_of_what_is_in_use():
    """A model that is merely mentioned retires nobody's product."""
    dated = {"lifecycle": "deprecated", "lifecycle_kind": "announced"}
    rows = [
        row("a", use("late", lifecycle_date="2027-05-01", **dated), use("seen", is_use=False, lifecycle_date="2026-12-01", **dated)),
        row("b", use("soon", lifecycle_date="2027-01-01", **dated), use("late", lifecycle_date="2027-05-01", **dated)),
    ]  # fmt: skip
    found = measure(rows).retirements
    assert [(r.model, r.companies) for r in found] == [("soon", ("b",)), ("late", ("a", "b"))]


def test_outcomes_count_the_worst_of_each_company():
    """Two sources under a policy: the worse action is the company's."""
    rows = [
        row("a", outcomes=(outcome("allow"), outcome("deny"))),
        row("b", outcomes=(outcome("note"),)),
        failed_row("c"),
    ]
    assert measure(rows).outcomes == {"deny": 1, "note": 1, "none": 1}


def test_an_empty_portfolio_has_no_share():
    """Nothing scanned, nothing said."""
    found = measure([], expected=3)
    assert (found.companies, found.expected, found.headlines[0].of_all.value) == (0, 3, None)
