"""Run-rate from stated volumes: grade, range, driver, and nothing without a volume."""

import pytest

from tests.pricing.factory import D, price
from vcdd.core.company import SlotVolume, Usage
from vcdd.pricing.monthly import monthly, of_tokens

TEXT = (price("input-mtok", "1.25"), price("output-mtok", "10"), price("cached-input-mtok", "0.125"))


def volume(**fields):
    return SlotVolume(slot="chat", **{name: D(v) if isinstance(v, int | str) else v for name, v in fields.items()})


def cases(found):
    return found.low, found.base, found.high


def test_three_numbers_give_thirty_per_cent_and_grade_c():
    # 100,000 x (3,000 x 1.25 + 500 x 10) / 1e6 = 875
    found = monthly(
        TEXT, SlotVolume(slot="a", requests_per_month=D(100_000), input_tokens=D(3_000), output_tokens=D(500)), Usage()
    )
    assert cases(found) == (D("612.5"), D(875), D("1137.5"))
    assert (found.grade, found.currency) == ("C", "USD")
    assert found.driver == "output tokens per action, 57 % of the figure"


def test_measured_numbers_are_exact_and_grade_b():
    given = SlotVolume(
        slot="a",
        requests_per_month=D(1_000),
        input_tokens=D(10_000),
        output_tokens=D(0),
        cached_share=D("0.5"),
        measured=True,
    )
    # 1,000 x (5,000 x 1.25 + 5,000 x 0.125) / 1e6 = 6.875
    assert cases(monthly(TEXT, given, Usage())) == (D("6.875"),) * 3
    assert monthly(TEXT, given, Usage()).grade == "B"


def test_an_invoice_is_taken_as_it_stands_without_any_price():
    found = monthly((), volume(invoice_usd="1234.56"), Usage())
    assert (*cases(found), found.grade) == (D("1234.56"), D("1234.56"), D("1234.56"), "A")


def test_one_number_ranges_over_the_sizes_of_a_request():
    found = monthly(TEXT, volume(requests_per_month=1_000), Usage())
    # 1,000 calls of 1,000, 5,000 and 20,000 input and 500 output tokens
    assert cases(found) == (D("6.25"), D("11.25"), D(30))
    assert "assumed between 1,000 and 20,000" in found.driver


def test_averages_of_the_file_fill_what_a_slot_does_not_state():
    filled = monthly(TEXT, volume(requests_per_month=1_000), Usage(input_tokens=D(2_000), output_tokens=D(100)))
    assert filled.base == D("3.5")


def test_a_batch_volume_without_a_batch_price_says_so():
    found = monthly(TEXT, volume(requests_per_month=1, input_tokens=1_000, output_tokens=1, batch=True), Usage())
    assert "no batch price is known: the ordinary one is used" in found.assumptions


def test_tokens_alone_are_blended_at_three_mixes():
    found = of_tokens(TEXT, D(10_000_000))
    assert cases(found) == (D("20.455"), D("34.375"), D("56.25"))


def test_images_are_counted_by_the_piece():
    found = monthly((price("image", "0.04"),), SlotVolume(slot="a", units_per_month=D(1_000), unit="images"), Usage())
    assert cases(found) == (D(28), D(40), D(52))


def test_characters_are_billed_by_the_thousand_and_hours_by_the_minute():
    speech = (price("character-k", "0.08"), price("audio-minute", "0.006"))
    spoken = SlotVolume(slot="a", units_per_month=D(500_000), unit="characters", measured=True)
    heard = SlotVolume(slot="a", units_per_month=D(10), unit="hours", measured=True)
    assert monthly(speech, spoken, Usage()).base == D(40)
    assert monthly(speech, heard, Usage()).base == D("3.6")


def test_video_seconds_are_multiplied_by_the_stated_tries():
    given = SlotVolume(slot="a", units_per_month=D(100), unit="seconds", measured=True)
    assert monthly((price("video-second", "0.4"),), given, Usage(tries=D(3))).base == D(120)
    assert monthly((price("video-second", "0.4"),), given, Usage()).base == D(40)


def test_clips_without_stated_tries_range_over_one_two_and_four():
    found = monthly((price("video-second", "0.1"),), volume(requests_per_month=100), Usage())
    assert cases(found) == (D(50), D(100), D(200))


def test_clips_of_stated_length_and_tries_are_exact():
    found = monthly(
        (price("video-second", "0.1"),), volume(requests_per_month=100), Usage(clip_seconds=D(8), tries=D(2))
    )
    assert cases(found) == (D(160),) * 3


@pytest.mark.parametrize(
    ("prices", "given"),
    [
        (TEXT, SlotVolume(slot="a")),
        ((), SlotVolume(slot="a", requests_per_month=D(1))),
        ((price("input-mtok", "1", stale=True),), SlotVolume(slot="a", requests_per_month=D(1))),
        (TEXT, SlotVolume(slot="a", units_per_month=D(1), unit="images")),
    ],
)
def test_too_little_gives_no_figure(prices, given):
    assert monthly(prices, given, Usage()) is None


def test_requests_to_an_image_model_are_images_even_where_it_also_has_token_prices():
    found = monthly((*TEXT, price("image", "0.04")), volume(requests_per_month=1_000), Usage())
    assert found.base == D(40)
