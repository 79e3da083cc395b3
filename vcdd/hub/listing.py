"""What one organisation publishes on the Hub, page by page and bounded, for `hf:ORG`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode, urljoin, urlsplit

from vcdd.core.hub import HubRecord, HubStatus
from vcdd.hub.client import is_valid_id
from vcdd.hub.documents import decode, to_record
from vcdd.hub.endpoint import ENDPOINT, FIELDS
from vcdd.hub.transport import Answer, get
from vcdd.values import dataclass

_PAGE = 100
_MOST_PAGES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The models of one author as the Hub lists them."""

    author: str
    records: tuple[HubRecord, ...] = ()
    """Sorted by id."""
    is_complete: bool = False
    """False when a page failed or the bound of 2,000 models was reached."""
    warnings: tuple[str, ...] = ()


def list_models(
    author: str,
    *,
    now: datetime,
    endpoint: str = ENDPOINT,
    token: str | None = None,
    timeout_s: float = 10.0,
    fetch: Callable[..., Answer] = get,
) -> Listing:
    """Every public model of `author`, at most 2,000, most downloaded first on the wire and sorted by id in the result.

    An organisation that does not exist and one without public models are one answer: an empty, complete listing.
    """
    if "/" in author or not is_valid_id(author):
        return Listing(author=author, warnings=("This is not the name of a Hub organisation: nothing was asked.",))
    query = [("author", author), ("limit", str(_PAGE)), ("sort", "downloads"), *(("expand", f) for f in FIELDS)]
    url = f"{endpoint.rstrip('/')}/api/models?{urlencode(query)}"
    records: dict[str, HubRecord] = {}
    for _ in range(_MOST_PAGES):
        answer = fetch(url, token=token, timeout_s=timeout_s)
        page = _page(answer, now)
        if page is None:
            return _listing(author, records, trouble=_reason(answer))
        records.update((record.id, record) for record in page if record.author.lower() == author.lower())
        url = _next(answer, url)
        if not url:
            return _listing(author, records, trouble="")
    return _listing(author, records, trouble=f"it lists more than {_PAGE * _MOST_PAGES} models, the most that are read")


def _page(answer: Answer, now: datetime) -> list[HubRecord] | None:
    """The records on one page, odd items left out; None where the answer is not a page."""
    items = decode(answer.body) if answer.status == 200 and not answer.trouble else None
    if not isinstance(items, list):
        return None
    read = (to_record(item, asked="", fetched=now.date()) for item in items[:_PAGE])
    return [replace(record, asked=record.id) for record in read if record.status is not HubStatus.ODD]


def _next(answer: Answer, url: str) -> str:
    """The next page by the `Link` header, empty at the end; only within the same endpoint."""
    for part in answer.headers.get("link", "").split(","):
        address, _, relation = part.partition(";")
        if 'rel="next"' in relation:
            target = urljoin(url, address.strip().strip("<>"))
            here, there = urlsplit(url), urlsplit(target)
            return target if (here.scheme, here.netloc, here.path) == (there.scheme, there.netloc, there.path) else ""
    return ""


def _reason(answer: Answer) -> str:
    return answer.trouble.value if answer.trouble else f"it answered with HTTP status {answer.status}"


def _listing(author: str, records: dict[str, HubRecord], *, trouble: str) -> Listing:
    warning = f"The Hub's list of models by {author} is not complete ({trouble}): the others are unknown."
    return Listing(
        author=author,
        records=tuple(records[name] for name in sorted(records)),
        is_complete=not trouble,
        warnings=(warning,) if trouble else (),
    )
