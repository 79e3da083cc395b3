"""Statements of a deck beside the code: recognised, near misses left alone, staleness first."""

from __future__ import annotations

import pytest

from tests.rules.factory import (
    ancestor,
    at,
    closed,
    known,
    lab,
    model,
    provider,
    report,
    route,
    saw,
    use,
)
from tests.rules.wording import banned_in
from vcdd.core.evidence import Evidence
from vcdd.core.reference import ObservationKind
from vcdd.core.route import RouteKind
from vcdd.errors import ConfigError
from vcdd.rules.claims import check, read_text

OPENAI = closed("gpt-5.4", lab=lab("openai", name="OpenAI"))
API = route(RouteKind.VENDOR_API, provider("openai", storage_country=known("US")))
STACK = report(use(OPENAI, by=API))


def only(text, given=STACK):
    return [(item.kind, item.status) for item in check(text, "deck.md", given)]


@pytest.mark.parametrize(
    "text",
    [
        "Our own language model beats the market.",
        "A proprietary AI engine at the core",
        "We trained a foundation model on ten years of data.",
        "- Powered by in-house models",
    ],
)
def test_statements_of_an_own_model_are_recognised(text):
    assert only(text) == [("own-model", "not supported")]


@pytest.mark.parametrize(
    "text",
    [
        "Bring your own model.",
        "Use your own LLM via Ollama",
        "An open alternative to proprietary models",
        "We trained our staff.",
        "Our own office in Berlin",
        "No proprietary models required",
        "```\nour own model\n```",
    ],
)
def test_near_misses_of_own_models_are_left_alone(text):
    assert only(text) == []


def test_training_code_supports_an_own_model_and_a_consistent_base_qualifies_it():
    trained = report(use(OPENAI, by=API), observations=(saw(ObservationKind.FINE_TUNING, "train.py"),))
    assert only("Our own model", trained) == [("own-model", "supported")]
    base = ancestor("base/llm", how="inferred", relation="consistent-with")
    assert only("Our own model", report(use(model("local:w", lineage=(base,))))) == [("own-model", "inconsistent")]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("We are an OpenAI shop", "supported"),
        ("Powered by OpenAI and nothing else", "supported"),
        ("Built on Anthropic's Claude", "not supported"),
        ("We use Gemini for everything", "not supported"),
    ],
)
def test_a_named_vendor_is_held_against_what_is_in_use(text, status):
    assert only(text) == [("vendor", status)]


@pytest.mark.parametrize(
    "text",
    [
        "Offers an OpenAI-compatible API",
        "Supports OpenAI, Anthropic and Gemini",
        "An alternative to Claude",
        "A skill that extends Claude",
        "A model developed by OpenAI and trained by others",
        "metadata based on files",
    ],
)
def test_support_and_compatibility_are_not_statements_about_what_runs(text):
    assert [kind for kind, _ in only(text) if kind == "vendor"] == []


def test_a_vendor_that_is_only_selectable_is_stale():
    other = use(closed("claude-x", lab=lab("anthropic")), Evidence.SELECTABLE)
    assert only("Runs on Claude", report(use(OPENAI, by=API), other)) == [("vendor", "stale")]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (report(use(model())), "supported"),
        (STACK, "inconsistent"),
        (report(use(model(licence=None))), "cannot tell"),
        (report(), "cannot tell"),
    ],
)
def test_open_source_is_a_matter_of_licence_class(given, status):
    assert only("100% open-source models", given) == [("open-source", status)]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (report(use(model())), "supported"),
        (STACK, "inconsistent"),
        (report(use(model(), by=route(RouteKind.UNKNOWN))), "cannot tell"),
    ],
)
def test_on_premises_is_held_against_the_routes(given, status):
    assert only("Your data never leaves your servers", given) == [("on-premises", status)]


def test_a_choice_of_open_source_models_is_no_statement_about_what_runs():
    assert only("You can easily use other open-source models") == []


def test_a_possibility_is_not_a_statement():
    assert only("It can run locally if you want") == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("All data is stored in the EU", "inconsistent"),
        ("All data is hosted in the United States", "supported"),
        ("Only European models", "inconsistent"),
        ("Only American models", "supported"),
        ("We use no Chinese models", "supported"),
        ("We use no American models", "inconsistent"),
    ],
)
def test_places_are_held_against_storage_or_against_originators(text, status):
    assert [item for item in only(text) if item[0] == "country"] == [("country", status)]


def test_a_statement_without_a_place_is_no_statement_about_a_country():
    assert only("Files are stored in a bucket") == []


def test_a_storage_region_that_is_a_setting_cannot_be_told():
    by = route(RouteKind.VENDOR_API, provider("p", storage=known("selectable"), storage_country=known(None)))
    assert only("Data stays in the EU", report(use(closed(), by=by))) == [("country", "cannot tell")]


def test_a_cost_of_a_model_that_is_not_in_use_is_stale():
    old = use(closed("o3-mini", lab=lab("openai")), Evidence.MENTION, API)
    given = report(use(OPENAI, by=API), old)
    (found,) = check("Costs about ~$0.4 per research (o3-mini)", "README.md", given)
    assert (found.kind, found.status) == ("unit-cost", "stale")
    assert "o3-mini is not in use" in found.shown


@pytest.mark.parametrize(("line", "status"), [(2, "stale"), (9, "cannot tell")])
def test_a_mention_on_the_same_line_of_the_target_ties_the_cost_to_its_model(line, status):
    old = use(closed("o3-mini-2025"), Evidence.MENTION, API, location=at("README.md", line))
    (found,) = check("\nAverage $0.4 per run with the small one", "README.md", report(use(OPENAI, by=API), old))
    assert found.status == status


def test_a_cost_alone_cannot_be_told_and_a_subscription_is_no_unit_cost():
    assert only("$0.02 per page") == [("unit-cost", "cannot tell")]
    assert only("$20 per seat on the team plan") == []


def test_every_statement_that_differs_gives_age_as_the_first_explanation():
    text = "Our own model. Built on Claude. Only open-source models. Data never leaves your servers."
    found = check(text, "deck.md", STACK)
    assert len(found) == 4
    assert all("The first explanation is that the text is older than the code." in item.shown for item in found)
    assert [word for item in found for word in banned_in(item.shown)] == []


def test_claims_carry_file_and_line_and_a_short_quote():
    (found,) = check("# Title\n\n" + "word " * 60 + "our own model", "deck.md", STACK)
    assert found.where == "deck.md:3"
    assert len(found.text) <= 160


@pytest.mark.parametrize("start", ["sk-", "hf_", "AIza"])
def test_a_key_in_the_text_is_never_quoted(start):
    key = start + "a1B2" * 6
    (found,) = check(f"Our own model with {key} inside", "deck.md", STACK)
    assert key not in found.text
    assert "(key removed)" in found.text


@pytest.mark.parametrize("raw", [b"%PDF-1.7 rest", b"PK\x03\x04docx", b"text\0text", b"\xff\xfe\x00a", b"\xe9 latin"])
def test_a_binary_claims_file_is_a_configuration_error_with_a_next_step(raw):
    with pytest.raises(ConfigError) as error:
        read_text(raw, "deck.pdf")
    assert "deck.pdf" in error.value.message
    assert error.value.help


def test_text_with_a_byte_order_mark_is_read():
    assert read_text("\ufeffOur own model".encode(), "deck.md") == "Our own model"


def test_a_very_long_line_is_read_in_no_time_and_without_an_error():
    assert isinstance(check("our own " * 50_000, "deck.md", STACK), tuple)
