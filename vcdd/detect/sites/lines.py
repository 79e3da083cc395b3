"""The weakest reader: `key: value`, `key = value`, quoted strings and comments, line by line, in any text.

Used for formats without a reader of their own and for files that their own reader refused. A quoted string gets the
KEY to its left on the same line; nothing is known of what is around it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites.expand import value_site
from vcdd.detect.sites.sheet import comment_site, finished, key, sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vcdd.core.site import ReadFile, Site
    from vcdd.core.source_file import SourceFile
    from vcdd.detect.sites.sheet import Frames, Sheet

_LINE = re.compile(r"[^\n]*")
_COMMENT = re.compile(r"[ \t]*(#(?!\[)|//|--[ \t]|;|\*[ \t]|/\*|<!--|%[ \t]|REM[ \t])")
_TRAILING = re.compile(r"[ \t](?:#|//)[ \t][^\n]*")
_KEY = re.compile(
    r"""(?P<quote>["']?)(?P<name>[A-Za-z_@$][\w.\-/@]{0,120})(?P=quote)[ \t]*(?:\?=|:=|=>|[:=])(?![=:]|//)[ \t]*"""
)
_LEAD = re.compile(r"[ \t]*(?:-[ \t]+|(?:export|set|let|const|var|val|local|final|static|public|private)[ \t]+)*")
# The look-behinds keep it linear: a quote at which a search may start would have closed the search before it.
_QUOTED = re.compile(r"""(?<!\\)"((?:[^"\\\n]|\\[^\n])*+)"|(?<![\w\\])'((?:[^'\\\n]|\\[^\n])*+)'|`([^`\n]*+)`""")
# A Go-template or Jinja default: `.Values.model | default "org/name"`, `model | default('org/name')`.
_TEMPLATE_DEFAULT = re.compile(r"([.\w]{1,80})[ \t]*\|[ \t]*default[ \t(]+$")
_TEMPLATE_DEFAULT_FIRST = re.compile(r"\bdefault[ \t]+$")


def read(source: SourceFile) -> ReadFile:
    """Every string and keyed value of a text; never raises, linear in its length."""
    sheet = sheet_of(source, "lines")
    return finished(sheet, line_sites(sheet))


def read_instead(source: SourceFile, reader: str, reason: str) -> ReadFile:
    """The same for a file that its own reader refused, with the reason; sites carry that reader's name."""
    sheet = sheet_of(source, reader)
    return finished(sheet, line_sites(sheet), reason=reason, used="lines")


def line_sites(sheet: Sheet, start: int = 0, end: int | None = None, outer: Frames = ()) -> Iterator[Site]:
    """The sites of the lines between two offsets."""
    end = len(sheet.text) if end is None else end
    for match in _LINE.finditer(sheet.text, start, end):
        if match.end() > match.start():
            yield from _one_line(sheet, match.start(), match.end(), outer)


def _one_line(sheet: Sheet, start: int, end: int, outer: Frames) -> Iterator[Site]:
    text = sheet.text
    comment = _COMMENT.match(text, start, end)
    if comment:
        site = comment_site(sheet, comment.start(1), text[comment.start(1) : end], outer)
        if site:
            yield site
        return
    lead = _LEAD.match(text, start, end)
    named = _KEY.match(text, lead.end() if lead else start, end)
    quoted = list(_QUOTED.finditer(text, start, end))
    if named and not any(match.end() > named.end() for match in quoted):
        yield from _plain_value(sheet, named, end, outer)
    yield from _quoted_sites(sheet, quoted, named or _FIELD.match(text, start, end), outer)
    if sheet.source.path.endswith(_XML) and "</" in text[start:end]:
        yield from _elements(sheet, start, end, outer)


_FIELD = re.compile(
    r"[ \t]*(?P<name>[A-Za-z_]\w{0,60})[ \t]+[A-Z]\w{0,60}[?\[\]]{0,3}[ \t][^\n\"']{0,200}@default\([ \t]*(?=[\"'])"
)
"""A field with its default in a Prisma schema (`model String @default("x")`)."""
_XML = (".xml", ".config", ".resx")
_ELEMENT = re.compile(
    r"<(?P<tag>[A-Za-z_][\w.\-]{0,80})(?:[ \t]+(?:name|key)=\"(?P<name>[^\"<>\n]{1,120})\")?[^<>\n]{0,200}>"
    r"[ \t]*(?P<text>[^<>\s]{2,240})[ \t]*</(?P=tag)>"
)


def _elements(sheet: Sheet, start: int, end: int, outer: Frames) -> Iterator[Site]:
    """The text of XML elements, under the name that an attribute gives, else under the tag."""
    for match in _ELEMENT.finditer(sheet.text, start, end):
        name = key(match["name"] or match["tag"], line=sheet.line(match.start()))
        yield value_site(sheet, match.start("text"), match["text"], (name, *outer))


def _plain_value(sheet: Sheet, named: re.Match[str], end: int, outer: Frames) -> Iterator[Site]:
    trailing = _TRAILING.search(sheet.text, max(named.end() - 1, 0), end)
    raw = sheet.text[named.end() : trailing.start() if trailing else end]
    value = raw.strip(" \t\r").rstrip(",;").strip()
    if value and value not in {"{", "[", "(", "|", ">", "{}", "[]"}:
        offset = named.end() + len(raw) - len(raw.lstrip())
        yield value_site(sheet, offset, value, (key(named["name"], line=sheet.line(offset)), *outer))
    if trailing:
        site = comment_site(sheet, trailing.start() + 1, trailing.group().strip(), outer)
        if site:
            yield site


def _quoted_sites(
    sheet: Sheet, quoted: list[re.Match[str]], named: re.Match[str] | None, outer: Frames
) -> Iterator[Site]:
    """Each quoted string under the nearest `key:` or `key =` to its left."""
    frames = (key(named["name"], line=sheet.line(named.start())), *outer) if named else outer
    done = named.end() if named else -1
    declared = ""
    for match in quoted:
        if match.end() <= done:  # the key of the line, itself quoted
            continue
        between = sheet.text[max(done, match.start() - 100) : match.start()] if done >= 0 else ""
        nearer = _last_key(between)
        body = next(group for group in match.groups() if group is not None)
        if sheet.text.endswith((" key=", " name="), 0, match.start()):
            declared = body[:120]  # `<add key="model" value="x"/>`
        if nearer:
            frames = (
                key(declared if nearer == "value" and declared else nearer, line=sheet.line(match.start())),
                *outer,
            )
        if _MARK.match(sheet.text, match.end()):  # a quoted key
            yield sheet.site(match.start(), body, (Frame(FrameKind.KEY_ITSELF), *outer))
            frames = (key(body[:120], line=sheet.line(match.start())), *outer)
        elif body:
            yield value_site(sheet, match.start(), body, (*_default_frame(sheet.text, match.start()), *frames))
        done = match.end()


_MARK = re.compile(r"[ \t]*(?::(?![:/])|=>)")
_LAST_KEY = re.compile(r"""(?:^|[\s,{(;])["']?([A-Za-z_][\w.\-]{0,60})["']?[ \t]*(?::|=>|=)[ \t\[({]*$""")


def _last_key(between: str) -> str:
    match = _LAST_KEY.search(between)
    return match[1] if match else ""


def _default_frame(text: str, start: int) -> Frames:
    before = text[max(0, start - 100) : start]
    match = _TEMPLATE_DEFAULT.search(before)
    if match:
        return (Frame(FrameKind.FALLBACK, match[1]),)
    return (Frame(FrameKind.FALLBACK),) if _TEMPLATE_DEFAULT_FIRST.search(before) else ()
