"""The traps of resolving origin and licence, one test each: what is commonly believed and is not so."""

import pytest

from vcdd.core.model import ConditionKind, DateKind, LicenceClass, LifecycleStatus, Role, Weights
from vcdd.registry.load import load_registry

REGISTRY = load_registry()


def licence(written, via=""):
    found = REGISTRY.identify(written, provider=via).licence
    return found.id if found else None


def lab(written, via=""):
    found = REGISTRY.identify(written, provider=via).lab
    return found.id if found else None


# -- licences: one per checkpoint, not one per family


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Qwen/Qwen2.5-3B", "qwen-research"),
        ("Qwen/Qwen2.5-Coder-3B", "qwen-research"),
        ("Qwen/Qwen2.5-72B-Instruct", "qwen"),
        ("Qwen/Qwen2.5-7B-Instruct", "apache-2.0"),
        ("Qwen/Qwen3.8-27B", "apache-2.0"),
        ("Qwen/Qwen3.8-Flash-Next", "qwen-community-1.0"),
        ("Qwen/Qwen3.8-2.4T-A95B", "qwen3.8-max"),
        ("Qwen/Qwen-Image", "apache-2.0"),
        ("Qwen/Qwen-Image-2.1", "qwen-research"),
        ("zai-org/GLM-5.3-Flash", "mit"),
        ("zai-org/GLM-5.3", "glm-5.3"),
    ],
)
def test_one_qwen_or_glm_licence_does_not_speak_for_its_siblings(written, expected):
    assert licence(written) == expected


def test_deepseek_v3_of_december_2024_is_not_under_mit_but_its_successors_are():
    assert licence("deepseek-ai/DeepSeek-V3") == "deepseek"
    assert {licence(f"deepseek-ai/DeepSeek-{v}") for v in ("V3-0324", "V3.1", "R1", "V4-Pro")} == {"mit"}


def test_kimi_k2_asks_for_display_and_k3_for_a_separate_agreement():
    k2, k3 = REGISTRY.licence("kimi-k2-modified-mit"), REGISTRY.licence("kimi-k3")
    assert {c.duty for c in k2.conditions if c.amount} == {"display"}
    assert "separate-licence" in {c.duty for c in k3.conditions if c.kind is ConditionKind.REVENUE_THRESHOLD}


def test_minimax_changed_its_terms_with_nearly_every_release():
    names = ("Text-01", "M1-80k", "M2", "M2.7", "M3", "H3")
    found = [licence(f"MiniMaxAI/MiniMax-{name}") for name in names]
    assert found == [
        "minimax-model",
        "apache-2.0",
        "minimax-m2-modified-mit",
        "minimax-m2.7-nc",
        "minimax-community",
        "minimax-h3-community",
    ]


def test_minimax_h3_is_not_licensed_in_the_united_states_either():
    (limit,) = [
        c for c in REGISTRY.licence("minimax-h3-community").conditions if c.kind is ConditionKind.TERRITORY_LIMIT
    ]
    assert set(limit.territories) == {"EU", "GB", "KR", "US"}


def test_hunyuan_texts_differ_in_territory_and_hunyuan3d_in_its_threshold():
    def territories(key):
        return {t for c in REGISTRY.licence(key).conditions for t in c.territories}

    assert territories("tencent-hunyuan-community-2024") == {"EU"}
    assert territories("tencent-hunyuan-community") == {"EU", "GB", "KR"}
    amounts = {c.amount for c in REGISTRY.licence("tencent-hunyuan-3d").conditions if c.amount}
    assert amounts == {1_000_000}
    assert licence("tencent/Hy3") == "apache-2.0"


def test_the_eu_clause_of_llama_binds_multimodal_models_only():
    def has_limit(written):
        return REGISTRY.identify(written).licence.has(ConditionKind.TERRITORY_LIMIT)

    assert has_limit("meta-llama/Llama-3.2-11B-Vision-Instruct")
    assert has_limit("meta-llama/Llama-4-Scout-17B-16E-Instruct")
    assert not has_limit("meta-llama/Llama-3.2-3B-Instruct")
    assert not has_limit("meta-llama/Llama-3.3-70B-Instruct")


