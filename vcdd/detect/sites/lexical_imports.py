"""Imports of lexically read languages, one pattern each; the strings in them are no sites."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from vcdd.core.site import Import

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vcdd.core.source_file import SourceFile
    from vcdd.detect.sites.lexical_languages import Language
    from vcdd.detect.sites.sheet import Sheet

_MAX_IMPORTS = 5000
_DOTTED = re.compile(
    r"^[ \t]*+(?:import|using|use)[ \t]++(?:static[ \t]++|global[ \t]++|function[ \t]++)?"
    r"(?:(?P<alias>\w++)[ \t]*+=[ \t]*+)?"
    r"(?P<source>[\w.:\\]++(?:\.\*|::\*)?)(?:[ \t]++as[ \t]++(?P<name>\w++))?",
    re.MULTILINE,
)
_QUOTED = re.compile(
    r"^[ \t]*+(?:import|export|part|require|require_relative|load|\#[ \t]*+include"
    r"|local[ \t]++\w++[ \t]*+=[ \t]*+require)"
    r"[ \t(]*+(?P<string>[\"'<](?P<source>[^\"'<>\n]++)[\"'>])(?:[ \t]++as[ \t]++(?P<name>\w++))?",
    re.MULTILINE,
)
_GO_BLOCK = re.compile(r"^import[ \t]*+\([^()]*+\)|^import[ \t]++[^\n(]*+", re.MULTILINE)
_GO_ENTRY = re.compile(r"(?:(?P<name>[\w.]++)[ \t]++)?(?P<string>\"(?P<source>[^\"\n]++)\")")
_ELIXIR = re.compile(
    r"^[ \t]*+(?:alias|import|use|require)[ \t]++(?P<source>[A-Z][\w.]*+)(?:,[ \t]*+as:[ \t]*+(?P<name>\w++))?",
    re.MULTILINE,
)

_PATTERNS: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        **dict.fromkeys(("java", "kotlin", "scala", "csharp", "rust", "php", "swift"), _DOTTED),
        **dict.fromkeys(("dart", "ruby", "lua", "c"), _QUOTED),
        "elixir": _ELIXIR,
    }
)


def imports_of(language: Language, source: SourceFile, sheet: Sheet) -> tuple[list[Import], frozenset[int]]:
    """The imports of a file in order, and the offsets of the strings in them."""
    found: list[Import] = []
    strings: set[int] = set()
    for match in _matches(language, source.text):
        written = match["source"]
        local = match["name"] or match.groupdict().get("alias") or re.split(r"[./:\\]", written.rstrip("/"))[-1]
        found.append(Import(path=source.path, line=sheet.line(match.start("source")), name=local, source=written))
        if "string" in match.re.groupindex:
            strings.add(match.start("string"))
        if len(found) >= _MAX_IMPORTS:
            break
    return found, frozenset(strings)


def _matches(language: Language, text: str) -> list[re.Match[str]]:
    if language.name != "go":
        pattern = _PATTERNS.get(language.name)
        return list(pattern.finditer(text)) if pattern else []
    return [
        entry for block in _GO_BLOCK.finditer(text) for entry in _GO_ENTRY.finditer(text, block.start(), block.end())
    ]
