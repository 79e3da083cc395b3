"""A listing kept as a file, so that a later registry can attribute it again and a later listing be compared with it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from vcdd.errors import ConfigError
from vcdd.portfolio.market.listing import ListedModel, Listing, to_listed

_FORMAT = "vcdd-market-listing"
_VERSION = 1
_HELP = "Give a file that `vcdd market --save` wrote."


def to_snapshot(listing: Listing) -> str:
    """The listing as JSON, one model a line; ends in a newline."""
    head = {
        "format": _FORMAT,
        "format_version": _VERSION,
        "taken": listing.taken.isoformat(),
        "endpoint": listing.endpoint,
        "task": listing.task,
        "pages": listing.pages,
        "is_whole": listing.is_whole,
        "stopped": listing.stopped,
    }
    rows = ",\n".join(json.dumps(_row(model), ensure_ascii=False) for model in listing.models)
    return json.dumps(head, ensure_ascii=False)[:-1] + f', "models": [\n{rows}\n]}}\n'


def from_snapshot(text: str, name: str) -> Listing:
    """The listing that `to_snapshot` wrote. Its models pass through the same reader as the Hub's own answers.

    Raises:
        ConfigError: another file, or one of a newer vcdd.
    """
    try:
        document = json.loads(text)
        is_ours = document["format"] == _FORMAT and isinstance(document["models"], list)
        version = document["format_version"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ConfigError(f"{name} is no saved market listing", help=_HELP) from error
    if not is_ours:
        raise ConfigError(f"{name} is no saved market listing", help=_HELP)
    if version != _VERSION:
        raise ConfigError(f"{name} was written by a newer vcdd", help="Upgrade vcdd, or take the listing again.")
    try:
        taken = datetime.fromisoformat(document["taken"])
        models = [to_listed(row, taken) for row in document["models"] if isinstance(row, dict)]
        return Listing(
            taken=taken,
            endpoint=str(document["endpoint"]),
            task=str(document["task"]),
            pages=int(document["pages"]),
            models=tuple(model for model in models if model is not None),
            is_whole=document["is_whole"] is True,
            stopped=str(document["stopped"]),
        )
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise ConfigError(f"{name} is a damaged market listing", help=_HELP) from error


def _row(model: ListedModel) -> dict[str, Any]:
    """In the shape of the Hub's own documents."""
    record = model.record
    row: dict[str, Any] = {
        "id": record.id,
        "author": record.author,
        "createdAt": record.created.isoformat() if record.created else None,
        "downloads": model.month,
        "downloadsAllTime": model.ever,
        "pipeline_tag": record.pipeline_tag,
        "tags": [*(f"base_model:{how}:{base}" if how else f"base_model:{base}" for base, how in record.bases)],
    }
    if record.licence:
        row["tags"] += [f"license:{tag}" for tag in record.licence.split(", ")]
    return row
