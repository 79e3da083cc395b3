"""Lock files of all package managers: which packages are there, by one regex per format, never parsed as a whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vcdd.detect.sites.dependencies import dependency, normalised
from vcdd.detect.sites.sheet import finished, sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vcdd.core.site import ReadFile, Site
    from vcdd.core.source_file import SourceFile
    from vcdd.detect.sites.sheet import Sheet

_TOML_NAME = r'^name = "([^"\n]{1,214})"'
_NPM = r"(@[\w.\-]{1,100}/[\w.\-]{1,214}|[A-Za-z0-9_][\w.\-]{0,213})"
_FORMATS: dict[str, tuple[str, str]] = {
    "poetry.lock": ("pypi", _TOML_NAME),
    "uv.lock": ("pypi", _TOML_NAME),
    "pdm.lock": ("pypi", _TOML_NAME),
    "pylock.toml": ("pypi", _TOML_NAME),
    "pipfile.lock": ("pypi", r'^ {8}"([A-Za-z0-9][\w.\-]*)": \{'),
    "conda-lock.yml": ("conda", r"^[ \t]*-? ?name: ([\w.\-]+)"),
    "cargo.lock": ("cargo", _TOML_NAME),
    "package-lock.json": ("npm", r'^[ \t]*"(?:[^"\n]*node_modules/)' + _NPM + r'": \{'),
    "npm-shrinkwrap.json": ("npm", r'^[ \t]*"(?:[^"\n]*node_modules/)?' + _NPM + r'": \{'),
    "yarn.lock": ("npm", r'^"?' + _NPM + r"@[^\n]*:[ \t\r]*$"),
    "pnpm-lock.yaml": ("npm", r"^  ['\"]?/?" + _NPM + r"[@/]\d[^\n]*:[ \t\r]*$"),
    "bun.lock": ("npm", r'^[ \t]*"(?:[^"\n]*/)?' + _NPM + r'": \["'),
    "composer.lock": ("composer", r'^[ \t]*"name": "([\w.\-]+/[\w.\-]+)"'),
    "gemfile.lock": ("rubygems", r"^ {4}([A-Za-z0-9][\w.\-]*) \("),
    "go.sum": ("go", r"^([\w.\-]+\.[\w.\-]+/[^\s]+) v[^\s/]+ h1:"),
    "packages.lock.json": ("nuget", r'^[ \t]*"([A-Za-z0-9][\w.\-]*)": \{'),
    "mix.lock": ("hex", r'^[ \t]*"([a-z0-9_]+)": \{:'),
    "pubspec.lock": ("pub", r"^  ([a-z0-9_]+):[ \t\r]*$"),
}
"""File name to ecosystem and to the line that names a package."""


def read(source: SourceFile) -> ReadFile:
    """One site per package at the first line that names it; never raises, linear in the length of the text."""
    sheet = sheet_of(source, "lockfile")
    return finished(sheet, _sites(sheet))


def _sites(sheet: Sheet) -> Iterator[Site]:
    name = sheet.source.path.rpartition("/")[2].lower()
    ecosystem, pattern = _FORMATS.get(name, ("pypi", _TOML_NAME))
    seen: set[str] = set()
    for match in re.compile(pattern, re.MULTILINE).finditer(sheet.text):
        package = normalised(match[1]) if ecosystem == "pypi" else match[1]
        if package not in seen:
            seen.add(package)
            yield dependency(sheet, match.start(1), package, ecosystem)
