"""Comments of a Python file by one linear pattern that steps over string literals."""

from __future__ import annotations

import re

from vcdd.core.site import Frame, FrameKind, Site
from vcdd.core.source_file import SourceFile

# Lexical analysis of the language reference: a string literal hides a `#`; a triple-quoted one may span lines. Each
# alternative consumes at least one character and starts differently, so the pattern is linear.
_TOKEN = re.compile(
    r'"""(?:[^\\"]|\\.|"(?!""))*(?:"""|\Z)'
    r"|'''(?:[^\\']|\\.|'(?!''))*(?:'''|\Z)"
    r'|"(?:[^\\"\n]|\\.)*(?:"|\n|\Z)'
    r"|'(?:[^\\'\n]|\\.)*(?:'|\n|\Z)"
    r"|\#([^\n]*)",
    re.DOTALL,
)
_FRAMES = (Frame(FrameKind.COMMENT),)


def comment_sites(source: SourceFile) -> list[Site]:
    """One site per comment, its text without the mark, in order of lines."""
    text = source.text
    if "#" not in text:
        return []
    sites = []
    line, seen = 1, 0
    for match in _TOKEN.finditer(text):
        if match.lastindex is None:
            continue
        start = match.start()
        line += text.count("\n", seen, start)
        seen = start
        words = match.group(1).lstrip("#! ").rstrip()
        if words:
            column = start - text.rfind("\n", 0, start)
            number = line + source.offset_lines
            sites.append(
                Site(path=source.path, line=number, column=column, text=words, frames=_FRAMES, reader="python")
            )
    return sites
