"""Own prices: by spelling, by day, and historical ones labelled."""

from datetime import date

from tests.pricing.factory import TODAY, D
from vcdd.pricing.book import open_book
from vcdd.pricing.models_dev import ModelsDevPrices
from vcdd.pricing.own import OwnPrices


def test_resolution_makes_different_prices_of_one_model():
    prices = OwnPrices().prices_for(("kling/v4/text-to-video",), "fal", TODAY)
    assert {p.conditions: p.amount for p in prices} == {"1080p": D("0.235"), "720p": D("0.157")}


def test_a_service_that_ended_is_historical_from_that_day_on():
    [before] = OwnPrices().prices_for(("sora-2",), "openai", date(2026, 9, 23))
    [after] = OwnPrices().prices_for(("sora-2",), "openai", date(2026, 9, 24))
    assert (before.stale, before.conditions) == (False, "")
    assert (after.stale, after.conditions) == (True, "historical, the service ended on 2026-09-24")
    assert before.amount == after.amount == D("0.1")


def test_a_spelling_with_the_providers_prefix_finds_the_same_row():
    book = open_book()
    assert book.prices_for(("fal/kling/v4/text-to-video",), "fal-ai", TODAY) == book.prices_for(
        ("kling/v4/text-to-video",), "fal", TODAY
    )


def test_a_bare_tail_finds_nothing_of_another_model():
    assert OwnPrices().prices_for(("text-to-video", "v4"), "fal", TODAY) == ()


def test_the_models_dev_snapshot_answers_for_providers_others_lack_and_is_stale_by_now():
    prices = ModelsDevPrices().prices_for(("qwen/qwq-32b",), "siliconflow", TODAY)
    assert {p.unit: p.amount for p in prices} == {"input-mtok": D("0.15"), "output-mtok": D("0.58")}
    assert all(p.stale for p in open_book().prices_for(("Qwen/QwQ-32B",), "siliconflow", TODAY))


def test_without_a_provider_there_is_no_price():
    assert open_book().prices_for(("gpt-5",), "", TODAY) == ()


def test_a_regional_endpoint_has_the_list_of_its_region_and_the_other_one_says_whose_it_is():
    there, here = (
        open_book().prices_for(("qwen3-max",), p, TODAY) for p in ("alibaba-dashscope-intl", "alibaba-dashscope")
    )
    assert [price.amount for price in there] == [price.amount for price in here]
    assert there[0].provider == "alibaba-dashscope-intl"
    assert "mainland list is in yuan" not in there[0].source
    assert "mainland list is in yuan" in here[0].source
