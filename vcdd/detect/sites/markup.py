"""HTML, Vue, Svelte, Astro: script blocks as JavaScript or TypeScript, the rest by lines; places stay true."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from vcdd.detect.sites.lines import line_sites
from vcdd.detect.sites.sheet import Sheet, finished, sheet_of

if TYPE_CHECKING:
    from vcdd.core.site import Import, ReadFile, Site
    from vcdd.core.source_file import SourceFile

_SCRIPT = re.compile(r"<script\b([^>]{0,500})>", re.IGNORECASE)
_END = re.compile(r"</script", re.IGNORECASE)
_DATA = re.compile(r"""type\s*=\s*["'](?!module|text/javascript|application/javascript|text/babel)""", re.IGNORECASE)
_TYPED = re.compile(r"""lang\s*=\s*["']?tsx?\b""", re.IGNORECASE)
_FRONT = re.compile(r"---[ \t]*\n([\s\S]*?)\n---[ \t]*(?:\n|$)")
_NOT_NEWLINE = re.compile(r"[^\n]")


def read(source: SourceFile) -> ReadFile:
    """What the JavaScript reader sees in the scripts and the line reader in the rest; never raises."""
    sheet = sheet_of(source, "markup")
    blocks = _blocks(source)
    sites: list[Site] = []
    imports: tuple[Import, ...] = ()
    if blocks:
        sites, imports = _script_sites(sheet, blocks)
    rest = _only(source.text, _gaps(blocks, len(source.text)))
    sites.extend(line_sites(Sheet(source, "markup", rest, sheet.starts)))
    return finished(sheet, sites, imports=imports)


def _blocks(source: SourceFile) -> list[tuple[int, int]]:
    """Start and end of each script, in order; an unclosed one ends with the text."""
    text = source.text
    blocks: list[tuple[int, int]] = []
    front = _FRONT.match(text) if source.path.endswith(".astro") else None
    if front:
        blocks.append(front.span(1))
    position = front.end() if front else 0
    while (match := _SCRIPT.search(text, position)) is not None:
        closing = _END.search(text, match.end())
        end = closing.start() if closing else len(text)
        if not _DATA.search(match[1]):
            blocks.append((match.end(), end))
        position = end
    return blocks


def _gaps(blocks: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    edges = [0, *(edge for block in blocks for edge in block), length]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _only(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with everything outside the spans as spaces, lines kept."""
    parts: list[str] = []
    done = 0
    for start, end in spans:
        parts.extend((_NOT_NEWLINE.sub(" ", text[done:start]), text[start:end]))
        done = end
    parts.append(_NOT_NEWLINE.sub(" ", text[done:]))
    return "".join(parts)


def _script_sites(sheet: Sheet, blocks: list[tuple[int, int]]) -> tuple[list[Site], tuple[Import, ...]]:
    from vcdd.detect.sites.javascript import read as read_javascript  # noqa: PLC0415 -- slow import

    source = sheet.source
    is_typed = source.path.endswith(".astro") or any(_TYPED.search(match[1]) for match in _SCRIPT.finditer(source.text))
    name = f"{source.path}.{'ts' if is_typed else 'js'}"
    found = read_javascript(replace(source, path=name, text=_only(source.text, blocks)))
    sites = [replace(site, path=source.path) for site in found.sites]
    return sites, tuple(replace(entry, path=source.path) for entry in found.imports)
