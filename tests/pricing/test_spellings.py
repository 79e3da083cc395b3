"""Spellings go from the literal to the bare, and never explode."""

from vcdd.pricing.spellings import spellings


def test_the_ids_as_given_come_before_any_tail():
    found = spellings(("Org/Name", "openai:gpt-5"))
    assert found == ("org/name", "openai:gpt-5", "name", "gpt-5")


def test_a_long_path_gives_every_tail_in_order():
    assert spellings(("fal-ai/kling-video/v3",)) == ("fal-ai/kling-video/v3", "kling-video/v3", "v3")


def test_blank_ids_give_nothing_and_slashes_alone_are_bounded():
    assert spellings(("", "  ")) == ()
    assert len(spellings(("a/" * 5000,))) <= 24
