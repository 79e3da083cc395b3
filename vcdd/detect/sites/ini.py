"""INI, `.cfg`, `.conf`, `.properties`: keys under sections, values over several lines, `setup.cfg` requirements."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites.dependencies import requirement
from vcdd.detect.sites.expand import value_site
from vcdd.detect.sites.sheet import comment_site, finished, key, sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vcdd.core.site import ReadFile, Site
    from vcdd.core.source_file import SourceFile
    from vcdd.detect.sites.sheet import Frames, Sheet

_LINE = re.compile(r"[^\n]+")
_SECTION = re.compile(r"[ \t]*\[{1,2}([^\[\]\n]+)\]{1,2}[ \t\r]*$")
_ENTRY = re.compile(r"[ \t]*([A-Za-z_@][\w.\-@/ ]{0,120}?)[ \t]*[=:][ \t]*([^\n]*)")
_TRAILING = re.compile(r"[ \t][#;][^\n]*")
_REQUIREMENTS = frozenset(("install_requires", "setup_requires", "tests_require"))


@dataclass(slots=True)
class _State:
    section: Frames = ()
    name: str = ""
    """The key that a following indented line continues; empty when none does."""
    sites: list[Site] = field(default_factory=list)


def read(source: SourceFile) -> ReadFile:
    """Every value under its key and section, and the comments; never raises."""
    sheet = sheet_of(source, "ini")
    state = _State()
    for match in _LINE.finditer(source.text):
        _line(sheet, state, match.start(), match.group())
    return finished(sheet, state.sites)


def _line(sheet: Sheet, state: _State, start: int, line: str) -> None:
    stripped = line.strip()
    section = _SECTION.match(line)
    if stripped.startswith(("#", ";", "!")):
        site = comment_site(sheet, start + line.find(stripped[0]), stripped, state.section)
        state.sites.extend([site] if site else [])
    elif state.name and line[0] in " \t" and stripped:
        state.sites.extend(_value(sheet, state, start + len(line) - len(line.lstrip()), stripped))
    elif section:
        state.section, state.name = (key(section[1].strip(), line=sheet.line(start)),), ""
    elif entry := _ENTRY.match(line):
        state.name = entry[1]
        state.sites.append(sheet.site(start + entry.start(1), entry[1], (Frame(FrameKind.KEY_ITSELF), *state.section)))
        state.sites.extend(_value(sheet, state, start + entry.start(2), entry[2]))
    else:
        state.name = ""


def _value(sheet: Sheet, state: _State, start: int, raw: str) -> Iterator[Site]:
    frames = (key(state.name, line=sheet.line(start)), *state.section)
    trailing = _TRAILING.search(raw)
    value = (raw[: trailing.start()] if trailing else raw).strip()
    quoted = len(value) > 1 and value[0] in {'"', "'"} and value[-1] == value[0]
    text = value[1:-1] if quoted else value
    if text:
        yield value_site(sheet, start, text, frames)
    if text and _holds_requirements(state):
        yield from requirement(sheet, start, text, frames)
    if trailing:
        site = comment_site(sheet, start + trailing.start() + 1, trailing.group().strip(), state.section)
        if site:
            yield site


def _holds_requirements(state: _State) -> bool:
    section = state.section[0].name if state.section else ""
    return section == "options.extras_require" or (section == "options" and state.name in _REQUIREMENTS)
