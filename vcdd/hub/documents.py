"""From the Hub's JSON to a `HubRecord`. Any odd shape gives status ODD; nothing here raises for what the Hub sends."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from vcdd.core.hub import HubRecord, HubStatus
from vcdd.hub.bases import declared_bases
from vcdd.hub.shapes import hub_shape, parameter_count
from vcdd.hub.text import clean, is_repo_id

if TYPE_CHECKING:
    from vcdd.hub.document_model import Document


def decode(body: bytes) -> object | None:
    """The JSON value in `body`, or None where it is cut off, not JSON, not UTF-8 or nested too deeply."""
    try:
        value: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value


def to_record(document: object, *, asked: str, fetched: date | None = None, from_cache: bool = False) -> HubRecord:
    """What `document` says of the id `asked`; status ODD where it is not a model document.

    `fetched` is the day on which the Hub said so. Text is cleaned of control characters and bounded. A repository that
    the Hub marks as disabled keeps what it declares, under status DISABLED.
    """
    odd = HubRecord(asked=asked, status=HubStatus.ODD, fetched=fetched, from_cache=from_cache)
    parsed = _validate(document)
    if parsed is None or not is_repo_id(parsed.name):
        return odd
    return HubRecord(
        asked=asked,
        status=HubStatus.DISABLED if parsed.disabled else HubStatus.OK,
        id=parsed.name,
        author=parsed.author or parsed.name.partition("/")[0] * ("/" in parsed.name),
        licence=_licence_tag(parsed),
        licence_name=parsed.card.license_name,
        licence_link=_link(parsed.card.license_link),
        bases=declared_bases(parsed, itself={asked, parsed.name}),
        shape=hub_shape(parsed),
        pipeline_tag=parsed.pipeline_tag,
        library=parsed.library_name,
        parameters=parameter_count(parsed),
        gated=parsed.gated,
        created=parsed.created,
        modified=parsed.modified,
        sha=parsed.sha,
        downloads=parsed.downloads,
        files=tuple(parsed.files),
        fetched=fetched,
        from_cache=from_cache,
    )


def _validate(document: object) -> Document | None:
    from pydantic import ValidationError  # noqa: PLC0415 -- slow import

    from vcdd.hub.document_model import Document  # noqa: PLC0415 -- slow import

    if not isinstance(document, Mapping):
        return None
    try:
        return Document.model_validate(dict(document))
    except (ValidationError, RecursionError):
        return None


def _licence_tag(document: Document) -> str:
    """The declared tag. Several are joined by `, `: a reader must then honour each. The card beats the tag list."""
    declared = document.card.license or list(_tagged(document.tags, "license:"))
    return ", ".join(dict.fromkeys(tag.lower() for tag in declared))


def _tagged(tags: list[str], prefix: str) -> Iterator[str]:
    return (tag.removeprefix(prefix) for tag in tags if tag.startswith(prefix))


def _link(written: str) -> str:
    """A web address, or the name of a file in the repository (`LICENSE`); any other scheme is dropped."""
    text = clean(written)
    return text if text.startswith("https://") or ":" not in text else ""