def test_gemma_4_is_apache_and_gemma_1_to_3_are_not():
    assert licence("google/gemma-4-31B-it") == "apache-2.0"
    assert {licence(f"google/gemma-{v}-it") for v in ("2b", "2-9b", "3-4b")} == {"gemma"}


def test_command_a_plus_is_apache_and_older_command_models_are_not():
    assert licence("CohereLabs/command-a-plus-05-2026") == "apache-2.0"
    assert licence("CohereLabs/c4ai-command-a-03-2025") == "cc-by-nc-4.0"


def test_modified_mit_of_mistral_gives_no_rights_above_its_threshold():
    (limit,) = [c for c in REGISTRY.licence("mistral-medium-3.5").conditions if c.amount]
    assert (limit.amount, limit.period, limit.duty) == (20_000_000, "month", "no-grant")


@pytest.mark.parametrize(
    ("key", "amount"), [("stability-ai-community", 1_000_000), ("krea-2-community", 1_000_000), ("lfm1.0", 10_000_000)]
)
def test_revenue_thresholds_are_per_year_and_in_whole_dollars(key, amount):
    (limit,) = [c for c in REGISTRY.licence(key).conditions if c.kind is ConditionKind.REVENUE_THRESHOLD]
    assert (limit.amount, limit.period) == (amount, "year")


def test_ltx_2_has_two_texts_cut_by_version_and_date():
    assert licence("Lightricks/LTX-2.3") == "ltx-2-community"
    assert licence("Lightricks/LTX-2.5") == "ltx-2.x-community"
    assert "2026-08-11" in REGISTRY.identify("Lightricks/LTX-2").note


def test_flux_outputs_may_be_used_where_the_model_may_not():
    texts = " ".join(c.text for c in REGISTRY.licence("flux-1-dev-non-commercial").conditions)
    assert "outputs may be used commercially" in texts
    assert licence("black-forest-labs/FLUX.2-klein-4B") == "apache-2.0"
    assert licence("black-forest-labs/FLUX.2-klein-9B") == "flux-non-commercial-2.1"


def test_weights_are_not_licensed_by_the_apache_code_around_them():
    assert licence("SWivid/F5-TTS") == "cc-by-nc-4.0"
    assert licence("facebook/musicgen-small") == "cc-by-nc-4.0"
    assert licence("kyutai/moshiko-pytorch-bf16") in {"cc-by-4.0", None}
    assert licence("Kwai-Kolors/Kolors") == "kolors"


# -- origin


@pytest.mark.parametrize(
    ("written", "origin", "carrier"),
    [
        ("TheBloke/Llama-2-13B-chat-GGUF", "meta", "thebloke"),
        ("bartowski/Qwen2.5-7B-Instruct-GGUF", "alibaba", "bartowski"),
        ("lmstudio-community/Mistral-7B-Instruct-v0.3-GGUF", "mistral", "lmstudio-community"),
        ("Systran/faster-whisper-large-v3", "openai", "systran"),
        ("Xenova/all-MiniLM-L6-v2", "sbert", "xenova"),
        ("nvidia/DeepSeek-R1-NVFP4", "deepseek", "nvidia-quantised"),
        ("RedHatAI/Meta-Llama-3.1-8B-Instruct-FP8", "meta", "neuralmagic"),
        ("neuralmagic/Meta-Llama-3.1-8B-Instruct-FP8", "meta", "neuralmagic"),
        ("NousResearch/Meta-Llama-3-8B-Instruct", "meta", "nousresearch-mirrors"),
    ],
)
def test_the_uploader_is_not_the_originator(written, origin, carrier):
    found = REGISTRY.identify(written)
    assert found.lab.id == origin
    assert found.distributor.id == carrier


def test_a_reuploaders_country_is_never_the_models():
    found = REGISTRY.identify("unsloth/Qwen3-8B-GGUF")
    assert found.lab.country.value == "CN"
    assert found.distributor.country.value == "AU"


def test_a_reupload_of_something_unheard_of_has_no_originator():
    found = REGISTRY.identify("mradermacher/Some-Merge-12B-i1-GGUF")
    assert found.lab is None
    assert found.licence is None
    assert found.distributor.id == "mradermacher"


