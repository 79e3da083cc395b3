"""Where strings stand in Python: one row per construct, frames innermost first."""

import pytest

from tests.detect.sites.frames import place, site_of
from vcdd.core.site import FrameKind
from vcdd.core.source_file import SourceFile
from vcdd.detect.engine import read_source


def read(code):
    return read_source(SourceFile(path="app/main.py", text=code + "\n"))


PLACES = [
    # calls and their arguments
    ("f('x')", "call f 0/1"),
    ("f(a, 'x')", "call f 1/2"),
    ("f(model='x')", "keyword model < call f"),
    ("f(**{'model': 'x'})", "key model 0/1 < keyword ** < call f"),
    ("f(*['x'])", "item 0/1 < call f 0/1"),
    ("a.b().c('x')", "call a.b().c 0/1"),
    ("f(g('x'))", "call g 0/1 < call f 0/1"),
    # import aliases are expanded
    ("import openai as o\no.OpenAI('x')", "call openai.OpenAI 0/1"),
    ("from a.b import C as D\nD('x')", "call a.b.C 0/1"),
    ("from .conf import make\nmake('x')", "call .conf.make 0/1"),
    ("import a.b\na.b.f('x')", "call a.b.f 0/1"),
    # names that take a value
    ("M = 'x'", "assign M"),
    ("M: str = 'x'", "assign M"),
    ("M: Final = 'x'", "assign M"),
    ("(M := 'x')", "assign M"),
    ("a.b = 'x'", "assign a.b"),
    ("a, b = 'x', 'y'", "assign a"),
    ("os.environ['A'] = 'x'", "key A < assign os.environ"),
    ("class C:\n    m = 'x'", "field m < class C"),
    ("class C:\n    m: str = 'x'", "field m < class C"),
    ("class C:\n    m: Annotated[str, Field(description='d')] = 'x'", "field m < class C"),
    ("class C:\n    def f(self):\n        self.m = 'x'", "assign self.m < function f < class C"),
    ("class E(Enum):\n    A = 'x'", "enum A < class E"),
    ("class E(str, Enum):\n    A = 'x'", "enum A < class E"),
    ("class E(StrEnum):\n    A = 'x'", "enum A < class E"),
    ("def f(m='x'): ...", "parameter m < function f"),
    ("def f(*, m: str = 'x'): ...", "parameter m < function f"),
    ("async def f(m='x'): ...", "parameter m < function f"),
    ("g = lambda m='x': m", "parameter m < function <lambda> < assign g"),
    # fields and options declared by a call
    ("class C(BaseModel):\n    m = Field(default='x')", "keyword default < call Field < field m < class C"),
    ("class C(BaseModel):\n    m: str = Field('x')", "call Field 0/1 < field m < class C"),
    ("p.add_argument('--m', default='x')", "keyword default < call p.add_argument"),
    ("def f(m: str = typer.Option('x')): ...", "call typer.Option 0/1 < parameter m < function f"),
    # containers
    ("D = {'k': 'x'}", "key k 0/1 < assign D"),
    ("D = {'k': {'j': 'x'}}", "key j 0/1 < key k 0/1 < assign D"),
    ("D = {'x': 1, 'y': 2}", "key-itself < assign D"),
    ("D = dict(k='x')", "keyword k < call dict < assign D"),
    ("L = ['x', 'y']", "item 0/2 < assign L"),
    ("L = ('y', 'x')", "item 1/2 < assign L"),
    ("L = {'x', 'y'}", "item 0/2 < assign L"),
    ("T = Literal['x', 'y']", "type 0/2 < assign T"),
    ("D['x']", "subscript D"),
    # alternatives
    ("m or 'x'", "fallback m"),
    ("self.m = m or 'x'", "fallback m < assign self.m"),
    ("os.getenv('A', 'x')", "fallback A < call os.getenv 1/2"),
    ("os.environ.get('A', 'x')", "fallback A < call os.environ.get 1/2"),
    ("os.environ.get('A') or 'x'", "fallback $A"),
    ("c.get('model', 'x')", "fallback model < call c.get 1/2"),
    ("getattr(c, 'm', 'x')", "fallback m < call getattr 2/3"),
    ("M = 'x' if c else 'y'", "branch < assign M"),
    ("M = m if m else 'x'", "fallback m < assign M"),
    ("if c:\n    M = 'x'\nelse:\n    M = 'y'", "assign M < branch"),
    # comparisons and values that leave
    ("if m == 'x': ...", "compare m"),
    ("if m in ('x', 'y'): ...", "item 0/2 < compare m"),
    ("if 'x' in m: ...", "compare m"),
    ("m.startswith('x')", "compare m < call m.startswith 0/1"),
    ("match m:\n    case 'x': ...", "compare"),
    ("def f():\n    return 'x'", "return < function f"),
    # running text
    ("'''x'''", "docstring"),
    ("def f():\n    '''x'''", "docstring < function f"),
    ("y = 1  # x", "comment"),
]


