"""The live client against the loopback Hub: a fault gives one warning or one plain status, and the rest is complete."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.hub_server import Fault, HubServer
from vcdd.core.hub import Hub, HubStatus
from vcdd.hub.cache import Cache
from vcdd.hub.client import LiveHub
from vcdd.hub.endpoint import FIELDS
from vcdd.hub.pace import Pace

GOOD = "Qwen/Qwen3-0.6B"
BAD = "facebook/opt-125m"


def quick(*, sleep: Callable[[float], None] = lambda _: None) -> Pace:
    """A pace that waits in no time: its clock moves when it sleeps."""
    time = [1000.0]

    def pass_time(seconds: float) -> None:
        time[0] += seconds
        sleep(seconds)

    return Pace(budget_s=20.0, sleep=pass_time, clock=lambda: time[0])


def open_live(server: HubServer, now: datetime, **options: object) -> LiveHub:
    return LiveHub(**{"now": now, "endpoint": server.url, "timeout_s": 5.0, "pace": quick()} | options)  # type: ignore[arg-type]


def test_the_live_hub_is_a_hub(server: HubServer, now: datetime) -> None:
    hub: Hub = open_live(server, now)
    assert hub.asked == ()
    assert hub.warnings == ()


def test_each_distinct_id_is_asked_once_with_the_fields_we_read(server: HubServer, now: datetime) -> None:
    hub = open_live(server, now)
    first = hub.look_up([GOOD, BAD, GOOD])
    assert hub.look_up([BAD]) == {BAD: first[BAD]}
    assert list(first) == sorted([GOOD, BAD])
    assert server.count(GOOD) == server.count(BAD) == 1
    assert server.seen[0][0].count("expand=") == len(FIELDS)
    assert hub.asked == tuple(sorted([GOOD, BAD]))
    assert first[GOOD].fetched == now.date()


def test_no_token_is_sent_unless_asked_even_if_one_is_saved(
    server: HubServer, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_saved")
    open_live(server, now).look_up([GOOD])
    assert "authorization" not in server.seen[0][1]


def test_a_token_is_sent_when_asked(server: HubServer, now: datetime) -> None:
    open_live(server, now, token="hf_given").look_up([GOOD])
    assert server.seen[0][1]["authorization"] == "Bearer hf_given"


def test_a_redirect_to_another_host_carries_no_token(server: HubServer, now: datetime) -> None:
    other = server.url.replace("127.0.0.1", "localhost")
    server.faults["old/name"] = Fault.ELSEWHERE
    server.renames["old/name"] = f"{other}/api/models/{GOOD}"
    hub = open_live(server, now, token="hf_given")
    assert hub.look_up(["old/name"])["old/name"].id == GOOD
    assert [("authorization" in headers) for _, headers in server.seen] == [True, False]


def test_a_redirect_out_of_the_model_pages_is_not_followed(server: HubServer, now: datetime) -> None:
    server.faults["old/name"] = Fault.ELSEWHERE
    server.renames["old/name"] = f"{server.url}/login"
    assert open_live(server, now).look_up(["old/name"])["old/name"].status is HubStatus.ODD
    assert len(server.seen) == 1


def test_a_rename_is_told_by_the_answered_id_and_keeps_the_question(server: HubServer, now: datetime) -> None:
    server.faults["bert-base-uncased"] = Fault.RENAMED
    server.renames["bert-base-uncased"] = "google-bert/bert-base-uncased"
    record = open_live(server, now).look_up(["bert-base-uncased"])["bert-base-uncased"]
    assert (record.asked, record.id) == ("bert-base-uncased", "google-bert/bert-base-uncased")
    assert "expand=" in server.seen[-1][0]


@pytest.mark.parametrize("bad", ["../etc/passwd", "a/b?c=d", "a/b/c", "x" * 200, "a/b\r\nX: y", ""])
def test_what_cannot_be_an_id_is_never_sent(server: HubServer, now: datetime, bad: str) -> None:
    hub = open_live(server, now)
    assert hub.look_up([bad])[bad].status is HubStatus.NOT_ASKED
    assert server.seen == []
    assert hub.asked == ()


PLAIN = [
    (Fault.MISSING, HubStatus.NOT_PUBLIC),
    (Fault.MISSING_404, HubStatus.NOT_PUBLIC),
    (Fault.GATED_METADATA, HubStatus.GATED),
    (Fault.DISABLED, HubStatus.DISABLED),
]
TROUBLE = [
    (Fault.SERVER_ERROR, HubStatus.UNREACHABLE, "HTTP status 500"),
    (Fault.FORBIDDEN, HubStatus.ODD, "HTTP status 403"),
    (Fault.CUT_OFF, HubStatus.ODD, "not a model document"),
    (Fault.HTML, HubStatus.ODD, "not a model document"),
    (Fault.LIST, HubStatus.ODD, "not a model document"),
    (Fault.DEEP, HubStatus.ODD, "not a model document"),
    (Fault.HUGE, HubStatus.ODD, "too large"),
    (Fault.LOOP, HubStatus.ODD, "redirected"),
    (Fault.GZIP, HubStatus.ODD, "encoded"),
]


@pytest.mark.parametrize(("fault", "status"), PLAIN)
def test_a_plain_refusal_is_a_status_and_not_a_warning(
    server: HubServer, now: datetime, fault: Fault, status: HubStatus
) -> None:
    server.faults[BAD] = fault
    hub = open_live(server, now)
    records = hub.look_up([GOOD, BAD])
    assert (records[BAD].status, records[GOOD].status) == (status, HubStatus.OK)
    assert hub.warnings == ()


@pytest.mark.parametrize(("fault", "status", "why"), TROUBLE)
def test_one_fault_gives_one_warning_and_leaves_the_rest_complete(
    server: HubServer, now: datetime, fault: Fault, status: HubStatus, why: str
) -> None:
    server.faults[BAD] = fault
    hub = open_live(server, now)
    records = hub.look_up([GOOD, BAD])
    assert (records[BAD].status, records[GOOD].status) == (status, HubStatus.OK)
    assert len(hub.warnings) == 1
    assert why in hub.warnings[0]
    assert BAD in hub.warnings[0]
    assert GOOD not in hub.warnings[0]


@pytest.mark.parametrize("fault", [Fault.SLOW, Fault.DRIP, Fault.SHORT])
def test_the_first_network_failure_ends_the_asking(server: HubServer, now: datetime, fault: Fault) -> None:
    server.everything = fault
    hub = open_live(server, now, timeout_s=0.15)
    hub.look_up([BAD])
    later = hub.look_up([GOOD, "gpt2"])
    assert {record.status for record in later.values()} == {HubStatus.UNREACHABLE}
    assert len(server.seen) == 1
    assert hub.asked == (BAD,)
    assert len(hub.warnings) == 1
    assert GOOD in hub.warnings[0]


def test_a_refused_connection_is_unreachable(now: datetime) -> None:
    hub = LiveHub(now=now, endpoint="http://127.0.0.1:9", timeout_s=2.0)
    assert hub.look_up([GOOD])[GOOD].status is HubStatus.UNREACHABLE
    assert len(hub.warnings) == 1


def test_three_server_errors_in_a_row_end_the_asking(server: HubServer, now: datetime) -> None:
    server.everything = Fault.SERVER_ERROR
    hub = open_live(server, now)
    for model_id in ("a/1", "a/2", "a/3", "a/4"):
        assert hub.look_up([model_id])[model_id].status is HubStatus.UNREACHABLE
    assert len(server.seen) == 3
    assert len(hub.warnings) == 1


def test_a_short_rate_limit_is_waited_out(server: HubServer, now: datetime) -> None:
    waits: list[float] = []
    server.faults[BAD] = Fault.RATE_LIMITED_ONCE
    hub = open_live(server, now, pace=quick(sleep=waits.append))
    assert hub.look_up([BAD])[BAD].status is HubStatus.OK
    assert waits == [4.0]
    assert server.count(BAD) == 2
    assert hub.warnings == ()


def test_a_long_rate_limit_ends_the_asking(server: HubServer, now: datetime) -> None:
    waits: list[float] = []
    server.faults[BAD] = Fault.RATE_LIMITED
    hub = open_live(server, now, pace=quick(sleep=waits.append))
    assert hub.look_up([BAD])[BAD].status is HubStatus.RATE_LIMITED
    assert hub.look_up([GOOD])[GOOD].status is HubStatus.RATE_LIMITED
    assert (len(server.seen), waits) == (1, [])
    assert len(hub.warnings) == 1
    assert BAD in hub.warnings[0]
    assert GOOD in hub.warnings[0]


def keep(server: HubServer, folder: Path) -> Cache:
    return Cache(folder=folder, endpoint=server.url, fields=FIELDS)


def test_a_fresh_answer_is_not_asked_again(server: HubServer, now: datetime, tmp_path: Path) -> None:
    cache = keep(server, tmp_path)
    live = open_live(server, now, cache=cache).look_up([GOOD, "no/where"])
    later = open_live(server, now + timedelta(hours=23), cache=cache)
    again = later.look_up([GOOD, "no/where"])
    assert len(server.seen) == 2
    assert later.asked == ()
    assert again[GOOD].from_cache
    assert again[GOOD].licence == live[GOOD].licence
    assert again["no/where"].status is HubStatus.NOT_PUBLIC


def test_an_old_answer_is_revalidated_by_etag(server: HubServer, now: datetime, tmp_path: Path) -> None:
    cache = keep(server, tmp_path)
    open_live(server, now, cache=cache).look_up([GOOD])
    next_week = now + timedelta(days=7)
    record = open_live(server, next_week, cache=cache).look_up([GOOD])[GOOD]
    assert server.seen[-1][1]["if-none-match"].startswith('W/"')
    assert (record.status, record.fetched) == (HubStatus.OK, next_week.date())
    assert open_live(server, next_week, cache=cache).look_up([GOOD])[GOOD].from_cache
    assert len(server.seen) == 2


def test_a_hub_that_is_down_leaves_kept_answers_with_their_date(
    server: HubServer, now: datetime, tmp_path: Path
) -> None:
    cache = keep(server, tmp_path)
    open_live(server, now, cache=cache).look_up([GOOD])
    server.everything = Fault.SERVER_ERROR
    hub = open_live(server, now + timedelta(days=3), cache=cache)
    record = hub.look_up([GOOD])[GOOD]
    assert (record.status, record.fetched, record.from_cache) == (HubStatus.OK, now.date(), True)
    (warning,) = hub.warnings
    assert "it answered with HTTP status 500" in warning
    assert f"kept answers of 2026-11-24 are shown for {GOOD}" in warning


def test_sixty_ids_are_all_answered(server: HubServer, now: datetime) -> None:
    ids = [f"some/model-{i}" for i in range(60)]
    for model_id in ids:
        server.add(model_id)
    records = open_live(server, now).look_up(ids)
    assert {record.status for record in records.values()} == {HubStatus.OK}
    assert all(count == 1 for count in server.counts.values())
