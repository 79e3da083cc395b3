"""The cost section as a whole."""

from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest

from tests.pricing.factory import TODAY, D, book, price, use
from vcdd.core.company import SlotVolume, Usage
from vcdd.core.evidence import Evidence
from vcdd.core.model import Lifecycle, LifecycleStatus, Weights
from vcdd.core.route import RouteKind
from vcdd.pricing.book import open_book
from vcdd.pricing.estimate import estimate_costs

TEXT = (price("input-mtok", "1"), price("output-mtok", "1"))
BOOK = book({("acme", "m"): TEXT, ("other", "n"): tuple(replace(p, amount=p.amount * 10) for p in TEXT)})
ARTICLE = (
    ("gpt-5", "openai", True),
    ("gpt-5.1", "openai", True),
    ("claude-sonnet-4-5", "anthropic", True),
    ("claude-opus-4-5", "anthropic", True),
    ("claude-haiku-4-5", "anthropic", True),
    ("gemini-3-pro-preview", "google-gemini", True),
    ("deepseek-chat", "deepseek", True),
    ("deepseek-v4-pro", "deepseek", True),
    ("glm-4.6", "zai", True),
    ("glm-5", "zai", True),
    ("kimi-k2.6", "moonshot", True),
    ("kimi-k2-thinking", "moonshot", True),
    ("qwen3-max", "alibaba-dashscope", True),
    ("Qwen/Qwen3-32B", "deepinfra", True),
    ("kling/v4/text-to-video", "fal", True),
    ("fal-ai/kling-video/v3/standard/text-to-video", "fal", False),
    ("kling-v3", "kling", False),
    ("wan2.7-t2v", "alibaba-dashscope", True),
    ("fal-ai/wan/v2.2-a14b/image-to-video", "fal", False),
    ("veo-3.0-generate-001", "google-vertex", True),
    ("veo-3.1-generate-preview", "google-gemini", True),
    ("fal-ai/ltx-2/image-to-video", "fal", False),
    ("ltx-2-3-fast", "ltx", True),
    ("fal-ai/veo3", "fal", True),
    ("fal-ai/kling-video/v2.5-turbo/pro/text-to-video", "fal", True),
    ("bytedance/seedance-2.0/text-to-video", "fal", True),
    ("doubao-seedance-2-0-260128", "volcengine", True),
    ("MiniMax-H3", "minimax", True),
    ("fal-ai/minimax/hailuo-2.3/standard/text-to-video", "fal", False),
    ("sora-2", "openai", False),
    ("meta-llama/llama-4-maverick", "openrouter", True),
)


def priced(*uses, usage=None, prices=BOOK, **fields):
    return estimate_costs(uses, usage or Usage(), prices, today=TODAY, **fields)


