"""Conditions of a licence against the company: conflict, research needed or OK, with the number compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum

from vcdd.core.company import Company
from vcdd.core.model import Ancestor, Condition, ConditionKind, Licence, LicenceClass, Model
from vcdd.rules.territory import overlap
from vcdd.rules.words import dollars
from vcdd.values import dataclass


class Status(StrEnum):
    """The three bins of an open-source audit."""

    CONFLICT = "conflict"
    RESEARCH = "research-needed"
    OK = "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A condition with the licence it stands in and, where it was inherited, the ancestor that brings it."""

    condition: Condition
    licence: Licence
    ancestor: Ancestor | None = None

    @property
    def is_inferred(self) -> bool:
        """Whether the tie to the ancestor is a guess from a name or a shape: never enough for a conflict."""
        return self.ancestor is not None and self.ancestor.how != "declared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The answer for one condition, in one sentence that names the number."""

    status: Status
    sentence: str


def carried(model: Model) -> tuple[Carried, ...]:
    """Every condition that applies to a model, its own first, then its ancestors', nearest first.

    What an ancestor asks in the very words of a nearer text is no second condition.
    """
    return tuple({item.condition: item for item in reversed(tuple(_all(model)))}.values())[::-1]


def licences(model: Model) -> Iterator[tuple[Licence, Ancestor | None]]:
    """The model's own licence, then its ancestors', nearest first; unknown ones are left out."""
    if model.licence is not None:
        yield model.licence, None
    for ancestor in model.lineage:
        if ancestor.licence is not None:
            yield ancestor.licence, ancestor


def is_non_commercial(licence: Licence) -> bool:
    """Whether the text grants no commercial use without a separate grant."""
    return licence.category is LicenceClass.NON_COMMERCIAL or licence.has(ConditionKind.NON_COMMERCIAL)


def compare(condition: Condition, company: Company | None) -> Comparison | None:
    """How the company stands to a threshold or territory; None for conditions that no company fact settles."""
    judge = _JUDGES.get(condition.kind)
    return judge(condition, company or Company()) if judge else None


def _all(model: Model) -> Iterator[Carried]:
    for licence, ancestor in licences(model):
        for condition in licence.conditions:
            yield Carried(condition=condition, licence=licence, ancestor=ancestor)


def _users(condition: Condition, company: Company) -> Comparison:
    users, limit = company.monthly_active_users, condition.amount
    if limit is None:
        return _research("the number of users in the licence text is not on record")
    if users is None:
        return _research(f"monthly active users are not told; the licence names {limit:,}")
    return _against(users > limit, f"{users:,} monthly active users against {limit:,}")


def _revenue(condition: Condition, company: Company) -> Comparison:
    revenue, limit = company.annual_revenue_usd, condition.amount
    if limit is None:
        return _research("the revenue figure in the licence text is not on record")
    per = "month" if condition.period == "month" else "year"
    if revenue is None:
        return _research(f"revenue is not told; the licence names {dollars(limit)} a {per}")
    own = revenue // 12 if per == "month" else revenue
    # Licences differ between "more than" and "at least": at the limit itself somebody should read the text.
    return _against(own >= limit, f"{dollars(own)} revenue a {per} against {dollars(limit)}")


def _funding(condition: Condition, company: Company) -> Comparison:
    """The round under discussion counts too: an investor's own cheque can end the grant."""
    limit, raised, planned = condition.amount, company.funds_raised_usd, company.planned_round_usd
    if limit is None:
        return _research("the funding figure in the licence text is not on record")
    if raised is not None and raised >= limit:
        return _against(True, f"{dollars(raised)} raised against {dollars(limit)}")
    if planned is not None and (raised or 0) + planned >= limit:
        total = dollars((raised or 0) + planned)
        return _against(True, f"this round of {dollars(planned)} takes funds raised to {total}, past {dollars(limit)}")
    if raised is None:
        return _research(f"funds raised are not told; the licence names {dollars(limit)}")
    if planned is None:
        room = dollars(limit - raised)
        return _research(f"{dollars(raised)} raised against {dollars(limit)}: a round of {room} or more ends the grant")
    return _against(False, f"{dollars(raised + planned)} after this round against {dollars(limit)}")


def _territory(condition: Condition, company: Company) -> Comparison:
    """A limit on the seat concerns where the company is established; any other also where it sells."""
    seat_only = _is_about_seat(condition)
    places = {company.seat} if seat_only else {company.seat, *company.markets}
    told = {place for place in places if place}
    outside = ", ".join(condition.territories) or "some territories"
    hit = sorted(place for place in told if overlap(place, condition.territories))
    if hit:
        return Comparison(status=Status.CONFLICT, sentence=f"the licence leaves out {outside}; told: {', '.join(hit)}")
    complete = bool(company.seat) and (seat_only or bool(company.markets))
    if not complete or not condition.territories:
        return _research(f"seat and markets are not fully told; the licence leaves out {outside}")
    return Comparison(status=Status.OK, sentence=f"the licence leaves out {outside}; told: {', '.join(sorted(told))}")


def _is_about_seat(condition: Condition) -> bool:
    """Use policies that speak of the principal place of business except the end users of a product elsewhere."""
    return condition.duty == "seat" or "place of business" in condition.text


def _against(past: bool, sentence: str) -> Comparison:
    return Comparison(status=Status.CONFLICT if past else Status.OK, sentence=sentence)


def _research(sentence: str) -> Comparison:
    return Comparison(status=Status.RESEARCH, sentence=sentence)


_JUDGES: dict[ConditionKind, Callable[[Condition, Company], Comparison]] = {
    ConditionKind.MAU_THRESHOLD: _users,
    ConditionKind.REVENUE_THRESHOLD: _revenue,
    ConditionKind.FUNDING_THRESHOLD: _funding,
    ConditionKind.TERRITORY_LIMIT: _territory,
}
