"""Which reader reads which file, by name alone. Readers are imported when they are first asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module

from vcdd.core.site import ReadFile
from vcdd.core.source_file import SourceFile
from vcdd.detect.sites.file_kinds import NAMES, PATTERNS, SUFFIXES, UNREAD, WEIGHT_SUFFIXES

Reader = Callable[[SourceFile], ReadFile]

_HEADER_READERS = {"gguf": "gguf", "safetensors": "safetensors", "onnx": "onnx"}

_MODULES = {
    "python": "python",
    "javascript": "javascript",
    "markup": "markup",
    "code": "lexical",
    "batch": "batch",
    "powershell": "powershell",
    "sql": "sql",
    "yaml": "yaml_events",
    "conda": "conda",
    "json": "json_values",
    "json-lines": "json_values:read_lines",
    "package-json": "package_json",
    "weights-json": "weights_json",
    "toml": "toml_values",
    "pyproject": "pyproject",
    "env": "env",
    "ini": "ini",
    "terraform": "terraform",
    "dockerfile": "dockerfile",
    "shell": "shell",
    "makefile": "makefile",
    "modelfile": "modelfile",
    "notebook": "notebook",
    "markdown": "markdown",
    "requirements": "requirements",
    "lockfile": "lockfile",
    "manifest": "manifests",
    "lines": "lines",
    "gguf": "gguf",
    "safetensors": "safetensors",
    "onnx": "onnx",
}
"""Kind of file to module, and function where it is not `read`."""

_NAMES = {name: kind for kind, names in NAMES.items() for name in names.split()}
_SUFFIXES = {suffix: kind for kind, suffixes in SUFFIXES.items() for suffix in suffixes.split()}
_PATTERNS = tuple((re.compile(pattern), kind) for pattern, kind in PATTERNS)
_UNREAD = frozenset(UNREAD.split())
_WEIGHTS = frozenset(WEIGHT_SUFFIXES.split())
_CODE = frozenset(("python", "javascript", "code", "notebook", "batch", "powershell"))
"""Kinds whose suffix decides before any pattern: `requirements.py` is Python."""


def kind_of(path: str) -> str:
    """The kind of a file by its name; empty when no reader takes it.

    A name without a suffix, or with an unknown one, is `lines`: whether it is text is for whoever opens it to see.
    """
    name = path.replace("\\", "/").rpartition("/")[2].lower()
    suffix = name.rpartition(".")[2] if "." in name[1:] else ""
    if suffix in _WEIGHTS:
        return _HEADER_READERS.get(suffix, "")
    if name in _NAMES:
        return _NAMES[name]
    if suffix in _SUFFIXES and _SUFFIXES[suffix] in _CODE:
        return _SUFFIXES[suffix]
    for pattern, kind in _PATTERNS:
        if pattern.fullmatch(name):
            return kind
    if suffix in _UNREAD:
        return ""
    return _SUFFIXES.get(suffix, "lines")


def reader_for(path: str) -> Reader | None:
    """The reader of a file by its name, None when none takes it. Imports the reader's module on first use."""
    kind = kind_of(path)
    if not kind:
        return None
    module, _, function = _MODULES[kind].partition(":")
    reader: Reader = getattr(import_module(f"vcdd.detect.sites.{module}"), function or "read")
    return reader


def is_weights(path: str) -> bool:
    """Whether a file's name says that it holds weights."""
    _, dot, suffix = path.rpartition("/")[2].lower().rpartition(".")
    return bool(dot) and suffix in _WEIGHTS


def is_lock(path: str) -> bool:
    """Whether a file is a lock, of which only the presence of packages is read."""
    return kind_of(path) == "lockfile"
