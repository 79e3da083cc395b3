"""What an HTTP answer of the Hub means for one id."""

from __future__ import annotations

from datetime import datetime

from vcdd.core.hub import HubRecord, HubStatus
from vcdd.hub import library
from vcdd.hub.cache import Entry
from vcdd.hub.documents import decode, to_record
from vcdd.hub.transport import Answer, Trouble
from vcdd.values import dataclass

_ODD = frozenset({Trouble.TOO_LARGE, Trouble.REDIRECTS, Trouble.ENCODED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One answer understood."""

    record: HubRecord
    entry: Entry | None = None
    """What is worth keeping; None for anything but a document or a plain "not public"."""
    trouble: str = ""
    """Why the record is less than hoped for, in a clause; empty when nothing went wrong."""


def read_answer(answer: Answer, *, asked: str, now: datetime, kept: Entry | None = None) -> Reading:
    """The record that `answer` gives for `asked`. `kept` is the cached entry that a 304 confirms.

    The Hub answers 401 to an anonymous question for a missing repository and 404 to an authenticated one; missing,
    private and renamed away are one answer (huggingface_hub, utils/_http.py).
    """
    if answer.trouble:
        status = HubStatus.ODD if answer.trouble in _ODD else HubStatus.UNREACHABLE
        return _without(asked, status, answer.trouble.value)
    if answer.status == 304 and kept is not None:
        confirmed = Entry(fetched=now, etag=kept.etag, document=kept.document)
        return Reading(record=confirmed.record(asked), entry=confirmed)
    if answer.status == 200:
        return _read_document(answer, asked=asked, now=now)
    return _read_refusal(answer, asked=asked, now=now)


def hold_seconds(answer: Answer) -> float | None:
    """How long to send nothing: until the window resets when none is left; None where the answer does not say.

    `RateLimit: "api";r=0;t=55`, else `Retry-After` in seconds.
    """
    try:
        limit = library.rate_limit(answer.headers)
        if limit is not None and (limit[0] == 0 or answer.status == 429):
            return float(limit[1]) + 1.0
        after = answer.headers.get("retry-after", "")
        return float(int(after)) if answer.status == 429 and after.isdecimal() else None
    except (ValueError, OverflowError):
        return None


def _read_document(answer: Answer, *, asked: str, now: datetime) -> Reading:
    document = decode(answer.body)
    record = to_record(document, asked=asked, fetched=now.date())
    if record.status is HubStatus.ODD:
        return Reading(record=record, trouble="the answer was not a model document")
    return Reading(record=record, entry=Entry(fetched=now, etag=answer.headers.get("etag", ""), document=document))


def _read_refusal(answer: Answer, *, asked: str, now: datetime) -> Reading:
    code = answer.headers.get("x-error-code", "")
    if code == "GatedRepo":
        return _plain(asked, HubStatus.GATED, now)
    if answer.status == 451 or "disabled" in answer.headers.get("x-error-message", "").lower():
        return _plain(asked, HubStatus.DISABLED, now)
    if answer.status in {401, 404} or code == "RepoNotFound":
        reading = _plain(asked, HubStatus.NOT_PUBLIC, now)
        return Reading(record=reading.record, entry=Entry(fetched=now))
    if answer.status == 429:
        return _without(asked, HubStatus.RATE_LIMITED, "it limits the rate of questions")
    status = HubStatus.UNREACHABLE if answer.status >= 500 else HubStatus.ODD
    return _without(asked, status, f"it answered with HTTP status {answer.status}")


def _plain(asked: str, status: HubStatus, now: datetime) -> Reading:
    return Reading(record=HubRecord(asked=asked, status=status, fetched=now.date()))


def _without(asked: str, status: HubStatus, trouble: str) -> Reading:
    return Reading(record=HubRecord(asked=asked, status=status), trouble=trouble)
