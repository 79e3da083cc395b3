"""Foreign text as inert CommonMark (with the table extension of GFM).

Backslash escapes cover what CommonMark reads; addresses, e-mail addresses and `@names`, which GitHub turns into links
and notifications by itself, stand in code spans, where nothing is read. A cell's text never holds a raw pipe or
newline, so no table can break. `Markdown` marks text that is already escaped; the template escapes everything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from vcdd.render.plain import clean

_SPECIAL = re.compile(r"[\\`*_\[\]<>~&$#]")
_LINKS_ITSELF = re.compile(r"://|@|(?i:www\.|mailto:)")
_STARTS_BLOCK = re.compile(r"[-+=:]|\d{1,9}[.)]$")
_PUNCTUATION = re.compile(r"^([(\[\"']*)(.*?)([)\]\"'.,;:!?]*)$")
_ESCAPED = r"\\\g<0>"
_TICKS = re.compile(r"`+")


class Markdown(str):
    """Text that is Markdown already."""

    __slots__ = ()


def escape(text: object) -> Markdown:
    """The text, shown literally wherever inline text may stand, also at the start of a line."""
    if isinstance(text, Markdown):
        return text
    words = [_word(word) for word in clean(str(text), 0).split(" ")]
    start = _STARTS_BLOCK.match(words[0])
    if start:  # only the first word can stand at the start of a line
        words[0] = f"{words[0][: start.end() - 1]}\\{words[0][start.end() - 1 :]}"
    return Markdown(" ".join(words))


def _word(word: str) -> str:
    if not _LINKS_ITSELF.search(word):
        return _SPECIAL.sub(_ESCAPED, word).replace("|", "&#124;")
    match = _PUNCTUATION.match(word)
    before, core, after = match.groups() if match else ("", word, "")
    return f"{_SPECIAL.sub(_ESCAPED, before)}{code(core)}{_SPECIAL.sub(_ESCAPED, after)}"


def code(text: str) -> Markdown:
    """A code span that shows the text; a pipe becomes a broken bar, because no escape for it holds in every reader."""
    shown = clean(text, 0).replace("|", "¦")
    if not shown:
        return Markdown("")
    fence = "`" * (max((len(run) for run in _TICKS.findall(shown)), default=0) + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return Markdown(f"{fence}{pad}{shown}{pad}{fence}")


def prose(text: str) -> Markdown:
    """A sentence of ours, in which names stand between ticks: those become code spans, the rest is escaped.

    Foreign text may hold ticks too. However they pair up, each piece is either escaped or inside a code span of ours.
    """
    parts = clean(text, 0).split("`")
    if len(parts) % 2 == 0 or not all(part.strip() for part in parts[1::2]):
        return escape(text)
    return Markdown("".join(code(part) if at % 2 else _between(part) for at, part in enumerate(parts)))


def _between(part: str) -> str:
    """Escaped, with the blanks at its edges."""
    left, right = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
    return f"{left}{escape(part)}{right}" if part.strip() else part


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> Markdown:
    """A table with all cells escaped; an empty cell is a dash. Empty text when there is no row."""
    lines = [_line([escape(cell) or Markdown("–") for cell in row]) for row in rows]
    if not lines:
        return Markdown("")
    return Markdown("\n".join([_line([escape(header) for header in headers]), "|---" * len(headers) + "|", *lines]))


def _line(cells: Sequence[Markdown]) -> str:
    return f"| {' | '.join(cells)} |"


def joined(parts: Iterable[object], by: str = ", ") -> Markdown:
    """Parts escaped and joined."""
    return Markdown(by.join(escape(part) for part in parts))


def fenced(text: str) -> Markdown:
    """A block of fixed-width lines of our own making (no foreign text)."""
    return Markdown(f"```text\n{text}\n```")
