"""Fetches the price lists of genai-prices, which happens only when the user asks for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from vcdd.cli.output import write_atomically
from vcdd.errors import ConfigError, OutputError, UsageError

MOST_BYTES = 40_000_000
"""The published lists had about 3 MB in November 2026; ten times that is no price list."""
ADDRESS = "VCDD_PRICES_URL"
"""Variable that names a mirror of the lists; their publisher's address otherwise."""


def update_prices(folder: Path, today: date, environ: Mapping[str, str]) -> str:
    """Fetch the lists, check them, keep them in `folder`, and say in one sentence what was fetched.

    Raises:
        UsageError: the lists could not be had or read; what was kept before is untouched.
    """
    from vcdd.hub.transport import get  # noqa: PLC0415 -- slow import: the network
    from vcdd.pricing.genai_data import kept_in, parse, to_keep  # noqa: PLC0415 -- slow import: the price library

    url = environ.get(ADDRESS) or _published()
    if not url.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise UsageError(f"{ADDRESS} is no https address: {url}", help="Give https://…, or unset it.")
    answer = get(url, timeout_s=60.0, pages="", most_bytes=MOST_BYTES)
    if answer.trouble or answer.status != _OK:
        why = answer.trouble or f"status {answer.status}"
        raise UsageError(f"no price lists from {url}: {why}", help=_GO_ON)
    try:
        raw = json.loads(answer.body)
        lists = parse(raw, today)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"what {url} sent is no price list: {type(error).__name__}", help=_GO_ON) from error
    except ConfigError as error:
        raise UsageError(f"{url}: {error.message}", help=_GO_ON) from error
    _keep(kept_in(folder), to_keep(raw, today))
    newest = lists.dated(today)
    known = f", newest price change {newest.isoformat()}" if newest else ""
    return f"price lists fetched from {url}: {len(lists.finders)} sellers, {lists.models:,} models{known}"


_OK = 200
_GO_ON = "Prices fetched earlier, or those of the package, go on answering with their dates."


def _published() -> str:
    from genai_prices.update_prices import DEFAULT_UPDATE_URL  # noqa: PLC0415 -- slow import

    return str(DEFAULT_UPDATE_URL)


def _keep(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"cannot create {path.parent}: {error.strerror}", help="Make the cache folder writable."
        ) from error
    write_atomically(path, text)
