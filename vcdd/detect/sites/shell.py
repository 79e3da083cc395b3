"""Shell scripts, and shell inside other formats: commands, flags, assignments, comments, heredocs, JSON arguments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vcdd.detect.sites.commands import command_sites, nested_script, raw_text
from vcdd.detect.sites.lines import line_sites
from vcdd.detect.sites.sheet import comment_site, finished, sheet_of
from vcdd.detect.sites.words import lex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vcdd.core.site import ReadFile, Site
    from vcdd.core.source_file import SourceFile
    from vcdd.detect.sites.sheet import Frames, Sheet
    from vcdd.detect.sites.words import Word

_PROCESS = re.compile(r"^[\w-]{1,60}:", re.MULTILINE)
"""The name of a process before its command, as a Procfile writes it."""
_MAX_NESTING = 3
"""Depth of `sh -c "bash -c '…'"` that is followed."""


def read(source: SourceFile) -> ReadFile:
    """Every word of every command of a shell script; never raises."""
    sheet = sheet_of(source, "shell")
    is_list = source.path.rpartition("/")[2].lower() == "procfile"
    script = _PROCESS.sub(lambda name: " " * len(name[0]), sheet.text) if is_list else sheet.text
    return finished(sheet, script_sites(sheet, script))


def script_sites(
    sheet: Sheet, script: str, base: int = 0, outer: Frames = (), *, nesting: int = _MAX_NESTING
) -> Iterator[Site]:
    """The sites of a piece of shell at offset `base`; `script` may be a version of the text of the same length."""
    lexed = lex(script, base)
    for offset, comment in lexed.comments:
        site = comment_site(sheet, offset, comment, outer)
        if site:
            yield site
    for words in lexed.commands:
        yield from words_sites(sheet, words, outer, nesting=nesting)
    for offset, body, _ in lexed.heredocs:
        yield from line_sites(sheet, offset, offset + len(body), outer)


def words_sites(
    sheet: Sheet, words: Sequence[Word], outer: Frames = (), *, nesting: int = _MAX_NESTING
) -> Iterator[Site]:
    """The sites of one command, the script of `sh -c` read as shell."""
    nested = nested_script(words) if nesting else None
    if nested is not None:
        script = raw_text(sheet, nested)
        yield from script_sites(sheet, script, nested.inner, (*nested.outer, *outer), nesting=nesting - 1)
        return
    yield from command_sites(sheet, words, outer)
