"""The second level of the prefilter: what it lets pass, what it holds back, and that it holds back nothing told of."""

from __future__ import annotations

import re

import pytest

from vcdd.detect.judge.lexicon import load_lexicon
from vcdd.detect.judge.remember import RememberingVocabulary
from vcdd.detect.observe.artefacts import _UNPICKLES
from vcdd.detect.worth import Worth
from vcdd.detect.worth_tables import _ORDINARY, worth_tables
from vcdd.registry.load import load_registry
from vcdd.registry.vocabulary import compile_vocabulary
from vcdd.workers import FileFilter, prefilter_for


@pytest.fixture(scope="module")
def worth() -> Worth:
    return Worth(RememberingVocabulary(compile_vocabulary(load_registry())), load_lexicon())


PASSES = [
    ("python", 'x = "gpt-4o"', "a known id"),
    ("python", "x = 'Qwen/Qwen2.5-7B-Instruct'", "a repository of a known organisation"),
    ("python", 'BASE = "https://api.openai.com/v1"', "the address of a known API"),
    ("python", 'p = "weights/own-detector.safetensors"', "a weight file"),
    ("python", "from openai import OpenAI\nc = OpenAI()", "a module of a vendor"),
    ("python", "m = AutoModel.from_pretrained(name)", "a call of the loaders table"),
    ("javascript", 'import { openai } from "@ai-sdk/openai"', "a package of a vendor"),
    ("javascript", "const r = await generateText<X>({ prompt })", "a call with type arguments"),
    ("python", 'embedding_model: str = "acme-embed-2"', "an id nobody knows under a name that holds models"),
    ("python", 'parser.add_argument("--model",\n    default="acme-1")', "the default of an option for a model"),
    ("python", 'm = f"acme_{size}"\nmodel_name = f"acme_{size}"', "a composed id under such a name"),
    ("python", 'm = os.getenv("LLM_MODEL")', "a variable that brings a model in"),
    ("javascript", "const u = process.env.OPENAI_BASE_URL", "a variable that brings an address in"),
    ("python", "run(model=settings.chat_model)", "a model handed on"),
    ("python", "count(DEFAULT_MODEL)", "a constant that holds a model"),
    ("python", 'subprocess.run(["ollama", "pull", name])', "a command in a list of strings"),
    ("code", 'exec("vllm serve " + name)', "a command in a string"),
    ("python", 'subprocess.run("pip install torch", shell=True)', "an installation at run time"),
    ("python", "weights = torch.load(path)", "a pickle opened"),
    ("markdown", "We used gpt-4o, and liked it.", "a known id in prose"),
    ("yaml", "name: anything", "a small configuration file"),
    ("toml", "x = 1", "a kind of which there is little"),
]
HELD_BACK = [
    ("python", "flag = False  # handling the falcon's fallback", "stems inside other words"),
    ("python", "model = build(x)\nmodel.fit(data)", "a model that is an object"),
    ("python", 'kind = "model"\nlicense = "MIT"', "bare words"),
    ("python", "pipeline = [a, b]", "the name of a call without a call"),
    ("python", "def is_pipelined(x): return x", "a longer name that ends in none of the table's"),
    ("javascript", "import x from './openai-helpers'", "a file of the target with a vendor in its name"),
    ("markdown", "The model is an OpenAI model; see the GPT paper.", "prose without an id"),
    ("python", 'date_format = "%Y-%m-%d"\nencoding = "utf-8"', "marked strings under other names"),
]


@pytest.mark.parametrize(("kind", "text", "what"), PASSES)
def test_a_file_with_this_is_parsed(worth: Worth, kind: str, text: str, what: str) -> None:
    assert worth.is_worth(text.encode(), kind), what


@pytest.mark.parametrize(("kind", "text", "what"), HELD_BACK)
def test_a_file_with_only_this_is_not(worth: Worth, kind: str, text: str, what: str) -> None:
    assert not worth.is_worth(text.encode(), kind), what


