"""One bounded lexer for the languages without a reader of their own: Go, Rust, Java, Kotlin, C#, Ruby, PHP and others.

Sees every string literal with the nearest syntax, comments, names that stand as values, and simple imports. Misses on
purpose: names passed by position unless they look like constants, and anything that needs types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites.lexical_comments import comment_lines
from vcdd.detect.sites.lexical_compose import Composer
from vcdd.detect.sites.lexical_definitions import Definitions, definitions_of
from vcdd.detect.sites.lexical_imports import imports_of
from vcdd.detect.sites.lexical_languages import language_of
from vcdd.detect.sites.lexical_places import chain_of
from vcdd.detect.sites.lexical_spots import MAX_DEPTH, Group, Outline, Spot, outline
from vcdd.detect.sites.lexical_text import Code, environment_variable, labels_of
from vcdd.detect.sites.lines import read_instead
from vcdd.detect.sites.multiline import line_items
from vcdd.detect.sites.sheet import MAX_SITES, Sheet, finished, sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vcdd.core.site import ReadFile, Site
    from vcdd.core.source_file import SourceFile

_COMMENT = (Frame(FrameKind.COMMENT),)


def read(source: SourceFile) -> ReadFile:
    """Every site of one file of code, in order of appearance; never raises."""
    language = language_of(source.path)
    sheet = sheet_of(source, "lexical")
    seen = outline(language, source.text)
    if seen.is_too_deep:
        return read_instead(source, "lexical", f"nested deeper than {MAX_DEPTH} brackets")
    imports, imported = imports_of(language, source, sheet)
    definitions = definitions_of(source.text, sheet.line) if language.indented else Definitions()
    code = Code(source.text, language, sheet.line, definitions)
    sites: list[Site] = []
    for site in _code_sites(code, sheet, seen, imported):
        sites.append(site)
        if len(sites) > MAX_SITES:
            break
    sites.extend(_comment_sites(sheet, seen))
    return finished(sheet, sites, imports=tuple(imports))


def _code_sites(code: Code, sheet: Sheet, seen: Outline, imported: frozenset[int]) -> Iterator[Site]:
    composer = Composer(code, seen.spots)
    named: set[int] = set()
    for position, spot in enumerate(seen.spots):
        if spot.start in imported or composer.is_taken(position):
            continue
        if spot.symbol:
            chain = chain_of(code, spot)
            if spot.parent is None or spot.parent.role not in {"signature", "control"}:  # there names are types
                yield sheet.site(spot.start, "", chain, symbol=spot.symbol)
        else:
            yield from _string_sites(code, sheet, composer, position)
        yield from _call_site(code, sheet, spot.parent, named)


def _string_sites(code: Code, sheet: Sheet, composer: Composer, position: int) -> Iterator[Site]:
    spot, value = composer.value(position)
    chain = chain_of(code, spot)
    start = composer.start(position)
    if value.words:
        for index, (offset, word) in enumerate(value.words):
            item = Frame(FrameKind.ITEM, "", index, len(value.words), line=sheet.line(spot.start))
            yield sheet.site(spot.start + offset, word, (item, *chain))
        return
    if not value.text:
        return
    site = sheet.site(start, value.text, chain, composed=value.composed)
    if "\n" in value.text and not value.composed:
        for line, column, text, item in line_items(value.text, site.line - sheet.source.offset_lines, site.column):
            yield (
                sheet.site(sheet.starts[line - 1] + column - 1, text, (item, *chain))
                if line <= len(sheet.starts)
                else site
            )
    yield site


def _call_site(code: Code, sheet: Sheet, group: Group | None, named: set[int]) -> Iterator[Site]:
    """The call around a spot as a symbol of its own, once: `callee()`, or `$VAR` where it reads the environment."""
    if group is None or group.parent is None or group.start in named or group.role not in {"call", "subscript"}:
        return
    named.add(group.start)
    variable = environment_variable(code, group)
    if variable:
        yield sheet.site(group.start, "", group.outer or chain_of(code, group), symbol=f"${variable}")
    elif group.role == "call" and group.callee and not group.callee.startswith("."):
        own = Frame(FrameKind.CALL, group.callee, labels=labels_of(code, group), line=sheet.line(group.start))
        yield sheet.site(group.start, "", (own, *group.outer), symbol=f"{group.callee}()")


def _comment_sites(sheet: Sheet, seen: Outline) -> Iterator[Site]:
    for start, end in seen.comments:
        offset = start
        row = 0
        for line, column, text in comment_lines(sheet.text[start:end]):
            while row < line:
                offset = sheet.text.index("\n", offset) + 1
                row += 1
            yield sheet.site(offset + column, text, _COMMENT)


__all__ = ["Spot", "read"]
