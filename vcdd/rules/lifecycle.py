"""D6: whether a model still answers, and until when. A floor is never an announcement, deprecated is not retired."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from vcdd.core.evidence import Confidence
from vcdd.core.finding import Severity
from vcdd.core.model import DateKind, Lifecycle, LifecycleStatus, ModelUse, Weights
from vcdd.core.report import Report
from vcdd.core.route import RouteKind
from vcdd.rules.context import RuleContext
from vcdd.rules.draft import Draft, draft_of_uses
from vcdd.rules.uses import groups_of
from vcdd.rules.words import count, join_names

SOON_DAYS = 120
"""An announced end inside the next release cycle; the default policy uses the same number."""


def find(report: Report, context: RuleContext) -> Iterator[Draft]:
    """Per model in use: retired, announced, floor, preview, deprecated; in one line each: aliases and older models."""
    for rule in ("T601", "T602", "T603", "T604", "T607", ELSEWHERE):
        yield from _dated(report, context, rule)
    yield from _aliases(report)
    yield from _superseded(report)


ELSEWHERE = "T608"
"""A vendor's dates hold on the vendor's own platform; a cloud or a marketplace sets dates of its own."""


def _is_elsewhere(use: ModelUse) -> bool:
    kind = use.route.kind
    resold = kind in (RouteKind.AGGREGATOR, RouteKind.UNKNOWN) and use.model.weights is Weights.OPEN
    return kind is RouteKind.CLOUD_MODEL_SERVICE or resold


def rule_for(use: ModelUse) -> str:
    """Which lifecycle rule a use meets; empty for none.

    Weights on the company's own hardware answer for as long as the company keeps them.
    """
    life = use.model.lifecycle
    kept = use.model.weights is Weights.OPEN and use.route.kind is RouteKind.SELF_HOSTED
    if life is None or kept:
        return ""
    if _is_elsewhere(use) and life.status is not LifecycleStatus.PREVIEW and life.date:
        return ELSEWHERE
    if life.status is LifecycleStatus.RETIRED:
        return "T601"
    if life.date and life.date_kind in (DateKind.ANNOUNCED, DateKind.EFFECTIVE):
        return "T602"
    if life.status is LifecycleStatus.DEPRECATED:
        return "T607"
    if life.status is LifecycleStatus.PREVIEW:
        return "T604"
    return "T603" if life.date and life.date_kind is DateKind.NOT_SOONER_THAN else ""


def _dated(report: Report, context: RuleContext, rule: str) -> Iterator[Draft]:
    for uses in _gathered(groups_of(report, lambda use: rule_for(use) == rule)):
        life = _soonest(uses)
        if life is None:  # pragma: no cover -- rule_for has just said so
            continue
        many = len({use.model.id for use in uses}) > 1
        yield draft_of_uses(
            rule,
            uses,
            words=_words(uses, life, context.today),
            subject=_maker(uses[0]) if many else "",
            severity=_soon(life, context.today) if rule == "T602" else None,
            confidence=Confidence.HIGH if life.checked else Confidence.MEDIUM,
        )


def _gathered(groups: Iterator[tuple[ModelUse, ...]]) -> Iterator[tuple[ModelUse, ...]]:
    """The groups in order, those of one maker put together: one migration, one finding."""
    makers: dict[tuple[bool, str], list[tuple[ModelUse, ...]]] = defaultdict(list)
    for uses in groups:
        makers[uses[0].evidence.is_use, _maker(uses[0]) if uses[0].evidence.is_use else ""].append(uses)
    for found in makers.values():
        yield tuple(use for uses in found for use in uses)


def _maker(use: ModelUse) -> str:
    return use.model.lab.id if use.model.lab else use.route.label


def _soonest(uses: tuple[ModelUse, ...]) -> Lifecycle | None:
    """The record with the earliest date; those without a date come last."""
    found = [use.model.lifecycle for use in uses if use.model.lifecycle]
    return min(found, key=lambda life: life.date or date.max, default=None)


def _soon(life: Lifecycle, today: date) -> Severity:
    """An announced end weighs more inside the next release cycle, and most when the date has passed."""
    days = (life.date - today).days if life.date else SOON_DAYS + 1
    return Severity.HIGH if days <= SOON_DAYS else Severity.MEDIUM


def _words(uses: tuple[ModelUse, ...], life: Lifecycle, today: date) -> dict[str, str]:
    many = len({use.model.id for use in uses}) > 1
    alone = life.date.isoformat() if life.date else "a day that is not on record"
    day = "the day given" if many else alone
    floor = life.date if life.date_kind is DateKind.NOT_SOONER_THAN and not many else None
    return {
        "dated": join_names(dict.fromkeys(_dated_name(use) if many else use.model.id for use in uses), most=12),
        "day": day,
        "floor": f", to end not sooner than {floor.isoformat()}" if floor else "",
        "left": _left(life.date, today, many=many),
        "successor": f" The vendor names {life.successor} as successor." if life.successor and len(uses) == 1 else "",
        "read": f" (record read {life.checked.isoformat()})" if life.checked else " (record not checked)",
    }


def _dated_name(use: ModelUse) -> str:
    """The model with date and successor of its record: models that share a finding have their own."""
    life = use.model.lifecycle
    day = life.date.isoformat() if life and life.date else "date not on record"
    day = f"not sooner than {day}" if life and life.date_kind is DateKind.NOT_SOONER_THAN else day
    return f"{use.model.id} ({day}{f', successor {life.successor}' if life and life.successor else ''})"


def _left(end: date | None, today: date, *, many: bool) -> str:
    """Days left stand in the consequence, never in the fact: a fact must not change overnight."""
    if end is None:
        return "not known"
    days = (end - today).days
    if days < 0:
        return f"none, the date passed {count(-days, 'day')} ago; whether calls still answer is not on record"
    return f"{count(days, 'day')}{' for the first' if many else ''}"


def _aliases(report: Report) -> Iterator[Draft]:
    uses = tuple(use for use in report.in_use if use.model.is_alias)
    if uses:
        yield draft_of_uses("T605", uses, models=(), words={"names": _names(uses)}, subject="aliases")


def _superseded(report: Report) -> Iterator[Draft]:
    """Only where a source names the successor: a newer date or a higher number alone says nothing.

    Findings about an end name the successor themselves.
    """
    uses = tuple(use for use in report.in_use if _successor(use) and rule_for(use) not in _ENDINGS)
    if uses:
        newer = join_names(dict.fromkeys(f"{use.model.id} ({_successor(use)})" for use in uses))
        yield draft_of_uses("T606", uses, models=(), words={"newer": newer}, subject="superseded")


_ENDINGS = frozenset({"T601", "T602", "T607"})


def _successor(use: ModelUse) -> str:
    life = use.model.lifecycle
    return life.successor if life and life.source else ""


def _names(uses: tuple[ModelUse, ...]) -> str:
    return join_names(use.references[0].written for use in uses)
