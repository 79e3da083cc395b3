"""Troubles with the Hub in sentences: one per kind, each saying what is now unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vcdd.core.hub import HubRecord, HubStatus

_UNKNOWN = "what the Hub declares of {ids} is unknown"
_LEAD = {
    HubStatus.UNREACHABLE: "The Hub could not be reached",
    HubStatus.RATE_LIMITED: "The Hub limits the rate of questions",
    HubStatus.ODD: "The Hub gave an answer that is not a model document",
}
_MOST_NAMED = 5


def sentences(records: Iterable[HubRecord], troubles: Mapping[str, str]) -> tuple[str, ...]:
    """One sentence per kind of failure in a fixed order; empty when nothing failed.

    `troubles` maps an id to the clause that says what went wrong when it was asked. Ids that a cached or embedded
    record could still answer are counted in a sentence of their own.
    """
    known = {record.asked: record for record in records}
    found = []
    for status, lead in _LEAD.items():
        ids = sorted(name for name, record in known.items() if record.status is status)
        if ids:
            clauses = sorted({troubles[name] for name in ids if name in troubles} | _hidden(troubles, known, status))
            reason = f" ({'; '.join(clauses)})" if clauses else ""
            found.append(f"{lead}{reason}: {_UNKNOWN.format(ids=_named(ids))}.")
    rescued = [record for name, record in known.items() if name in troubles and record.status not in _LEAD]
    return (*found, *_rescued(rescued, troubles))


def _hidden(troubles: Mapping[str, str], known: Mapping[str, HubRecord], status: HubStatus) -> set[str]:
    """The reason why ids were never asked, when the id that met the trouble was answered from elsewhere."""
    if status is not HubStatus.UNREACHABLE:
        return set()
    return {clause for name, clause in troubles.items() if known[name].status not in _LEAD}


def _rescued(records: list[HubRecord], troubles: Mapping[str, str]) -> tuple[str, ...]:
    if not records:
        return ()
    clauses = "; ".join(sorted({troubles[record.asked] for record in records}))
    days = sorted({record.fetched.isoformat() for record in records if record.fetched})
    when = f" of {days[0]}" if len(days) == 1 else f" of {days[0]} to {days[-1]}" if days else ""
    named = _named(sorted(record.asked for record in records))
    return (f"The Hub gave no usable answer ({clauses}): kept answers{when} are shown for {named}.",)


def _named(ids: list[str]) -> str:
    """At most five ids and the number of the others."""
    shown = ", ".join(ids[:_MOST_NAMED])
    rest = len(ids) - _MOST_NAMED
    return f"{shown} and {rest} more" if rest > 0 else shown
