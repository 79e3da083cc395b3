"""Formats of lines: `.env`, INI, requirements, Makefile, Modelfile, and the line reader itself."""

import pytest

from tests.detect.sites.rows import rows

ROWS = {
    "env": [
        ("M=m-1", "1:3 m-1 | key M"),
        ('export M="m-1" # use c1', "1:10 m-1 | key M"),
        ('export M="m-1" # use c1\nN=x1 # use c2', "2:6 use c2 | comment"),
        ("M='m-1'", "1:3 m-1 | key M"),
        ("M=m#1", "1:3 m#1 | key M"),
        ("# M=m-1", "1:1 M=m-1 | comment"),
        ('M="a1\nb1"\nN=m-1', "3:3 m-1 | key N"),
        ("M=${X:-m-1}", "1:8 m-1 | fallback X < key M"),
        ('M="unclosed\nN=m-1', "2:3 m-1 | key N"),
    ],
    "ini": [
        ("[s]\nm = m-1", "2:5 m-1 | key m < key s"),
        ("m: m-1 ; use c1", "1:4 m-1 | key m"),
        ("m: m-1 ; use c1", "1:8 use c1 | comment"),
        ("[s]\n# m = m-1", "2:1 m = m-1 | comment < key s"),
        ("[s]\nm =\n  a1\n  m-1", "4:3 m-1 | key m < key s"),
        ("llm.model=${M:m-1}", "1:15 m-1 | fallback M < key llm.model"),
        (
            "[options]\ninstall_requires =\n  Open_AI>=1",
            "3:3 open-ai | key dependency:pypi < key install_requires < key options",
        ),
        (
            "[options.extras_require]\ngpu = vllm",
            "2:7 vllm | key dependency:pypi < key gpu < key options.extras_require",
        ),
    ],
    "requirements": [
        ("Sentence_Transformers[onnx]==1 ; x", "1:1 sentence-transformers | key dependency:pypi"),
        ("a[onnx,dev]>=1", "1:8 dev | key extra:a"),
        ("a==1 --hash=sha256:b \\\n  --hash=sha256:c\nb2", "3:1 b2 | key dependency:pypi"),
        ("-r base.txt", "1:4 base.txt | flag -r"),
        ("-e git+https://h/a/b.git#egg=c2[x]", "1:4 c2 | key dependency:pypi"),
        ("git+https://h/a/b2.git@main", "1:1 b2 | key dependency:pypi"),
        ("https://h/en_core-3.0-py3-none-any.whl", "1:1 en-core | key dependency:pypi"),
        ("a @ https://h/a.whl ; x", "1:5 https://h/a.whl | key url:a"),
        ("a  # use c1", "1:4 use c1 | comment"),
        ("--index-url https://h", "1:13 https://h | flag --index-url"),
    ],
    "makefile": [
        ("M ?= m-1", "1:6 m-1 | fallback M < assign M"),
        ("M := m-1 # use c1", "1:6 m-1 | assign M"),
        ("M := m-1 # use c1", "1:10 use c1 | comment"),
        ("run:\n\t@vllm serve a/b", "2:14 a/b | command vllm serve"),
        ("run:\n\tvllm serve $(M)", "2:13 @M | command vllm serve"),
        ("run:\n\tvllm \\\n\t  serve a/b", "3:10 a/b | command vllm serve"),
        ("run:\n    vllm serve a/b", "2:16 a/b | command vllm serve"),
        ('M := env("M", "m-1")', "1:16 m-1 | fallback M < assign M"),
    ],
    "modelfile": [
        ("FROM llama3:8b", "1:6 llama3:8b | instruction FROM < command ollama create"),
        ("from ./a.gguf", "1:6 ./a.gguf | instruction FROM < command ollama create"),
        ("ADAPTER ./l.gguf", "1:9 ./l.gguf | instruction ADAPTER < command ollama create"),
        ('PARAMETER stop "x1"', "1:16 x1 | key stop < instruction PARAMETER"),
        ("# FROM m-1", "1:1 FROM m-1 | comment"),
        ('SYSTEM """a\nFROM b\n"""\nFROM c1', "4:6 c1 | instruction FROM < command ollama create"),
    ],
    "lines": [
        ("model: m-1", "1:8 m-1 | key model"),
        ('"model": "m-1",', "1:10 m-1 | key model"),
        ("model = m-1 # use c1", "1:9 m-1 | key model"),
        ("model = m-1 # use c1", "1:13 use c1 | comment"),
        ("f('m-1')", "1:3 m-1 | "),
        ('a = {"b": "m-1"}', "1:11 m-1 | key b"),
        ("  // use m-1", "1:3 use m-1 | comment"),
        ('m: {{ .v | default "m-1" }}', "1:20 m-1 | fallback .v < key m"),
        ("m: ${M:-m-1}", "1:9 m-1 | fallback M < key m"),
    ],
}
TABLE = [(module, text, expected) for module, entries in ROWS.items() for text, expected in entries]

MISSES = [
    ("env", "M=", "key M"),
    ("env", "M=m-1 # use c1", "m-1 #"),
    ("requirements", "./local", "dependency"),
    ("requirements", "# torch", "dependency"),
    ("modelfile", 'SYSTEM """a\nFROM b1\n"""', "instruction FROM"),
    ("makefile", "a: b1 c1", "assign"),
    ("lines", "see http://host/x", "key http"),
    ("lines", "a == 'b1'", "key a"),
    ("lines", "it's what's m-1", "what"),
]


@pytest.mark.parametrize(("module", "text", "expected"), TABLE)
def test_value_has_its_place(module, text, expected):
    assert expected in rows(module, text)


@pytest.mark.parametrize(("module", "text", "absent"), MISSES)
def test_near_misses(module, text, absent):
    assert not any(absent in line for line in rows(module, text))
