"""Whose client is asked, and at which address: what belongs to the object that makes the call, and only that."""

import pytest

from tests.detect.judge.fakes import Words, references

KNOWN = Words(
    ids=frozenset({"acme-chat-1", "acme-chat-2"}),
    orgs=frozenset({"acme"}),
    scoped=frozenset({("nova-3", "deepgram")}),
    hosts={"api.acme.example": "acme"},
)
URL = "https://api.acme.example/v1"


def hints(files, written):
    found = references(files if isinstance(files, dict) else {"app/main.py": files}, KNOWN)
    (reference,) = (r for r in found if r.written == written)
    return reference.hints


IN_A_CLASS = """
class Chat:
    def __init__(self, config):
        self.config.model = config.model or 'acme-chat-1'
        base_url = config.url or os.getenv('B') or '{url}'
        self.client = OpenAI(base_url=base_url)
{more}
"""


@pytest.mark.parametrize(
    ("files", "address"),
    [
        (f"URL = '{URL}'\nclient = OpenAI(base_url=URL)\nclient.chat.completions.create(model='acme-chat-1')\n", URL),
        (f"client = OpenAI(base_url='{URL}')\nclient.chat.completions.create(model='acme-chat-1')\n", URL),
        (f"client = OpenAI(base_url=URL)\nclient.chat.completions.create(model='acme-chat-1')\nother = '{URL}'\n", ""),
        (IN_A_CLASS.format(url=URL, more=""), URL),
        (IN_A_CLASS.format(url=URL, more="        self.other = OpenAI()"), ""),
        ({"a.ts": f"const U = process.env.X ?? '{URL}';\nconst c = new OpenAI({{ baseURL: U }});\nc.chat.completions.create({{ model: 'acme-chat-1' }});\n"}, URL),
    ],
)  # fmt: skip
def test_the_address_is_that_of_the_client_that_is_asked(files, address):
    if isinstance(files, str):
        files = "import os\nfrom openai import OpenAI\n" + files
    assert hints(files, "acme-chat-1").base_url == address


@pytest.mark.parametrize(
    ("files", "written", "provider"),
    [
        ({"a.ts": 'import { fal } from "@fal-ai/client";\nfal.subscribe("fal-ai/any-llm", { input: { model: "acme/x-1b" } });\n'}, "acme/x-1b", "fal"),
        ({"a.ts": "import { createOpenRouter } from '@openrouter/ai-sdk-provider';\nconst router = createOpenRouter();\nrouter('acme/x-9');\n"}, "acme/x-9", "openrouter"),
        ("import cohere\nasked = cohere.Client()\nasked.chat(model='acme-x-9')\n", "acme-x-9", "cohere"),
        ({"a.ts": "const DEEPGRAM_PARAMS = new URLSearchParams({ model: 'nova-3' });\n"}, "nova-3", "deepgram"),
    ],
)  # fmt: skip
def test_the_provider_is_that_of_the_client_around(files, written, provider):
    assert hints(files, written).provider == provider


def test_a_bare_word_without_a_provider_around_stays_unread():
    assert references({"a.ts": "const PARAMS = new URLSearchParams({ kind: 'nova-3' });\n"}, KNOWN) == []


def test_a_name_that_configuration_gives_to_a_model_is_no_model():
    files = {
        "conf.toml": '[models]\nfast_2 = { model_name = "acme-chat-1" }\n[agent]\nmodel = "fast_2"\nbackup_model = "slow-2"\n'
    }
    assert sorted(r.written for r in references(files, KNOWN)) == ["acme-chat-1", "slow-2"]


@pytest.mark.parametrize(
    ("code", "evidence"),
    [
        ("CHAT_MODELS = ['acme-chat-1', 'acme-chat-2']\n", ["selectable", "selectable"]),
        ("DEFAULT_MODELS = ['acme-chat-1', 'acme-chat-2']\n", ["bound", "selectable"]),
        ("T = {'fast': 'acme-x1', 'slow': 'acme-x2'}\nclient.chat.completions.create(model=T[tier])\n", ["selectable", "selectable"]),
    ],
)  # fmt: skip
def test_of_a_list_only_the_first_can_be_the_default(code, evidence):
    assert [r.evidence.value for r in references({"app/main.py": code}, KNOWN)] == evidence


