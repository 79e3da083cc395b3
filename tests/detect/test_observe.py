"""Facts about a target that are no references: each told once, where it stands, and as firmly as its place allows."""

import pytest

from tests.detect.judge.fakes import LEXICON
from vcdd.core.evidence import Evidence
from vcdd.core.reference import ObservationKind
from vcdd.core.shape import WeightsShape
from vcdd.core.site import ReadFile
from vcdd.core.source_file import SourceFile
from vcdd.detect.engine import read_source
from vcdd.detect.observe import Observer
from vcdd.detect.observe.artefacts import tree_observations
from vcdd.detect.observe.licences import is_licence_file, licence_file
from vcdd.detect.observe.secrets import key_shapes

OBSERVER = Observer(LEXICON)


def observed(files):
    read = [read_source(SourceFile(path=path, text=text)) for path, text in files.items()]
    return OBSERVER.observe([file for file in read if file is not None])


def told(text, path="app.py"):
    """`kind subject` of every observation of one file."""
    return [f"{o.kind.value} {o.subject}" for o in observed({path: text})]


@pytest.mark.parametrize(
    ("path", "text", "fact"),
    [
        ("app.py", "from openai import OpenAI\nc = OpenAI()\nc.responses.create(model=m)\n", "sdk-call openai"),
        ("app.py", "import fal_client\nfal_client.run(m)\n", "sdk-call fal"),
        ("app.py", "from huggingface_hub import InferenceClient\nc = InferenceClient(m)\nc.chat_completion(x)\n", "sdk-call huggingface"),
        ("app.py", "from google import genai\nc = genai.Client()\nc.models.generate_content(model=m)\n", "sdk-call google-gemini"),
        ("app.ts", 'import Anthropic from "@anthropic-ai/sdk";\nconst a = new Anthropic();\na.messages.create({ model });\n', "sdk-call anthropic"),
        ("requirements.txt", "mistralai==1.0\n", "sdk-dependency mistral"),
        ("package.json", '{"dependencies": {"@ai-sdk/groq": "1"}}', "sdk-dependency groq"),
        ("requirements.txt", "chromadb\n", "embedding-store Chroma"),
        ("train.py", "from trl import SFTTrainer\nSFTTrainer(model=m)\n", "fine-tuning fine-tuning"),
        ("train.sh", "axolotl train config.yml\n", "fine-tuning fine-tuning"),
        ("conf.py", "MODEL = 'ft:gpt-4o-mini:acme::abc'\n", "fine-tuning fine-tuned model of a vendor"),
        ("train.yaml", "base_model: m\nadapter: lora\nlora_r: 8\nlora_alpha: 16\nlearning_rate: 0.1\n", "fine-tuning training configuration"),
        ("load.py", "M.from_pretrained(p, load_in_4bit=True)\n", "quantisation quantisation"),
        ("start.sh", "vllm serve $M --quantization awq\n", "quantisation quantisation"),
        ("k8s/app.yaml", "resources:\n  limits:\n    nvidia.com/gpu: 1\n", "self-hosting NVIDIA GPUs in the cluster"),
        ("docker-compose.yml", "services:\n  llm:\n    image: ollama/ollama:0.5\n", "self-hosting Ollama"),
        ("Dockerfile", "FROM vllm/vllm-openai:v0.6\n", "self-hosting vLLM"),
        (".env", "LANGCHAIN_TRACING_V2=true\n", "tracing LangSmith"),
        ("app.py", "import os\nos.environ['LANGCHAIN_TRACING_V2'] = 'true'\n", "tracing LangSmith"),
        ("app.py", "from langfuse import Langfuse\nLangfuse()\n", "tracing Langfuse"),
        ("app.py", "M.from_pretrained('acme/chat-7b', trust_remote_code=True, revision='a1')\n", "trust-remote-code acme/chat-7b"),
        ("start.sh", "vllm serve acme/chat-7b --trust-remote-code\n", "trust-remote-code vllm serve"),
        ("conf.yaml", "trust_remote_code: true\n", "trust-remote-code "),
        ("app.py", "M.from_pretrained('acme/chat-7b')\n", "unpinned-revision acme/chat-7b"),
        ("app.py", "import torch\ntorch.load('acme.pth')\n", "pickle-weights acme.pth"),
        ("app.py", "import subprocess\nsubprocess.run('pip install torch', shell=True)\n", "runtime-install pip"),
        ("evals/run.py", "print('x')\n", "evaluation evals"),
        ("promptfooconfig.yaml", "prompts: []\n", "evaluation promptfooconfig.yaml"),
        ("package.json", '{"license": "MIT"}', "licence-declaration MIT"),
        ("pyproject.toml", '[project]\nlicense = "Apache-2.0"\n', "licence-declaration Apache-2.0"),
        ("pyproject.toml", '[project]\nlicense = {text = "MIT"}\n', "licence-declaration MIT"),
        ("setup.py", "setup(classifiers=['License :: OSI Approved :: MIT License'])\n", "licence-declaration MIT"),
    ],
)  # fmt: skip
def test_a_fact_is_seen(path, text, fact):
    assert fact in told(text, path)


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("app.py", "import openai_like\nopenai_like.run(m)\n", "sdk-call"),
        ("app.py", "from huggingface_hub import hf_hub_download\nhf_hub_download(m)\n", "sdk-call"),
        ("app.py", "import huggingface_hub\nfound = huggingface_hub.repo_folder_name(m)\nfound.lower()\n", "sdk-call"),
        ("app.py", "c = make()\nc.chat.completions.create(model=m)\n", "sdk-call"),
        ("app.py", "import google.cloud.storage\ngoogle.cloud.storage.Client()\n", "sdk-call"),
        ("app.ts", 'import { Button } from "./openai";\nButton();\n', "sdk-call"),
        ("requirements.txt", "openai-helpers\n", "sdk-dependency"),
        ("poetry.lock", '[[package]]\nname = "langsmith"\nversion = "1"\n', "tracing"),
        (".env", "LANGCHAIN_TRACING_V2=false\n", "tracing"),
        (".env", "LANGCHAIN_TRACING_V2=\n", "tracing"),
        ("app.py", "M.from_pretrained('acme/chat-7b', trust_remote_code=False)\n", "trust-remote-code"),
        ("app.py", "M.from_pretrained('acme/chat-7b', trust_remote_code=flag)\n", "trust-remote-code"),
        ("app.py", "M.from_pretrained('acme/chat-7b', revision='a1')\n", "unpinned-revision"),
        ("app.py", "M.from_pretrained('./weights/acme')\n", "unpinned-revision"),
        ("app.py", "M.from_pretrained(path)\n", "unpinned-revision"),
        ("app.py", "import torch\ntorch.load('acme.pth', weights_only=True)\n", "pickle-weights"),
        ("app.py", "import yaml\nyaml.load(f)\n", "pickle-weights"),
        ("app.py", "raise ImportError('pip install torch')\n", "runtime-install"),
        ("conf.yaml", "base_model: m\nlearning_rate: 0.1\n", "fine-tuning"),
        ("evaluate.py", "print('x')\n", "evaluation"),
        ("package.json", '{"dependencies": {"license": "1.0"}}', "licence-declaration"),
        ("app.json", '{"license": "MIT"}', "licence-declaration"),
        ("pyproject.toml", '[project]\nclassifiers = ["License :: OSI Approved"]\n', "licence-declaration"),
        ("docker-compose.yml", "services:\n  llm:\n    image: acme/ollama-proxy:1\n", "self-hosting"),
        ("app.py", "NAME = 'ft:something'\n", "fine-tuning"),
    ],
)  # fmt: skip
def test_a_near_miss_is_not(path, text, kind):
    assert [fact for fact in told(text, path) if fact.startswith(kind)] == []