def test_upstream_terms_win_over_a_reuploaders_tag():
    """RedHatAI tags its Qwen2.5-3B copy Apache; the weights stay research-only."""
    assert licence("RedHatAI/Qwen2.5-3B-FP8-dynamic") == "qwen-research"


@pytest.mark.parametrize(
    ("written", "via", "origin"),
    [
        ("runwayml/gen4_turbo", "runway", "runway"),
        ("groq/llama-3.3-70b-versatile", "", "meta"),
        ("cerebras/llama3.1-8b", "", "meta"),
        ("databricks/databricks-claude-sonnet-4", "", "anthropic"),
        ("snowflake/llama3.1-70b", "", "meta"),
        ("github_copilot/gpt-4o", "", "openai"),
        ("azure_ai/Meta-Llama-3.1-70B-Instruct", "", "meta"),
        ("volcengine/doubao-seed-1-6-250615", "", "bytedance"),
    ],
)
def test_the_prefix_of_an_api_is_not_the_lab(written, via, origin):
    assert lab(written, via) == origin


@pytest.mark.parametrize("host", ["fal", "huggingface", "openrouter", "replicate"])
def test_a_host_is_never_an_originator_by_being_one(host):
    record = REGISTRY.providers[host]
    assert record.serves_lab == ""
    assert REGISTRY.identify("some-model-nobody-knows", provider=host).lab is None


@pytest.mark.parametrize("word", ["nova-2", "command", "sonar", "universal", "sonic", "llama3", "rerank-2", "best"])
def test_bare_words_need_a_scope(word):
    assert REGISTRY.identify(word).match == "none"


def test_rerank_names_of_two_vendors_are_kept_apart():
    assert lab("rerank-v3.5") == "cohere"
    assert lab("rerank-2.5", "voyage") == "voyage"


@pytest.mark.parametrize(
    ("written", "modifier", "originator"),
    [
        ("perplexity-ai/r1-1776", "perplexity", "deepseek"),
        ("microsoft/MAI-DS-R1", "microsoft", "deepseek"),
        ("NousResearch/Hermes-4-14B", "nous", "alibaba"),
        ("deepseek-ai/DeepSeek-R1-Distill-Llama-70B", "deepseek", "meta"),
        ("deepseek-ai/DeepSeek-R1-Distill-Qwen-32B", "deepseek", "alibaba"),
    ],
)
def test_a_base_of_another_lab_is_named_beside_the_one_who_changed_it(written, modifier, originator):
    roles = {link.role: link.lab for link in REGISTRY.identify(written).checkpoint.developers}
    assert roles == {Role.MODIFIER: modifier, Role.ORIGINATOR: originator}


def test_embeddings_of_baai_may_sit_on_gemma_and_mistral():
    assert REGISTRY.identify("BAAI/bge-multilingual-gemma2").bases[0].id == "gemma-2"
    assert REGISTRY.identify("BAAI/bge-en-icl").bases[0].id == "mistral-7b"


def test_an_architecture_name_is_not_lineage():
    """GigaChat 3 and Moonlight use DeepSeek's architecture with weights of their own."""
    assert REGISTRY.identify("ai-sage/GigaChat3-10B-A1.8B").lab.id == "sber"
    assert REGISTRY.identify("moonshotai/Moonlight-16B-A3B-Instruct").bases == ()


def test_a_mirror_of_deleted_weights_says_so():
    assert "mirror" in REGISTRY.identify("runwayml/stable-diffusion-v1-5").note
    assert lab("runwayml/stable-diffusion-v1-5") == "compvis"
    assert lab("alpindale/WizardLM-2-8x22B") == "wizardlm"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("THUDM/glm-4-9b-chat", "zai-org/glm-4-9b-chat"),
        ("CohereForAI/c4ai-command-r-v01", "CohereLabs/c4ai-command-r-v01"),
        ("AIDC-AI/Ovis2-8B", "ATH-MaaS/Ovis2-8B"),
        ("core42/jais-13b", "inceptionai/jais-13b"),
    ],
)
def test_renamed_organisations_lead_to_the_same_lab(old, new):
    assert lab(old) == lab(new) is not None


