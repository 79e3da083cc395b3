"""Sites of a binary weight header: a text under its field, at line 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind, ReadFile, Site
from vcdd.detect.sites.sheet import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vcdd.core.shape import WeightsShape
    from vcdd.core.source_file import SourceFile

_MAX_FIELDS = 500


def header_file(
    source: SourceFile, reader: str, fields: Mapping[str, str], shape: WeightsShape | None, reason: str = ""
) -> ReadFile:
    """The result of a header reader: one site per field with text, in order; the reason when it was cut short."""
    sites = [
        Site(
            path=source.path,
            line=0,
            column=0,
            text=clean(text),
            frames=(Frame(FrameKind.HEADER, clean(name)[:200]),),
            reader=reader,
        )
        for name, text in list(fields.items())[:_MAX_FIELDS]
        if text.strip()
    ]
    return ReadFile(
        path=source.path,
        reader=reader,
        sites=tuple(sites),
        shapes=(shape,) if shape else (),
        fallback_reason=reason,
        fallback_used="what could be read" if reason else "",
    )
