"""Shapes that were once read wrongly, each with the result it has."""

import pytest

from tests.detect.judge.fakes import Words, references
from vcdd.core.reference import ReferenceKind

KNOWN = Words(
    ids=frozenset({"acme-chat-1", "acme-chat-2", "acme/open-7b"}),
    orgs=frozenset({"acme"}),
)
CALL = "client.chat.completions.create(model={})\n"
LLM = "client.chat.completions.create({{ model: {} }});\n"


def told(files):
    found = references({"app/main.py": files} if isinstance(files, str) else files, KNOWN)
    return sorted({f"{r.written} {r.evidence.value}" for r in found if r.kind is not ReferenceKind.OPEN})


ROWS = [
    # name, files, expected
    ("the AI SDK's own calls end in a word for prose", {"a.ts": "import { generateText } from 'ai';\ngenerateText({ model: 'acme/chat-x1', prompt });\n"}, ["acme/chat-x1 bound"]),
    ("a name for a model may hold a word for prose", "f(summary_model_name='acme-x1', prompt_llm='acme-x2')\n", ["acme-x1 bound", "acme-x2 bound"]),
    ("a path to a weight file starts with a dot or a slash", "from llama_cpp import Llama\nLlama(model_path='./models/acme-7b-q4_0.gguf')\n", ["./models/acme-7b-q4_0.gguf bound"]),
    ("Cloudflare's ids start with an at sign", {"a.ts": "await env.AI.run('@cf/acme/chat-8b', { prompt });\n"}, ["@cf/acme/chat-8b bound"]),
    ("a look-up with a default is named by what it asks", "config.get('model', 'acme-x1')\n", ["acme-x1 bound"]),
    ("an option's first argument is its default", "def main(model: str = typer.Option('acme-x1')): ...\n", ["acme-x1 bound"]),
    ("a schema's default is named by its key", {"a.ts": "const s = z.object({ model: z.string().default('acme-x1') });\n"}, ["acme-x1 bound"]),
    ("commander's third argument is the default of the flag", {"a.ts": "program.option('-m, --model <name>', 'the model', 'acme-x1');\n"}, ["acme-x1 bound"]),
    ("an option flows to args.NAME", "p.add_argument('--engine', default='acme-x1')\nargs = p.parse_args()\n" + CALL.format("args.engine"), ["acme-x1 bound"]),
    ("a constant re-exported by a package", {"app/conf.py": "CHOSEN = 'acme-x1'\n", "app/__init__.py": "from app.conf import CHOSEN\n", "app/main.py": "from app import CHOSEN\n" + CALL.format("CHOSEN")}, ["acme-x1 bound"]),
    ("a constant re-exported by an index file", {"conf/index.ts": "export * from './models';\n", "conf/models.ts": "export const CHOSEN = 'acme-x1';\n", "a.ts": "import { CHOSEN } from './conf';\n" + LLM.format("CHOSEN")}, ["acme-x1 bound"]),
    ("a field of an object literal", {"a.ts": "const cfg = { chat: 'acme-x1', name: 'acme-x2' };\n" + LLM.format("cfg.chat")}, ["acme-x1 bound"]),
    ("a destructured parameter's default", {"a.ts": "function ask({ q, x = 'acme-x1' }) { " + LLM.format("x") + "}\n"}, ["acme-x1 bound"]),
    ("what a function returns", "def pick():\n    return 'acme-x1'\n" + CALL.format("pick()"), ["acme-x1 bound"]),
    ("the variable of a loop", "for x in ['acme-x1', 'acme-x2']:\n    " + CALL.format("x"), ["acme-x1 selectable", "acme-x2 selectable"]),
    ("only the entry that is asked for is taken", "T = {'big': 'acme-x1', 'small': 'acme-x2'}\n" + CALL.format("T['big']"), ["acme-x1 bound", "acme-x2 selectable"]),
    ("the first item is the default", "L = ['acme-x1', 'acme-x2']\n" + CALL.format("L[0]"), ["acme-x1 bound", "acme-x2 selectable"]),
    ("an enum member that is passed on is used", "class E(Enum):\n    BIG = 'acme-x1'\n    SMALL = 'acme-x2'\n" + CALL.format("E.BIG.value"), ["acme-x1 bound", "acme-x2 selectable"]),
    ("a list of calls is a list of choices", "MODELS = [v('acme-chat-1'), v('acme-chat-2')]\n", ["acme-chat-1 selectable", "acme-chat-2 selectable"]),
    ("an example of a field is no default", "class C(BaseModel):\n    model: str = Field(description='d', examples=['acme-chat-2'])\n", ["acme-chat-2 mention"]),
    ("a base image is no model", {"Dockerfile": "FROM acme/runner:1\n"}, []),
    ("a package is no model", {"package.json": '{"dependencies": {"acme-chat-1": "1"}}', "pyproject.toml": "[project]\ndependencies = ['acme-chat-2']\n"}, []),
    ("a pattern is no model", "import re\nre.match('acme-chat-1', m)\n", []),
    ("a program with its words in a list is a command", "import subprocess\nsubprocess.run(['ollama', 'pull', 'acme3:8b'])\n", ["acme3:8b bound"]),
    ("an id with a hole is not known", {"a.ts": "const M = `acme-chat-${v}`;\n" + LLM.format("M")}, []),
    ("both targets of a chained assignment", "A = B = 'acme-x1'\n" + CALL.format("B"), ["acme-x1 bound"]),
    ("the default of a look-up by keyword", "import os\n" + CALL.format("os.environ.get('X', default='acme-x1')"), ["acme-x1 bound"]),
    ("a pointer helper passes its argument on", {"a.go": 'package a\nvar in = bedrockruntime.InvokeModelInput{ModelId: aws.String("acme.chat-1-v1:0")}\n'}, ["acme.chat-1-v1:0 bound"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("files", "expected"), [pytest.param(files, expected, id=name) for name, files, expected in ROWS]
)
def test_a_shape_that_was_read_wrongly(files, expected):
    assert told(files) == expected