def test_the_name_of_a_tokenizer_says_how_to_count():
    code = "import tiktoken\ndefault_tokenizer = 'acme-chat-1'\ntiktoken.encoding_for_model(default_tokenizer)\n"
    assert references({"app/main.py": code}, KNOWN) == []


def test_a_tool_of_a_host_of_models_is_no_model():
    calls = "fal_client.subscribe('fal-ai/ffmpeg-api/compose')\nfal_client.subscribe('fal-ai/acme-video/v1')\n"
    assert [r.written for r in references({"app/main.py": "import fal_client\n" + calls}, KNOWN)] == [
        "fal-ai/acme-video/v1"
    ]


@pytest.mark.parametrize(
    ("files", "evidence"),
    [
        ({"a.ts": 'const A = { modelId: "acme-chat-1" };\nconst B = { modelId: "acme-chat-2" };\nconst ALL = [A, B];\n'}, "selectable"),
        ({"a.py": "A = Model(id='acme-chat-1')\nB = Model(id='acme-chat-2')\nALL = [A, B]\n"}, "selectable"),
        ({"a.py": "A = 'acme-chat-1'\nB = 'acme-chat-2'\n", "b.py": "from a import A, B\nMODELS = [A, B]\n"}, "selectable"),
        ({"a.py": "A = 'acme-chat-1'\nB = 'acme-chat-2'\nONE = [A]\nTWO = [B]\n"}, "bound"),
    ],
)  # fmt: skip
def test_constants_that_a_list_gathers_are_choices(files, evidence):
    assert {r.evidence.value for r in references(files, KNOWN)} == {evidence}


@pytest.mark.parametrize("name", ["A30", "NVIDIA-A100-SXM4-80GB", "H100-PCIE-80GB", "L40S", "MI300X"])
def test_an_accelerator_is_no_model(name):
    assert references({"conf.yaml": f"models: [{name}]\nmodel: {name}\n"}, KNOWN) == []


def test_a_variable_of_compose_is_read_once_and_without_its_name():
    text = "services:\n  a:\n    environment:\n      - CHAT_MODEL=${CHAT_MODEL:-models/acme-7b-q4.gguf}\n"
    assert [r.written for r in references({"docker-compose.yml": text}, KNOWN)] == ["models/acme-7b-q4.gguf"]


@pytest.mark.parametrize(
    ("code", "evidence"),
    [
        ("ACME_CHAT_1 = 'acme-chat-1'\n", "selectable"),
        ("ModelAcmeChat1 = 'acme-chat-1'\n", "selectable"),
        ("DEFAULT_ACME_CHAT_1 = 'acme-chat-1'\n", "bound"),
        ("CHAT_MODEL = 'acme-chat-1'\n", "bound"),
        ("ACME_CHAT_1 = 'acme-chat-1'\nclient.chat.completions.create(model=ACME_CHAT_1)\n", "bound"),
    ],
)
def test_a_name_that_only_spells_its_id_says_nothing_of_a_use(code, evidence):
    assert [r.evidence.value for r in references({"app/main.py": code}, KNOWN)] == [evidence]


@pytest.mark.parametrize(
    ("url", "count"),
    [
        ("https://repo.example/org/builder-3.8.7-all-bin.zip", 0),
        ("https://repo.example/asr-models/acme-asr-small-2.tar.bz2", 1),
        ("https://repo.example/acme-7b-q4-k.gguf", 1),
    ],
)
def test_an_archive_is_weights_only_where_something_says_so(url, count):
    assert len(references({"a.properties": f"distributionUrl={url}\n"}, KNOWN)) == count
