"""Packages that a command installs (`pip install a[b]`, `uv add a`, `npm i a`), said as the manifest readers do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vcdd.detect.sites.dependencies import dependency, requirement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vcdd.core.site import Site
    from vcdd.detect.sites.sheet import Frames, Sheet
    from vcdd.detect.sites.words import Word

_INSTALLERS = {
    "pip install": "pypi",
    "pip3 install": "pypi",
    "pipx install": "pypi",
    "pipenv install": "pypi",
    "poetry add": "pypi",
    "pdm add": "pypi",
    "rye add": "pypi",
    "uv add": "pypi",
    "uv pip": "pypi",
    "python -m pip": "pypi",
    "conda install": "conda",
    "mamba install": "conda",
    "npm install": "npm",
    "npm i": "npm",
    "npm add": "npm",
    "yarn add": "npm",
    "pnpm add": "npm",
    "pnpm install": "npm",
    "bun add": "npm",
    "go get": "go",
    "cargo add": "cargo",
    "gem install": "rubygems",
}
"""Command to ecosystem; `uv pip` and `python -m pip` have `install` as their next word."""
_VALUED = frozenset(
    (
        "-r",
        "-c",
        "-i",
        "-f",
        "-t",
        "-e",
        "-n",
        "--index-url",
        "--extra-index-url",
        "--find-links",
        "--target",
        "--group",
    )
)
"""Flags of the installers that take a value."""
_NPM_NAME = re.compile(r"(@[\w.\-]+/[\w.\-]+|[A-Za-z0-9][\w.\-]*)(?:@[\w.^~*<>=\-]+)?")
_NAME = re.compile(r"([A-Za-z0-9][\w.\-/]*)")


def install_sites(sheet: Sheet, command: str, words: Sequence[Word], frames: Frames) -> Iterator[Site]:
    """The packages among the words of an installing command; none for any other command."""
    ecosystem = _INSTALLERS.get(command)
    if ecosystem is None:
        return
    if command in {"uv pip", "python -m pip"}:
        if not words or words[0].text != "install":
            return
        words = words[1:]
    skip = False
    for word in words:
        if skip or word.text.startswith("-"):
            skip = not skip and word.text in _VALUED
            continue
        yield from _package(sheet, word, ecosystem, (*frames, *word.outer))


def _package(sheet: Sheet, word: Word, ecosystem: str, frames: Frames) -> Iterator[Site]:
    if word.text.startswith((".", "/", "$")):  # a path or a variable
        return
    if ecosystem == "pypi":
        yield from requirement(sheet, word.inner, word.text, frames)
        return
    match = (_NPM_NAME.fullmatch if ecosystem == "npm" else _NAME.match)(word.text)
    if match:
        yield dependency(sheet, word.inner, match[1], ecosystem, frames)
