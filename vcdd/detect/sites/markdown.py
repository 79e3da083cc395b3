"""Markdown and other running text: code spans, fenced lines and id-like words as PROSE; front matter as declarations.

Not every word is a site: in a line only what stands in backticks, in a link or in quotes, and words of id shape with a
digit or a slash. Front matter (a model card's `base_model`, `license`) is read as YAML under its keys.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites.sheet import finished, sheet_of
from vcdd.detect.sites.tree import TreeError
from vcdd.detect.sites.tree_sites import tree_sites

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vcdd.core.site import ReadFile, Site
    from vcdd.core.source_file import SourceFile
    from vcdd.detect.sites.sheet import Frames, Sheet

_FRONT = re.compile(r"\ufeff?---[ \t]*\n(?=([\s\S]{0,50000}?)\n---[ \t\r]*(?:\n|$))")
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_SPAN = re.compile(r"``([^`\n]+)``|`([^`\n]+)`")
_LINK = re.compile(r"https?://[^\s<>()\[\]\"'`|]{3,300}")
_WORD = re.compile(r"(?<![\w./:@+-])[A-Za-z0-9][\w.:/@+\-]{1,95}(?![\w/@+])")
_TELLING = re.compile(r"\d|/")
_NUMBER_LIKE = re.compile(
    r"[\d.,:/\-]+[a-z%]{0,2}|v?\d+(?:\.\d+)+\w*|\d+(?:st|nd|rd|th|x|px|ms|gb|mb|kb)", re.IGNORECASE
)
_NOT_NEWLINE = re.compile(r"[^\n]")
_QUOTED = re.compile(r'"([^"\n]{1,300})"|(?<!\w)\'([^\'\n]{1,300})\'')
_TOKEN = re.compile(r"[^\s\"'`,;(){}\[\]<>|=]+")
_CODE_TELLING = re.compile(r"[/:\-\d]")
_CALLEE = re.compile(r"([A-Za-z_][\w.]{0,60})\([ \t]?\Z")
_CALLEE_BEFORE = 64
_PACKAGES = re.compile(
    r"\b(?:pip3?|pipx|uv|poetry|pdm|conda|mamba|micromamba|npm|yarn|pnpm|brew|apt|apt-get) "
    r"(?:pip |tool |env )?(?:install|add|create|activate|remove|uninstall|update|upgrade|i) [^|&;#\n]{0,400}"
)
"""A package manager's command: its words are packages and environments, which may be called like a model."""
_SERVICE = re.compile(r"[ \t]{1,16}[\w.\-]{1,80}:[ \t\r]*\n[ \t]{2,24}(?:image|build|container_name):")
"""The name of a service of a compose file, with the first line of what it is (Compose specification, "services")."""
_PROSE: Frames = (Frame(FrameKind.PROSE),)


def read(source: SourceFile) -> ReadFile:
    """Code spans, fenced strings and id-like words as PROSE, and front matter under KEY frames; never raises."""
    sheet = sheet_of(source, "markdown")
    sites: list[Site] = []
    front = _FRONT.match(source.text)
    start = 0
    if front:
        sites.extend(_front_matter(replace(sheet, reader="model-card"), front))
        start = front.end(1)
    fence = ""
    for number, begin in enumerate(sheet.starts):
        if begin < start:
            continue
        end = sheet.starts[number + 1] - 1 if number + 1 < len(sheet.starts) else len(sheet.text)
        line = sheet.text[begin:end]
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1][:3]
        elif fence and _SERVICE.match(sheet.text, begin):
            continue
        elif fence:
            sites.extend(code_sites(sheet, line, begin))
        else:
            sites.extend(prose_sites(sheet, line, begin))
    return finished(sheet, sites)


def prose_sites(sheet: Sheet, line: str, base: int = 0) -> list[Site]:
    """The sites of one line of running text that stands at offset `base`."""
    sites: list[Site] = []
    for match in _SPAN.finditer(line):
        text = match[1] or match[2]
        sites.append(sheet.site(base + match.start(), text.strip(), _PROSE))
    line = _PACKAGES.sub(_blank, _SPAN.sub(_blank, line))
    sites.extend(
        sheet.site(base + match.start(), match.group().rstrip(".,;:!?*_"), _PROSE) for match in _LINK.finditer(line)
    )
    line = _LINK.sub(_blank, line)
    for match in _WORD.finditer(line):
        text = match.group().rstrip(".,;:!?-/")
        if _TELLING.search(text) and not _NUMBER_LIKE.fullmatch(text):
            sites.append(sheet.site(base + match.start(), text, _PROSE))
    return sites


def code_sites(sheet: Sheet, line: str, base: int) -> Iterator[Site]:
    """The sites of one line of a fenced block: its quoted strings, and its words that have a telling character.

    Around a string that is the first argument of a call stands its CALL.
    """
    line = _PACKAGES.sub(_blank, line)
    for match in _QUOTED.finditer(line):
        callee = _CALLEE.search(line, max(0, match.start() - _CALLEE_BEFORE), match.start())
        frames = (*_PROSE, Frame(FrameKind.CALL, callee[1], 0)) if callee else _PROSE
        yield sheet.site(base + match.start(), match[1] or match[2], frames)
    for match in _TOKEN.finditer(_QUOTED.sub(_blank, line)):
        text = match.group().rstrip(".:")
        if len(text) > 2 and _CODE_TELLING.search(text):
            yield sheet.site(base + match.start(), text, _PROSE)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _front_matter(sheet: Sheet, front: re.Match[str]) -> list[Site]:
    from vcdd.detect.sites.yaml_events import parse  # noqa: PLC0415 -- slow import, and few texts have front matter

    try:
        # The opening mark becomes spaces, so that the offsets stay those of the file.
        documents = parse(_NOT_NEWLINE.sub(" ", front.group()) + front[1])
    except TreeError:
        return []
    return [site for document in documents for site in tree_sites(sheet, document)]
