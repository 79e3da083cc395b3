"""Files whose content is the weapon. Readers and renderers meet the same files through the whole command."""

from __future__ import annotations

import json
import struct
from pathlib import Path

from tests.hostile.cases import CANARY, Case, ordinary, write

MIB = 2**20


def encodings(root: Path) -> None:
    ordinary(root)
    line = 'model = "gpt-4o"\n'
    for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "utf-7", "cp037"):
        write(root, f"{name}.py", line.encode(name) * 20)
    write(root, "nul.py", b"\0\1\2x" * 100)
    write(root, "late-nul.py", line.encode() * 600 + b"\0" * 100)
    write(root, "half.py", b"\xff\xfe" + line.encode("utf-16-le")[:-1])
    write(root, "marks.py", b"\xef\xbb\xbf" * 1000 + line.encode())
    write(root, "invalid.py", line.encode() + bytes(range(128, 256)) * 100)
    write(root, "cookie.py", b"# coding: rot13\n" + line.encode())


def long_lines(root: Path) -> None:
    ordinary(root)
    write(root, "one-line.js", b'a("gpt-4o");' * 120_000)
    write(root, "only-hits.txt", b"gpt-4o " * 300_000)
    write(root, "hits-apart.js", (b'"gpt-4o";' + b"x" * 5000) * 300)
    write(root, "lines.txt", b"\n" * 2_000_000)
    write(root, "returns.txt", b"\r" * 2_000_000)


def weights(root: Path) -> None:
    """Headers with absurd counts and lengths."""
    ordinary(root)
    write(root, "a.safetensors", struct.pack("<Q", 2**63) + b"{")
    write(root, "b.safetensors", struct.pack("<Q", 100) + b'{"a": {"shape": [99999999999, 99999999999]}' + b" " * 57)
    write(root, "c.safetensors", struct.pack("<Q", 4 * MIB) + b"[" * 4 * MIB)
    write(root, "a.gguf", b"GGUF" + struct.pack("<IQQ", 3, 2**60, 2**60))
    write(root, "b.gguf", b"GGUF" + struct.pack("<IQQ", 3, 1, 1) + struct.pack("<Q", 2**60) + b"x")
    write(root, "c.gguf", b"GGUF")
    write(root, "empty.onnx", b"")


def pickles(root: Path) -> None:
    ordinary(root)
    command = f"touch {root.parent / CANARY}".encode()
    payload = b"cos\nsystem\n(S'" + command + b"'\ntR."
    for name in ("model.pkl", "pytorch_model.bin", "model.pt", "model.ckpt", "data.joblib", "plain.txt"):
        write(root, name, payload)


def deep_documents(root: Path) -> None:
    ordinary(root)
    for count in (5_000, 100_000):
        write(root, f"a{count}.json", b"[" * count)
        write(root, f"o{count}.json", b'{"a":' * count)
        write(root, f"a{count}.yaml", b"[" * count)
        write(root, f"m{count}.yaml", b"- " * count)
        write(root, f"a{count}.toml", b"a = " + b"[" * count)
        write(root, f"e{count}.py", b"x = " + b"(" * count)
        write(root, f"u{count}.py", b"x = " + b"-" * count + b"1")
        write(root, f"p{count}.py", b"x = 1" + b" + 1" * count)
        write(root, f"e{count}.js", b"x = " + b"[" * count)
        write(root, f"t{count}.tsx", b"<a>" * count)
    write(root, "config.json", b'{"model_type":' + b"[" * 100_000)
    write(root, "package.json", b'{"dependencies":' + b'{"a":' * 100_000)


def alias_bombs(root: Path) -> None:
    ordinary(root)
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    write(root, "laughs.yaml", "\n".join(rows).encode())
    merges = ["a0: &a0 {k: v}"] + [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 12)]
    write(root, "merge.yaml", "\n".join(merges).encode())
    write(root, "tags.yaml", b"!!python/object/apply:os.system ['touch ../CANARY']\n")
    write(root, "self.yaml", b"&a [*a, *a]\n")


def notebook(root: Path) -> None:
    ordinary(root)
    output = {"output_type": "display_data", "data": {"image/png": "A" * 12_000_000}}
    cell = {"cell_type": "code", "source": ['m = "gpt-4o"'], "outputs": [output]}
    write(root, "huge.ipynb", json.dumps({"cells": [cell], "nbformat": 4}).encode())
    write(root, "broken.ipynb", b'{"cells": [{"source": ["gpt-4o"')
    write(root, "shapes.ipynb", b'{"cells": [1, null, {"source": {"a": 1}}, {"source": [[]]}], "metadata": []}')


