"""What a target leaves to the outside: variables, settings, options and parameters that decide a model or an address."""

import pytest

from tests.detect.judge.fakes import references
from vcdd.core.evidence import Evidence
from vcdd.core.reference import ReferenceKind

CALL = "client.chat.completions.create(model={}, messages=m)\n"


def left_open(files):
    """`symbol slot way` of every OPEN reference."""
    found = references({"app.py": files} if isinstance(files, str) else files)
    return [f"{r.symbol} {r.slot} {r.way}".strip() for r in found if r.kind is ReferenceKind.OPEN]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import os\n" + CALL.format('os.environ["CHAT_MODEL"]'), "CHAT_MODEL model environment"),
        ("import os\n" + CALL.format('os.getenv("CHAT_MODEL")'), "CHAT_MODEL model environment"),
        ("import os\nM = os.environ['CHAT_MODEL']\n" + CALL.format("M"), "CHAT_MODEL model environment"),
        ("from openai import OpenAI\nimport os\nOpenAI(base_url=os.getenv('LLM_BASE_URL'))\n", "LLM_BASE_URL base_url environment"),
        ("def ask(model, m):\n    return " + CALL.format("model"), "model model parameter"),
        ("class C:\n    def __init__(self, model):\n        self.model = model\n    def go(self):\n        " + CALL.format("self.model"), "C.model model setting"),
        ("from app.conf import settings\n" + CALL.format("settings.llm_model"), "settings.llm_model model setting"),
        ("import argparse\np = argparse.ArgumentParser()\np.add_argument('--model', required=True)\nargs = p.parse_args()\n" + CALL.format("args.model"), "args.model model setting"),
    ],
)  # fmt: skip
def test_a_name_from_outside_is_left_open(code, expected):
    assert left_open(code) == [expected]


@pytest.mark.parametrize(
    "code",
    [
        "import os\n" + CALL.format('os.getenv("CHAT_MODEL", "acme-1")'),
        "import os\n" + CALL.format('os.environ.get("CHAT_MODEL") or "acme-1"'),
        "import os\nM = os.getenv('CHAT_MODEL')\nif not M:\n    M = 'acme-1'\n" + CALL.format("M"),
        "def ask(m, model='acme-1'):\n    return " + CALL.format("model"),
        "def ask(model, m):\n    return " + CALL.format("model") + "ask('acme-1', 'hi')\n",
        "def ask(model, m):\n    return " + CALL.format("model") + "ask(m='hi', model='acme-1')\n",
        "class C:\n    def __init__(self, model=None):\n        self.model = model or 'acme-1'\n    def go(self):\n        " + CALL.format("self.model"),
        "class C:\n    def go(self):\n        if not self.config.model:\n            self.config.model = 'acme-1'\n        " + CALL.format("self.config.model"),
        "class B:\n    model = 'acme-1'\nclass C(B):\n    def go(self):\n        " + CALL.format("self.model"),
        "import os\nprint(os.environ['CHAT_MODEL'])\n",
        "def load(model):\n    return model.eval()\n",
        CALL.format("'acme-1'"),
        "client.chat.completions.create(model='acme-1', user=model)\n",
        "from openai import OpenAI\ndef make(base_url):\n    return OpenAI(base_url=base_url)\n",
    ],
)  # fmt: skip
def test_a_name_that_the_target_settles_is_not(code):
    assert left_open(code) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".env", "CHAT_MODEL=acme-1\n"),
        ("Dockerfile", "FROM python\nENV CHAT_MODEL=acme-1\n"),
        ("docker-compose.yml", "services:\n  app:\n    environment:\n      CHAT_MODEL: acme-1\n"),
        ("k8s/app.yaml", "spec:\n  containers:\n    - name: app\n      env:\n        - name: CHAT_MODEL\n          value: acme-1\n"),
    ],
)  # fmt: skip
def test_a_variable_that_a_file_of_the_target_sets_is_not_open(name, text):
    code = "import os\n" + CALL.format('os.environ["CHAT_MODEL"]')
    assert left_open({"app.py": code, name: text}) == []


def test_javascript_reads_its_environment_too():
    code = "client.chat.completions.create({ model: process.env.CHAT_MODEL, messages });\n"
    assert left_open({"app.ts": code}) == ["CHAT_MODEL model environment"]
    assert left_open({"app.ts": code.replace("CHAT_MODEL", "CHAT_MODEL ?? 'acme-1'")}) == []


def test_a_command_line_may_leave_its_model_open():
    script = "vllm serve $SERVED_MODEL --port 80\n"
    assert left_open({"start.sh": script}) == ["SERVED_MODEL  environment"]
    assert left_open({"start.sh": script.replace("$SERVED_MODEL", "${SERVED_MODEL:-acme/chat-7b}")}) == []
    assert left_open({"start.sh": script, ".env": "SERVED_MODEL=acme/chat-7b\n"}) == []
    assert left_open({"start.sh": f"SERVED_MODEL=acme/chat-7b\n{script}"}) == []


def test_tests_and_documents_leave_nothing_open():
    code = "import os\n" + CALL.format('os.environ["CHAT_MODEL"]')
    assert left_open({"tests/test_app.py": code, "docs/app.py": code}) == []


def test_one_reference_per_name_and_file_at_its_first_place():
    code = "def a(model, m):\n    " + CALL.format("model") + "def b(model, m):\n    " + CALL.format("model")
    found = [r for r in references({"one.py": code, "two.py": code}) if r.kind is ReferenceKind.OPEN]
    assert [(r.location.path, r.location.line) for r in found] == [("one.py", 2), ("two.py", 2)]
    assert {r.evidence for r in found} == {Evidence.UNRESOLVED}


def test_the_way_to_the_call_is_told():
    files = {
        "conf.py": "import os\nCHAT = os.environ['CHAT_MODEL']\n",
        "app.py": "from conf import CHAT\n" + CALL.format("CHAT"),
    }
    (found,) = [r for r in references(files) if r.kind is ReferenceKind.OPEN]
    assert found.location.path == "conf.py"
    assert found.reason.links == ("app.py:2 conf.CHAT",)
    assert found.reason.row == "openai-create"
