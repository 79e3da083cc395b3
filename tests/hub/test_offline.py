"""Offline: kept and embedded records with their dates, an honest OFFLINE for the rest, the same twice."""

from __future__ import annotations

import gzip
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.hub_server import HubServer
from vcdd.core.hub import Hub, HubRecord, HubStatus
from vcdd.hub.cache import Cache, Entry
from vcdd.hub.endpoint import FIELDS
from vcdd.hub.offline import OfflineHub
from vcdd.hub.opening import default_cache_folder, open_hub
from vcdd.hub.snapshot import EmbeddedSnapshot, embedded_snapshot, parse_snapshot

TABLE = (
    '#{"as_of": "2026-11-01", "sources": []}\n'
    "a/b\tmit\t\t\tLlamaForCausalLM\tllama\t7000000000\t\t2024-01-02\ttext-generation\n"
    "a/b-GGUF\tapache-2.0\t\tquantized:a/b|:c/d\t\t\t\tauto\t\t\n"
)


def test_nothing_is_known_and_nothing_is_asked() -> None:
    hub: Hub = OfflineHub()
    assert hub.look_up(["z/z", "a/a", "z/z"]) == {
        "a/a": HubRecord(asked="a/a", status=HubStatus.OFFLINE),
        "z/z": HubRecord(asked="z/z", status=HubStatus.OFFLINE),
    }
    assert (hub.asked, hub.warnings) == ((), ())


def test_a_snapshot_answers_for_what_it_holds_with_its_day() -> None:
    snapshot = parse_snapshot(TABLE.encode())
    found = OfflineHub([snapshot]).look_up(["a/b", "a/b-GGUF", "a", "b"])
    assert found["a/b"].licence == "mit"
    assert found["a/b"].parameters == 7_000_000_000
    assert (found["a/b"].source, found["a/b"].fetched) == ("snapshot", date(2026, 11, 1))
    assert found["a/b-GGUF"].bases == (("a/b", "quantized"), ("c/d", ""))
    assert found["a/b-GGUF"].gated == "auto"
    assert {found["a"].status, found["b"].status} == {HubStatus.OFFLINE}


def test_the_first_source_that_knows_an_id_answers(tmp_path: Path, now: datetime) -> None:
    cache = Cache(folder=tmp_path, endpoint="https://huggingface.co", fields=FIELDS)
    cache.write("a/b", Entry(fetched=now, document={"id": "a/b", "cardData": {"license": "gemma"}}))
    found = OfflineHub([cache, parse_snapshot(TABLE.encode())]).look_up(["a/b", "a/b-GGUF"])
    assert (found["a/b"].licence, found["a/b-GGUF"].licence) == ("gemma", "apache-2.0")


def test_offline_twice_is_the_same(tmp_path: Path, now: datetime) -> None:
    ids = ["Qwen/Qwen3-0.6B", "no/where", "bert-base-uncased"]
    first, second = (open_hub(now=now, offline=True, cache_folder=tmp_path).look_up(ids) for _ in range(2))
    assert first == second
    assert list(first) == sorted(ids)


def test_the_opened_hub_keeps_answers_for_the_next_offline_run(
    server: HubServer, now: datetime, tmp_path: Path
) -> None:
    live = open_hub(now=now, endpoint=server.url + "/", cache_folder=tmp_path)
    live.look_up(["Qwen/Qwen3-0.6B"])
    later = open_hub(now=now, offline=True, endpoint=server.url, cache_folder=tmp_path, with_snapshot=False)
    record = later.look_up(["Qwen/Qwen3-0.6B"])["Qwen/Qwen3-0.6B"]
    assert (record.status, record.from_cache, later.asked) == (HubStatus.OK, True, ())


def test_the_embedded_snapshot_is_readable_where_there_is_one() -> None:
    snapshot = embedded_snapshot()
    found = EmbeddedSnapshot().find(["no-such/model-anywhere"])
    assert found == {}
    if snapshot:
        lines = snapshot.text.splitlines()[1:]
        assert lines == sorted(lines)
        assert len({line.partition("\t")[0] for line in lines}) == len(lines)


def test_a_snapshot_with_a_broken_head_is_our_own_fault() -> None:
    with pytest.raises(ValueError, match="Expecting value"):
        parse_snapshot(gzip.decompress(gzip.compress(b"no head\n")))


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "/home/u/.cache/vcdd/hub"),
        ({"XDG_CACHE_HOME": "/c"}, "/c/vcdd/hub"),
        ({"XDG_CACHE_HOME": "relative"}, "/home/u/.cache/vcdd/hub"),
    ],
)
def test_the_cache_lies_where_caches_lie(environ: dict[str, str], expected: str) -> None:
    assert default_cache_folder(environ, Path("/home/u")) == Path(expected)


NAMED = (
    '#{"as_of": "2026-11-01", "sources": []}\n'
    "Almawave/Velvet-14B\tapache-2.0\t\t\t\t\t\t\t\t\n"
    "copier/Lone-7B\tmit\t\tquantized:maker/Lone-7B\t\t\t\t\t\t\n"
    "maker/Lone-7B\tmit\t\t\t\t\t\t\t\t\n"
    "one/Twin-7B\tmit\t\t\t\t\t\t\t\t\n"
    "two/Twin-7B\tmit\t\t:one/Other\t\t\t\t\t\t\n"
)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("velvet-14b", "Almawave/Velvet-14B"),
        ("Lone-7B", "maker/Lone-7B"),
        ("Twin-7B", ""),
        ("Other", ""),
        ("14B", ""),
        ("", ""),
    ],
)
def test_a_name_is_the_id_of_the_one_original_that_bears_it(name: str, found: str) -> None:
    hub = OfflineHub([parse_snapshot(NAMED.encode())])
    assert hub.named([name]) == ({name: found} if found else {})


def test_no_cell_of_the_snapshot_changes_its_length_in_lower_case() -> None:
    snapshot = embedded_snapshot()
    assert snapshot is None or len(snapshot.text.lower()) == len(snapshot.text)