@pytest.mark.parametrize(
    ("key", "country"),
    [
        ("mistral", "FR"),
        ("bfl", "DE"),
        ("stability", "GB"),
        ("cohere", "CA"),
        ("ai21", "IL"),
        ("lightricks", "IL"),
        ("bria", "IL"),
        ("tii", "AE"),
        ("mbzuai", "AE"),
        ("sakana", "JP"),
        ("upstage", "KR"),
        ("lg", "KR"),
        ("naver", "KR"),
        ("sarvam", "IN"),
        ("aisingapore", "SG"),
        ("fishaudio", "US"),
        ("manus", "SG"),
        ("hpcaitech", "SG"),
    ],
)
def test_a_labs_seat_is_where_it_sits(key, country):
    assert REGISTRY.lab(key).country.value == country


def test_three_countries_are_kept_apart():
    """Jina sits in Germany and belongs to a US company; Z.ai's API is billed from Singapore, Zhipu sits in China."""
    jina = REGISTRY.lab("jina")
    assert (jina.country.value, jina.parent_country.value) == ("DE", "US")
    assert REGISTRY.lab("zhipu").country.value == "CN"
    assert REGISTRY.provider("zai").contracting_country.value == "SG"


def test_seallms_are_the_singapore_team_of_a_chinese_parent():
    found = REGISTRY.lab("sealion-damo")
    assert (found.country.value, found.parent_country.value) == ("SG", "CN")


@pytest.mark.parametrize(
    ("written", "via"),
    [
        ("deepseek-chat", ""),
        ("mistral-large-latest", ""),
        ("llama3.1", "ollama"),
        ("qwen3:latest", "ollama"),
        ("~anthropic/claude-sonnet-latest", ""),
        ("claude-3-5-sonnet-latest", ""),
    ],
)
def test_mutable_names_are_marked_and_a_dated_one_is_not(written, via):
    assert REGISTRY.identify(written, provider=via).is_alias
    assert not REGISTRY.identify("claude-3-5-sonnet-20241022").is_alias


def test_open_weights_are_decided_per_id_not_per_vendor():
    def weights(written):
        return REGISTRY.identify(written).weights

    assert weights("qwen-max") is Weights.CLOSED
    assert weights("Qwen/Qwen3-32B") is Weights.OPEN
    assert weights("glm-4.5-flash") is Weights.CLOSED
    assert weights("zai-org/GLM-4.7-Flash") is Weights.OPEN
    assert weights("openai/gpt-oss-20b") is Weights.OPEN
    assert weights("gpt-5") is Weights.CLOSED
    assert weights("wan2.5-t2v-preview") is Weights.CLOSED
    assert weights("fal-ai/kling-video/v2/master/image-to-video") is Weights.CLOSED


def test_a_distillation_keeps_the_terms_of_its_base_in_sight():
    found = REGISTRY.identify("deepseek-ai/DeepSeek-R1-Distill-Llama-8B")
    assert found.licence.id == "mit"
    assert found.bases[0].relation == "distillation"
    assert licence(found.bases[0].id) == "llama3.1"


# -- lifecycle and routes


def test_sora_2_no_longer_answers():
    lifecycle = REGISTRY.identify("sora-2").lifecycle
    assert lifecycle.status is LifecycleStatus.RETIRED
    assert str(lifecycle.date) == "2026-09-24"


def test_a_floor_is_not_an_announcement():
    lifecycle = REGISTRY.identify("claude-opus-4-5").lifecycle
    assert lifecycle.status is LifecycleStatus.ACTIVE
    assert lifecycle.date_kind is DateKind.NOT_SOONER_THAN


def test_a_claude_name_sent_to_deepseek_is_a_deepseek_model():
    found = REGISTRY.identify("claude-sonnet-4-5", provider="deepseek")
    assert found.lab.id == "deepseek"
    assert found.licence is None
    assert "DeepSeek" in found.note


def test_unverified_records_carry_low_confidence():
    unchecked = next(key for key in REGISTRY.labs if not REGISTRY.labs[key].verified and REGISTRY.labs[key].country)
    assert REGISTRY.lab(unchecked).country.confidence.value == "low"


# -- lists


