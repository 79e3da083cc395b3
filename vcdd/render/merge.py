"""What people wrote into an earlier memo survives the next run.

Between the lines `<!-- vcdd:keep NAME -->` and `<!-- /vcdd:keep -->` the text belongs to people. Each mark stands alone
on its line, which foreign text never does: it has no newline, and its first `<` is escaped or inside a code span.
"""

from __future__ import annotations

import re

_BLOCK = re.compile(
    r"^<!-- vcdd:keep ([A-Za-z0-9_-]{1,64}) -->[ \t]*\n(.*?)^<!-- /vcdd:keep -->[ \t]*$", re.DOTALL | re.MULTILINE
)
_HEADING = "## Kept notes"


def merge_edits(old: str, new: str) -> str:
    """`new` with the kept blocks of `old` in their places.

    A block whose name `new` does not know is put at the end under "Kept notes"; of two blocks with one name in `old`,
    both are kept, in order. Without blocks in `old` the result is `new`.
    """
    kept: dict[str, str] = {}
    for name, body in _BLOCK.findall(old):
        kept[name] = kept[name] + body if name in kept else body

    def fill(match: re.Match[str]) -> str:
        body = kept.pop(match.group(1), "")
        return _block(match.group(1), body) if body.strip() else match.group()

    merged = _BLOCK.sub(fill, new)
    rest = [_block(name, body) for name, body in kept.items() if body.strip()]
    if not rest:
        return merged
    return f"{merged.rstrip()}\n\n{_HEADING}\n\n" + "\n\n".join(rest) + "\n"


def _block(name: str, body: str) -> str:
    return f"<!-- vcdd:keep {name} -->\n{body}<!-- /vcdd:keep -->"