@pytest.mark.parametrize(("code", "expected"), PLACES, ids=[code.replace("\n", "\\n") for code, _ in PLACES])
def test_the_place_of_a_string(code, expected):
    assert place(site_of(read(code), "x")) == expected


@pytest.mark.parametrize(
    ("code", "symbol", "expected"),
    [
        ("f(M)", "M", "call f 0/1"),
        ("f(model=M)", "M", "keyword model < call f"),
        ("from .conf import M\nf(M)", ".conf.M", "call f 0/1"),
        ("from app import conf\nf(conf.M)", "app.conf.M", "call f 0/1"),
        ("import os as o\nf(o.environ['A'])", "$A", "call f 0/1"),
        ("import os\nf(os.getenv('A'))", "$A", "call f 0/1"),
        ("from os import environ\nf(environ['A'])", "$A", "call f 0/1"),
        ("f(T['big'])", "T[big]", "call f 0/1"),
        ("f(E.BIG.value)", "E.BIG.value", "call f 0/1"),
        ("class C:\n    def g(self):\n        f(self.m)", "self.m", "call f 0/1 < function g < class C"),
    ],
)
def test_the_place_of_a_name(code, symbol, expected):
    assert place(site_of(read(code), f"@{symbol}")) == expected


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("'a' 'b'", "ab"),
        ("'a' + 'b'", "ab"),
        ("f'a/{n}'", "a/{n}"),
        ("f'a/{self.n}-b'", "a/{self.n}-b"),
        ("'a/' + n", "a/{n}"),
        ("'a/%s' % n", "a/{}"),
        ("f'a'", "a"),
    ],
)
def test_a_composed_string_keeps_its_known_parts(code, text):
    assert text in [site.text for site in read(f"M = {code}").sites]


def test_composed_is_said_of_composed_strings_only():
    sites = {site.text: site.composed for site in read("A = f'a/{n}'\nB = 'b'").sites if site.text}
    assert sites == {"a/{n}": True, "b": False}


@pytest.mark.parametrize(
    ("code", "labels"),
    [
        ("f('p', model='x', url=U, n=3)", ("p", "model=x", "url=$U", "n=3")),
        ("import os\nf(model='x', key=os.environ['K'])", ("model=x", "key=$K")),
        ("f(model='x', **kw)", ("model=x",)),
    ],
)
def test_a_call_carries_its_literal_siblings(code, labels):
    call = site_of(read(code), "x").first(FrameKind.CALL)
    assert call is not None
    assert call.labels == labels


def test_a_function_carries_its_parameters_and_a_class_its_bases():
    site = site_of(read("class C(a.B, metaclass=M):\n    def f(self, q, *, m='x', **kw): ..."), "x")
    function, owner = site.first(FrameKind.FUNCTION), site.first(FrameKind.CLASS)
    assert function is not None
    assert function.labels[:3] == ("self", "q", "m")
    assert owner is not None
    assert owner.bases[0] == "a.B"


@pytest.mark.parametrize(
    ("code", "line", "column"),
    [
        ("M = 'x'", 1, 5),
        ("f(\n    a,\n    'x',\n)", 3, 5),
        ("é = 'x'", 1, 5),
        ("M = ('a'\n     f'{n}')\nN = 'x'", 3, 5),
    ],
)
def test_the_place_in_the_file_counts_from_one_in_code_points(code, line, column):
    site = site_of(read(code), "x")
    assert (site.line, site.column) == (line, column)


def test_whole_comparisons_are_told_from_parts():
    assert site_of(read("m == 'x'"), "x").frames[0].labels == ("==",)
    assert site_of(read("'x' in m"), "x").frames[0].labels != ("==",)


@pytest.mark.parametrize(
    "code", ["def f(m: 'X'): ...", "m: 'X' = None", "m: Optional['X'] = None", "def f(m: list['X']): ..."]
)
def test_a_forward_reference_is_no_value(code):
    assert [site.text for site in read(code).sites if site.text] == []


def test_imports_are_listed_with_their_sources():
    found = read("import a.b as c\nfrom .d import e\nfrom f import g as h").imports
    assert [(entry.name, entry.source) for entry in found] == [("c", "a.b"), ("e", ".d.e"), ("h", "f.g")]


def test_a_commented_out_item_is_no_item_and_does_not_count():
    sites = read("L = [\n    'x',\n    # 'y',\n]").sites
    assert [(s.text, place(s)) for s in sites] == [("x", "item 0/1 < assign L"), ("'y',", "comment")]


def test_a_file_that_does_not_parse_is_read_by_the_weaker_reader_and_says_so():
    found = read("M = 'x'\ndef f(:\n    return 'y'")
    assert found.fallback_reason
    assert found.fallback_used
    assert "x" in [site.text for site in found.sites]
