"""What a command needs that scans nothing: settings, the clock and the Hub. Imported without the pipeline."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from vcdd.core.hub import Hub
from vcdd.errors import UsageError
from vcdd.settings import Settings, load_settings


def settings_from(config: Path | None, flags: Mapping[str, Any]) -> Settings:
    """Settings of a command: paths become strings, lists become tuples, None is silence."""
    plain = {name: _plain(value) for name, value in flags.items() if value is not None}
    return load_settings(config, os.environ, plain)


def now_from(environ: dict[str, str] | os._Environ[str]) -> datetime:
    """The clock, or SOURCE_DATE_EPOCH (reproducible-builds.org) so that the same input gives the same bytes."""
    epoch = environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC).replace(microsecond=0)
    if not epoch.isdigit():
        raise UsageError("SOURCE_DATE_EPOCH is not a number of seconds", help="Unset it, or give seconds since 1970.")
    return datetime.fromtimestamp(int(epoch), UTC)


def hub_from(settings: Settings, now: datetime, *, offline: bool) -> Hub:
    """The Hub of these settings; `offline` answers from cache and snapshot only."""
    from vcdd.hub.opening import default_cache_folder, open_hub  # noqa: PLC0415 -- slow import

    folder = default_cache_folder(os.environ, Path.home()) if settings.cache else None
    token = os.environ.get("HF_TOKEN") if settings.use_token else None
    endpoint = os.environ.get("HF_ENDPOINT", "")
    if endpoint:
        return open_hub(now=now, offline=offline, token=token, cache_folder=folder, endpoint=endpoint)
    return open_hub(now=now, offline=offline, token=token, cache_folder=folder)


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value)
    return tuple(map(str, value)) if isinstance(value, list) else value
