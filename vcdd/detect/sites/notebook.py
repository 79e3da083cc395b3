"""Jupyter notebooks: code cells as one Python text, magics as shell, markdown cells as prose; outputs are passed over.

The lines of the cells are strings of a JSON file. Each keeps where it stands, so that a site of the Python text gets
the line and column of the `.ipynb` file.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from vcdd.core.site import Frame, Site
from vcdd.core.source_file import SourceFile
from vcdd.detect.sites.json_values import parse
from vcdd.detect.sites.lines import read_instead
from vcdd.detect.sites.markdown import prose_sites
from vcdd.detect.sites.sheet import finished, same_length, sheet_of
from vcdd.detect.sites.shell import script_sites
from vcdd.detect.sites.tree import Mapping, Node, Scalar, Sequence, TreeError
from vcdd.values import dataclass

if TYPE_CHECKING:
    from vcdd.core.site import Import, ReadFile
    from vcdd.detect.sites.sheet import Sheet

_PASSED = frozenset(("outputs", "attachments", "widgets"))
_MAGIC = re.compile(r"[ \t]*(?:[!%]{1,2}|\?{1,2}\w)")
_SHELL_CELL = re.compile(r"[ \t]*%%(?:bash|sh|script[ \t]+\w*sh|!)\b")
_OTHER_CELL = re.compile(
    r"[ \t]*%%(?:html|javascript|js|latex|markdown|svg|perl|ruby|sql|R|cython|writefile(?![^\n]*\.py\b))\b"
)
_LAST_MARK = re.compile(r"\\[ \t]*$")
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)|[^\\]")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a cell and where it stands in the file."""

    text: str
    raw: str
    """As written in the file, escapes kept."""
    offset: int
    """Offset of its first character in the file."""


def read(source: SourceFile) -> ReadFile:
    """What the Python, shell and prose readers see in the cells, placed in the `.ipynb` file; never raises."""
    sheet = sheet_of(source, "notebook")
    try:
        documents, _ = parse(source.text, without=_PASSED)
    except TreeError as refusal:
        return read_instead(source, "notebook", str(refusal))
    python: list[_Line] = []
    sites: list[Site] = []
    cells = documents[0].get("cells") if documents and isinstance(documents[0], Mapping) else None
    for cell in cells.items if isinstance(cells, Sequence) else []:
        if isinstance(cell, Mapping):
            _cell(sheet, cell, python, sites)
    found, imports, reason, used = _python_sites(sheet, python)
    return finished(sheet, [*sites, *found], imports=imports, reason=reason, used=used)


def _cell(sheet: Sheet, cell: Mapping, python: list[_Line], sites: list[Site]) -> None:
    kind = cell.scalar("cell_type")
    lines = _lines(sheet, cell.get("source"))
    if kind is None or not lines:
        return
    if kind.text == "markdown":
        for line in lines:
            sites.extend(prose_sites(sheet, same_length(line.raw), line.offset))
    elif kind.text == "code":
        if _SHELL_CELL.match(lines[0].text):
            sites.extend(_shell_sites(sheet, lines[1:]))
        elif not _OTHER_CELL.match(lines[0].text):
            _code(sheet, lines, python, sites)


def _code(sheet: Sheet, lines: list[_Line], python: list[_Line], sites: list[Site]) -> None:
    magic: list[_Line] = []
    for line in lines:
        if not _continues(magic) and _MAGIC.match(line.text) is None:
            python.append(line)
            continue
        if not _continues(magic):
            sites.extend(_shell_sites(sheet, magic))
            magic = []
        mark = _MAGIC.match(line.text) if not magic else None
        indent = line.text[: len(line.text) - len(line.text.lstrip())]
        python.append(_Line(f"{indent}pass" if mark else "", "", line.offset))
        length = mark.end() if mark else 0
        magic.append(_Line(line.text, " " * length + line.raw[length:], line.offset))
    sites.extend(_shell_sites(sheet, magic))


def _continues(magic: list[_Line]) -> bool:
    return bool(magic) and magic[-1].text.rstrip().endswith("\\")


def _shell_sites(sheet: Sheet, lines: list[_Line]) -> list[Site]:
    """The sites of lines of shell: one text, what stands between the lines in the file being spaces."""
    if not lines:
        return []
    parts: list[str] = []
    end = lines[0].offset
    for before, line in zip([None, *lines], lines, strict=False):
        gap = " " * (line.offset - end)
        parts.append(gap if before is None or _continues([before]) else "\n" + gap[1:])
        script = same_length(line.raw)
        parts.append(_LAST_MARK.sub(lambda match: " " * len(match[0]), script))
        end = line.offset + len(line.raw)
    return list(script_sites(sheet, "".join(parts), lines[0].offset))


def _lines(sheet: Sheet, node: Node | None) -> list[_Line]:
    """The lines of a cell's source, which is one string or a list of them."""
    scalars = node.items if isinstance(node, Sequence) else [node]
    lines: list[_Line] = []
    for scalar in scalars:
        if not isinstance(scalar, Scalar):
            continue
        raw = sheet.text[scalar.start + 1 : scalar.end - 1]
        offset = scalar.start + 1
        pieces = scalar.text.split("\n")
        if pieces[-1] == "" and len(pieces) > 1:
            pieces.pop()
        for piece, written in zip(pieces, _raw_lines(raw), strict=False):
            lines.append(_Line(piece, written, offset))
            offset += len(written) + 2
    return lines


def _raw_lines(raw: str) -> list[str]:
    """The raw text of a string cut at its escaped newlines."""
    if "\\\\" not in raw:
        return raw.split("\\n")
    lines, start = [], 0
    for match in _ESCAPE.finditer(raw):  # `\\\\n` is a backslash and an n
        if match.group() == "\\n":
            lines.append(raw[start : match.start()])
            start = match.end()
    return [*lines, raw[start:]]


def _python_sites(sheet: Sheet, lines: list[_Line]) -> tuple[list[Site], tuple[Import, ...], str, str]:
    from vcdd.detect.sites.python import read as read_python  # noqa: PLC0415 -- only notebooks need it here

    if not lines:
        return [], (), "", ""
    text = "\n".join(line.text for line in lines) + "\n"
    found = read_python(SourceFile(path=sheet.source.path, text=text))
    sites = [_placed(sheet, site, lines) for site in found.sites]
    imports = tuple(replace(entry, line=_file_line(sheet, lines, entry.line)) for entry in found.imports)
    return sites, imports, found.fallback_reason, found.fallback_used


def _placed(sheet: Sheet, site: Site, lines: list[_Line]) -> Site:
    line = lines[min(site.line, len(lines)) - 1]
    offset = line.offset + _raw_column(line, site.column - 1)
    place = sheet.site(offset, "", ())
    frames = tuple(_moved(sheet, frame, lines) for frame in site.frames)
    return replace(site, line=place.line, column=place.column, frames=frames)


def _moved(sheet: Sheet, frame: Frame, lines: list[_Line]) -> Frame:
    return replace(frame, line=_file_line(sheet, lines, frame.line)) if frame.line else frame


def _file_line(sheet: Sheet, lines: list[_Line], line: int) -> int:
    return sheet.line(lines[min(max(line, 1), len(lines)) - 1].offset)


def _raw_column(line: _Line, column: int) -> int:
    """How far the decoded column lies into the raw line."""
    if "\\" not in line.raw:
        return min(column, len(line.raw))
    position = 0
    for index, match in enumerate(_ESCAPE.finditer(line.raw)):
        if index == column:
            break
        position = match.end()
    return position
