"""One bounded GET through huggingface_hub's own session: proxies, certificates and user agent are the library's.

Redirects are followed here and not by the library, so that a token never leaves the endpoint it was meant for and a
loop ends after five hops. Bodies are read undecoded and never beyond the limit.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Any
from urllib.parse import urljoin, urlsplit

from vcdd.hub import library
from vcdd.values import dataclass

_MOST_HOPS = 5
# A document with 10,000 files is about 1 MB; the largest recorded one has 34 KB.
MOST_BYTES = 4_000_000
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Trouble(StrEnum):
    """Why there is no usable answer."""

    NETWORK = "the connection failed"
    SLOW = "it did not answer in time"
    OFF = "HF_HUB_OFFLINE is set"
    TOO_LARGE = "the answer was too large"
    REDIRECTS = "it redirected without end, or out of its own model pages"
    ENCODED = "the answer was encoded in a way that was not asked for"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back. `trouble` is None for a complete HTTP answer, whatever its status."""

    status: int = 0
    """HTTP status; 0 where there was none."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""
    body: bytes = b""
    url: str = ""
    """The address that answered, after redirects."""
    trouble: Trouble | None = None


def get(
    url: str,
    *,
    token: str | None = None,
    etag: str = "",
    timeout_s: float = 10.0,
    pages: str = "/api/models",
    most_bytes: int = MOST_BYTES,
) -> Answer:
    """The answer to one GET, redirects followed, within `timeout_s` seconds for each hop as a whole.

    `token` is sent only to the origin of `url`, and only over https or to the same machine. `etag` asks for 304. A
    redirect is followed only to a path that holds `pages`; empty follows within the same origin.
    """
    address = url
    for _ in range(_MOST_HOPS + 1):
        answer = _one_hop(
            address,
            headers=_headers(address, home=url, token=token, etag=etag),
            timeout_s=timeout_s,
            most_bytes=most_bytes,
        )
        if answer.trouble or answer.status not in _REDIRECTS:
            return answer
        target = _redirect_target(address, answer.headers.get("location", ""), pages)
        if not target:
            break
        address = target
    return Answer(url=address, trouble=Trouble.REDIRECTS)


def _headers(address: str, *, home: str, token: str | None, etag: str) -> dict[str, str]:
    may_carry = token and _origin(address) == _origin(home) and _is_private(address)
    headers = library.headers(token if may_carry else None)
    headers |= {"accept": "application/json", "accept-encoding": "identity"}
    return headers | {"if-none-match": etag} if etag else headers


def _one_hop(address: str, *, headers: dict[str, str], timeout_s: float, most_bytes: int) -> Answer:
    offline_error, backend_error = library.failures()
    deadline = time.monotonic() + timeout_s
    try:
        with library.session().stream(
            "GET", address, headers=headers, timeout=timeout_s, follow_redirects=False
        ) as response:
            return _read(response, address, deadline, most_bytes)
    except offline_error:
        return Answer(url=address, trouble=Trouble.OFF)
    except (backend_error, OSError) as error:
        slow = "Timeout" in type(error).__name__
        return Answer(url=address, trouble=Trouble.SLOW if slow else Trouble.NETWORK)


def _read(response: Any, address: str, deadline: float, most_bytes: int) -> Answer:
    """The whole answer, unless it is too large, encoded, or dripping in too slowly."""
    headers = {str(name).lower(): str(value) for name, value in response.headers.items()}
    answer = Answer(status=int(response.status_code), headers=headers, url=address)
    if answer.status in _REDIRECTS:
        return answer
    if headers.get("content-encoding", "identity").lower() not in {"identity", ""}:
        return Answer(url=address, trouble=Trouble.ENCODED)
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > most_bytes:
            return Answer(url=address, trouble=Trouble.TOO_LARGE)
        if time.monotonic() > deadline:
            return Answer(url=address, trouble=Trouble.SLOW)
    return Answer(status=answer.status, headers=headers, body=bytes(body), url=address)


def _redirect_target(address: str, location: str, pages: str) -> str:
    """Where a redirect leads, empty where it leads out of the expected pages. The question's own query is kept.

    A rename answers with a relative path and no query (recorded exchange for `bert-base-uncased`).
    """
    if not location.isascii() or not location.isprintable():
        return ""
    try:
        target, asked = urlsplit(urljoin(address, location)), urlsplit(address)
        is_known_scheme = target.scheme == "https" or (target.scheme == asked.scheme == "http")
        is_fine = is_known_scheme and bool(target.hostname) and target.username is None
    except ValueError:
        return ""
    is_expected = pages in target.path if pages else _origin(target.geturl()) == _origin(address)
    if not is_fine or not is_expected:
        return ""
    return target._replace(query=target.query or asked.query, fragment="").geturl()


def _origin(address: str) -> tuple[str, str, int | None]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname or "", parts.port


def _is_private(address: str) -> bool:
    """Whether what is sent there cannot be read on the way."""
    parts = urlsplit(address)
    return parts.scheme == "https" or parts.hostname in {"127.0.0.1", "localhost", "::1"}