def test_bulk_data_is_parsed_only_for_a_word_that_is_known(worth: Worth) -> None:
    rows = b'{"score": 1, "note": "fallback"}\n' * 2000
    assert not worth.is_worth(rows, "json")
    assert worth.is_worth(rows + b'{"model": "gpt-4o"}', "json")


def test_an_escaped_line_end_hides_no_id(worth: Worth) -> None:
    assert worth.is_worth(rb'"source": "x = 1\ngpt-4o"', "markdown")


@pytest.mark.parametrize(("kind", "text", "what"), PASSES[:16])
def test_positions_point_at_what_was_found(worth: Worth, kind: str, text: str, what: str) -> None:
    padded = b"x = 1\n" * 50 + text.encode()
    assert worth.positions(padded, kind), what
    assert all(place >= 300 for place in worth.positions(padded, kind)), what


def test_every_call_that_opens_a_pickle_is_in_the_tables() -> None:
    """The observer's own list and ours say the same."""
    calls = worth_tables(load_lexicon()).calls
    for module, name in _UNPICKLES:
        assert frozenset((module.encode(),)) in calls[name.encode()]


def test_every_sample_of_the_loaders_tables_passes(worth: Worth) -> None:
    """Each row brings a line that it must find; a file of that line must be parsed."""
    missed = [
        row.id
        for row in load_lexicon().rows
        if row.sample and not row.is_command
        for kind in ("javascript" if re.search(r"\bconst\b|\bawait\b|=>|import \{|new ", row.sample) else "python",)
        if not worth.is_worth(row.sample.encode(), kind)
    ]
    assert missed == []


@pytest.fixture(scope="module")
def both() -> FileFilter:
    return prefilter_for(RememberingVocabulary(compile_vocabulary(load_registry())), load_lexicon())


ONLY = [
    ("python", "from easyocr import Reader\nr = easyocr.Reader(['en'])", "a call that fetches weights by itself"),
    ("python", "w = torch.load(path)", "a pickle opened"),
    ("python", "os.environ['LANGSMITH_TRACING'] = 'true'", "a setting that sends traces out"),
    ("yaml", "LANGFUSE_TRACING_ENABLED: 'true'", "the same in a configuration"),
    ("python", "os.system('pip install x')", "an installation at run time"),
    ("shell", "docker run vllm/vllm-openai", "a server started"),
    ("python", "KEY = 'AIza" + "SyA1b2C3d4" * 3 + "e5F6g'", "a key of Google's"),
    ("javascript", "const k = 'hf_" + "aBcDeFgHiJ" * 3 + "kLmN'", "a token of the Hub"),
    ("python", "K = 'sk-proj-" + "aB3dE5gH7j" * 4 + "'", "a key of OpenAI's"),
    ("toml", 'k = "gsk_' + "aB3dE5gH7j" * 5 + '"', "a key in a configuration"),
]


@pytest.mark.parametrize(("kind", "text", "what"), ONLY)
def test_both_levels_pass_a_file_with_nothing_but(both: FileFilter, kind: str, text: str, what: str) -> None:
    assert both.is_worth(text.encode(), kind), what


@pytest.mark.parametrize("text", ["x = 'sk-learn'", "hf_x = 1", "x = 'spa-treatment-of-long-words-with-hyphens'"])
def test_the_beginning_of_a_key_alone_is_no_reason(both: FileFilter, text: str) -> None:
    assert not both.is_worth(text.encode(), "toml")


def test_every_confirmed_word_has_a_literal_or_is_ordinary(both: FileFilter) -> None:
    """The first level holds back nothing that the second would confirm, whatever row is added to a table."""
    tables = worth_tables(load_lexicon())
    holds = re.compile(b"|".join(re.escape(literal) for literal in both.literals), re.IGNORECASE).search
    groups = [frozenset((last, *others)) for last, groups in tables.calls.items() for others in groups]
    groups += [command.words for command in tables.commands]
    missed = [
        group for group in groups if not all(word.lower() in _ORDINARY for word in group) and not any(map(holds, group))
    ]
    names = [*tables.settings, *(name for names in tables.modules.values() for name in names)]
    missed += [name for name in names if not holds(name)]
    assert missed == []
