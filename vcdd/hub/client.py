"""The live Hub: each distinct id asked once, eight at a time, and the first network failure ends the asking.

What could not be had live is taken from the cache or the embedded snapshot, with its own date; what neither knows gets
a status that says why. Nothing raises for what the network or the Hub does.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from urllib.parse import quote, urlencode

from vcdd.core.hub import HubRecord, HubStatus
from vcdd.hub import library
from vcdd.hub.answers import Reading, hold_seconds, read_answer
from vcdd.hub.cache import Cache, Entry
from vcdd.hub.endpoint import ENDPOINT, FIELDS
from vcdd.hub.pace import Pace
from vcdd.hub.sources import Source, first_known, first_named
from vcdd.hub.text import is_repo_id
from vcdd.hub.transport import Answer, Trouble, get
from vcdd.hub.warnings import sentences

# At 50 ms latency 48 ids take 2.6 s with one worker, 0.35 s with eight, 0.20 s with sixteen.
_WORKERS = 8
_FAILED = frozenset({HubStatus.RATE_LIMITED, HubStatus.UNREACHABLE, HubStatus.ODD})
_FATAL = frozenset({Trouble.NETWORK, Trouble.SLOW, Trouble.OFF})


class LiveHub:
    """Satisfies `core.hub.Hub` over the network.

    `now` is the run's own time, with zone: it dates answers and ages the cache. `token` None sends no token at all, not
    even one that is saved on the machine. `fallbacks` are asked for what the network did not give.
    """

    def __init__(
        self,
        *,
        now: datetime,
        endpoint: str = ENDPOINT,
        token: str | None = None,
        cache: Cache | None = None,
        fallbacks: Sequence[Source] = (),
        timeout_s: float = 10.0,
        pace: Pace | None = None,
        fetch: Callable[..., Answer] = get,
    ) -> None:
        self._now = now
        self._endpoint = endpoint.rstrip("/")
        self._token = token
        self._cache = cache
        self._fallbacks = ((cache,) if cache else ()) + tuple(fallbacks)
        self._timeout_s = timeout_s
        self._pace = pace or Pace(budget_s=20.0)
        self._fetch = fetch
        self._lock = threading.Lock()
        self._known: dict[str, HubRecord] = {}
        self._sent: set[str] = set()
        self._troubles: dict[str, str] = {}

    def look_up(self, ids: Sequence[str]) -> Mapping[str, HubRecord]:
        """One record per distinct id, sorted by id; an id asked in an earlier call is not asked again."""
        distinct = sorted(set(ids))
        new = [model_id for model_id in distinct if model_id not in self._known]
        if new:
            self._known.update(self._with_fallbacks(self._all(new)))
        return {model_id: self._known[model_id] for model_id in distinct}

    def named(self, names: Sequence[str]) -> Mapping[str, str]:
        """Ids of names that one repository of the fallbacks has; the network is not asked for names."""
        return first_named(self._fallbacks, names)

    @property
    def asked(self) -> tuple[str, ...]:
        """Ids sent over the network so far, sorted."""
        return tuple(sorted(self._sent))

    @property
    def warnings(self) -> tuple[str, ...]:
        """One sentence per kind of trouble, saying what is now unknown."""
        return sentences(self._known.values(), self._troubles)

    def _all(self, ids: Sequence[str]) -> dict[str, HubRecord]:
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 -- slow import

        if len(ids) == 1:
            return {ids[0]: self._one(ids[0])}
        with ThreadPoolExecutor(max_workers=min(_WORKERS, len(ids)), thread_name_prefix="vcdd-hub") as pool:
            records = dict(zip(ids, pool.map(self._one, ids), strict=True))
        if self._cache:
            self._cache.prune()
        return records

    def _one(self, model_id: str) -> HubRecord:
        if not is_valid_id(model_id):
            return HubRecord(asked=model_id, status=HubStatus.NOT_ASKED)
        kept = self._cache.read(model_id) if self._cache else None
        if kept and kept.is_fresh(self._now):
            return kept.record(model_id)
        reading = self._ask(model_id, kept)
        if reading is None:
            return HubRecord(asked=model_id, status=self._pace.stopped or HubStatus.NOT_ASKED)
        if reading.trouble:
            with self._lock:
                self._troubles[model_id] = reading.trouble
        if reading.entry and self._cache:
            self._cache.write(model_id, reading.entry)
        return reading.record

    def _ask(self, model_id: str, kept: Entry | None) -> Reading | None:
        """What the Hub answers, asked a second time only after a rate limit; None where asking has stopped."""
        url = f"{self._endpoint}/api/models/{quote(model_id, safe='/')}?{urlencode([('expand', f) for f in FIELDS])}"
        for is_last in (False, True):
            if not self._pace.may_ask():
                return None
            with self._lock:
                self._sent.add(model_id)
            etag = kept.etag if kept else ""
            answer = self._fetch(url, token=self._token, etag=etag, timeout_s=self._timeout_s)
            self._mind(answer, is_last=is_last)
            if answer.status != 429 or is_last or self._pace.stopped:
                break
        return read_answer(answer, asked=model_id, now=self._now, kept=kept)

    def _mind(self, answer: Answer, *, is_last: bool) -> None:
        """Let the answer decide whether and when the next question may go out."""
        if answer.trouble in _FATAL:
            self._pace.stop(HubStatus.UNREACHABLE)
            return
        self._pace.count(server_error=answer.status >= 500)
        wait_s = hold_seconds(answer)
        if answer.status == 429 and (is_last or wait_s is None):
            self._pace.stop(HubStatus.RATE_LIMITED)
        elif wait_s is not None:
            self._pace.hold(wait_s)

    def _with_fallbacks(self, records: dict[str, HubRecord]) -> dict[str, HubRecord]:
        failed = [model_id for model_id, record in records.items() if record.status in _FAILED]
        return records | first_known(self._fallbacks, failed) if failed else records


def is_valid_id(model_id: str) -> bool:
    """Whether the Hub could have a repository of this name, by our own rule and then the library's."""
    return is_repo_id(model_id) and library.is_valid(model_id)
