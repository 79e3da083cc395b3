"""Python that `ast` refuses still gives its strings, with the frames of the exact reader."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.detect.sites.frames import place, site_of
from vcdd.core.site import FrameKind, ReadFile
from vcdd.core.source_file import SourceFile
from vcdd.detect.sites.broken_python import read_broken
from vcdd.detect.sites.python import read


def broken(text: str) -> ReadFile:
    return read_broken(SourceFile(path="a.py", text=text), "SyntaxError")


PLACES = [
    ('print "m", x', "m", "call print 0/2"),
    ('from openai import OpenAI\nOpenAI("m")', "m", "call openai.OpenAI 0/1"),
    ('import openai as o\no.OpenAI(model="m")', "m", "keyword model < call openai.OpenAI"),
    ('OpenAI().chat.create(a, model="m")', "m", "keyword model < call OpenAI().chat.create"),
    ('def f(model="m"): pass', "m", "parameter model < function f"),
    ('def f(*, model: str = "m"): pass', "m", "parameter model < function f"),
    ('lambda q: "m"', "m", "return < function <lambda>"),
    ('MODEL = "m"', "m", "assign MODEL"),
    ('self.model: str = "m"', "m", "assign self.model"),
    ('a, b = "l", "m"', "m", "assign b"),
    ('a = "l", "m"', "m", "item 1/2 < assign a"),
    ('T["k"] = "m"', "m", "key k < assign T"),
    ('class A(Base):\n  model: str = "m"', "m", "field model < class A"),
    ('class A(str, Enum):\n  X = "m"', "m", "enum X < class A"),
    ('d = {"k": "m", **e}', "m", "key k 0/2 < assign d"),
    ('d = {"k": 1}', "k", "key-itself < assign d"),
    ('l = ["a", "m"]', "m", "item 1/2 < assign l"),
    ('a = b.c or "m"', "m", "fallback b.c < assign a"),
    ('a = b or c or "m"', "m", "fallback b < assign a"),
    ('a = os.environ["M"] or "m"', "m", "fallback $M < assign a"),
    ('a = os.getenv("M", "m")', "m", "fallback M < call os.getenv 1/2 < assign a"),
    ('a = cfg.get("k", "m")', "m", "fallback k < call cfg.get 1/2 < assign a"),
    ('a = "m" if b else c', "m", "branch 0/2 < assign a"),
    ('if model == "m": pass', "m", "compare model"),
    ('if model in ("m", "n"): pass', "m", "item 0/2 < compare model"),
    ('if model.startswith("m"): pass', "m", "compare model < call model.startswith 0/1"),
    ('match v:\n  case "m" | "n": pass', "m", "compare"),
    ('if not model:\n  model = "m"', "m", "assign model < fallback model"),
    ('if p == "q":\n  f("m")', "m", "call f 0/1 < branch p"),
    ('if p == "q":\n  g()\nelif p == "r":\n  f("m")', "m", "call f 0/1 < branch p"),
    ('T["m"]', "m", "subscript T"),
    ('def f():\n  return "m"', "m", "return < function f"),
    ('def f():\n  "m"', "m", "docstring < function f"),
    ("# m", "m", "comment"),
    ("def f(): # m\n  pass", "m", "comment"),
    ('x: Literal["l", "m"] = y', "m", "type 1/2 < type < assign x"),
    ('x = Literal["m"]', "m", "type 0/1 < assign x"),
    ('x = f"a/{b}"', "a/{b}", "assign x"),
    ("x = f\"a/{b['k']}\"", "a/{b[k]}", "assign x"),
    ('x = "a/" + b', "a/{b}", "assign x"),
    ('x = "a/%s" % b', "a/{}", "assign x"),
    ('x = "a/{}".format(b)', "a/{}", "assign x"),
    ('x = ("a"\n  "b")', "ab", "assign x"),
    (r"x = r'\d' ", r"\d", "assign x"),
    (r"x = '\x41\n'", "A\n", "assign x"),
]


@pytest.mark.parametrize(("code", "wanted", "expected"), PLACES)
def test_a_string_is_reported_with_the_place_where_it_stands(code: str, wanted: str, expected: str) -> None:
    assert place(site_of(broken(code), wanted)) == expected


@pytest.mark.parametrize(
    ("code", "symbol", "expected"),
    [
        ("f(model=MODEL)", "MODEL", "keyword model < call f"),
        ("f(os.environ['M'])", "$M", "call f 0/1"),
        ("c = OpenAI(base_url=u)", "OpenAI()", "call OpenAI < assign c"),
        ("def f(m=DEFAULT): pass", "DEFAULT", "parameter m < function f"),
        ("def f():\n  return T[K]", "T[*]", "return < function f"),
    ],
)
def test_a_name_is_reported_where_a_string_could_stand(code: str, symbol: str, expected: str) -> None:
    assert place(site_of(broken(code), f"@{symbol}")) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import a.b", [("a", "a")]),
        ("import a.b as c", [("c", "a.b")]),
        ("from .a import b as c, d", [("c", ".a.b"), ("d", ".a.d")]),
        ("from . import a", [("a", ".a")]),
        ("from a import *", [("*", "a.*")]),
    ],
)
def test_imports_are_written_as_the_exact_reader_writes_them(code: str, expected: list[tuple[str, str]]) -> None:
    assert [(item.name, item.source) for item in broken(code).imports] == expected
    assert [(item.name, item.source) for item in read(SourceFile(path="a.py", text=code)).imports] == expected


def test_labels_and_bases_are_carried() -> None:
    read_file = broken(
        'from b import Base, dec\n@dec("x")\nclass A(Base):\n  m = f("m", u="v", n=1, k=os.environ["K"])'
    )
    site = site_of(read_file, "m")
    assert site.frames[0].labels == ("m", "u=v", "n=1", "k=$K")
    class_frame = site.first(FrameKind.CLASS)
    assert class_frame is not None
    assert class_frame.bases == ("b.Base", "b.dec")


@pytest.mark.parametrize(
    "code",
    [
        'try:\n  pass\nexcept E, e:\n  f(model="m")',
        '<<<<<<< HEAD\nf(model="m")\n=======\ng()\n>>>>>>> b',
        'exec "x"\nf(model="m")',
        'f(model="m"\n\ndef g(:\n',
        'def f(:\n  pass\n\nf(model="m")',
    ],
)
def test_a_file_that_the_exact_reader_refuses_is_read_and_says_why(code: str) -> None:
    read_file = read(SourceFile(path="a.py", text=code))
    assert place(site_of(read_file, "m")).startswith("keyword model")
    assert read_file.fallback_reason == "SyntaxError"
    assert "tree-sitter" in read_file.fallback_used


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*"()[]{}:,='\"\\#\n\té💡\0", '"m"', "def f", "class A", "if x", " or ", 'f"{', "%", "import a", "  "]
        ),
        max_size=60,
    )
)
def test_no_text_makes_it_raise(pieces: list[str]) -> None:
    text = "".join(pieces)
    lines = text.split("\n")
    for site in broken(text).sites:
        assert 1 <= site.line <= len(lines)
        assert 1 <= site.column <= len(lines[site.line - 1]) + 1


@pytest.mark.parametrize(
    "unit", ["[", "f(", "'a'+", "a or ", "not ", "a.b().", "if x:\n ", "x['a']", "lambda:", "{'a':"]
)
def test_deep_nesting_is_read_without_recursion(unit: str) -> None:
    assert broken(unit * 3000).reader == "python"
