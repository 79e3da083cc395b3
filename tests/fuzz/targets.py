"""What is fuzzed: bytes in, a whole small detection out. Shared by the atheris run and its bounded stand-in.

`python -m tests.fuzz.targets` prints the pace of the cruellest inputs; the aim is one second per 100 KB.
"""

from __future__ import annotations

import time

from tests.detect.judge.fakes import LEXICON, Words, judge_with
from vcdd.core.source_file import SourceFile
from vcdd.detect.engine import detect, read_source
from vcdd.detect.judge.hidden import hidden_references
from vcdd.detect.observe import Observer

NAMES = (
    "a.py", "a.ts", "a.tsx", "a.js", "a.vue", "a.ipynb", "a.yaml", "a.json", "a.jsonl", "a.toml", ".env", "a.ini", "Dockerfile",
    "Makefile", "a.sh", "a.tf", "Modelfile", "a.go", "a.rs", "A.java", "a.kt", "A.cs", "a.rb", "a.php", "a.swift", "a.c",
    "requirements.txt", "pyproject.toml", "package.json", "poetry.lock", "go.mod", "README.md", "config.json", "model_index.json",
    "docker-compose.yml", "a.txt",
)  # fmt: skip
HEADS = ("a.gguf", "a.safetensors", "a.onnx")
_WORDS = Words(ids=frozenset({"acme-chat-1"}), orgs=frozenset({"acme"}), hosts={"acme.example": "openai"})
_JUDGE = judge_with(_WORDS)
_OBSERVER = Observer(LEXICON)


def read_and_judge(name: str, data: bytes) -> None:
    """Read one file of these bytes under this name and judge it; raises whatever escapes."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    source = SourceFile(path=name, text="", head=data) if name in HEADS else SourceFile(path=name, text=text)
    file = read_source(source)
    if file is None:
        return
    detect([file], _JUDGE)
    hidden_references([file], LEXICON)
    _OBSERVER.observe([file])


CRUEL = {
    "nothing": b"",
    "nulls": b"\x00" * 3_000,
    "deep brackets": b"[" * 20_000,
    "deep braces": b'{"a":' * 5_000,
    "deep parentheses": b"f(" * 5_000,
    "one long word": b"a" * 100_000,
    "one long string": b'x = "' + b"acme-chat-1 " * 8_000 + b'"',
    "many assignments": b"MODEL = 'acme-chat-1'\n" * 4_000,
    "many different names": b"".join(b"model_%d = 'acme-chat-%d'\n" % (i, i) for i in range(3_000)),
    "many fallbacks": b"x = " + b"a or " * 5_000 + b"'acme-chat-1'",
    "many joins": b"x = " + b"'a' + " * 5_000 + b"'b'",
    "many holes": b"x = f'" + b"{a}" * 5_000 + b"'",
    "unclosed quotes": b"'\"`" * 20_000,
    "escapes": b"\\" * 50_000,
    "backslash newlines": b"a \\\n" * 20_000,
    "anchors": b"a: &a [1]\n" + b"b: *a\n" * 5_000,
    "dashes": b"- " * 20_000,
    "dollars": b"${" * 20_000,
    "hashes": b"#" * 100_000,
    "broken utf-8": bytes(range(256)) * 100,
    "byte order marks": b"\xef\xbb\xbf" * 1_000,
    "wide and combining": "é\u0301𝔪\u202e".encode() * 2_000,
    "tables of tables": b"[[a]]\n" * 5_000,
    "flags": b"vllm serve " + b"--model acme/x " * 3_000,
    "one name for everything": b"".join(b"def model(model): return model(model=model.model)\n" for _ in range(1_500)),
}
"""Inputs made to hurt loops, recursion and patterns, each at most 120 KB."""


def main() -> None:
    """Print the slowest pairs of name and input in seconds per 100 KB, the best of two tries: numbers, no verdict."""
    rows = []
    for name in NAMES:
        for case, data in CRUEL.items():
            tries = []
            for _ in range(2):
                started = time.perf_counter()
                read_and_judge(name, data)
                tries.append(time.perf_counter() - started)
            rows.append((min(tries) * 100_000 / max(len(data), 10_000), name, case))
    for pace, name, case in sorted(rows, reverse=True)[:25]:
        print(f"{pace:7.2f} s per 100 KB   {name:20s} {case}")


if __name__ == "__main__":
    main()
