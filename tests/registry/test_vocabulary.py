"""What detection may know of strings: strengths with near misses, hosts, and prefilter literals."""

import pytest

from vcdd.core.vocabulary import Strength
from vcdd.registry.load import load_registry
from vcdd.registry.vocabulary import compile_vocabulary

REGISTRY = load_registry()
VOCABULARY = compile_vocabulary(REGISTRY)


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("gpt-5.2", Strength.EXACT),
        ("claude-sonnet-4-5-20250929", Strength.EXACT),
        ("Qwen/Qwen3-8B", Strength.EXACT),
        ("gpt-4o-mini-search-preview", Strength.FAMILY),
        ("google/siglip-base-patch16-224", Strength.FAMILY),
        ("Qwen/Something-New", Strength.ORG),
        ("TheBloke/Unheard-Of-13B", Strength.ORG),
        ("weights/model.safetensors", Strength.FILE),
        ("o3", Strength.SCOPED),
        ("command", Strength.SCOPED),
        ("llama3", Strength.SCOPED),
        ("qwen-vl-utils", Strength.NONE),
        ("claude-code", Strength.NONE),
        ("llama-index", Strength.NONE),
        ("gpt-researcher", Strength.NONE),
        ("gemini-cli", Strength.NONE),
        ("whisper-timestamped", Strength.NONE),
        ("qwen3_streaming_context", Strength.NONE),
        ("eleven_multilingual_v9", Strength.FAMILY),
        ("openai", Strength.NONE),
        ("a sentence about gpt-4o", Strength.NONE),
        ("economic", Strength.NONE),
        ("foo/bar", Strength.NONE),
        ("", Strength.NONE),
    ],
)
def test_how_much_a_string_says_by_itself(text, strength):
    assert VOCABULARY.look_up(text).strength is strength


def test_a_scope_makes_bare_words_readable():
    assert VOCABULARY.look_up("small", "whisper").strength is Strength.EXACT
    assert VOCABULARY.look_up("command", "cohere").strength is Strength.FAMILY
    assert VOCABULARY.look_up("command", "openai").strength is Strength.SCOPED


def test_openness_is_told_where_it_is_known():
    assert VOCABULARY.look_up("openai/gpt-oss-20b").is_open is True
    assert VOCABULARY.look_up("gpt-5").is_open is False
    assert VOCABULARY.look_up("Qwen/Something-New").is_open is None


@pytest.mark.parametrize(
    ("url", "provider"),
    [
        ("https://api.openai.com/v1", "openai"),
        ("api.deepseek.com/anthropic", "deepseek"),
        ("https://dashscope-intl.aliyuncs.com/compatible-mode/v1", "alibaba-dashscope-intl"),
        ("https://dashscope.aliyuncs.com/api/v1", "alibaba-dashscope"),
        ("https://my-res.openai.azure.com/", "azure"),
        ("https://bedrock-runtime.eu-central-1.amazonaws.com", "aws-bedrock"),
        ("https://us-central1-aiplatform.googleapis.com", "google-vertex"),
        ("http://localhost:11434", "ollama"),
        ("https://user:key@openrouter.ai/api/v1", "openrouter"),
        ("https://api.openai.com.evil.example/v1", ""),
        ("https://example.org", ""),
        ("not a url", ""),
        ("", ""),
    ],
)
def test_hosts_are_known_by_whole_names(url, provider):
    assert VOCABULARY.host(url) == provider


def test_every_known_exact_name_contains_a_literal():
    """Else the prefilter would drop files that name a known model."""
    literals = VOCABULARY.literals
    missed = [
        name
        for name in REGISTRY.compiled.exact
        if len(name) > 3 and not any(literal in name.encode() for literal in literals)
    ]
    assert missed == []


def test_every_sample_that_needs_no_scope_contains_a_literal():
    samples = [f.sample.lower() for f in REGISTRY.families.values() if " @" not in f.sample and len(f.sample) > 3]
    missed = [s for s in samples if not any(literal in s.encode() for literal in VOCABULARY.literals)]
    assert missed == []


def test_literals_are_lower_case_sorted_and_none_contains_another():
    literals = VOCABULARY.literals
    assert list(literals) == sorted(set(literals))
    assert all(literal == literal.lower() and len(literal) >= 3 for literal in literals)
    assert not [a for a in literals for b in literals if a != b and a in b]


@pytest.mark.parametrize("word", [b"text", b"base", b"code", b"chat", b"model", b"large", b"video", b"google", b"meta"])
def test_common_words_are_no_literals(word):
    assert word not in VOCABULARY.literals
