"""The engine as a whole: order, hosts and clients, and what a broken file costs."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.detect.judge.fakes import Words, judge_with, references
from vcdd.core.evidence import Confidence
from vcdd.core.reference import ReferenceKind
from vcdd.core.source_file import SourceFile
from vcdd.detect.engine import detect, read_source

FILES = {
    "app/conf.py": "CHOSEN = 'acme-x1'\nclass S(BaseSettings):\n    chat_model: str\n",
    "app/llm.py": "from openai import OpenAI\nimport os\nclient = OpenAI(base_url=os.getenv('LLM_URL'))\ndef ask(q, x):\n    return client.chat.completions.create(model=x)\n",
    "app/main.py": "from app.conf import CHOSEN\nfrom app.llm import ask\nask('hi', CHOSEN)\nask('hi', x='acme-x2')\n",
    "conf.yaml": "chat_model: acme-x3\nmodels: [acme-x4, acme-x5]\n",
    ".env": "LLM_URL=https://llm.acme.example/v1\n",
    "web/a.ts": "import { M } from './b';\nclient.chat.completions.create({ model: M });\n",
    "web/b.ts": "export const M = 'acme-x6';\n",
    "start.sh": "vllm serve acme/open-7b --port 80\n",
    "tests/test_a.py": "ask('hi', 'acme-x7')\n",
}
READ = [read_source(SourceFile(path=path, text=text)) for path, text in FILES.items()]


@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_files_does_not_matter(seed):
    shuffled = list(READ)
    random.Random(seed).shuffle(shuffled)
    assert detect(shuffled, judge_with()).references == detect(READ, judge_with()).references


def test_references_come_in_order_of_place():
    found = references(FILES)
    places = [(r.location.path, r.location.line, r.location.column, r.written) for r in found]
    assert places == sorted(places)
    assert len(places) >= 8


@pytest.mark.parametrize("same", [("a.py", "b.py"), ("x/a.py", "y/a.py")])
def test_two_equal_files_give_equal_references(same):
    found = references(dict.fromkeys(same, "MODEL = 'acme-x1'\n"))
    assert [r.location.path for r in found] == list(same)
    assert len({(r.written, r.evidence, r.slot, r.reason) for r in found}) == 1


HOSTS = Words(ids=frozenset({"acme-chat-1", "acme-chat-2"}), hosts={"api.acme.example": "deepseek"})


def test_a_host_belongs_to_the_client_that_was_built_with_it():
    """The trap into which a file-wide base URL falls: two clients in one file, one of them at another host."""
    code = (
        "from openai import OpenAI\n"
        "far = OpenAI(base_url='https://api.acme.example/v1')\n"
        "near = OpenAI()\n"
        "far.chat.completions.create(model='acme-chat-1')\n"
        "near.chat.completions.create(model='acme-chat-2')\n"
    )
    urls = {r.written: r.hints.base_url for r in references({"a.py": code}, HOSTS)}
    assert urls["acme-chat-1"] == "https://api.acme.example/v1"
    assert urls["acme-chat-2"] == ""


def test_an_address_of_a_known_api_is_an_endpoint_and_an_unknown_one_only_in_a_client():
    code = "A = 'https://api.acme.example/v1'\nB = 'https://www.acme.example/page'\nfrom openai import OpenAI\nOpenAI(base_url='https://llm.acme.example/v1')\n"
    found = [r for r in references({"a.py": code}, HOSTS) if r.kind is ReferenceKind.ENDPOINT]
    assert [r.written for r in found] == ["https://api.acme.example/v1", "https://llm.acme.example/v1"]
    assert found[0].hints.provider == "deepseek"


@pytest.mark.parametrize(
    ("maker", "provider"),
    [
        ("from groq import Groq\nc = Groq()\n", "groq"),
        ("from together import Together\nc = Together()\n", "together"),
        ("from openai import OpenAI\nc = OpenAI()\n", "openai"),
        ("from anthropic import AnthropicBedrock\nc = AnthropicBedrock()\n", "aws-bedrock"),
        ("from volcenginesdkarkruntime import Ark\nc = Ark()\n", "volcengine"),
        ("from zhipuai import ZhipuAI\nc = ZhipuAI()\n", "zhipu"),
        ("c = make()\n", ""),
    ],
)
def test_the_maker_of_the_client_names_the_provider(maker, provider):
    call = "c.messages.create" if "Bedrock" in maker else "c.chat.completions.create"
    (found,) = references({"a.py": f"{maker}{call}(model='acme-x1')\n"})
    assert found.hints.provider == provider


def test_hints_are_taken_from_the_call_that_takes_the_model():
    code = "import os\nfrom langchain_openai import ChatOpenAI\nChatOpenAI(model='acme-x1', base_url=os.environ['U'], api_key=os.environ['K'])\n"
    hints = next(r for r in references({"a.py": code}) if r.written == "acme-x1").hints
    assert (hints.base_url_symbol, hints.key_symbol, hints.provider) == ("U", "K", "openai")


def test_what_only_its_place_speaks_for_is_less_sure():
    words = Words(ids=frozenset({"acme-chat-1"}))
    found = references({"a.py": "MODEL = 'acme-x1'\nOTHER_MODEL = 'acme-chat-1'\n"}, words)
    assert [r.confidence for r in found] == [Confidence.MEDIUM, Confidence.HIGH]


def test_a_file_that_its_parser_refuses_is_read_by_another_and_named():
    detection = detect([read_source(SourceFile(path="a.py", text="MODEL = 'acme-x1'\ndef f(:\n"))], judge_with())
    assert [(f.path, f.parser) for f in detection.fallbacks] == [("a.py", "python")]
    assert [r.written for r in detection.references] == ["acme-x1"]


def test_a_file_of_no_known_kind_is_not_read():
    assert read_source(SourceFile(path="a.png", text="MODEL = 'acme-x1'")) is None


NAMES = st.sampled_from(
    ["a.py", "a.ts", "a.yaml", "a.json", ".env", "Dockerfile", "a.sh", "a.go", "a.toml", "README.md"]
)
PIECES = st.sampled_from(
    ["model", "=", "'acme-x1'", '"acme/x"', "(", ")", "{", "}", "[", "]", ":", ",", "\n", " ", "f", "self.", "import ", "$X", "#", "\\", "or ", "`", "\x00", "é"]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(NAMES, st.lists(PIECES, max_size=40).map("".join), max_size=4))
def test_no_text_whatever_breaks_reading_or_judging(files):
    for reference in references(files, HOSTS):
        assert reference.written
        assert reference.location.line >= 1
        assert reference.location.path in files


def test_weights_that_a_package_fetches_by_itself_are_among_the_references():
    found = references({"cut.py": "from rembg import remove\nout = remove(image)\n", "requirements.txt": "kokoro\n"})
    assert {(r.written, r.through, r.evidence.value, r.location.path) for r in found} >= {
        ("u2net", "rembg", "bound", "cut.py"),
        ("hexgrad/Kokoro-82M", "kokoro", "dependency", "requirements.txt"),
    }
