"""From a string to the call it reaches: through names, parameters, fields, files, environments and settings.

The ids are made up and the vocabulary is empty, so that only the path can have found them.
"""

import pytest

from tests.detect.judge.fakes import references
from vcdd.core.reference import ReferenceKind

CALL = "client.chat.completions.create(model={}, messages=m)\n"
ID = "acme-x1"


def reached(files, wanted=ID):
    """(row, path of the string, last step) of the reference to `wanted`; None when there is none."""
    named = {"app/main.py": files} if isinstance(files, str) else files
    found = [r for r in references(named) if r.written == wanted and r.kind is not ReferenceKind.OPEN]
    if not found:
        return None
    assert len(found) == 1, found
    return found[0].reason.row, found[0].location.path, (found[0].reason.links or ("",))[-1]


ONE_FILE = {
    "a constant": f"CHOSEN = '{ID}'\n" + CALL.format("CHOSEN"),
    "a constant of a constant": f"A = '{ID}'\nB = A\n" + CALL.format("B"),
    "a local variable": f"def f():\n    x = '{ID}'\n    " + CALL.format("x"),
    "a class constant through self": f"class C:\n    CHOSEN = '{ID}'\n    def f(self):\n        " + CALL.format("self.CHOSEN"),
    "a class constant through the class": f"class C:\n    CHOSEN = '{ID}'\n" + CALL.format("C.CHOSEN"),
    "an attribute set in the constructor": f"class C:\n    def __init__(self):\n        self.x = '{ID}'\n    def f(self):\n        " + CALL.format("self.x"),
    "a parameter default": f"def f(q, x='{ID}'):\n    " + CALL.format("x"),
    "a keyword-only default": f"def f(*, x='{ID}'):\n    " + CALL.format("x"),
    "a positional argument": "def f(q, x):\n    " + CALL.format("x") + f"f('hi', '{ID}')\n",
    "a keyword argument": "def f(q, x):\n    " + CALL.format("x") + f"f('hi', x='{ID}')\n",
    "a constructor default": f"class C:\n    def __init__(self, x='{ID}'):\n        self.x = x\n    def f(self):\n        " + CALL.format("self.x"),
    "a constructor argument": "class C:\n    def __init__(self, x):\n        self.x = x\n    def f(self):\n        " + CALL.format("self.x") + f"C('{ID}')\n",
    "an or": CALL.format(f"x or '{ID}'"),
    "an or stored in an attribute": f"class C:\n    def __init__(self, x=None):\n        self.x = x or '{ID}'\n    def f(self):\n        " + CALL.format("self.x"),
    "getenv with a default": "import os\n" + CALL.format(f"os.getenv('X', '{ID}')"),
    "environ.get with a default": "import os\n" + CALL.format(f"os.environ.get('X', '{ID}')"),
    "environ.get or": "import os\n" + CALL.format(f"os.environ.get('X') or '{ID}'"),
    "getenv stored in a constant": f"import os\nA = os.getenv('X', '{ID}')\n" + CALL.format("A"),
    "a look-up with a default": CALL.format(f"config.get('name', '{ID}')"),
    "getattr with a default": CALL.format(f"getattr(config, 'name', '{ID}')"),
    "a set default": f"def f(x=None):\n    if not x:\n        x = '{ID}'\n    " + CALL.format("x"),
    "a subscript of a table": f"T = {{'big': '{ID}'}}\n" + CALL.format("T['big']"),
    "a subscript of a list": f"L = ['{ID}']\n" + CALL.format("L[0]"),
    "an enum member's value": f"class E(Enum):\n    BIG = '{ID}'\n" + CALL.format("E.BIG.value"),
    "an f-string": "V = '1'\nA = f'acme-x{V}'\n" + CALL.format("A"),
    "a concatenation": "P = 'acme-'\n" + CALL.format("P + 'x1'"),
    "a pydantic field": f"class S(BaseSettings):\n    x: str = Field(default='{ID}')\ns = S()\n" + CALL.format("s.x"),
    "a dataclass field": f"@dataclass\nclass S:\n    x: str = '{ID}'\ns = S()\n" + CALL.format("s.x"),
}  # fmt: skip


@pytest.mark.parametrize("shape", ONE_FILE)
def test_within_a_file(shape):
    found = reached(ONE_FILE[shape])
    assert found is not None
    assert found[0] == "openai-create"


