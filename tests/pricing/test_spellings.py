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


def test_a_tag_or_version_after_a_colon_is_not_cut_off():
    assert spellings(("qwen3:8b",)) == ("qwen3:8b",)
    assert spellings(("anthropic.claude-v2:1",)) == ("anthropic.claude-v2:1",)


def test_a_fine_tuned_model_is_never_asked_for_under_its_base():
    assert spellings(("ft:gpt-4o:org:name",)) == ("ft:gpt-4o:org:name",)
    assert spellings(("openai/ft:gpt-4o:org",)) == ("openai/ft:gpt-4o:org",)
