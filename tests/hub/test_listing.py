"""Listing an organisation: page by page, bounded, incomplete where it says so."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.hub_server import Fault, HubServer
from vcdd.hub.listing import list_models


def test_all_pages_are_read_and_sorted(server: HubServer, now: datetime) -> None:
    server.page_size = 2
    listing = list_models("Qwen", now=now, endpoint=server.url)
    names = [record.id for record in listing.records]
    assert names == sorted(name for name in server.documents if name.startswith("Qwen/"))
    assert len(server.seen) == 2
    assert listing.is_complete
    assert listing.warnings == ()


def test_an_unknown_author_has_an_empty_complete_list(server: HubServer, now: datetime) -> None:
    listing = list_models("nobody-at-all", now=now, endpoint=server.url)
    assert (listing.records, listing.is_complete) == ((), True)


def test_an_endless_list_is_cut(server: HubServer, now: datetime) -> None:
    server.page_size = 1
    for i in range(30):
        server.add(f"big/model-{i:02}")
    listing = list_models("big", now=now, endpoint=server.url)
    assert len(server.seen) == 20
    assert (len(listing.records), listing.is_complete, len(listing.warnings)) == (20, False, 1)


@pytest.mark.parametrize("fault", [Fault.HTML, Fault.SERVER_ERROR, Fault.HUGE, Fault.RATE_LIMITED, Fault.DEEP])
def test_a_failing_page_gives_one_warning(server: HubServer, now: datetime, fault: Fault) -> None:
    server.everything = fault
    listing = list_models("Qwen", now=now, endpoint=server.url)
    assert (listing.records, listing.is_complete, len(listing.warnings)) == ((), False, 1)


@pytest.mark.parametrize("bad", ["a/b", "../x", "", "a b"])
def test_what_cannot_be_an_organisation_is_never_sent(server: HubServer, now: datetime, bad: str) -> None:
    assert list_models(bad, now=now, endpoint=server.url).warnings
    assert server.seen == []
