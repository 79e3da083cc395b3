"""What the Hub lists, most downloaded first, page by page, and where the reading stopped.

A "download" is what the Hub calls one: a GET or HEAD request on one of a repository's query files, such as
`config.json` (Hub documentation, "Models Download Stats"). It is no user, no company and no use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from vcdd.core.hub import HubRecord, HubStatus
from vcdd.hub.answers import hold_seconds
from vcdd.hub.documents import decode, to_record
from vcdd.hub.endpoint import ENDPOINT
from vcdd.hub.pace import Pace
from vcdd.hub.transport import Answer, get
from vcdd.values import dataclass

PAGE = 500
"""Models on a page; with the fields below a page is about half a megabyte, an eighth of what is read at most."""
_FIELDS = ("author", "createdAt", "downloads", "downloadsAllTime", "pipeline_tag", "tags", "baseModels", "library_name")
_LARGEST = 10**15
"""Larger counts are no counts of downloads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedModel:
    """One model as the Hub lists it: the uploader's words, and the Hub's counts."""

    record: HubRecord
    month: int | None
    """Downloads in the 30 days before the listing; None where the Hub gives none."""
    ever: int | None
    """Downloads since the repository exists; None where the Hub gives none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A listing, whole or as far as it was read."""

    taken: datetime
    endpoint: str
    task: str
    """Only this task was asked for; empty for all."""
    pages: int
    models: tuple[ListedModel, ...]
    """As listed: most downloads in 30 days first, each id once."""
    is_whole: bool
    stopped: str
    """Why the reading stopped before the end, in a clause; empty for a whole listing."""


def read_listing(
    *,
    now: datetime,
    endpoint: str = ENDPOINT,
    task: str = "",
    most_pages: int = 40,
    token: str | None = None,
    timeout_s: float = 30.0,
    pace: Pace | None = None,
    fetch: Callable[..., Answer] = get,
) -> Listing:
    """The most downloaded models, at most `most_pages` pages of them. Raises nothing for what the network does.

    `pace` bounds how long rate limits are waited out, 15 minutes unless told.
    """
    pace = pace or Pace(budget_s=900.0)
    query = [
        ("limit", str(PAGE)),
        ("sort", "downloads"),
        ("direction", "-1"),
        *(("expand", field) for field in _FIELDS),
    ]
    query += [("pipeline_tag", task)] if task else []
    url = f"{endpoint.rstrip('/')}/api/models?{urlencode(query)}"
    found: dict[str, ListedModel] = {}
    stopped, pages = f"the bound of {most_pages} pages was reached", 0
    while pages < most_pages:
        answer = _patient(url, token, timeout_s, pace, fetch)
        page = _page(answer, now)
        if page is None:
            stopped = _reason(answer)
            break
        pages += 1
        for model in page:
            found.setdefault(model.record.id, model)
        url = next_page(answer, url)
        if not url:
            stopped = ""
            break
    return Listing(
        taken=now,
        endpoint=endpoint,
        task=task,
        pages=pages,
        models=tuple(found.values()),
        is_whole=not stopped,
        stopped=stopped,
    )


def of_task(listing: Listing, task: str) -> Listing:
    """The part of a listing that is about one task; the listing itself for an empty task, or for its own."""
    if not task or task == listing.task:
        return listing
    return replace(listing, task=task, models=tuple(m for m in listing.models if m.record.pipeline_tag == task))


def next_page(answer: Answer, url: str) -> str:
    """The address in the `Link` header with `rel="next"`; empty at the end, and for any other path or host."""
    for part in answer.headers.get("link", "").split(","):
        address, _, relation = part.partition(";")
        if 'rel="next"' in relation:
            try:
                target = urljoin(url, address.strip().strip("<>"))
                here, there = urlsplit(url), urlsplit(target)
            except ValueError:
                return ""
            return target if here[:3] == there[:3] and target != url else ""
    return ""


def to_listed(document: Any, now: datetime) -> ListedModel | None:
    """One item of a page; None where it is no model document."""
    record = to_record(document, asked="", fetched=now.date())
    if record.status is HubStatus.ODD:
        return None
    return ListedModel(record=record, month=record.downloads, ever=_count(document.get("downloadsAllTime")))


def _patient(url: str, token: str | None, timeout_s: float, pace: Pace, fetch: Callable[..., Answer]) -> Answer:
    """The answer, asked again after a rate limit as long as the pace allows."""
    while True:
        answer = fetch(url, token=token, timeout_s=timeout_s)
        wait_s = hold_seconds(answer)
        if wait_s is not None:
            pace.hold(wait_s)
        if answer.status != 429 or wait_s is None or not pace.may_ask():
            return answer


def _page(answer: Answer, now: datetime) -> list[ListedModel] | None:
    items = decode(answer.body) if answer.status == 200 and not answer.trouble else None
    return list(_items(items, now)) if isinstance(items, list) else None


def _items(items: list[Any], now: datetime) -> Iterator[ListedModel]:
    for item in items[: 2 * PAGE]:
        model = to_listed(item, now)
        if model is not None:
            yield model


def _reason(answer: Answer) -> str:
    if answer.trouble:
        return answer.trouble.value
    return f"the Hub answered with HTTP status {answer.status}" if answer.status != 200 else "the answer was no listing"


def _count(value: object) -> int | None:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and isinstance(value, int) and 0 <= value < _LARGEST else None