ACROSS = {
    "an imported constant": ({"app/conf.py": f"CHOSEN = '{ID}'\n", "app/main.py": "from app.conf import CHOSEN\n" + CALL.format("CHOSEN")}, "app/conf.py"),
    "a relative import": ({"app/conf.py": f"CHOSEN = '{ID}'\n", "app/main.py": "from .conf import CHOSEN\n" + CALL.format("CHOSEN")}, "app/conf.py"),
    "a renamed import": ({"app/conf.py": f"CHOSEN = '{ID}'\n", "app/main.py": "from app.conf import CHOSEN as C\n" + CALL.format("C")}, "app/conf.py"),
    "a module's attribute": ({"app/conf.py": f"CHOSEN = '{ID}'\n", "app/main.py": "from app import conf\n" + CALL.format("conf.CHOSEN")}, "app/conf.py"),
    "an imported settings object": ({"app/conf.py": f"class S(BaseSettings):\n    x: str = '{ID}'\nsettings = S()\n", "app/main.py": "from app.conf import settings\n" + CALL.format("settings.x")}, "app/conf.py"),
    "an imported function's parameter": ({"app/llm.py": "def ask(q, x):\n    return " + CALL.format("x"), "app/main.py": f"from app.llm import ask\nask('hi', '{ID}')\n"}, "app/main.py"),
    "an environment file": ({".env": f"X_CHAT={ID}\n", "app/main.py": "import os\n" + CALL.format("os.environ['X_CHAT']")}, ".env"),
    "a Dockerfile": ({"Dockerfile": f"FROM python\nENV X_CHAT={ID}\n", "app/main.py": "import os\n" + CALL.format("os.environ['X_CHAT']")}, "Dockerfile"),
    "a compose file": ({"docker-compose.yml": f"services:\n  a:\n    environment:\n      X_CHAT: {ID}\n", "app/main.py": "import os\n" + CALL.format("os.environ['X_CHAT']")}, "docker-compose.yml"),
    "a YAML key that a settings class reads": ({"conf.yaml": f"chat_model: {ID}\n", "app/main.py": "class S(BaseSettings):\n    chat_model: str\ns = S()\n" + CALL.format("s.chat_model")}, "conf.yaml"),
    "TypeScript: an imported constant": ({"conf.ts": f"export const CHOSEN = '{ID}';\n", "main.ts": "import { CHOSEN } from './conf';\nclient.chat.completions.create({ model: CHOSEN });\n"}, "conf.ts"),
    "TypeScript: a parameter default": ({"main.ts": f"function ask(q: string, x = '{ID}') {{ return client.chat.completions.create({{ model: x }}); }}\n"}, "main.ts"),
    "TypeScript: a field": ({"main.ts": f"class A {{ x = '{ID}'; go() {{ return client.chat.completions.create({{ model: this.x }}); }} }}\n"}, "main.ts"),
    "TypeScript: ??": ({"main.ts": f"client.chat.completions.create({{ model: process.env.X ?? '{ID}' }});\n"}, "main.ts"),
    "TypeScript: a default of a destructured constant": ({"main.ts": f"const {{ x = '{ID}' }} = opts;\nclient.chat.completions.create({{ model: x }});\n"}, "main.ts"),
}  # fmt: skip


@pytest.mark.parametrize("shape", ACROSS)
def test_across_files_and_languages(shape):
    files, path = ACROSS[shape]
    found = reached(files)
    assert found is not None
    if shape != "a YAML key that a settings class reads":
        assert found[0] == "openai-create"
    assert found[1] == path


NOT_REACHED = {
    "a name nobody reads": f"A = '{ID}'\n" + CALL.format("B"),
    "another function's local": f"def f():\n    x = '{ID}'\ndef g(x):\n    " + CALL.format("x"),
    "another class's attribute": f"class A:\n    def __init__(self):\n        self.x = '{ID}'\nclass B:\n    def f(self):\n        " + CALL.format("self.x"),
    "another parameter": "def f(x, y):\n    " + CALL.format("x") + f"f(1, '{ID}')\n",
    "a comparison": f"A = 1\nif A == '{ID}': ...\n" + CALL.format("A"),
    "a key of the table": f"T = {{'{ID}': 1}}\n" + CALL.format("T"),
    "an argument of another call": f"A = make('{ID}')\n" + CALL.format("A"),
    "a function of the same name elsewhere": f"def ask(q, x):\n    print(x)\nask('hi', '{ID}')\n",
    "another argument of the call": f"client.chat.completions.create(model=m, user='{ID}')\n",
}  # fmt: skip


@pytest.mark.parametrize("shape", NOT_REACHED)
def test_what_does_not_flow_is_not_linked(shape):
    found = reached(NOT_REACHED[shape])
    assert found is None or found[0] == ""


def test_the_trail_names_every_step():
    files = {
        "app/conf.py": f"CHOSEN = '{ID}'\n",
        "app/llm.py": "def ask(q, x):\n    return " + CALL.format("x"),
        "app/main.py": "from app.conf import CHOSEN\nfrom app.llm import ask\nask('hi', CHOSEN)\n",
    }
    (found,) = [r for r in references(files) if r.written == ID]
    assert found.reason.links == ("app/main.py:3 app.conf.CHOSEN", "app/llm.py:2 x")


def test_a_very_long_chain_is_given_up_without_harm():
    chain = f"a0 = '{ID}'\n" + "".join(f"a{i} = a{i - 1}\n" for i in range(1, 60)) + CALL.format("a59")
    assert reached(chain) is None


def test_a_name_defined_in_many_files_is_too_common_to_follow():
    files = {f"p{i}/conf.py": f"CHOSEN = 'acme-y{i}'\n" for i in range(9)}
    files["main.py"] = "from conf import CHOSEN\n" + CALL.format("CHOSEN")
    assert [r.reason.row for r in references(files) if r.kind is not ReferenceKind.OPEN] == []


def test_names_that_refer_to_each_other_end():
    assert reached("a = b\nb = a\n" + CALL.format("a")) is None
