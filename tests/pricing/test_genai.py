"""The real package, offline: tiers, batch, history, peak hours, and whose list a price stands in."""

from datetime import date

import pytest

from tests.pricing.factory import TODAY, D
from vcdd.pricing.genai import GenaiPrices
from vcdd.pricing.genai_data import dated, lists
from vcdd.pricing.rates import pick


def found(model, provider, on=TODAY):
    return GenaiPrices().prices_for((model,), provider, on)


def amount(prices, unit, **request):
    return pick(prices, unit, **request).amount


def test_a_long_context_tier_is_a_condition_and_not_the_price():
    prices = found("claude-sonnet-4-5", "anthropic")
    assert amount(prices, "input-mtok") == D(3)
    assert amount(prices, "input-mtok", input_tokens=D(200_000)) == D(3)
    assert amount(prices, "input-mtok", input_tokens=D(200_001)) == D(6)
    assert amount(prices, "output-mtok", input_tokens=D(300_000)) == D("22.5")


def test_batch_and_cached_prices_stand_beside_the_ordinary_one():
    prices = found("claude-haiku-4-5", "anthropic")
    assert amount(prices, "input-mtok", batch=True) == D("0.5")
    assert amount(prices, "cached-input-mtok") == D("0.1")


def test_a_price_of_the_past_is_the_one_that_held_then():
    before, after = found("glm-5.3-flash", "zai", date(2026, 9, 1)), found("glm-5.3-flash", "zai", date(2026, 9, 11))
    assert (amount(before, "input-mtok"), amount(after, "input-mtok")) == (D("0.075"), D("0.15"))
    assert after[0].effective == date(2026, 9, 10)


def test_peak_hours_are_listed_and_never_picked_as_the_ordinary_price():
    prices = found("deepseek-v4-pro", "deepseek")
    assert amount(prices, "input-mtok") == D("0.66")
    assert {p.amount for p in prices if "peak hours" in p.conditions and p.unit == "input-mtok"} == {D("1.32")}


def test_a_price_from_a_neighbours_list_says_so():
    assert found("gpt-4o", "azure")[0].source.endswith("list price of OpenAI")
    assert "list price" not in found("gpt-4o", "openai")[0].source


def test_a_converted_price_names_the_rate():
    assert "7.25" in found("glm-4.7", "zhipu")[0].source


@pytest.mark.parametrize(
    ("model", "provider"), [("no-such-model", "openai"), ("gpt-5", "no-such-provider"), ("gpt-5", "")]
)
def test_what_the_package_does_not_know_has_no_price(model, provider):
    assert found(model, provider) == ()


def test_the_snapshot_is_dated_and_does_not_grow_younger():
    assert dated(None, None, TODAY) == date(2026, 11, 9)
    assert dated(None, None, date(2027, 6, 1)) == date(2026, 11, 9)


def test_an_hour_of_audio_becomes_minutes():
    prices = found("whisper-large-v3", "groq")
    assert amount(prices, "audio-minute") == D("0.00185")


def test_the_finder_agrees_with_the_package_on_every_id_it_knows():
    from genai_prices.data_snapshot import get_snapshot

    finders = lists(None).finders
    for provider in get_snapshot().providers:
        for name in (model.id.lower() for model in provider.models):
            for asked in (name, f"{name}-20260101", f"{name}-20261301", f"x{name}", name[:-1]):
                ours, theirs = finders[provider.id].find(asked), provider.find_model(asked)
                assert (ours and ours[0]) == (theirs and theirs.id), (provider.id, asked)


def test_kept_tables_answer_as_the_package_does(tmp_path):
    """The first question writes them, the second reads them; what cannot be read is made again."""
    own = lists(None).finders
    for _ in range(2):
        lists.cache_clear()
        assert lists(None, tmp_path).finders == own
    (kept,) = tmp_path.iterdir()
    kept.write_text("{", encoding="utf-8")
    lists.cache_clear()
    assert lists(None, tmp_path).finders == own