def test_a_client_imported_from_another_file_is_still_the_vendors():
    files = {
        "app/llm.py": "from openai import OpenAI\nclient = OpenAI()\n",
        "app/chat.py": "from app.llm import client\nclient.responses.create(model=m)\n",
        "web/llm.ts": 'import OpenAI from "openai";\nexport const llm = new OpenAI();\n',
        "web/chat.ts": 'import { llm } from "./llm";\nllm.responses.create({ model });\n',
    }
    calls = [o for o in observed(files) if o.kind is ObservationKind.SDK_CALL]
    assert [(o.location.path, o.subject) for o in calls if "chat" in o.location.path] == [
        ("app/chat.py", "openai"),
        ("web/chat.ts", "openai"),
    ]


@pytest.mark.parametrize(
    ("path", "evidence"),
    [
        ("app.py", Evidence.BOUND),
        ("deploy/app.py", Evidence.DEPLOYED),
        ("tests/test_app.py", Evidence.TEST),
        ("docs/app.py", Evidence.MENTION),
        ("examples/app.py", Evidence.MENTION),
    ],
)
def test_a_fact_is_as_firm_as_its_place(path, evidence):
    found = observed({path: "import fal_client\nfal_client.run(m)\n"})
    assert {o.evidence for o in found} == {evidence}


def test_a_package_in_a_manifest_or_install_command_is_a_dependency():
    files = {"requirements.txt": "langfuse\n", "Dockerfile": "FROM python\nRUN pip install langfuse\n"}
    assert {o.evidence for o in observed(files) if o.kind is ObservationKind.TRACING} == {Evidence.DEPENDENCY}
    assert {o.evidence for o in observed({"docs/requirements.txt": "langfuse\n"})} == {Evidence.MENTION}


KEYS = [
    ("anthropic", "sk-ant-api03-Kq7Zp2Rm9Tv4Wb8Nc1Ld6Hf3Gj5Sy0"),
    ("openai", "sk-proj-Kq7Zp2Rm9Tv4Wb8Nc1Ld6Hf3Gj5Sy0Qw"),
    ("google-gemini", "AIzaKq7Zp2Rm9Tv4Wb8Nc1Ld6Hf3Gj5Sy0Qw9Er"),
    ("replicate", "r8_Kq7Zp2Rm9Tv4Wb8Nc1Ld6Hf3Gj5Sy0Qw9ErT5"),
    ("fal", "3f9a1c7e-82b4-4d6f-9e05-b7c2d8a1f364:9c4e7a1b3d5f8260e7a94b1c6d3f5820"),
    ("unknown", "sk-3f9a1c7e82b44d6f9e05b7c2d8a1f364"),
]


