"""From records to values: every fact has its source, date and confidence, and unknown stays unknown."""

from vcdd.core.evidence import Confidence
from vcdd.core.model import ConditionKind
from vcdd.core.route import RouteKind
from vcdd.registry.load import load_registry

REGISTRY = load_registry()


def test_a_lab_without_a_known_country_says_so():
    key = next(key for key in REGISTRY.labs if not REGISTRY.labs[key].country)
    fact = REGISTRY.lab(key).country
    assert fact.value is None
    assert fact.note


def test_a_provider_claims_only_what_is_published():
    provider = REGISTRY.provider("kie")
    assert provider.storage.value is None
    assert provider.trains_by_default.value is None
    assert provider.kind is RouteKind.AGGREGATOR


def test_a_published_claim_has_its_own_source_and_date():
    fact = REGISTRY.provider("openai").trains_by_default
    assert fact.value is False
    assert fact.source.startswith("https://")
    assert fact.checked is not None
    assert fact.confidence is Confidence.HIGH


def test_storage_is_stated_selectable_or_not_stated():
    values = {REGISTRY.provider(key).storage.value for key in REGISTRY.providers}
    assert values <= {None, "stated", "selectable", "not-stated"}
    for key in REGISTRY.providers:
        provider = REGISTRY.provider(key)
        assert (provider.storage_country.value is not None) == (provider.storage.value == "stated")


def test_conditions_follow_the_modality():
    text, vision = REGISTRY.licence("llama3.2", "text"), REGISTRY.licence("llama3.2", "vision")
    unknown = REGISTRY.licence("llama3.2")
    assert not text.has(ConditionKind.TERRITORY_LIMIT)
    assert vision.has(ConditionKind.TERRITORY_LIMIT)
    assert unknown.has(ConditionKind.TERRITORY_LIMIT)


def test_hub_tags_lead_to_licences_and_other_leads_nowhere():
    assert REGISTRY.licence_for_tag("Apache-2.0").id == "apache-2.0"
    assert REGISTRY.licence_for_tag("llama3.1").id == "llama3.1"
    assert REGISTRY.licence_for_tag("other") is None
    assert REGISTRY.licence_for_tag("") is None


def test_packages_and_variables_lead_to_their_provider():
    assert REGISTRY.provider_for_sdk("fal-client") == "fal"
    assert REGISTRY.provider_for_sdk("google_genai") == "google-gemini"
    assert REGISTRY.provider_for_sdk("requests") == ""
    assert REGISTRY.provider_for_variable("DASHSCOPE_API_KEY") == "alibaba-dashscope"
    assert REGISTRY.provider_for_variable("OPENAI_BASE_URL") == "openai"
    assert REGISTRY.provider_for_variable("PATH") == ""


def test_unknown_ids_are_none_not_errors():
    assert REGISTRY.lab("nobody") is None
    assert REGISTRY.licence("nothing") is None
    assert REGISTRY.provider("nowhere") is None
    assert REGISTRY.list_entries(("no-such-code",)) == ()
