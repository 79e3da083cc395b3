"""Strings that look like ids to a careless eye, against the registry itself: none may become a use."""

import pytest

from tests.detect.judge.fakes import LEXICON, LOADERS
from vcdd.core.reference import ReferenceKind
from vcdd.core.source_file import SourceFile
from vcdd.detect.engine import detect, read_source
from vcdd.detect.judge.judge import Judge
from vcdd.detect.judge.remember import RememberingVocabulary
from vcdd.registry.load import load_registry
from vcdd.registry.vocabulary import compile_vocabulary

JUDGE = Judge(vocabulary=RememberingVocabulary(compile_vocabulary(load_registry())), lexicon=LEXICON, loaders=LOADERS)


def told(text, path="app/main.py"):
    file = read_source(SourceFile(path=path, text=text))
    found = detect([file], JUDGE).references if file is not None else ()
    return [f"{r.written} {r.evidence.value}" for r in found if r.kind is not ReferenceKind.OPEN]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("app/main.py", "topic = 'economic-report-2'\nkind = 'nomic'\n"),
        ("app/main.py", "VERSION = '3.5'\nAPI_VERSION = '2024-10-21'\nschema = 'v1-4-6'\n"),
        ("app/main.py", "enc = tiktoken.get_encoding('cl100k_base')\ntokenizer = 'o200k_base'\n"),
        ("app/main.py", "cls = 'Qwen2ForCausalLM'\npipe = 'StableDiffusionXLPipeline'\n"),
        ("app/main.py", "name = 'llama-index'\nother = 'gpt-engineer'\nthird = 'claude-code'\nfourth = 'qwen-vl-utils'\n"),
        ("app/main.py", "from transformers import LlamaForCausalLM\nimport whisper_timestamped\n"),
        ("app/main.py", "load_dataset('openai/gsm8k')\nds = datasets.load_dataset('HuggingFaceH4/ultrachat_200k')\n"),
        ("app/main.py", "requests.get(u, headers={'User-Agent': 'gpt-4-bot/1.0', 'Accept': 'image/webp'})\n"),
        ("app/main.py", "if 'gpt-4' in model: ...\nif model.startswith('claude-3'): ...\nif model.endswith('-instruct'): ...\n"),
        ("app/main.py", "provider = 'openai'\nbackend = 'ollama'\nengine = 'faster-whisper'\ntask = 'text-generation'\n"),
        ("app/main.py", "voice = 'nova'\nstyle = 'flux'\nsize = 'large'\nspeed = 'turbo'\nmode = 'command'\n"),
        ("app/main.py", "label = 'mistral'\ncolour = 'gemini'\nwind = 'mistral'\nsign = 'gemini'\n"),
        ("app/main.py", "model_type = 'llama'\narchitecture = 'qwen2'\nconfig = {'model_type': 'bert'}\n"),
        ("app/main.py", "CLAUDE_3_OPUS = 1\nGPT_4 = 2\n"),
        ("app/main.py", "x = '2024-01-01'\ny = '10.1145/3366423'\nz = 'a1b2c3d4e5f6a7b8c9d0e1f2'\n"),
        ("docker-compose.yml", "services:\n  a:\n    image: nvidia/cuda:12.1\n  b:\n    image: pytorch/pytorch:2.3\n"),
        (".github/workflows/a.yml", "jobs:\n  a:\n    steps:\n    - uses: anthropics/claude-code-action@v1\n    - uses: actions/checkout@v4\n"),
        ("requirements.txt", "openai-whisper\ngpt4all\nllama-cpp-python\nstable-diffusion-sdkit\n"),
        ("app/models.py", "class KhojUser(models.Model):\n    model_name = models.CharField(max_length=9)\n"),
        ("package.json", '{"dependencies": {"@anthropic-ai/sdk": "1", "gpt-tokenizer": "1", "gpt-3-encoder": "1"}}'),
        ("app/a.ts", "import { z } from 'zod';\nconst s = z.object({ name: z.string(), kind: z.enum(['a', 'b']) });\n"),
    ],
)  # fmt: skip
def test_a_lookalike_is_nothing(path, text):
    assert told(text, path) == []


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("app/main.py", "client.responses.create(model='gpt-5.4-nano-2026-03-17')\n", ["gpt-5.4-nano-2026-03-17 bound"]),
        ("app/main.py", "m = 'claude-opus-4-5'\n", ["claude-opus-4-5 bound"]),
        ("app/main.py", "m = 'gemini-2.5-flash-image'\n", ["gemini-2.5-flash-image bound"]),
        ("app/main.py", "from groq import Groq\nGroq().chat.completions.create(model='llama-3.3-70b-versatile')\n", ["llama-3.3-70b-versatile bound"]),
        ("app/main.py", "import whisper\nwhisper.load_model('large-v3')\n", ["large-v3 bound"]),
        ("app/main.py", "import ollama\nollama.chat(model='llama3.1:8b')\n", ["llama3.1:8b bound"]),
        ("app/main.py", "import cohere\nco = cohere.Client()\nco.chat(model='command-r')\n", ["command-r bound"]),
        ("app/main.py", "import fal_client\nfal_client.run('fal-ai/kling-video/v2.1/master/image-to-video')\n", ["fal-ai/kling-video/v2.1/master/image-to-video bound"]),
        ("app/main.py", "client.converse(modelId='us.anthropic.claude-sonnet-4-5-20250929-v1:0')\n", ["us.anthropic.claude-sonnet-4-5-20250929-v1:0 bound"]),
        ("app/main.py", "# was o1-2024-12-17\nx = 1\n", ["o1-2024-12-17 mention"]),
    ],
)  # fmt: skip
def test_an_id_is_kept_whole(path, text, found):
    """Cut ids (`claude-opus-4` of `claude-opus-4-5`) are other models with other prices and other ends of life."""
    assert told(text, path) == found
