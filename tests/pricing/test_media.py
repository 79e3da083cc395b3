"""Hand-computed prices per second, per image and per accepted clip."""

import pytest

from tests.pricing.factory import D, price
from vcdd.pricing.media import clips, is_media, thousand_units, unit_range


def test_an_accepted_clip_costs_its_seconds_times_its_tries():
    # 0.4 dollars a second x 5 seconds x 1, 2 and 4 tries
    assert clips((price("video-second", "0.4"),)) == (
        ("5 s clip", 1, D(2)),
        ("5 s clip", 2, D(4)),
        ("5 s clip", 4, D(8)),
    )


def test_resolutions_are_rows_of_their_own():
    rows = clips((price("video-second", "0.157", "720p"), price("video-second", "0.235", "1080p")))
    assert [(when, cost) for when, tries, cost in rows if tries == 1] == [
        ("720p, 5 s clip", D("0.785")),
        ("1080p, 5 s clip", D("1.175")),
    ]


def test_a_price_per_clip_keeps_the_sellers_length():
    assert clips((price("video-clip", "0.28", "768p, 6 s clip"),))[1] == ("768p, 6 s clip", 2, D("0.56"))


def test_a_price_per_megapixel_names_the_frame_it_is_computed_for():
    # 0.9216 megapixels x 25 frames x 5 seconds = 115.2; x 0.0018 = 0.20736
    [first, *_] = clips((price("video-megapixel", "0.0018"),))
    assert first == ("5 s clip of 1280x720 at 25 frames a second", 1, D("0.20736"))


def test_a_foreign_price_makes_no_clip():
    assert clips((price("video-second", "0.1", currency="CNY"),)) == ()


@pytest.mark.parametrize(
    ("when", "words"),
    [("", "5 s clip, stale"), ("historical, the service ended on 2026-09-24",) * 2],
)
def test_a_stale_or_historical_clip_is_labelled_and_makes_no_estimate(when, words):
    old = (price("video-second", "0.1", when, stale=True),)
    assert clips(old)[0][0].startswith(words)
    assert clips(old)[0][2] == D("0.5")
    assert thousand_units(old) is None


def test_a_unit_ranges_over_its_conditions_and_leaves_batch_out():
    prices = (
        price("image", "0.04"),
        price("image", "0.011", "low, 1024x1024"),
        price("image", "0.167", "high, 1024x1024"),
        price("image", "0.001", "batch"),
    )
    assert unit_range(prices, "image") == (D("0.011"), D("0.04"), D("0.167"))


def test_without_an_ordinary_price_the_middle_one_is_the_likely_case():
    prices = (
        price("video-second", "1", "4k"),
        price("video-second", "0.1", "480p"),
        price("video-second", "0.3", "720p"),
    )
    assert unit_range(prices, "video-second") == (D("0.1"), D("0.3"), D(1))


def test_a_thousand_clips_range_from_one_try_to_four():
    found = thousand_units((price("video-second", "0.1"),))
    assert (found.low, found.base, found.high) == (D(500), D(1000), D(2000))


def test_a_thousand_images_cost_a_thousand_prices():
    found = thousand_units((price("image", "0.025"),))
    assert (found.low, found.base, found.high, found.driver) == (D(25), D(25), D(25), "the list price")


def test_text_has_no_media_unit():
    assert thousand_units((price("input-mtok", "1"),)) is None


def test_a_model_sold_by_the_image_is_not_priced_as_text():
    assert is_media((price("input-mtok", "5"), price("image", "0.04")))
    assert not is_media((price("input-mtok", "5"), price("output-mtok", "40")))
