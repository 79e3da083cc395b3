"""Lines that fit a terminal of eighty columns."""

from __future__ import annotations

import textwrap

WIDTH = 80


def wrapped(text: str, indent: int = 0, hang: int = 2) -> list[str]:
    """The text broken at spaces, the first line indented by `indent`, further ones by `hang` more; words stay whole."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        break_long_words=False,
        break_on_hyphens=False,
    )