@pytest.mark.parametrize(("vendor", "key"), KEYS, ids=[vendor for vendor, _ in KEYS])
def test_a_key_is_named_by_vendor_and_place_and_never_shown(vendor, key):
    found = [o for o in observed({".env": f"SOME_KEY={key}\n"}) if o.kind is ObservationKind.SECRET]
    assert [(o.subject, o.location.path, o.location.line, o.detail) for o in found] == [(vendor, ".env", 1, "SOME_KEY")]
    assert key[8:] not in repr(found)


@pytest.mark.parametrize(
    "value",
    [
        "sk-ant-api03-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx1",
        "sk-proj-your-key-goes-here-1234567890",
        "sk-...",
        "sk-learn-pipeline-of-the-month-22",
        "hf_hub_download",
        "AIzaSy",
        "3f9a1c7e-82b4-4d6f-9e05-b7c2d8a1f364",
        "sk-proj-abcdefghijklmnopqrstuvwxyz0123",
    ],
)
def test_a_placeholder_or_another_string_is_no_key(value):
    assert [o for o in observed({".env": f"SOME_KEY={value}\n"}) if o.kind is ObservationKind.SECRET] == []


def test_every_key_pattern_is_bounded_at_both_ends():
    for provider, pattern in key_shapes():
        assert provider
        assert "*" not in pattern.pattern
        assert "+" not in pattern.pattern.replace("9+/", "")


def test_headers_of_weights_are_own_weights_and_a_lone_config_is_not():
    shapes = (WeightsShape(path="m/a.gguf", kind="gguf"), WeightsShape(path="m/config.json", kind="config"))
    found = OBSERVER.observe([ReadFile(path="m/a.gguf", reader="gguf", shapes=shapes)])
    assert [(o.kind, o.subject, o.detail) for o in found] == [(ObservationKind.OWN_WEIGHTS, "m/a.gguf", "gguf")]


def test_the_tree_tells_own_and_pickled_weights_by_name_and_size():
    big = 5_000_000
    files = [
        ("w/b.pth", big),
        ("w/a.safetensors", big),
        ("w/tiny.pth", 900),
        ("data/x.bin", big),
        ("w/pytorch_model.bin", big),
    ]
    found = tree_observations(files, LEXICON.paths)
    assert [(o.kind.value, o.subject) for o in found] == [
        ("own-weights", "w/a.safetensors"),
        ("own-weights", "w/b.pth"),
        ("pickle-weights", "w/b.pth"),
        ("own-weights", "w/pytorch_model.bin"),
        ("pickle-weights", "w/pytorch_model.bin"),
    ]


@pytest.mark.parametrize(
    ("path", "licence", "expected"),
    [
        ("LICENSE", "mit", ("licence-declaration", "mit")),
        ("LICENSE", "", None),
        ("MODEL_LICENSE", "flux-1-dev", ("licence-file", "flux-1-dev")),
        ("MODEL_LICENSE.md", "", ("licence-file", "")),
        ("LICENSE-MODEL", "", ("licence-file", "")),
        ("LICENSE_LLAMA3.txt", "", ("licence-file", "")),
        ("Gemma License.txt", "", ("licence-file", "")),
        ("models/acme/LICENSE", "", ("licence-file", "")),
        ("NOTICE", "llama-3", ("licence-file", "llama-3")),
        ("NOTICE", "", None),
        ("license_checker.py", "mit", None),
        ("docs/licensing.md", "mit", None),
    ],
)
def test_a_licence_file_is_told_by_name_place_and_text(path, licence, expected):
    found = licence_file(path, "text", lambda _: (licence, "a clause"), LEXICON.paths)
    assert (found and (found.kind.value, found.subject)) == expected
    assert is_licence_file(path) or expected is None


def test_a_licence_file_is_known_by_its_first_four_thousand_characters():
    lengths = []
    licence_file("LICENSE", "x" * 10_000, lambda text: (lengths.append(len(text)) or "mit", ""), LEXICON.paths)
    assert lengths == [4_000]


def test_observations_are_sorted_and_said_once():
    files = {
        "b.py": "import fal_client\nfal_client.run(a); fal_client.run(b)\n",
        "a.py": "import fal_client\nfal_client.run(a)\n",
    }
    found = observed(files)
    assert [(o.location.path, o.location.line) for o in found] == [("a.py", 2), ("b.py", 2)]


@pytest.mark.parametrize("signal", LEXICON.signals, ids=lambda signal: f"{signal.kind} {signal.subject}")
def test_every_signal_is_of_a_known_kind_and_has_a_sign(signal):
    assert ObservationKind(signal.kind)
    assert signal.callees or signal.packages or signal.commands or signal.settings
