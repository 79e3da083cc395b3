"""Which kind of file each name is, and that every kind has a reader."""

import pytest

from vcdd.core.source_file import SourceFile
from vcdd.detect.sites.choose import is_lock, is_weights, kind_of, reader_for

KINDS = {
    "python": "a.py pkg/__init__.py setup.py requirements.py A.PYI",
    "javascript": "a.js a.mjs a.cjs a.jsx a.ts a.tsx env.ts",
    "code": "a.go a.rs a.java a.kt a.cs a.rb a.php a.swift",
    "markup": "a.html a.vue a.svelte a.astro",
    "yaml": "a.yml docker-compose.gpu.yml .github/workflows/ci.yml .gitlab-ci.yml values.yaml",
    "conda": "environment.yml environment-gpu.yaml",
    "json": "a.json tsconfig.json .mcp.json a.jsonc a.json5",
    "json-lines": "a.jsonl",
    "package-json": "package.json web/package.json composer.json",
    "weights-json": "config.json m/adapter_config.json model_index.json",
    "toml": "a.toml",
    "pyproject": "pyproject.toml Cargo.toml Pipfile",
    "env": ".env .env.local .env.example env.example .envrc prod.env",
    "ini": "setup.cfg a.ini a.conf application.properties",
    "terraform": "a.tf a.tfvars a.hcl",
    "dockerfile": "Dockerfile Dockerfile.gpu gpu.Dockerfile Containerfile",
    "modelfile": "Modelfile Modelfile.q4 a.modelfile",
    "shell": "a.sh a.bash Procfile",
    "makefile": "Makefile justfile a.mk",
    "notebook": "a.ipynb",
    "markdown": "README README.md a.rst a.txt LICENSE NOTICE.txt MODEL_CARD.md",
    "requirements": "requirements.txt requirements-dev.txt dev-requirements.txt constraints.txt requirements.in",
    "lockfile": "uv.lock poetry.lock package-lock.json yarn.lock pnpm-lock.yaml go.sum Cargo.lock",
    "manifest": "go.mod Gemfile pom.xml build.gradle a.csproj a.gemspec",
    "batch": "a.bat a.cmd",
    "powershell": "a.ps1 a.psm1",
    "sql": "a.sql",
    "lines": "a.j2 a.tmpl a.proto a.xml a.http Jenkinsfile unknown a.unknown",
    "gguf": "m.gguf",
    "safetensors": "m.safetensors",
    "onnx": "m.onnx",
    "": "a.png a.pdf a.zip m.bin m.pt m.ckpt a.so a.map",
}


@pytest.mark.parametrize(("kind", "path"), [(kind, path) for kind, paths in KINDS.items() for path in paths.split()])
def test_name_tells_the_kind(kind, path):
    assert kind_of(path) == kind


@pytest.mark.parametrize("path", [paths.split()[0] for kind, paths in KINDS.items() if kind])
def test_every_kind_has_a_reader_that_reads_nothing(path):
    reader = reader_for(path)
    assert reader is not None
    assert reader(SourceFile(path=path, text="")).path == path


def test_files_without_text_have_no_reader():
    assert reader_for("a.png") is None


def test_weights_and_locks_are_told_by_name():
    assert [is_weights(path) for path in ("m.gguf", "M.PT", "m.tflite", "m.py", "bin")] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert [is_lock(path) for path in ("uv.lock", "a.lock")] == [True, False]
