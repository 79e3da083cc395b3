"""Shapes that were once read wrongly, each with the result it has."""

import pytest

from tests.detect.judge.fakes import Words, references
from vcdd.core.reference import ReferenceKind

KNOWN = Words(
    ids=frozenset({"acme-chat-1", "acme-chat-2", "acme/open-7b"}),
    orgs=frozenset({"acme"}),
    scoped=frozenset({("nova-3", "deepgram")}),
    hosts={"api.deepgram.com": "deepgram", "openrouter.ai": "openrouter"},
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
    ("only the first of a list that is named a fall-back runs", "FALLBACK_MODELS = ['acme-chat-1', 'acme-chat-2']\n", ["acme-chat-1 bound", "acme-chat-2 selectable"]),
    ("the only item of a list without a name for models", "join(['acme-chat-1'])\n", ["acme-chat-1 selectable"]),
    ("a whole example configuration", {"a.ts": "const t = { exampleConfig: { model: 'acme-chat-1' }, sample: { model: 'acme-chat-2' } };\n"}, ["acme-chat-1 mention", "acme-chat-2 mention"]),
    ("a table named a sample", "SAMPLE_CONFIG = {'model': 'acme-chat-1'}\n", ["acme-chat-1 mention"]),
    ("a variable named a sample is no table", "sample_model = 'acme-chat-1'\n", ["acme-chat-1 bound"]),
    ("an alias of a table is a link to its entry", {"c.toml": "[registered_models]\nbig_4 = {model_name = 'acme-chat-1'}\nsmall_4 = {model_name = 'acme-chat-2'}\n[agent]\nmodel = 'big_4'\n"}, ["acme-chat-1 bound", "acme-chat-2 selectable"]),
    ("an alias of a record is a link to its parameters", {"c.yaml": "model_list:\n  - model_name: big-1\n    litellm_params:\n      model: acme/x-1\nagent:\n  model: big-1\n"}, ["acme/x-1 bound"]),
    ("an alias in code", "r = litellm.Router(model_list=[{'model_name': 'big-1', 'litellm_params': {'model': 'acme/x-1'}}])\nr.completion(model='big-1')\n", ["acme/x-1 bound"]),
    ("a name beside the model of a record is no alias without parameters", {"c.yaml": "agents:\n  - model_name: acme-chat-1\n    model: acme-chat-2\n"}, ["acme-chat-1 bound", "acme-chat-2 bound"]),
    ("what a module's own start runs is at most a choice of those who import it", {"a.py": "def f(m):\n    " + CALL.format("m") + "if __name__ == '__main__':\n    f('acme-chat-1')\n", "b.py": "from a import f\n"}, ["acme-chat-1 selectable"]),
    ("a program that nobody imports is the product", "def f(m):\n    " + CALL.format("m") + "if __name__ == '__main__':\n    f('acme-chat-1')\n", ["acme-chat-1 bound"]),
    ("an attribute of a base class in another file", {"b.py": "class B:\n    m = 'acme-x1'\n", "c.py": "from b import B\nclass C(B):\n    def f(self):\n        " + CALL.format("self.m")}, ["acme-x1 bound"]),
    ("an attribute of a settings object", "class C:\n    def __init__(self):\n        self.config.engine = 'acme-x1'\n    def f(self):\n        " + CALL.format("self.config.engine"), ["acme-x1 bound"]),
    ("a table that is built first and then gives its entries to the call", "from anthropic import Anthropic\nclient = Anthropic()\ndef go(m):\n    params = {'model': 'acme-x1', 'messages': m}\n    return client.messages.create(**params)\n", ["acme-x1 bound"]),
    ("a table that is filled later", "class A:\n    def __init__(self):\n        self.cfg.eng = 'acme-x1'\n    def go(self):\n        params = base()\n        params.update({'model': self.cfg.eng})\n        return client.chat.completions.create(**params)\n", ["acme-x1 bound"]),
    ("a table that a method returns", "class A:\n    eng = 'acme-x1'\n    def params(self):\n        return {'model': self.eng}\n    def go(self):\n        return client.chat.completions.create(**self.params())\n", ["acme-x1 bound"]),
    ("a table that is handed over whole", {"a.ts": "class A { constructor() { this.eng = 'acme-x1'; } go() { const req = { model: this.eng }; return openai.chat.completions.create(req); } }\n"}, ["acme-x1 bound"]),
    ("an entry that the call does not take as its model", "cfg = {'label': 'acme-x1'}\nclient.chat.completions.create(**cfg)\n", []),
    ("what is put into a list", "L = []\nL.append('acme-x1')\nfor x in L:\n    " + CALL.format("x"), ["acme-x1 bound"]),
    ("an attribute that a class below sets", "class B:\n    def go(self):\n        " + CALL.format("self.eng") + "class C(B):\n    eng = 'acme-x1'\n", ["acme-x1 bound"]),
    ("an attribute that a class beside it sets", "class B:\n    def go(self):\n        " + CALL.format("self.cfg.eng") + "class C:\n    def f(self):\n        self.cfg.eng = 'acme-x1'\n", []),
    ("a parameter says of which class it is", "class Cfg:\n    eng: str = 'acme-x1'\nclass A:\n    def __init__(self, c: Cfg | None = None):\n        self.c = c\n    def go(self):\n        " + CALL.format("self.c.eng"), ["acme-x1 bound"]),
    ("a parameter says that it is of another class", "class Cfg:\n    eng: str = 'acme-x1'\nclass Other:\n    eng = ''\ndef go(c: Other):\n    " + CALL.format("c.eng"), []),
    ("members that are the defaults of two classes", "class E(Enum):\n    BIG = 'acme-x1'\n    MID = 'acme-x3'\n    SMALL = 'acme-x2'\n" + "".join(f"    def is{i}(self):\n        return self in (E.BIG, E.SMALL)\n" for i in range(30)) + "class A:\n    def __init__(self, m: E = E.BIG):\n        self.a = m\n    def go(self):\n        " + CALL.format("self.a.value") + "\nclass B:\n    def __init__(self, m: E = E.SMALL):\n        self.b = m\n    def go(self):\n        " + CALL.format("self.b.value"), ["acme-x1 bound", "acme-x2 bound", "acme-x3 selectable"]),
    ("an enum member that is a parameter's default", "class E(Enum):\n    BIG = 'acme-x1'\n    SMALL = 'acme-x2'\ndef go(m=E.BIG):\n    " + CALL.format("m.value"), ["acme-x1 bound", "acme-x2 selectable"]),
    ("a parameter that the object keeps", {"a.ts": "class A { constructor(private eng = 'acme-x1') {} go() { return openai.chat.completions.create({ model: this.eng }); } }\n"}, ["acme-x1 bound"]),
    ("the arms of a match", "def pick(t):\n    match t:\n        case 'a':\n            return 'acme-x1'\n        case _:\n            return 'acme-x2'\n" + CALL.format("pick(t)"), ["acme-x1 selectable", "acme-x2 selectable"]),
    ("a constant that nobody takes beside one of its make that is taken", "SMALL = Model(path='acme/open-7b')\nLARGE = Model(path='acme/open-x2')\nALL = [SMALL, LARGE]\ndef go(m=None):\n    m = m or SMALL\n", ["acme/open-7b bound", "acme/open-x2 selectable"]),
    ("the beginnings of names", "P = ['acme-chat-1', 'acme-chat-2']\ndef f(m):\n    return any(m.startswith(p) for p in P)\n", []),
    ("the beginnings of names at once", "class A:\n    P = ('acme-chat-1', 'acme-chat-2')\n    def f(self, m):\n        return m.startswith(self.P)\n", []),
    ("the beginnings of names in a loop", "for p in ['acme-chat-1']:\n    if m.startswith(p):\n        go()\n", []),
    ("the parts of a name", "def f(name):\n    return any(p in name for p in ['acme-chat-1', 'acme-chat-2'])\n", []),
    ("a list of which some are at hand", "def f(here):\n    return [p for p in ['acme-chat-1', 'acme-chat-2'] if p in here]\n", ["acme-chat-1 selectable", "acme-chat-2 selectable"]),
    ("beginnings of names that are choices too", "P = ['acme-chat-1', 'acme-chat-2']\ndef f(m):\n    return m.startswith(tuple(P))\np.add_argument('--model', choices=P)\n", ["acme-chat-1 selectable", "acme-chat-2 selectable"]),
    ("the only member of a set is taken by nobody", "VISION_MODELS = frozenset({'acme-chat-1'})\n", ["acme-chat-1 selectable"]),
    ("an id whose end a condition chooses", "from transformers import AutoModel\nAutoModel.from_pretrained('acme/open-x' + ('' if big else '.en'))\n", ["acme/open-x bound", "acme/open-x.en bound"]),
    ("an id whose middle a condition chooses", "from transformers import AutoModel\nAutoModel.from_pretrained(f\"acme/open-{'x1' if big else 'x2'}\")\n", ["acme/open-x1 bound", "acme/open-x2 bound"]),
    ("a part of an address that has a part of its own", "def get(variant='acme-x1'):\n    name = f'{variant}.encoder.onnx'\n    model_url = f'https://weights.example/v1/{name}'\n", ["acme-x1.encoder.onnx selectable", "https://weights.example/v1/acme-x1.encoder.onnx bound"]),
    ("what counts the words of a text", "def count_tokens(text, model='acme-chat-1'): ...\nlen_tokens(s, 'acme-chat-1')\nclass AcmeTokenizer:\n    def __init__(self, model_name='acme-chat-1'): ...\ntokenizer_model = 'acme-chat-1'\n", []),
    ("how much is to be said is no count", "client.chat.completions.create(max_tokens=9, model='acme-chat-1')\n", ["acme-chat-1 bound"]),
    ("a command with the name of a model in it", "import subprocess\nname = 'acme3'\nsubprocess.run(['ollama', 'pull', name])\n", ["acme3 bound"]),
    ("a text that is a command", "import os\nname = 'acme3'\nos.system(f'ollama pull {name}')\n", ["acme3 bound"]),
    ("a name that grows by an end", "class A:\n    model = 'acme-chat-1'\n    def f(self):\n        self.model = self.model + ':latest'\n", ["acme-chat-1 bound"]),
    ("an enum member that a setting takes as its model", "class Voice(StrEnum):\n    BIG = 'acme-chat-1'\n    SMALL = 'acme-chat-2'\nclass S:\n    def __init__(self):\n        self.cfg = self.Settings(model=Voice.SMALL.value)\n", ["acme-chat-1 selectable", "acme-chat-2 bound"]),
    ("an enum member that one branch takes", "class Voice(StrEnum):\n    BIG = 'acme-chat-1'\n    SMALL = 'acme-chat-2'\ndef f(x):\n    if x:\n        go(model=Voice.SMALL)\n", ["acme-chat-1 selectable", "acme-chat-2 selectable"]),
    ("an enum member that is compared", "class Voice(StrEnum):\n    BIG = 'acme-chat-1'\n    SMALL = 'acme-chat-2'\ndef f(model):\n    return model == Voice.SMALL\n", ["acme-chat-1 selectable", "acme-chat-2 selectable"]),
    ("a list that a field has by default", "class C(BaseModel):\n    reasoning_models: list = field(default_factory=lambda: ['acme-chat-1', 'acme-chat-2'])\n", ["acme-chat-1 selectable", "acme-chat-2 selectable"]),
    ("a call that is made later", "from functools import partial\nask = partial(client.chat.completions.create, model='acme-x1')\n", ["acme-x1 bound"]),
    ("a call that another thread makes", "import asyncio\nasync def f():\n    await asyncio.to_thread(client.chat.completions.create, model='acme-x1')\n", ["acme-x1 bound"]),
    ("what a partial call of one's own takes", "from functools import partial\ndef ask(m, q):\n    " + CALL.format("m") + "go = partial(ask, 'acme-x1')\n", ["acme-x1 bound"]),
    ("a default where the environment says nothing", "import os\nx = os.environ['M'] if 'M' in os.environ else 'acme-x1'\n" + CALL.format("x"), ["acme-x1 bound"]),
    ("a default where a setting says nothing", "x = cfg.m if cfg.m is not None else 'acme-x1'\n" + CALL.format("x"), ["acme-x1 bound"]),
    ("one of two by a flag", "x = 'acme-x1' if fast else 'acme-x2'\n" + CALL.format("x"), ["acme-x1 selectable", "acme-x2 selectable"]),
    ("a back end of an embedder that is no model", "class E:\n    def __init__(self):\n        self.model = self.model or 'tei'\n", []),
    ("a base class's constructor", "class B:\n    def __init__(self, m):\n        " + CALL.format("m") + "class A(B):\n    def __init__(self):\n        super().__init__('acme-x1')\n", ["acme-x1 bound"]),
    ("the constructor of another class in the file", "class B:\n    def __init__(self, m):\n        " + CALL.format("m") + "class C: ...\nclass A(C):\n    def __init__(self):\n        super().__init__('acme-x1')\n", []),
    ("a text and its translation", {"a.ts": "export default { 'Model ID': 'Modell-Nr-1', 'Voice Model': 'acme-stimme-2' };\n"}, []),
    ("what fills a text beside it", {"a.ts": "t('a model tag such as {{modelTag}}', { modelTag: 'acme-chat-1' });\n"}, ["acme-chat-1 mention"]),
    ("the path of a setting", "NAMES = {'MARKER_USE_LLM': 'rag.marker_use_llm'}\n", []),
    ("what a server answers", "chunk = {'id': 'x', 'object': 'chat.completion.chunk', 'model': 'acme-chat-1'}\n", ["acme-chat-1 mention"]),
    ("a table of many on one line", {"a.js": "var " + "x" * 400 + "={" + ",".join(f"t{n}:{{default:{{model:'acme/open-{n}'}}}}" for n in range(12)) + "};\n"}, [f"acme/open-{n} catalog" for n in sorted(range(12), key=str)]),
    ("lists of one length on one line", {"a.js": "var " + "x" * 400 + "=1,m=['acme-chat-1','acme-chat-2','acme-x1'];f({size:e(['low','medium','high'])});\n"}, ["acme-chat-1 selectable", "acme-chat-2 selectable", "acme-x1 selectable"]),
    ("a data file of many records that no list holds", {"a.json": "{" + ",".join(f'"r{n}": {{"meta": {{"model_id": "acme/open-{n}"}}}}' for n in range(24)) + "}"}, [f"acme/open-{n} catalog" for n in sorted(range(24), key=str)]),
    ("a configuration of some records that no list holds", {"a.json": "{" + ",".join(f'"r{n}": {{"meta": {{"model_id": "acme/open-{n}"}}}}' for n in range(8)) + "}"}, [f"acme/open-{n} bound" for n in range(8)]),
    ("the option of a class by its symbol", {"a.rb": "class C\n  option :default_model, 'acme-chat-1'\n  attribute :model, :string, default: 'acme-chat-2'\nend\n"}, ["acme-chat-1 bound", "acme-chat-2 bound"]),
    ("a module of tests beside the code it tests", {"a.rs": 'const MODEL: &str = "acme-chat-1";\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn f() { let mut a = g(); a.model = Some("acme-chat-2".to_string()); }\n}\n'}, ["acme-chat-1 bound", "acme-chat-2 test"]),
    ("a module of Rust that is none of tests", {"a.rs": 'mod chat {\n    const MODEL: &str = "acme-chat-1";\n}\n'}, ["acme-chat-1 bound"]),
    ("a class of tests beside the code it tests", "import unittest\nMODEL = 'acme-chat-1'\nclass T(unittest.TestCase):\n    model = 'acme-chat-2'\n", ["acme-chat-1 bound", "acme-chat-2 test"]),
    ("a type of templates without holes", {"a.ts": "type ChatModel = `acme-chat-1` | `acme-chat-2`;\ntype Model = `acme-x1`;\n"}, ["acme-chat-1 selectable", "acme-chat-2 selectable", "acme-x1 selectable"]),
    ("a header that carries a model", {"a.ts": "export const MODEL = 'x-acme-completion-model';\n"}, []),
    ("constants of which only a test takes one", {"a.py": "SMALL = 'acme-chat-1'\nLARGE = 'acme-chat-2'\n", "tests/test_a.py": "from a import SMALL\ngo(SMALL)\n"}, ["acme-chat-1 selectable", "acme-chat-2 selectable"]),
    ("a constant that only an example hands to a loader", {"a.py": "SMALL = 'acme-chat-1'\nLARGE = 'acme-chat-2'\n", "examples/b.py": "from a import SMALL\n" + CALL.format("SMALL")}, ["acme-chat-1 selectable", "acme-chat-2 selectable"]),
    ("features of a crate", {"Cargo.toml": "[features]\nimage-models = ['dep:image']\nacme-model = ['acme/x1']\n"}, []),
    ("a name that a bundler made", {"a.js": "var " + "x" * 400 + "=1,a='acme-chat-1';\n"}, ["acme-chat-1 selectable"]),
    ("a folder of many files with one model each", {f"m/{n}.json": f'{{"model_name": "acme/open-{n}"}}' for n in "abcdefghijkl"}, [f"acme/open-{n} catalog" for n in "abcdefghijkl"]),
    ("a folder of few files with one model each", {f"m/{n}.json": f'{{"model_name": "acme/open-{n}"}}' for n in "abc"}, [f"acme/open-{n} bound" for n in "abc"]),
    ("a folder of many files with the same model", {f"m/{n}.json": '{"model_name": "acme/open-7b"}' for n in "abcdefghijkl"}, ["acme/open-7b bound"]),
    ("what is put on a list by a decorator", "@register_model('acme-chat-1')\nclass A: ...\n", ["acme-chat-1 selectable"]),
    ("constants of which nobody takes any", "SMALL = Model(path='acme/open-7b')\nLARGE = Model(path='acme/open-x2')\n", ["acme/open-7b bound", "acme/open-x2 bound"]),
    ("a constant that is taken by a name in settings", {"settings.py": "CHAT = 'acme-chat-1'\nEMBED = 'acme-chat-2'\ngo(CHAT)\n", "a.py": "from django.conf import settings\ngo(settings.EMBED)\n"}, ["acme-chat-1 bound", "acme-chat-2 bound"]),
    ("a table that a variable picks from", "W = {'a': 'acme-x1', 'b': 'acme-x2', 'c': 'acme-x3', 'd': 'acme-x4'}\n" + CALL.format("W[size]"), [f"acme-x{n} selectable" for n in (1, 2, 3, 4)]),
    ("a local variable without a name for models that reaches nothing", "def f():\n    chosen = 'acme-chat-1'\n    settings.set('config.engine', chosen)\n", ["acme-chat-1 selectable"]),
    ("a look-up of a tokenizer", "import tiktoken\ntiktoken.encoding_for_model('acme-chat-1')\n", []),
    ("an id that is still to be put in", "f(model='acme-x1-custom', llm='your-model-1')\n", []),
    ("a Modelfile's weights", {"Modelfile": "FROM acme3:8b\n"}, ["acme3:8b deployed"]),
    ("a Modelfile's file of weights", {"Modelfile": "FROM ./acme-7b-q4.gguf\n"}, ["./acme-7b-q4.gguf deployed"]),
    ("an environment file feeds a command", {".env": "SERVED=acme3:8b\n", "run.sh": "ollama pull $SERVED\n"}, ["acme3:8b deployed"]),
    ("a Dockerfile's argument feeds its command", {"Dockerfile": "FROM acme/runner\nARG M1=acme3:8b\nENV M2=$M1\nCMD ollama run $M2\n"}, ["acme3:8b deployed"]),
    ("an environment file feeds a compose file", {".env": "SERVED=acme/x-7b\n", "docker-compose.yml": "services:\n  v:\n    image: vllm/vllm-openai\n    command: --model ${SERVED}\n"}, ["acme/x-7b deployed"]),
    ("a data set that a document loads", {"README.md": "```python\nds = load_dataset('acme/open-7b')\nm = load('acme/open-7b')\n```\n"}, ["acme/open-7b mention"]),
    ("a data set in a docstring", 'def f():\n    """Call load_dataset("acme/open-7b") first."""\n', []),
    ("a value that a call stores under another key", {"a.ts": "form.append('file', 'acme-x1');\n"}, []),
    ("an enum of sorts of prompts", "class PromptFamily(Enum):\n    ONE = 'acme-chat-1'\n    TWO = 'acme-chat-2'\n", []),
    ("an enum of families of models", "class ModelFamily(Enum):\n    ONE = 'acme-chat-1'\n    TWO = 'acme-chat-2'\n", ["acme-chat-1 selectable", "acme-chat-2 selectable"]),
    ("the text of an error", "raise ValueError('set it, e.g. acme-chat-1')\n", []),
    ("a container image of an organisation that has models", {"Dockerfile": "ARG BASE=nvidia/cuda:12.3.1-devel\nFROM ${BASE}\n", "run.sh": "helm install gpu nvidia/gpu-operator\n"}, []),
    ("an image that a Java test container is made of", {"A.java": 'class A { Box q = new Box(DockerImageName.parse("acme/store:v1.9.2")); }\n'}, []),
    ("a container image that holds a model", {"k8s/d.yaml": "containers:\n  - image: nvcr.io/nim/acme/chat-8b-instruct:1.3\n  - image: acme/web:1\n"}, []),
    ("a container's arguments in a list of containers", {"k8s/d.yaml": "containers:\n  - image: x/web\n  - image: vllm/vllm-openai:v1\n    args: ['--model', 'acme/x-7b']\n  - command: [sh, -c, vllm serve acme/x-8b]\n"}, ["acme/x-7b deployed", "acme/x-8b deployed", "acme/x-8b mention"]),
    ("a word that a vendor's service takes as its model", {"services/deepgram/tts.py": "class TTS:\n    def __init__(self):\n        self.s = Settings(model='coda', voice='astra')\n"}, ["coda bound"]),
    ("a word that a service takes as its model", "class AcmeLLMService:\n    def __init__(self):\n        self.s = self.Settings(model='electron')\n", ["electron bound"]),
    ("a word that a service sets by default", {"acme/stt.py": "DEFAULT_MODEL = 'pulse'\n"}, ["pulse bound"]),
    ("a word that says nothing", "class AcmeLLMService:\n    def __init__(self):\n        self.s = self.Settings(model='default')\n        self.t = self.Settings(model='embedding')\n", []),
    ("a word under a longer name", "class AcmeLLMService:\n    def __init__(self, model_kind='electron', car_model='pulse'): ...\n", []),
    ("a word as a model of something else", "class Car:\n    def __init__(self, model='electron'): ...\n", []),
    ("a call of Ruby's client in another language", "self.client.chat(model='acme-x1')\n", ["acme-x1 bound"]),
    ("a folder of one's own that a loader takes", "import spacy\nspacy.load('models/reuters')\nfrom transformers import AutoModel\nAutoModel.from_pretrained('checkpoints/last-1')\n", []),
    ("a folder that a vendor's ids begin with", "import google.generativeai as genai\ngenai.GenerativeModel('models/acme-x1')\n", ["models/acme-x1 bound"]),
    ("the name of a class that is made", "def build(model_name='RailsConfigData'):\n    return OpenAIChatModel(model=model_name)\n", []),
    ("a file that holds parts of weights", "import torch\ntorch.load('norm_state_dict.pt')\ntorch.load('projection_layers.pt')\ntorch.load('acme_depth.pt')\n", ["acme_depth.pt bound"]),
    ("an engine that runs models", "ENGINES = {'trt_llm': 'trt-llm'}\nSTRATEGY = {'trt-llm': 'unsafe-best-match'}\n", []),
    ("other keys of a folder of many files with one model each", {f"m/{n}.json": f'{{"model_name": "acme/open-{n}"' + (', "draft_model": "acme/open-draft"' if n == "a" else "") + "}" for n in "abcdefghijkl"}, [*(f"acme/open-{n} catalog" for n in "abcd"), "acme/open-draft catalog", *(f"acme/open-{n} catalog" for n in "efghijkl")]),
    ("folders of one name beside each other", {f"model/{'xy'[i % 2]}/defs/{n}.json": f'{{"model_name": "acme/open-{n}"}}' for i, n in enumerate("abcdefghijkl")}, [f"acme/open-{n} catalog" for n in "abcdefghijkl"]),
    ("a call inside options of another", "from claude_agent_sdk import ClaudeAgentOptions\nquery(options=ClaudeAgentOptions(model='acme-chat-1'))\n", ["acme-chat-1 bound"]),
    ("a choice that is an object", "click.option('--model', options=[Choice(model='acme-chat-1'), Choice(model='acme-chat-2')])\n", ["acme-chat-1 selectable", "acme-chat-2 selectable"]),
    ("the name of a service in a compose file that is shown", {"README.md": "```yaml\nservices:\n  acme-chat-1:\n    image: web:1\n  x:\n    command: acme-chat-2\n```\n"}, ["acme-chat-2 mention"]),
    ("a package that is called like a model", {"README.md": "Run `pip install acme-chat-1`:\n```bash\npip install -U acme-chat-1\nconda activate acme-chat-1\nacme run acme-chat-2\n```\n", "a.py": '"""uv pip install acme-chat-1 for acme-chat-2."""\n'}, ["acme-chat-2 mention"]),
    ("commands of a PowerShell script", {"a.ps1": "$model = 'acme3'\n& ollama pull $model\nvllm serve acme/open-7b `\n  --port 80\nif ($x) { Write-Host 'ready' }\n$env:OPENAI_MODEL = 'acme-chat-2'\n"}, ["acme-chat-2 deployed", "acme/open-7b deployed", "acme3 deployed"]),
    ("commands of a batch file", {"a.bat": "@echo off\nset M=acme3\nREM ollama pull acme-chat-2\nollama pull %M%\nvllm serve acme/open-7b\n"}, ["acme-chat-2 mention", "acme/open-7b deployed", "acme3 deployed"]),
    ("functions of a database in a migration", {"db/migrations/1.sql": "SELECT ai.openai_embed('acme-embed-1', t);\nSELECT ai.create_vectorizer(x, embedding => ai.embedding_openai('acme-embed-2', 768));\nSELECT vectorize.table(job => 'acme-x1', transformer => 'acme/open-7b');\nINSERT INTO m VALUES ('acme-chat-1');\n-- ai.openai_embed('acme-x9')\n"}, ["acme-chat-1 selectable", "acme-embed-1 bound", "acme-embed-2 bound", "acme/open-7b bound"]),
    ("a script that fetches weights", {"a.sh": "bash ./models/download-ggml-model.sh base.en\nsh ./models/other.sh base.en\n"}, ["base.en deployed"]),
    ("the beginning of names under a name that says so", "ACME_MODEL_PREFIX = 'acme-chat-1'\nTTS_MODEL_PREFIXES = {'acme': {'speed': ('acme-chat-2',)}}\n", []),
    ("a model beside the beginning of names", "MODEL_PREFIXES = ('acme-chat-1',)\nPREFIX_MODEL = 'acme-chat-2'\n", ["acme-chat-2 bound"]),
    ("a comparison in what counts the words of a text", "def count_tokens(text, model):\n    if model == 'acme-chat-1':\n        return 4\n", []),
    ("a comparison in what asks", "def ask(text, model):\n    if model == 'acme-chat-1':\n        return 4\n", ["acme-chat-1 selectable"]),
    ("what reckons the price of a text", "def calculate_total_cost(messages, model='acme-chat-1'): ...\n", []),
    ("what is said at a low price", "def low_cost_reply(messages, model='acme-chat-1'): ...\n", ["acme-chat-1 bound"]),
    ("a command that a variable holds", "import subprocess\ndef go(path):\n    command = f\"spleeter separate -p acme:2stems -o '{path}'\"\n    subprocess.run(command, shell=True)\n    cmd = ['ollama', 'pull', 'acme3']\n", ["acme3 bound", "acme:2stems bound"]),
    ("a text that is no command", "prompt = 'ollama pull acme3'\ncommand = 'acme3'\n", []),
    ("a checkpoint that examples in docstrings name", "_CHECKPOINT_FOR_DOC = 'acme/open-7b'\n_CHECKPOINT = 'acme/open-7b'\n", ["acme/open-7b bound", "acme/open-7b mention"]),
    ("a class of a module", "CONFIG = {'AutoModel': 'modeling_x2.X2Model', 'model': 'acme-x1.5'}\n", ["acme-x1.5 bound"]),
    ("the name of an attribute", "class P:\n    onload_model_names = ('text_encoder_x3',)\n    def f(self):\n        return self.text_encoder_x3(1)\n", []),
    ("an id with underscores that is no attribute", "class P:\n    model_names = ('voice_turbo_x3',)\n    def f(self):\n        return self.text_encoder_x3(1)\n", ["voice_turbo_x3 bound"]),
    ("a part of a path", "import os\np = os.path.join(d, 'acme-chat-1')\ns = AcmeScheduler('acme-chat-2')\n", ["acme-chat-1 selectable", "acme-chat-2 selectable"]),
    ("an argument of a call for a model", "ask('acme-chat-1')\n", ["acme-chat-1 bound"]),
    ("what a class gives to its base and a class beside it reads", {"a.py": "class Base:\n    def __init__(self, eng):\n        self.eng = eng\n", "b.py": "from a import Base\nclass A(Base):\n    def __init__(self, eng='acme-x1'):\n        super().__init__(eng)\n", "c.py": "from a import Base\nclass C(Base):\n    def __init__(self, eng='acme-x2'):\n        super().__init__(eng)\n    def go(self):\n        " + CALL.format("self.eng")}, ["acme-x2 bound"]),
    ("what a class gives to its base, which reads it", {"a.py": "class Base:\n    def __init__(self, eng):\n        self.eng = eng\n    def go(self):\n        " + CALL.format("self.eng"), "b.py": "from a import Base\nclass A(Base):\n    def __init__(self, eng='acme-x1'):\n        super().__init__(eng)\n"}, ["acme-x1 bound"]),
    ("settings that a change of a database puts in", {"src/main/resources/db/changelog/1.sql": "INSERT INTO `c` VALUES ('L1', 'LLM', '{\"type\": \"x\", \"model_name\": \"acme-x1\"}');\n", "changelog/a.md": "acme-chat-2 is new.\n"}, ["acme-chat-2 mention", "acme-x1 selectable"]),
    ("a field that a page binds to a variable", {"a.vue": '<template><input v-model="base-url-2" :model="x"></template>\n'}, []),
    ("an attribute of a class of the same name in another file", {"a.py": "class P(Base):\n    def __init__(self, eng='acme-x1'):\n        self.eng = eng\n", "b.py": "class P(Base):\n    def __init__(self, eng='acme-x2'):\n        self.eng = eng\n    def go(self):\n        " + CALL.format("self.eng")}, ["acme-x2 bound"]),
    ("an entry that is switched off", {"values.yaml": "lora:\n  - enabled: false\n    baseModel: acme-chat-1\nrerank:\n  enabled: true\n  model: acme-chat-2\n"}, ["acme-chat-1 selectable", "acme-chat-2 deployed"]),
    ("a part that is switched off, with a mapping in it", {"c.toml": "[rerank]\nenabled = false\n[rerank.options]\nmodel = 'acme-chat-1'\n[chat]\nmodel = 'acme-chat-2'\n"}, ["acme-chat-1 selectable", "acme-chat-2 bound"]),
    ("something beside a model that is switched off", {"c.yaml": "chat:\n  model: acme-chat-1\n  cache:\n    enabled: false\n"}, ["acme-chat-1 bound"]),
    ("the other names that a configuration gives a model", {"c.yaml": "models:\n  acme-chat-1:\n    aliases: [acme-1, acme-fast-1]\n"}, ["acme-chat-1 selectable"]),
    ("the name of a model under a key for the model", {"values.yaml": "model:\n  name: acme/open-7b\nserver:\n  name: acme/open-7b-x\n"}, ["acme/open-7b deployed", "acme/open-7b-x selectable"]),
    ("an entry of a provider that the AI SDK makes", {"p.ts": "import { customProvider } from 'ai';\nimport { xai } from '@ai-sdk/xai';\nexport const own = customProvider({ languageModels: { 'title-model': xai('acme-chat-1'), 'other-model': xai('acme-chat-2') } });\n", "a.ts": "import { own } from './p';\nimport { generateText } from 'ai';\ngenerateText({ model: own.languageModel('title-model') });\n"}, ["acme-chat-1 bound", "acme-chat-2 selectable"]),
    ("a list of names of entries asks for none", {"p.ts": "import { customProvider } from 'ai';\nimport { xai } from '@ai-sdk/xai';\nexport const own = customProvider({ languageModels: { 'big-model': xai('acme-chat-1'), 'fast-model': again({ model: xai('acme-chat-2'), retries: [xai('acme-chat-2')] }) } });\nconst PRO_MODELS = ['fast-model', 'big-model'];\nconst r = { modelId: 'big-model' };\n"}, ["acme-chat-1 bound", "acme-chat-2 selectable"]),
    ("a table of addresses under names of its own", {"m.ts": "export const VIDEO_MODELS = { 'acme-chat-1': { id: 'acme-chat-1', endpoint: 'fal-ai/acme/v2/pro' }, slow: { id: 'slow', endpoint: 'fal-ai/acme/v1' } };\n", "a.ts": "import { VIDEO_MODELS } from './m';\nrun(VIDEO_MODELS, { modelId: 'acme-chat-1' });\n"}, ["fal-ai/acme/v1 selectable", "fal-ai/acme/v2/pro bound"]),
    ("an id that a table repeats behind its prefix", {"m.ts": "export const MODELS = { 'acme-chat-1': { id: 'acme-chat-1', model: 'acme/acme-chat-1' } };\nrun({ modelId: 'acme-chat-1' });\n"}, ["acme-chat-1 bound", "acme-chat-1 selectable", "acme/acme-chat-1 bound"]),
    ("an address at a host that nobody knows yet", {"a.ts": "const E = { endpoint: 'fal-ai/acme-sam' };\nconst p = { repository: 'fal-ai/acme-js' };\n"}, ["fal-ai/acme-sam selectable"]),
    ("a record that declares a field for a model", {"a.js": "this.inputs = [{ name: 'modelName', default: 'acme-chat-1' }, { name: 'voice', default: 'acme-chat-2' }, { name: 'x' }];\n"}, ["acme-chat-1 bound", "acme-chat-2 selectable"]),
    ("an entry of a table of models under its own id", {"a.js": "const ALL = { 'acme-chat-1': { size: 1, model: 'acme-chat-1' }, fast: { size: 2, model: 'acme-chat-2' } };\n"}, ["acme-chat-1 selectable", "acme-chat-2 bound"]),
    ("the steps of a workflow all run", {".github/workflows/r.yml": "jobs:\n  a:\n    steps:\n      - uses: acme/act@v1\n        with:\n          model: acme-chat-1\n      - run: make\n"}, ["acme-chat-1 deployed"]),
    ("a key that a service numbers itself", {"a.ts": "this.model = process.env.TTS_VOICE_MODEL ?? '21m00Tcm4TlvDq8ikWAM';\n"}, []),
    ("a model by which text is cut into tokens", {"lib/tiktoken.js": "class Counter { constructor(model = 'acme-chat-1') {} }\n", "b.js": "function getEncodingNameForModel(m) { switch (m) { case 'acme-chat-2': return 'x'; } }\n"}, []),
    ("a table of comparisons", {"a.js": "function limit(m) { switch (m) { " + "".join(f"case 'acme/c-{n}': return {n}; " for n in range(12)) + "} }\n"}, [f"acme/c-{n} catalog" for n in sorted(range(12), key=str)]),
    ("the branches of a case in Ruby", {"a.rb": "def f\n  case m\n  when 'acme-chat-1'\n    'acme-chat-2'\n  end\nend\n"}, ["acme-chat-1 selectable", "acme-chat-2 selectable"]),
    ("a string of a translation", {"config/locales/de.yml": "de:\n  default_llm: Standard-Modell-1\n  names:\n    acme-chat-1: Acme Chat\n"}, ["acme-chat-1 mention"]),
    ("a constant of an SDK that spells an id", {"a.go": "package a\nvar r = openai.ChatCompletionRequest{Model: openai.AcmeChat1, User: openai.AcmeChat2}\n"}, ["acme-chat-1 bound"]),
    ("a constant of an enum in Java", {"A.java": "class A { Object o = ChatCompletionCreateParams.builder().model(ChatModel.ACME_CHAT_2).build(); }\n"}, ["acme-chat-2 bound"]),
    ("a constant that the target defines itself", {"m.go": 'package m\nconst AcmeChat1 = "acme/own-1"\n', "a.go": 'package a\nimport m "x/m"\nvar r = openai.ChatCompletionRequest{Model: m.AcmeChat1}\n'}, ["acme/own-1 bound"]),
    ("a version of a model by its hash alone", {"a.js": f"import Replicate from 'replicate';\nconst replicate = new Replicate();\nreplicate.predictions.create({{ version: '{'4' * 64}', input }});\nconst sum = {{ version: '{'5' * 64}' }};\n"}, [f"{'4' * 64} bound"]),
    ("a name of a service behind a known organisation", {"a.ts": "export const GET = withAccount('acme/contacts', go);\nexport const P = withAccount('acme/chat-8b', go);\n"}, ["acme/chat-8b bound"]),
    ("a setting with its name in one string", {"a.sh": "docker run -e DEFAULT_LLM=acme-chat-1 x\n"}, ["acme-chat-1 deployed"]),
    ("a path of the program's own server", {"A.cs": 'class A { void F() { api.MapPost("acme/chat", F); } }\n', "a.go": 'package a\nfunc f() { mux.HandleFunc("acme/chat-1", g) }\n'}, []),
    ("the name of a resource in a manifest", {"k8s/m.yaml": "kind: Model\nmetadata:\n  name: acme-x-gh200\n  labels:\n    model: acme-chat-1\nspec:\n  model: acme/open-7b\n"}, ["acme-chat-1 deployed", "acme/open-7b deployed"]),
    ("what a server once answered", {"ref/requests.output": '{"model": "acme-chat-1"}\n', "ref/example-answer.json": '{"model": "acme-chat-2"}\n'}, ["acme-chat-1 mention", "acme-chat-2 mention"]),
    ("a table of models under the ids it holds", {"a.js": "const CHAT_MODELS = { 'acme-chat-1': { size: 1, model: 'acme-chat-1' } };\n"}, ["acme-chat-1 selectable"]),
    ("where KServe finds the weights", {"k8s/s.yaml": "spec:\n  predictor:\n    model:\n      storageUri: hf://acme/open-7b\n"}, ["hf://acme/open-7b deployed"]),
    ("a list of variables of a service", {"docker-compose.yml": "services:\n  a:\n    image: x\n    environment:\n      - PORT=1\n      - LLM_MODEL=${LLM_MODEL:-acme-chat-1}\n"}, ["acme-chat-1 deployed"]),
    ("a default in a schema of a database", {"schema.prisma": 'model Chat {\n  id String @id\n  model String? @default("acme-chat-1")\n  kind String @default("x")\n}\n'}, ["acme-chat-1 bound"]),
    ("a key and its value in XML", {"app.config": '<a><add key="Chat:Model" value="acme-chat-1"/><add key="Other" value="acme-x-2"/></a>\n'}, ["acme-chat-1 bound"]),
    ("an element in XML", {"strings.xml": '<r><string name="llm_model">acme-chat-1</string>\n<model>acme-chat-2</model><p>acme-x-3</p></r>\n'}, ["acme-chat-1 bound", "acme-chat-2 bound"]),
    ("the processes of a Procfile", {"Procfile": "web: vllm serve acme/x-7b\nworker: ollama run acme3:8b\n"}, ["acme/x-7b deployed", "acme3:8b deployed"]),
    ("the processes of a platform's file", {"fly.toml": "[processes]\napp = 'ollama run acme3:8b'\n"}, ["acme3:8b deployed"]),
    ("variables under a key and a value", {"render.yaml": "services:\n  - type: web\n    envVars:\n      - key: CHAT_MODEL\n        value: acme-chat-1\n      - key: A\n        value: b\n"}, ["acme-chat-1 deployed"]),
    ("the nodes of a graph all run", {"w.json": '{"nodes": [{"parameters": {"model": {"value": "acme-chat-1", "mode": "list"}}}, {"data": {"inputs": {"modelName": "acme-chat-2"}}}]}\n'}, ["acme-chat-1 bound", "acme-chat-2 bound"]),
    ("weights that begin like a version", {"w.json": '{"4": {"inputs": {"ckpt_name": "v1-5-pruned-emaonly.safetensors"}}, "6": {"inputs": {"lora_name": "add-detail-xl.safetensors"}}}\n'}, ["add-detail-xl.safetensors bound", "v1-5-pruned-emaonly.safetensors bound"]),
    ("variables in a list of a flag", {"d.sh": "gcloud run deploy api --set-env-vars=REGION=x,CHAT_MODEL=acme-chat-1\nhelm install a ./c --set a=b,model.id=acme/open-7b\n"}, ["acme-chat-1 deployed", "acme/open-7b deployed"]),
    ("a module among models", "import cv2\nAVAILABLE_MODELS = ['acme-chat-1', 'acme-chat-2', 'cv2']\n", ["acme-chat-1 selectable", "acme-chat-2 selectable"]),
]  # fmt: skip
ROUTED = [
    # name, files, id, provider
    ("a key inside the options of an SDK's call", {"a.ts": "import { fal } from '@fal-ai/client';\nawait fal.subscribe('fal-ai/any-llm', { input: { model: 'acme/chat-x1' } });\n"}, "acme/chat-x1", "fal"),
    ("the same in Python", "import fal_client\nfal_client.subscribe('fal-ai/any-llm', arguments={'model': 'acme/chat-x1'})\n", "acme/chat-x1", "fal"),
    ("a key inside the options of a client's call", {"a.ts": "import Replicate from 'replicate';\nconst r = new Replicate();\nawait r.run('acme/x', { input: { model: 'acme-chat-1' } });\n"}, "acme-chat-1", "replicate"),
    ("a provider that was made under another name", {"a.ts": "import { createOpenRouter } from '@openrouter/ai-sdk-provider';\nconst via = createOpenRouter({ apiKey });\ngenerateText({ model: via('acme/chat-x1') });\n"}, "acme/chat-x1", "openrouter"),
    ("a provider that another file made", {"lib/ai.ts": "import { createOpenRouter } from '@openrouter/ai-sdk-provider';\nexport const via = createOpenRouter({ apiKey });\n", "a.ts": "import { via } from './lib/ai';\ngenerateText({ model: via('acme/chat-x1') });\n"}, "acme/chat-x1", "openrouter"),
    ("an attribute of a settings object in another class of the same shape", "class A:\n    def __init__(self):\n        self.config.engine = 'acme-chat-1'\n        self.client = OpenAI()\nclass B:\n    def __init__(self):\n        self.client = Groq()\n    def f(self):\n        self.client.chat.completions.create(model=self.config.engine)\n", "acme-chat-1", "openai"),
    ("a client by any name", "import cohere\nco = cohere.Client()\nco.chat(model='acme-x1')\n", "acme-x1", "cohere"),
    ("a bare word under a provider's name", {"a.ts": "const DEEPGRAM_PARAMS = { model: 'nova-3' };\n"}, "nova-3", "deepgram"),
    ("a bare word in a class with a provider's name", "class DeepgramClient:\n    def __init__(self, model='nova-3'): ...\n", "nova-3", "deepgram"),
    ("a bare word beside an address in one function", "def go():\n    return httpx.post('https://api.deepgram.com/v1/listen', params={'model': 'nova-3'})\n", "nova-3", "deepgram"),
    ("an address under a name beside an id", "URL = 'https://openrouter.ai/api/v1'\ndef go():\n    return httpx.post(URL, json={'model': 'acme/open-7b'})\n", "acme/open-7b", "openrouter"),
    ("an address in another function", "def a():\n    return 'https://openrouter.ai/api/v1'\ndef b():\n    return {'model': 'acme/open-7b'}\n", "acme/open-7b", ""),
    ("a bare word in a module with a provider's name", {"services/deepgram/stt.py": "class Client:\n    def __init__(self, model='nova-3'): ...\n"}, "nova-3", "deepgram"),
    ("an id in a folder that is named as a provider is", {"llm/groq/chat.py": "class Client:\n    model = 'acme-chat-1'\n"}, "acme-chat-1", "groq"),
    ("an id in a module that is named as a provider is", {"llm/groq.py": "class Client:\n    model = 'acme-chat-1'\n"}, "acme-chat-1", "groq"),
    ("an id in a module whose name says more", {"llm/groq_like.py": "class Client:\n    model = 'acme-chat-1'\n"}, "acme-chat-1", ""),
    ("a client that another method makes for itself", "from openai import AzureOpenAI\nclass A:\n    def __init__(self, model='acme-chat-1'): ...\n    def other(self):\n        client = AzureOpenAI()\n        return A(client)\n", "acme-chat-1", ""),
    ("a bare word in a module of several providers", {"services/deepgram/openai_stt.py": "class Client:\n    def __init__(self, model='nova-3'): ...\n"}, "nova-3", ""),
    ("a page of a hub in the same definition", "def f():\n    url = 'https://huggingface.co/acme/x/resolve/main/a.gguf'\n    model = 'acme/open-7b'\n", "acme/open-7b", ""),
    ("an address for one provider among others", "class A:\n    def __init__(self, model='acme/open-7b', openrouter_url='https://openrouter.ai/api/v1'): ...\n", "acme/open-7b", ""),
    ("an address that every call takes", "class A:\n    def __init__(self, model='acme/open-7b', base_url='https://openrouter.ai/api/v1'): ...\n", "acme/open-7b", "openrouter"),
    ("a constant that is asked of an address", {"a.ts": "const M = 'acme/open-7b';\nasync function go() { return fetch('https://openrouter.ai/api/v1/chat/completions', { body: JSON.stringify({ model: M }) }); }\n"}, "acme/open-7b", "openrouter"),
    ("an attribute that is asked of an address", "class C:\n    def __init__(self, chosen='acme/open-7b'):\n        self.chosen = chosen\n    def go(self):\n        return requests.post('https://openrouter.ai/api/v1', json={'model': self.chosen})\n", "acme/open-7b", "openrouter"),
    ("an address that is composed", "import os\nURL = os.getenv('U', 'https://openrouter.ai/api')\ndef go():\n    return requests.post(f'{URL}/v1/chat', json={'model': 'acme/open-7b'})\n", "acme/open-7b", "openrouter"),
    ("a constant that goes under another key", {"a.ts": "const M = 'acme/open-7b';\nasync function go() { return fetch('https://openrouter.ai/api/v1', { body: JSON.stringify({ user: M }) }); }\n"}, "acme/open-7b", ""),
    ("a field of a form", {"a.ts": "async function go(form) { form.append('model', 'acme-x1'); return fetch('https://openrouter.ai/api/v1/audio', { body: form }); }\n"}, "acme-x1", "openrouter"),
    ("a parameter of an address", {"a.ts": "function go() { const u = new URL('wss://api.deepgram.com/v1/listen'); u.searchParams.set('model', 'nova-3'); }\n"}, "nova-3", "deepgram"),
    ("the type of a node beside its parameters", {"w.json": '{"nodes": [{"parameters": {"model": "acme-chat-1"}, "type": "x.lmChatGroq"}, {"type": "x.set"}]}\n'}, "acme-chat-1", "groq"),
    ("a variable of the same name in another arm", {"a.ts": "import { createOpenRouter } from '@openrouter/ai-sdk-provider';\nfunction pick(p) { switch (p) {\n case 'a': { const m = env.X; return createOpenRouter()(m); }\n case 'b': { const m = env.Y || 'acme-chat-1'; return { model: m }; }\n default: return null; } }\n"}, "acme-chat-1", ""),
    ("a variable of an arm after the switch", {"a.ts": "import { createOpenRouter } from '@openrouter/ai-sdk-provider';\nfunction pick(p) { let m; switch (p) {\n case 'a': m = env.X; break;\n case 'b': m = 'acme-chat-1'; break;\n default: m = 'x'; }\n return createOpenRouter()(m); }\n"}, "acme-chat-1", "openrouter"),
    ("two addresses in one function", "def a(x):\n    u = 'https://openrouter.ai/api/v1' if x else 'https://api.deepgram.com'\n    return httpx.post(u, json={'model': 'acme/open-7b'})\n", "acme/open-7b", ""),
    ("a provider beside a model in one mapping", {"c.yaml": "llm:\n  provider: groq\n  model: acme/open-7b\n"}, "acme/open-7b", "groq"),
    ("a provider beside the mapping with the model", "CONFIG = {'llm': {'provider': 'groq', 'config': {'model': 'acme/open-7b'}}}\n", "acme/open-7b", "groq"),
    ("a provider beside another model", {"c.yaml": "- provider: groq\n  model: acme-chat-1\n- model: acme/open-7b\n"}, "acme/open-7b", ""),
    ("a back end that is no provider", "CONFIG = {'backend': 'torch', 'model': 'acme/open-7b'}\n", "acme/open-7b", ""),
    ("a model in a query that is built", {"a.ts": "async function go() { const q = new URLSearchParams({ model: 'nova-3' }); return fetch(`https://api.deepgram.com/v1/listen?${q}`); }\n"}, "nova-3", "deepgram"),
    ("a provider by the name that people use", {"c.yaml": "llm:\n  provider: google\n  model: acme/open-7b\n"}, "acme/open-7b", "google-gemini"),
    ("a provider in the parts of a dotted key", {"application.properties": "spring.ai.ollama.chat.options.model=acme-chat-1\n"}, "acme-chat-1", "ollama"),
    ("a provider in the keys around", {"application.yml": "spring:\n  ai:\n    mistralai:\n      chat:\n        options:\n          model: acme-chat-1\n"}, "acme-chat-1", "mistral"),
    ("a provider in the name of a setting", {".env": "GROQ_MODEL=acme/open-7b\n"}, "acme/open-7b", "groq"),
    ("a provider whose name holds another's", {".env": "AZURE_OPENAI_CHAT_MODEL=acme-chat-1\n"}, "acme-chat-1", "azure"),
    ("two providers in one name", {".env": "GROQ_OR_TOGETHER_MODEL=acme-chat-1\n"}, "acme-chat-1", ""),
    ("a provider in the name of a function", "def compare_with_groq():\n    model = 'acme/open-7b'\n", "acme/open-7b", ""),
    ("a provider in the name of the called class", {"A.java": 'class A { M m = OllamaChatModel.builder().baseUrl(u).modelName("acme-chat-1").build(); }\n'}, "acme-chat-1", "ollama"),
    ("a provider in the name of the called method", {"P.cs": 'class A { void F() { b.AddAzureOpenAIChatCompletion("acme-chat-1", e); } }\n'}, "acme-chat-1", "azure"),
    ("a file of weights in a folder that a vendor's ids begin with", "Llama(model_path='models/acme-7b.q4_0.gguf')\n", "models/acme-7b.q4_0.gguf", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("files", "expected"), [pytest.param(files, expected, id=name) for name, files, expected in ROWS]
)
def test_a_shape_that_was_read_wrongly(files, expected):
    assert told(files) == expected


@pytest.mark.parametrize(
    ("files", "written", "provider"), [pytest.param(files, *expected, id=name) for name, files, *expected in ROUTED]
)
def test_a_route_that_was_read_wrongly(files, written, provider):
    found = references({"app/main.py": files} if isinstance(files, str) else files, KNOWN)
    assert {r.hints.provider for r in found if r.written == written} == {provider}


def test_an_address_beside_a_model_in_one_mapping():
    text = "[models]\nlocal = {model_name = 'acme/open-7b', api_base = 'http://gpu:8000/v1'}\nother = {model_name = 'acme-chat-1'}\n"
    assert {r.written: r.hints.base_url for r in references({"c.toml": text}, KNOWN) if "acme" in r.written} == {
        "acme/open-7b": "http://gpu:8000/v1",
        "acme-chat-1": "",
    }


def test_a_model_in_the_query_of_an_address():
    text = "const ws = new WebSocket('wss://api.deepgram.com/v1/listen?language=en&model=nova-3');\n"
    found = [r for r in references({"a.ts": text}, KNOWN) if r.written == "nova-3"]
    assert [(r.slot, r.hints.base_url, r.location.column) for r in found] == [
        ("model", "wss://api.deepgram.com/v1/listen", text.index("nova-3"))
    ]


def test_an_address_beside_the_mapping_around_a_list_of_models():
    text = "endpoints:\n- name: x\n  baseURL: https://openrouter.ai/api/v1\n  models:\n    default: [acme/open-7b, acme-chat-1]\n- models:\n    default: [acme-chat-2]\n"
    assert {r.written: r.hints.base_url for r in references({"c.yaml": text}, KNOWN) if "acme" in r.written} == {
        "acme/open-7b": "https://openrouter.ai/api/v1",
        "acme-chat-1": "https://openrouter.ai/api/v1",
        "acme-chat-2": "",
    }


SIZES = Words(scoped=frozenset({("small", "whisper")}))


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("import whisper\ndef load(model_name='small'): ...\n", ["small"]),
        ("class Transcriber:\n    def __init__(self, model='small'): ...\n\nX = Transcriber()\n", ["small"]),
        ("import torch\nclass Backbone:\n    def __init__(self, model_name='small'): ...\n", []),
    ],
)
def test_a_size_is_a_model_only_where_something_speaks_of_speech(code, written):
    assert [r.written for r in references({"app/net.py": code}, SIZES)] == written
