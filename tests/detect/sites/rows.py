"""Sites written as one line each, for tables: `2:5 text | key model 0/3 < key llm`; a symbol stands as `@name`."""

from __future__ import annotations

import importlib

from tests.detect.sites.frames import place
from vcdd.core.site import ReadFile, Site
from vcdd.core.source_file import SourceFile


def read(module: str, text: str, path: str = "x") -> ReadFile:
    """What the reader of that module sees in a text."""
    reader = importlib.import_module(f"vcdd.detect.sites.{module}")
    result: ReadFile = reader.read(SourceFile(path=path, text=text, size_bytes=len(text)))
    return result


def row(site: Site) -> str:
    """One site as a line."""
    return f"{site.line}:{site.column} {f'@{site.symbol}' if site.symbol else site.text} | {place(site)}"


def rows(module: str, text: str, path: str = "x") -> list[str]:
    """All sites of a text as lines, in order."""
    return [row(site) for site in read(module, text, path).sites]


def values(module: str, text: str, path: str = "x") -> list[str]:
    """The same without the sites of keys."""
    return [line for line in rows(module, text, path) if "| key-itself" not in line]