def figures(value):
    """Every (key, number) pair anywhere under a value whose key speaks of a month."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if ("month" in key or key == "sensitivity") and key != "monthly_usd" and inner not in (None, ()):
                yield key, inner
            yield from figures(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from figures(inner)


def test_without_a_volume_no_monthly_figure_stands_anywhere():
    uses = [use(model, provider) for model, provider, _ in ARTICLE]
    summary = estimate_costs(
        uses,
        Usage(revenue_usd=D(1), burn_usd=D(1), cash_usd=D(9), input_tokens=D(1_000), output_tokens=D(10)),
        open_book(),
        today=TODAY,
    )
    assert summary.monthly is None
    assert summary.share_of_revenue is None
    assert summary.runway_months is None
    assert summary.sensitivity == ()
    assert all(cost.monthly is None for cost in summary.costs)
    assert list(figures(asdict(summary))) == []
    assert not any("month" in note for note in summary.notes)


@pytest.mark.parametrize(("model", "provider", "is_current"), ARTICLE)
def test_every_system_of_the_founding_article_is_priced_with_a_date_or_says_why_not(model, provider, is_current):
    [cost] = estimate_costs((use(model, provider),), Usage(), open_book(), today=TODAY).costs
    assert any(not p.stale for p in cost.prices) is is_current
    assert bool(cost.note) is not is_current
    assert all(p.source for p in cost.prices)
    assert all(p.checked or p.stale for p in cost.prices)


def test_one_model_through_five_routes_has_five_prices_with_their_sources():
    routes = ("deepinfra", "openrouter", "groq", "together", "aws-bedrock")
    ids = {"aws-bedrock": "openai.gpt-oss-120b-1:0"}
    uses = [use("openai/gpt-oss-120b", route, written=ids.get(route, "")) for route in routes]
    costs = estimate_costs(uses, Usage(), open_book(), today=TODAY).costs
    assert [cost.route for cost in costs] == list(routes)
    assert all(any(p.unit == "input-mtok" and p.source and p.checked for p in cost.prices) for cost in costs)
    assert all({p.provider for p in cost.prices} == {cost.route} for cost in costs)
    assert len({cost.prices for cost in costs}) == 5


def test_only_bound_and_deployed_uses_are_counted_in_the_total():
    usage = Usage(requests_per_month=D(1_000), input_tokens=D(1_000), output_tokens=D(0))
    bound, chosen = use("m", "acme"), use("n", "other", evidence=Evidence.SELECTABLE)
    alone, both = priced(bound, usage=usage), priced(bound, chosen, usage=usage)
    assert both.monthly == alone.monthly
    assert both.costs[1].monthly is None
    assert both.costs[1].note == "can be configured, so it is left out of totals"


@pytest.mark.parametrize("evidence", [Evidence.CATALOG, Evidence.TEST, Evidence.MENTION, Evidence.DEPENDENCY])
def test_tables_tests_and_mentions_are_not_priced(evidence):
    assert priced(use("m", "acme", evidence=evidence)).costs == ()


def test_a_volume_goes_to_the_use_it_names_and_once():
    slots = (
        SlotVolume(slot="CHAT", requests_per_month=D(1_000), input_tokens=D(1_000), output_tokens=D(0), measured=True),
        SlotVolume(slot="nobody", requests_per_month=D(10**9), input_tokens=D(1), output_tokens=D(1)),
    )
    summary = priced(use("m", "acme", slot="chat"), use("m", "other", slot="chat"), usage=Usage(slots=slots))
    assert [cost.monthly and cost.monthly.base for cost in summary.costs] == [D(1), None]
    assert (summary.monthly.base, summary.monthly.grade) == (D(1), "B")
    assert any("'nobody'" in note for note in summary.notes)


def test_a_dated_id_of_an_export_finds_the_undated_one_of_the_source():
    slot = SlotVolume(slot="m-2026-08-07", requests_per_month=D(1_000), input_tokens=D(1_000), output_tokens=D(0))
    assert priced(use("m", "acme"), usage=Usage(slots=(slot,))).costs[0].monthly is not None


def test_a_number_about_the_product_belongs_to_the_only_model_in_use():
    usage = Usage(requests_per_month=D(1_000), input_tokens=D(1_000), output_tokens=D(0))
    summary = priced(use("m", "acme"), usage=usage)
    assert summary.costs[0].monthly == summary.monthly
    shared = priced(use("m", "acme"), use("n", "other"), usage=usage)
    assert all(cost.monthly is None for cost in shared.costs)
    # 1 dollar on the one, 10 on the other, each within 30 %
    assert (shared.monthly.low, shared.monthly.base, shared.monthly.high) == (D("0.7"), D("5.5"), D(13))


def test_an_invoice_is_the_total_and_the_slots_are_said_beside_it():
    slot = SlotVolume(slot="m", requests_per_month=D(1_000), input_tokens=D(1_000), output_tokens=D(0))
    summary = priced(use("m", "acme"), usage=Usage(invoice_usd=D(1234), slots=(slot,)))
    assert (summary.monthly.base, summary.monthly.grade) == (D(1234), "A")
    assert any("add up to 1 dollars a month" in note for note in summary.notes)


def test_revenue_burn_and_cash_give_share_and_runway():
    usage = Usage(invoice_usd=D(5_000), revenue_usd=D(20_000), burn_usd=D(50_000), cash_usd=D(600_000))
    summary = priced(use("m", "acme"), usage=usage)
    assert (summary.share_of_revenue, summary.runway_months) == (D("0.25"), D(12))
    assert "Inference is about 10 % of the stated monthly burn." in summary.notes
    assert summary.sensitivity[1] == ("prices 50 % higher", D(7500))


def test_a_stale_price_is_shown_and_left_out_of_totals():
    old = book({("acme", "m"): tuple(replace(p, checked=TODAY - timedelta(days=91)) for p in TEXT)})
    usage = Usage(requests_per_month=D(1_000), input_tokens=D(1_000), output_tokens=D(0))
    summary = priced(use("m", "acme"), usage=usage, prices=old)
    assert all(p.stale for p in summary.costs[0].prices)
    assert (summary.monthly, summary.priced, summary.unpriced) == (None, 0, 1)
    assert summary.costs[0].note.startswith("stale:")
    assert priced(use("m", "acme"), usage=usage, prices=old, stale_after_days=91).monthly is not None


def test_a_retired_model_keeps_a_historical_price_that_counts_nowhere():
    ended = Lifecycle(status=LifecycleStatus.RETIRED, date=date(2026, 9, 24))
    usage = Usage(requests_per_month=D(1_000), input_tokens=D(1_000), output_tokens=D(0))
    summary = priced(use("m", "acme", lifecycle=ended), usage=usage)
    assert summary.monthly is None
    assert {p.conditions for p in summary.costs[0].prices} == {"historical, the service ended on 2026-09-24"}
    later = Lifecycle(status=LifecycleStatus.RETIRED, date=TODAY + timedelta(days=1))
    assert priced(use("m", "acme", lifecycle=later), usage=usage).monthly is not None


def test_a_historical_price_keeps_the_conditions_it_had():
    ended = Lifecycle(status=LifecycleStatus.RETIRED, date=date(2026, 9, 24))
    half = book({("acme", "m"): (*TEXT, replace(TEXT[0], conditions="batch"))})
    prices = priced(use("m", "acme", lifecycle=ended), prices=half).costs[0].prices
    assert "batch, historical, the service ended on 2026-09-24" in {price.conditions for price in prices}


def test_a_model_in_use_without_a_price_is_named_beside_the_total():
    slot = SlotVolume(slot="m", requests_per_month=D(1), input_tokens=D(1), output_tokens=D(1))
    summary = priced(use("m", "acme"), use("unheard-of", "acme"), usage=Usage(slots=(slot,)))
    assert "Not in the total, for want of a current price: unheard-of." in summary.notes
    assert summary.costs[1].note == "no current price: no source states one at Acme"


def test_an_unknown_route_has_no_price_and_says_so():
    [cost] = priced(use("m", kind=RouteKind.UNKNOWN)).costs
    assert (cost.prices, cost.route, cost.note) == ((), "unknown", "no current price: the seller is not known")


def test_a_self_hosted_model_never_costs_nothing():
    known, unknown = priced(use("Qwen/Qwen3-32B", weights=Weights.OPEN), use("org/mystery", weights=Weights.OPEN)).costs
    assert known.self_hosting.gpu_hour.amount > 0
    assert known.self_hosting.monthly_usd is None  # no volume was given
    stated = Usage(requests_per_month=D(1_000), input_tokens=D(1_000), output_tokens=D(100))
    assert priced(use("Qwen/Qwen3-32B", weights=Weights.OPEN), usage=stated).costs[0].self_hosting.monthly_usd > 0
    assert known.note == "self-hosted: the weights are free, inference is not"
    assert unknown.self_hosting is None
    assert "not estimated" in unknown.note


def test_a_foreign_price_is_shown_and_never_added():
    euro = book({("acme", "m"): tuple(replace(p, currency="EUR") for p in TEXT)})
    summary = priced(use("m", "acme"), usage=Usage(requests_per_month=D(1)), prices=euro)
    assert summary.costs[0].prices[0].currency == "EUR"
    assert summary.monthly is None


def test_stated_averages_without_a_volume_price_actions_only():
    usage = Usage(input_tokens=D(2_000), output_tokens=D(0))
    [cost] = priced(use("m", "acme"), usage=usage).costs
    assert cost.per_thousand_actions.base == D(2)
    assert cost.monthly is None


def test_each_source_is_listed_once_with_its_newest_date():
    summary = priced(use("m", "acme"), use("n", "other"))
    assert summary.sources == ("a page, as of 2026-11-24",)


def test_the_same_use_is_priced_once_and_the_answer_is_the_same():
    asked = []

    class Counting:
        def prices_for(self, names, provider, on):  # noqa: ARG002 -- the protocol
            asked.append(names)
            return TEXT

    prices = replace(BOOK, sources=(Counting(),))
    summary = priced(*[use("m", "acme")] * 50, prices=prices)
    assert len(asked) == 1
    assert len(set(map(id, summary.costs))) == 1