def backtracking(root: Path) -> None:
    """Strings that blow up regular expressions that are not linear."""
    ordinary(root)
    seeds = (b"a", b"-", b"/", b"a/", b"gpt-", b" ", b"http://a", b"a.", b"${", b"<!--", b"=\\\n", b"A_")
    for number, seed in enumerate(seeds):
        write(root, f"r{number}.py", b'm = "gpt-4o" #' + seed * 40_000 + b"!\n")
        write(root, f"r{number}.md", b"gpt-4o " + seed * 40_000 + b"!")
        write(root, f"Dockerfile.r{number}", b"ENV M=gpt-4o " + seed * 40_000)
        write(root, f"requirements-r{number}.txt", b"gpt-4o " + seed * 40_000)


def markup_ids(root: Path) -> None:
    """Ids that are markup, formulas, shell and control sequences in the hands of a careless renderer."""
    ordinary(root)
    evil = [
        "gpt-4o<script>alert(1)</script>",
        "gpt-4o[/red][bold]",
        "gpt-4o\x1b]8;;http://evil\x07x",
        "=cmd|'/c calc'!A0 gpt-4o",
        "gpt-4o](javascript:alert(1))",
        "gpt-4o`$(touch CANARY)`",
        "gpt-4o|a|b\n\n# heading",
        "gpt-4o\u202eevil",
        "../../../gpt-4o",
        "gpt-4o%0d%0aSet-Cookie:x",
        "Qwen/\x00Qwen3",
        "gpt-4o{{7*7}}{%x%}",
        '"><img src=x onerror=alert(1)>gpt-4o',
        "gpt-4o" + "a" * 9000,
    ]
    calls = [f"client.chat.completions.create(model={identifier!r})" for identifier in evil]
    write(
        root, "ids.py", "\n".join(["from openai import OpenAI", "client = OpenAI()", *calls]).encode("utf-8", "replace")
    )
    write(root, "ids.json", json.dumps({"models": [{"model": identifier} for identifier in evil]}).encode())
    write(root, "ids.yaml", "\n".join(f"- model: {json.dumps(identifier)}" for identifier in evil).encode())


def bom(root: Path) -> None:
    write(root, "bom.json", b'{"bomFormat": "CycloneDX", "components": ' + b'[{"components": ' * 50_000)


CASES = (
    Case(
        name="encodings",
        build=encodings,
        promise="Text of every encoding is read, and what is no text is named.",
        reads=(
            "app.py",
            "utf-16.py",
            "utf-16-le.py",
            "utf-32.py",
            "utf-8-sig.py",
            "half.py",
            "invalid.py",
            "late-nul.py",
        ),
        reasons={"nul.py": "binary"},
    ),
    Case(
        name="long lines",
        build=long_lines,
        seconds=60,
        promise="Lines of a megabyte cost a bounded number of windows.",
        reads=("app.py", "one-line.js", "only-hits.txt", "hits-apart.js"),
        reasons={"one-line.js": "places that may name a model were not parsed"},
    ),
    Case(
        name="weights",
        build=weights,
        promise="Headers with absurd counts allocate nothing.",
        reads=("app.py", "a.gguf", "b.gguf", "a.safetensors", "c.safetensors"),
    ),
    Case(
        name="pickles",
        build=pickles,
        promise="No pickle is ever loaded.",
        reads=("app.py", "model.pkl", "pytorch_model.bin"),
    ),
    Case(name="deep documents", build=deep_documents, promise="Nesting of any depth crashes no reader.", seconds=60),
    Case(name="alias bombs", build=alias_bombs, promise="Aliases and merges are never expanded, tags never obeyed."),
    Case(
        name="notebooks",
        build=notebook,
        promise="A notebook with huge outputs is read whole, a broken one is still read.",
        reads=("app.py", "huge.ipynb", "broken.ipynb"),
    ),
    Case(
        name="backtracking",
        build=backtracking,
        promise="Every regular expression is linear.",
        seconds=30,
        reads=("app.py", "r0.py", "r0.md"),
    ),
    Case(
        name="ids of markup",
        build=markup_ids,
        promise="Ids reach no output as live markup, formula, link, command or control sequence.",
        reads=("app.py", "ids.py", "ids.json"),
    ),
    Case(
        name="deep BOM",
        build=bom,
        spec="bom.json",
        promise="A document of any depth is no bill of materials.",
        reads=(),
    ),
)