def test_deepseek_is_not_called_entity_listed():
    entries = REGISTRY.list_entries(REGISTRY.lab("deepseek").list_entries)
    assert entries
    assert not [entry for entry in entries if "BIS" in entry.code]
    assert REGISTRY.lists["US-BIS-EL-DEEPSEEK-NOT-LISTED"].status == "not-listed"


def test_the_zhipu_entry_names_the_legal_entity_not_the_brand():
    entry = REGISTRY.lists["US-BIS-EL-2025-01-ZHIPU"]
    assert "Beijing Zhipu Huazhang" in entry.legal_entity
    assert entry.tier == "confirmed"
    assert entry.effect.endswith("presumption of denial.")


def test_the_withdrawn_notice_and_the_later_list_are_two_records():
    assert REGISTRY.lists["US-DOD-1260H-2026-02-WITHDRAWN"].status == "posted-then-withdrawn"
    assert REGISTRY.lists["US-DOD-1260H-2026-06-ALIBABA"].status == "in-force"


def test_bills_are_proposed():
    assert REGISTRY.lists["US-NO-ADVERSARIAL-AI-ACT"].status == "proposed"


def test_the_class_open_source_belongs_to_osi_texts_and_creative_commons():
    for key in REGISTRY.licences:
        record = REGISTRY.licences[key]
        if record.category is LicenceClass.OPEN_SOURCE:
            assert record.osi or key.startswith(("cc", "cdla", "openmdw", "odc", "wtfpl", "internlm", "lgpl")), key


@pytest.mark.parametrize(
    ("written", "library", "expected"),
    [
        ("openai/gpt-4o", "", "openai"),
        ("openai/gpt-oss-20b", "", "openai"),
        ("openai/whisper-large-v3", "", "openai"),
        ("openai/Qwen2.5-VL-7B-Instruct-GGUF", "", "alibaba"),
        ("openai/deepseek-chat", "", "deepseek"),
        ("openai/our-deployment", "", None),
        ("openai/our-deployment", "litellm", None),
        ("openai/jukebox-9z", "transformers", "openai"),
    ],
)
def test_the_prefix_of_a_protocol_that_everybody_speaks_names_no_maker(written, library, expected):
    found = REGISTRY.identify(written, library=library).lab
    assert (found.id if found else None) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("fal-ai/nobody-knows/v1", "fal-ai/nobody-knows/v1"),
        ("together_ai/nobody/knows-7b", "nobody/knows-7b"),
        ("Helsinki-NLP/opus-mt-{lang}-en", "Helsinki-NLP/opus-mt-{lang}-en"),
    ],
)
def test_an_unknown_id_keeps_what_is_its_own(written, expected):
    assert REGISTRY.identify(written).id == expected


def test_an_open_part_behind_an_organisation_leaves_the_organisation_known():
    assert lab("Helsinki-NLP/opus-mt-{lang}-en") == lab("Helsinki-NLP/opus-mt-de-en")
    assert licence("Helsinki-NLP/opus-mt-{lang}-en") is None
    assert lab("{org}/opus-mt-de-en") is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("models/gemini-2.5-flash", "google"),
        ("models/text-embedding-004", "google"),
        ("models/deploy.prototxt", None),
        ("models/qwen2.5-7b-instruct-q4_k_m.gguf", "alibaba"),
        ("models/ours-7b", None),
    ],
)
def test_a_folder_of_weights_is_not_googles_because_google_writes_its_ids_so(written, expected):
    found = REGISTRY.identify(written)
    assert (found.lab.id if found.lab else None) == expected
    assert (found.provider != "google-gemini") or expected == "google"


@pytest.mark.parametrize("written", ["embedding", "segmentation", "community"])
def test_a_single_word_that_a_repository_is_called_is_nobodys_alone(written):
    assert lab(written) is None


def test_openai_whisper_fetches_its_checkpoints_from_a_bucket_of_its_own():
    address = f"https://openaipublic.azureedge.net/main/whisper/models/{'ed3a0b6b' * 8}/base.en.pt"
    assert REGISTRY.identify(address).id == "openai/whisper-base.en"
    assert REGISTRY.identify("https://example.org/models/base.en.pt").lab is None
