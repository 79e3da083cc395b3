"""What is on record about those who serve models: three countries kept apart, each fact with its source and day."""

import re
from datetime import date

import pytest

from vcdd.core.fact import Confidence
from vcdd.registry.load import load_registry

CLAIMS = (
    "contracting_entity", "contracting_country", "storage", "storage_country", "trains_by_default", "retention", "dpa",
)  # fmt: skip


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    return load_registry(cache=tmp_path_factory.mktemp("registry"))


@pytest.fixture(scope="module")
def claims(registry):
    """Provider id, field, claim: all that is on record."""
    return [
        (provider_id, field, claim)
        for provider_id in registry.providers
        for field in CLAIMS
        if (claim := getattr(registry.providers[provider_id], field)) is not None
    ]


def test_every_claim_has_a_source_and_a_day(claims):
    assert len(claims) > 80
    for provider_id, field, claim in claims:
        assert claim.source, (provider_id, field)
        assert claim.checked >= date(2026, 11, 1), (provider_id, field)


def test_storage_is_one_of_three_words_and_a_country_stands_only_where_it_is_stated(registry):
    for provider_id in registry.providers:
        record = registry.providers[provider_id]
        word = record.storage.value if record.storage else ""
        assert word in {"", "stated", "selectable", "not-stated"}, provider_id
        assert (record.storage_country is not None) == (word == "stated"), provider_id


def test_countries_are_iso_codes_and_yes_or_no_is_not_a_word(claims):
    for provider_id, field, claim in claims:
        if field.endswith("country"):
            assert re.fullmatch("[A-Z]{2}", claim.value), (provider_id, field)
        assert isinstance(claim.value, bool) == (field in {"trains_by_default", "dpa"}), (provider_id, field)


def test_what_a_second_party_read_is_never_called_verified(claims):
    second_hand = [claim for _, _, claim in claims if "second party" in claim.source]
    assert len(second_hand) > 30
    assert not any(claim.verified for claim in second_hand)


@pytest.mark.parametrize(
    ("provider_id", "country", "contract", "storage", "rests_in"),
    [
        ("deepseek", "CN", "CN", "stated", "CN"),
        ("zai", "SG", "SG", "stated", "SG"),
        ("minimax", "SG", "SG", "stated", "US"),
        ("moonshot", "SG", "SG", "not-stated", None),
        ("alibaba-dashscope", "CN", None, "selectable", None),
        ("alibaba-dashscope-intl", "SG", None, "selectable", None),
        ("openai", "US", "US", "selectable", None),
        ("anthropic", "US", "US", "stated", "US"),
        ("mistral", "FR", "FR", "selectable", None),
        ("google-gemini", "US", None, "not-stated", None),
        ("aws-bedrock", "US", None, "selectable", None),
        ("groq", "US", "US", None, None),
        ("zhipu", "CN", None, None, None),
    ],
)
def test_seat_contract_and_storage_are_three_facts(registry, provider_id, country, contract, storage, rests_in):
    provider = registry.provider(provider_id)
    assert provider.country.value == country
    assert provider.contracting_country.value == contract
    assert (provider.storage.value, provider.storage_country.value) == (storage, rests_in)


def test_unread_claims_are_shown_with_low_confidence_and_missing_ones_say_so(registry):
    provider = registry.provider("groq")
    assert provider.retention.confidence is Confidence.HIGH
    assert provider.contracting_entity.confidence is Confidence.LOW
    assert provider.storage.value is None
    assert provider.storage.note


def test_silence_about_training_is_not_a_promise(registry):
    assert registry.provider("deepseek").trains_by_default.value is None
    assert registry.provider("minimax").trains_by_default.value is None


@pytest.mark.parametrize(
    ("url", "provider_id"),
    [
        ("https://api.eu.mistral.ai/v1", "mistral"),
        ("https://us.api.x.ai/v1", "xai"),
        ("https://api.deepseek.com/anthropic", "deepseek"),
        ("https://dashscope-intl.aliyuncs.com/compatible-mode/v1", "alibaba-dashscope-intl"),
        ("https://dashscope.aliyuncs.com/api/v1", "alibaba-dashscope"),
        ("https://api.minimaxi.com/anthropic", "minimax-cn"),
        ("https://api.minimax.io/anthropic", "minimax"),
        ("https://open.bigmodel.cn/api/anthropic", "zhipu"),
        ("https://api.z.ai/api/anthropic", "zai"),
        ("https://api.mistral.ai.example.org/v1", ""),
    ],
)
def test_an_address_names_the_contract_it_belongs_to(registry, url, provider_id):
    assert registry.host(url) == provider_id


def test_whoever_answers_foreign_names_serves_one_lab_and_gives_a_source(registry):
    rewriting = {key for key in registry.providers if registry.providers[key].rewrites}
    assert {"deepseek", "zai", "zhipu", "moonshot", "minimax"} <= rewriting
    for provider_id in rewriting:
        record = registry.providers[provider_id]
        assert record.serves_lab, provider_id
        assert record.source.startswith("https://"), provider_id
        assert record.rewrites.endswith("."), provider_id
