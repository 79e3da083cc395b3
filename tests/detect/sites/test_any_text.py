"""What every reader of text promises on any text: it does not raise, places are within the text, the order is kept."""

import importlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vcdd.core.source_file import SourceFile

READERS = {
    "yaml_events": "a.yml",
    "conda": "environment.yml",
    "json_values": "a.json",
    "package_json": "package.json",
    "weights_json": "config.json",
    "toml_values": "a.toml",
    "pyproject": "pyproject.toml",
    "env": ".env",
    "ini": "a.ini",
    "terraform": "a.tf",
    "dockerfile": "Dockerfile",
    "shell": "a.sh",
    "makefile": "Makefile",
    "modelfile": "Modelfile",
    "notebook": "a.ipynb",
    "markdown": "a.md",
    "requirements": "requirements.txt",
    "lockfile": "uv.lock",
    "manifests": "go.mod",
    "lines": "a.j2",
    "markup": "a.html",
    "batch": "a.bat",
    "powershell": "a.ps1",
    "sql": "a.sql",
}

# Pieces that mean something to one format or another, so that random text reaches the corners of all of them.
_PIECES = (
    "a", "m-1", "org/name", "é", "\U0001f600", "\n", "  ", "\t",
    '"', "'", "`", "\\", "{", "}", "[", "]", "(", ")",
    ":", "=", ",", "#", "//", "/*",
    "*/", "$", "${", "${A:-b}", "$(", "{{", "}}", "---\n", "- ", "|\n", ">", "&a ", "*a",
    "<<EOF\n", "EOF\n", '"""', "'''", "```", "<script>", "</script>", "FROM ", "RUN ", "ENV ", "command: ", "run: ",
    '"cells": ', '"source": ', '"cell_type": "code"', "\x00", "\x1b", "\u202e", "\ud800", "\u2028", "\r",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(_PIECES), max_size=40).map("".join) | st.text(max_size=60)


@pytest.mark.parametrize("module", READERS)
@settings(max_examples=50, deadline=None)
@example(text="<script><script>\x1b")
@given(text=TEXTS)
def test_any_text_is_read(module, text):
    source = SourceFile(path=READERS[module], text=text, offset_lines=10)
    found = importlib.import_module(f"vcdd.detect.sites.{module}").read(source)
    lines = text.count("\n") + 1
    places = [(site.line, site.column) for site in found.sites]
    assert all(11 <= line <= 10 + lines and column >= 1 for line, column in places)
    assert places == sorted(places)
    assert all(site.text or site.symbol for site in found.sites)
    assert not any(char in site.text for site in found.sites for char in "\x00\x1b\u202e\ud800")


# One shape for each way in which a pattern could look at the same text again and again.
REPEATED = ('"', "\\", '"\\"', "{", "[", "${", "#", "/*", "<<A\n", "RUN <<A\n", "\n", " ", "[[a]]\n", "[a](")


@pytest.mark.parametrize("module", [module for module in READERS if module != "notebook"])
@pytest.mark.parametrize("piece", REPEATED)
def test_repetition_is_read_in_one_pass(module, piece):
    """A quadratic pattern would need minutes for these texts."""
    text = (piece * 20_000)[:20_000]
    found = importlib.import_module(f"vcdd.detect.sites.{module}").read(SourceFile(path=READERS[module], text=text))
    assert found.path == READERS[module]


def test_more_strings_than_the_limit_are_named():
    from vcdd.detect.sites import lines
    from vcdd.detect.sites.sheet import MAX_SITES

    found = lines.read(SourceFile(path="x", text='"ab"\n' * (MAX_SITES + 5)))
    assert len(found.sites) == MAX_SITES
    assert "left out" in found.fallback_reason
