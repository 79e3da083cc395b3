"""Parameters of addresses: `wss://host/listen?model=x` holds a value under the name `model`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vcdd.core.site import Frame, FrameKind, Site

SCHEMES = ("https://", "http://", "wss://", "ws://")
_PARAMETER = re.compile(r"([A-Za-z_][\w.\-]{0,40})=([^&#\s]{2,120})")
_MAX_PARAMETERS = 8
_MAX_ADDRESS = 600


def with_queries(sites: tuple[Site, ...]) -> tuple[Site, ...]:
    """The sites, each address followed by a site for every parameter in its query; the same object where none has any."""
    found = {position: tuple(_parameters(site)) for position, site in enumerate(sites) if _has_query(site.text)}
    if not any(found.values()):
        return sites
    return tuple(each for position, site in enumerate(sites) for each in (site, *found.get(position, ())))


def _has_query(text: str) -> bool:
    return "?" in text and len(text) <= _MAX_ADDRESS and text.startswith(SCHEMES)


def _parameters(site: Site) -> Iterator[Site]:
    start = site.text.index("?") + 1
    for _, match in zip(range(_MAX_PARAMETERS), _PARAMETER.finditer(site.text, start), strict=False):
        yield Site(
            path=site.path,
            line=site.line,
            column=site.column + match.start(2),
            text=match[2],
            frames=(Frame(FrameKind.KEY, match[1], line=site.line), *site.frames),
            reader=site.reader,
            composed=site.composed,
        )
