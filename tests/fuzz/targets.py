"""What is fuzzed: bytes in, a whole small detection out. Shared by the atheris run and its bounded stand-in.

`python -m tests.fuzz.targets` prints the pace of the cruellest inputs; the aim is one second per 100 KB.
"""

from __future__ import annotations

import random
import time

from tests.detect.judge.fakes import LEXICON, LOADERS, Words, judge_with
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
    hidden_references([file], LEXICON, LOADERS)
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
    "many heredocs": b"".join(b"cat <<E%d\nacme-chat-1\n" % i for i in range(3_000)),
    "one heredoc over and over": b"cat <<EOF\nvllm serve acme/x\nEOF\n" * 2_500,
    "many continued commands": b"RUN vllm serve \\\n  --model acme/x \\\n" * 2_500,
    "one keyword over and over": b"if " * 30_000,
    "many short lines": b"model\n" * 15_000,
    "deep tags": b"<a b='acme-chat-1'>" * 5_000,
    "deep calls": b"model('acme-chat-1', " * 4_000,
    "deep templates": b"`${" * 20_000,
    "deep lists": b"".join(b"%*s- a:\n" % (i, b"") for i in range(0, 800, 2)),
    "deep functions": b"".join(b"%*sdef f(model='acme-chat-1'):\n" % (i, b"") for i in range(90)) * 8,
    "operators": b"a - -b + c ? d : e , " * 4_500,
    "arrows": b"a => " * 20_000,
    "generics": b"a<b<c" * 18_000,
    "brackets of all kinds": b"([{<" * 20_000,
    "brackets that close nothing": b")]}>" * 20_000,
    "many comments": b"/* a */ // b\n# c\n" * 4_500,
    "one comment never closed": b"/*" * 45_000,
    "regexes": b"x = /[/]a/ / b / /c/g\n" * 4_000,
    "words of every kind": bytes(random.Random(7).choices(b"abc ={}()[]<>\"'`/*\\\n:;,.$#@-", k=90_000)),
    "any bytes": random.Random(7).randbytes(90_000),
}
"""Inputs made to hurt loops, recursion and patterns, each at most 120 KB."""


def main() -> None:
    """Print the slowest pairs of name and input in processor seconds for 100 KB, the better of two: numbers, no verdict."""
    read_and_judge("a.py", b"x = 1")
    rows = []
    for name in NAMES:
        for case, short in CRUEL.items():
            data = (short * (_SIZE // max(len(short), 1) + 1))[:_SIZE]
            tries = [_seconds(name, data)]
            if tries[0] > _NOTABLE:
                tries.append(_seconds(name, data))
            rows.append((min(tries), name, case))
    for pace, name, case in sorted(rows, reverse=True)[:25]:
        print(f"{pace:7.2f} s per 100 KB   {name:20s} {case}")


_SIZE = 100_000
_NOTABLE = 0.4


def _seconds(name: str, data: bytes) -> float:
    started = time.process_time()
    read_and_judge(name, data)
    return time.process_time() - started


if __name__ == "__main__":
    main()
