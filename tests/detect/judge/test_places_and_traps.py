"""What a place makes of a string when nothing is known of it, and the strings that only look like ids."""

import pytest

from tests.detect.judge.fakes import Words, seen

KNOWN = Words(ids=frozenset({"acme-chat-1", "acme-chat-2", "acme/open-7b", "acme"}), orgs=frozenset({"acme"}))


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("MODEL = 'acme-x1'", ["acme-x1 bound"]),
        ("DEFAULT_MODEL_NAME = 'acme-x1'", ["acme-x1 bound"]),
        ("llm = 'acme-x1'", ["acme-x1 bound"]),
        ("embeddings_model = 'acme-x1'", ["acme-x1 bound"]),
        ("f(model='acme-x1')", ["acme-x1 bound"]),
        ("f(model_id='acme-x1')", ["acme-x1 bound"]),
        ("self.model = model or 'acme-x1'", ["acme-x1 bound"]),
        ("self.config.model = 'acme-x1'", ["acme-x1 bound"]),
        ("p.add_argument('--model', default='acme-x1')", ["acme-x1 bound"]),
        ("p.add_argument('-m', '--chat-model', default='acme-x1')", ["acme-x1 bound"]),
        ("class C:\n    model: str = 'acme-x1'", ["acme-x1 bound"]),
        ("class C:\n    llm = models.CharField(max_length=9, default='acme-x1')", ["acme-x1 bound"]),
        ("class C:\n    model: Annotated[str, D('x')] = 'acme-x1'", ["acme-x1 bound"]),
        ("class C:\n    model: str = Field('acme-x1', description='d')", ["acme-x1 bound"]),
        ("D = {'SMART_LLM': 'openai:acme-x1'}", ["openai:acme-x1 bound"]),
        ("repo_id = 'acme/x1'", ["acme/x1 bound"]),
        ("base_model = 'acme/x1'", ["acme/x1 bound"]),
        ("def f(model='acme-x1'): ...", ["acme-x1 bound"]),
    ],
)
def test_a_name_for_models_makes_an_id_of_a_string(code, found):
    assert seen(code + "\n") == found


@pytest.mark.parametrize(
    "code",
    [
        "model_type = 'acme-x1'",
        "model_version = '1.2.3'",
        "MODEL_DIR = './models/acme-x1'",
        "class Model:\n    name = 'acme-x1'",
        "MODEL = 'custom'",
        "MODEL = 'auto'",
        "MODEL = MODEL_NAME = None",
        "model = 'AcmeForCausalLM'",
        "model = 'gpt'",
        "model = 'https://acme.example/page'",
        "model = 'a sentence about acme-x1'",
        "model = 'config.yaml'",
        "user_model = 'acme-x1'",
        "dataset = 'acme/x1'",
        "image = 'acme/x1:latest'",
        "content_type = 'application/x-acme-1'",
        "headers = {'User-Agent': 'acme-bot/1.0'}",
        "template = 'acme/x1'",
        "load_dataset('acme/x1')",
        "tokenizer_class = 'acme-x1'",
        "f(model='{model}')",
        "f(model=f'{org}/{name}')",
        "license = 'apache-2.0'",
        "encoding = 'o200k_base'",
        "task = 'text-generation-1'",
    ],
)
def test_a_place_for_something_else_does_not(code):
    assert seen(code + "\n") == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("x = 'acme-chat-1'", ["acme-chat-1 bound"]),
        ("if m == 'acme-chat-1': ...", ["acme-chat-1 selectable"]),
        ("if m in ('acme-chat-1', 'acme-chat-2'): ...", ["acme-chat-1 selectable", "acme-chat-2 selectable"]),
        ("if 'acme-chat-1' in m: ...", []),
        ("if m.startswith('acme-chat-1'): ...", []),
        ("if m.endswith('acme-chat-1'): ...", []),
        ("# acme-chat-1\nx = 1", ["acme-chat-1 mention"]),
        ("L = ['acme-chat-2',\n  # 'acme-chat-1',\n]", ["acme-chat-2 bound", "acme-chat-1 mention"]),
        ("def f():\n    '''Takes acme-chat-1.'''", ["acme-chat-1 mention"]),
        ("print('acme-chat-1')", ["acme-chat-1 mention"]),
        ("raise ValueError('acme-chat-1 is gone')", []),
        ("p.add_argument('--model', help='such as acme-chat-1')", ["acme-chat-1 mention"]),
        ("x: Literal['acme-chat-1', 'acme-chat-2'] = 'acme-chat-2'", ["acme-chat-1 selectable", "acme-chat-2 selectable", "acme-chat-2 bound"]),
        ("p.add_argument('--model', choices=['acme-chat-1', 'acme-chat-2'])", ["acme-chat-1 selectable", "acme-chat-2 selectable"]),
        ("class E(Enum):\n    A = 'acme-chat-1'", ["acme-chat-1 selectable"]),
        ("M = 'acme-chat-1' if fast else 'acme-chat-2'", ["acme-chat-1 selectable", "acme-chat-2 selectable"]),
        ("PRICES = {'acme-chat-1': 2, 'acme-chat-2': 3}", ["acme-chat-1 selectable", "acme-chat-2 selectable"]),
    ],
)  # fmt: skip
def test_evidence_of_a_known_id(code, found):
    assert seen(code + "\n", KNOWN) == found


