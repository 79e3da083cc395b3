"""The cache trusts nothing it finds and never leaves half a file."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from vcdd.core.hub import HubStatus
from vcdd.hub.cache import Cache, Entry

DOCUMENT = {"id": "a/b", "cardData": {"license": "mit"}}


def make(folder: Path, **options: object) -> Cache:
    return Cache(**{"folder": folder, "endpoint": "https://hub", "fields": ("author",)} | options)  # type: ignore[arg-type]


def test_what_is_written_is_read_back(tmp_path: Path, now: datetime) -> None:
    entry = Entry(fetched=now, etag='W/"1"', document=DOCUMENT)
    make(tmp_path).write("a/b", entry)
    assert make(tmp_path).read("a/b") == entry
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("other", [{"endpoint": "https://mirror"}, {"fields": ("tags",)}, {"with_token": True}])
def test_another_endpoint_field_set_or_token_is_another_entry(
    tmp_path: Path, now: datetime, other: dict[str, object]
) -> None:
    make(tmp_path).write("a/b", Entry(fetched=now, document=DOCUMENT))
    assert make(tmp_path, **other).read("a/b") is None


def kept(**fields: object) -> bytes:
    whole = {"version": 1, "id": "a/b", "fetched": "2026-11-24T00:00:00+00:00", "etag": "", "document": {}}
    return json.dumps(whole | fields).encode()


DAMAGED = [
    *(b"", b"{", b"[]", b"null", b'{"version": 1}', b"[" * 100_000),
    kept(id="other/id"),
    kept(fetched="2026-11-24T00:00:00"),
    kept(fetched=5),
    kept(version=9),
]


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_or_foreign_file_is_no_entry(tmp_path: Path, now: datetime, damage: bytes) -> None:
    cache = make(tmp_path)
    cache.write("a/b", Entry(fetched=now, document=DOCUMENT))
    next(tmp_path.iterdir()).write_bytes(damage)
    assert cache.read("a/b") is None


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path: Path, now: datetime) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    cache = make(blocked / "cache")
    cache.write("a/b", Entry(fetched=now, document=DOCUMENT))
    assert cache.read("a/b") is None
    assert cache.prune() == 0


@pytest.mark.parametrize(
    ("age", "fresh"),
    [(timedelta(0), True), (timedelta(hours=23), True), (timedelta(hours=24), False), (timedelta(hours=-1), False)],
)
def test_an_entry_is_fresh_for_a_day(now: datetime, age: timedelta, fresh: bool) -> None:
    assert Entry(fetched=now - age).is_fresh(now) is fresh


def test_kept_answers_come_with_their_date(tmp_path: Path, now: datetime) -> None:
    cache = make(tmp_path)
    cache.write("a/b", Entry(fetched=now, document=DOCUMENT))
    cache.write("no/where", Entry(fetched=now))
    found = cache.find(["a/b", "no/where", "never/seen"])
    assert set(found) == {"a/b", "no/where"}
    assert (found["a/b"].licence, found["a/b"].fetched, found["a/b"].from_cache) == ("mit", now.date(), True)
    assert found["no/where"].status is HubStatus.NOT_PUBLIC
