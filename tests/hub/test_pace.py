"""One waiting budget and one breaker for all threads of a run."""

from __future__ import annotations

from datetime import datetime

from vcdd.core.hub import HubStatus
from vcdd.hub.client import LiveHub
from vcdd.hub.pace import Pace
from vcdd.hub.transport import Answer, Trouble


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def make(budget_s: float) -> tuple[Pace, Clock]:
    clock = Clock()
    return Pace(budget_s=budget_s, sleep=clock.sleep, clock=clock), clock


def test_a_hold_within_the_budget_is_waited_out() -> None:
    pace, clock = make(20)
    pace.hold(15)
    assert pace.may_ask()
    assert clock.now == 115


def test_two_threads_told_of_one_limit_spend_the_budget_once() -> None:
    pace, clock = make(20)
    pace.hold(15)
    pace.hold(15)
    assert pace.may_ask()
    pace.hold(5)
    assert pace.may_ask()
    assert clock.now == 120


def test_a_hold_beyond_the_budget_ends_the_asking() -> None:
    pace, clock = make(20)
    pace.hold(15)
    assert pace.may_ask()
    pace.hold(6)
    assert not pace.may_ask()
    assert pace.stopped is HubStatus.RATE_LIMITED
    assert clock.now == 115


def test_the_first_reason_to_stop_stands() -> None:
    pace, _ = make(0)
    pace.stop(HubStatus.UNREACHABLE)
    pace.hold(1)
    assert pace.stopped is HubStatus.UNREACHABLE


def test_server_errors_stop_only_when_they_follow_each_other() -> None:
    pace, _ = make(0)
    for server_error in (True, True, False, True, True):
        pace.count(server_error=server_error)
    assert pace.may_ask()
    pace.count(server_error=True)
    assert pace.stopped is HubStatus.UNREACHABLE


def test_offline_mode_of_the_library_is_said_and_asked_no_further(now: datetime) -> None:
    urls: list[str] = []

    def fetch(url: str, **_: object) -> Answer:
        urls.append(url)
        return Answer(url=url, trouble=Trouble.OFF)

    hub = LiveHub(now=now, fetch=fetch)
    hub.look_up(["a/a"])
    hub.look_up(["b/b"])
    assert len(urls) == 1
    assert "HF_HUB_OFFLINE is set" in hub.warnings[0]