@pytest.mark.parametrize("size", [11, 12, 40])
def test_a_long_table_keyed_by_ids_is_a_catalogue_and_a_short_one_a_list_of_choices(size):
    words = Words(ids=frozenset(f"acme-t{i}" for i in range(size)))
    code = "T = {" + ", ".join(f"'acme-t{i}': {{'context': {i}}}" for i in range(size)) + "}\n"
    assert {line.split()[1] for line in seen(code, words)} == {"catalog" if size >= 12 else "selectable"}


@pytest.mark.parametrize(
    ("path", "evidence"),
    [
        ("app/main.py", "bound"),
        ("src/deep/er/main.py", "bound"),
        ("tests/main.py", "test"),
        ("app/test_main.py", "test"),
        ("app/conftest.py", "test"),
        ("app/tests/fixtures/a.py", "test"),
        ("docs/main.py", "mention"),
        ("examples/main.py", "mention"),
        ("example_server/main.py", "mention"),
        ("changelog/main.py", "mention"),
        ("counterexample/main.py", "bound"),
        ("app/migrations/0001_a.py", "selectable"),
        ("app/deprecated.py", "selectable"),
        ("app/deprecated_models.py", "bound"),
        ("app/chat-fixtures.py", "test"),
        ("app/mock_llm.py", "test"),
        ("app/llm.spec.py", "test"),
        ("evals/run.py", "selectable"),
        ("app/config/evaluation/main.py", "bound"),
        ("app/protest.py", "bound"),
        ("deploy/main.py", "deployed"),
        ("latest/main.py", "bound"),
        ("app/contest.py", "bound"),
        ("app/documents/main.py", "bound"),
    ],
)
def test_the_path_says_how_firm_a_reference_is(path, evidence):
    code = "client.chat.completions.create(model='acme-chat-1')\n"
    assert seen(code, KNOWN, path) == [f"acme-chat-1 {evidence}"]


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("docker-compose.yml", "services:\n  a:\n    environment:\n      CHAT_MODEL: acme-chat-1\n", ["acme-chat-1 deployed"]),
        ("k8s/a.yaml", "args: ['--model', 'acme/open-7b']\nimage: vllm/vllm-openai:v1\n", ["acme/open-7b deployed"]),
        ("start.sh", "vllm serve acme/open-7b\n", ["acme/open-7b deployed"]),
        ("Makefile", "run:\n\tvllm serve acme/open-7b\n", ["acme/open-7b deployed"]),
        (".env", "CHAT_MODEL=acme-chat-1\n", ["acme-chat-1 deployed"]),
        ("conf.yaml", "model: acme-chat-1\n", ["acme-chat-1 bound"]),
        ("conf.yaml", "# model: acme-chat-1\n", ["acme-chat-1 mention"]),
        ("conf.toml", "[llm]\nmodel = 'acme-chat-1'\n", ["acme-chat-1 bound"]),
        ("schema.json", '{"model": {"type": "string", "default": "acme-chat-1"}}', ["acme-chat-1 bound"]),
        ("schema.json", '{"model": {"type": "string", "enum": ["acme-chat-1", "acme-chat-2"]}}', ["acme-chat-1 selectable", "acme-chat-2 selectable"]),
        ("README.md", "Uses `acme-chat-1`.\n", ["acme-chat-1 mention"]),
        ("README.md", "acme-chat-1などのモデル\n", ["acme-chat-1 mention"]),
        ("README.md", "Ask acme/Other or acme/open-7b.\n", ["acme/open-7b mention"]),
        ("requirements.txt", "acme-chat-1==2.0\n", []),
        ("docker-compose.yml", "services:\n  a:\n    image: acme/runner:1\n", []),
    ],
)  # fmt: skip
def test_configuration_and_documents(path, text, found):
    assert seen(text, KNOWN, path) == found
