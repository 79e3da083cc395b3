"""Which Hub a run gets: the live one with cache and snapshot behind it, or the same two without the network."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from vcdd.core.hub import Hub
from vcdd.hub.cache import Cache
from vcdd.hub.endpoint import ENDPOINT, FIELDS
from vcdd.hub.offline import OfflineHub
from vcdd.hub.snapshot import EmbeddedSnapshot
from vcdd.hub.sources import Source


def open_hub(
    *,
    now: datetime,
    offline: bool = False,
    endpoint: str = ENDPOINT,
    token: str | None = None,
    cache_folder: Path | None = None,
    with_snapshot: bool = True,
) -> Hub:
    """The Hub of one run. `now` needs a time zone. Opening it asks nothing and imports nothing slow.

    `cache_folder` None keeps nothing on disk. `token` is used only when given.
    """
    endpoint = endpoint.rstrip("/")
    cache = (
        Cache(folder=cache_folder, endpoint=endpoint, fields=FIELDS, with_token=token is not None)
        if cache_folder
        else None
    )
    behind: tuple[Source, ...] = (EmbeddedSnapshot(),) if with_snapshot else ()
    if offline:
        return OfflineHub(((cache,) if cache else ()) + behind)
    from vcdd.hub.client import LiveHub  # noqa: PLC0415 -- slow import

    return LiveHub(now=now, endpoint=endpoint, token=token, cache=cache, fallbacks=behind)


def default_cache_folder(environ: Mapping[str, str], home: Path) -> Path:
    """`$XDG_CACHE_HOME/vcdd/hub`, else `~/.cache/vcdd/hub`."""
    base = environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if base and Path(base).is_absolute() else home / ".cache") / "vcdd" / "hub"
