"""From the licence tag that an uploader chose to a licence on record, and which of two licences is the stricter."""

from __future__ import annotations

from vcdd.core.hub import HubRecord
from vcdd.core.model import ConditionKind, Licence, LicenceClass
from vcdd.registry.registry import Registry

_RANK = {
    LicenceClass.OPEN_SOURCE: 0,
    LicenceClass.OPEN_WEIGHT: 1,
    LicenceClass.NON_COMMERCIAL: 2,
    LicenceClass.API_TERMS: 3,
    LicenceClass.UNKNOWN: 4,
}
_WEIGHTY = {
    ConditionKind.NON_COMMERCIAL: 100,
    ConditionKind.REGISTRATION: 20,
    ConditionKind.FUNDING_THRESHOLD: 10,
    ConditionKind.REVENUE_THRESHOLD: 10,
    ConditionKind.TERRITORY_LIMIT: 10,
    ConditionKind.MAU_THRESHOLD: 5,
    ConditionKind.COPYLEFT: 5,
}
"""Conditions that can end a grant weigh more than duties; any other condition weighs one."""


def declared_tags(record: HubRecord) -> tuple[str, ...]:
    """The tags as declared, `other` replaced by the licence's own name where there is one."""
    tags = (tag.strip() for tag in record.licence.split(","))
    return tuple((record.licence_name or tag) if tag == "other" else tag for tag in tags if tag)


def licence_of_tags(record: HubRecord, registry: Registry) -> Licence | None:
    """The licence that the tags mean: the strictest of several, None where any of them is not on record."""
    found = [registry.licence_for_tag(tag) for tag in declared_tags(record)]
    known = [licence for licence in found if licence is not None]
    return max(known, key=strictness) if known and len(known) == len(found) else None


def strictness(licence: Licence) -> tuple[int, int, str]:
    """A key that orders licences from permissive to strict; the id makes the order total."""
    weight = sum(_WEIGHTY.get(condition.kind, 1) for condition in licence.conditions)
    return _RANK[licence.category], weight, licence.id


def is_looser(one: Licence, other: Licence) -> bool:
    """Whether `one` asks less than `other`: a lower class, or the same class without a kind of condition.

    Among open-source licences only copyleft counts: the rest is how notices are kept.
    """
    if one.id == other.id:
        return False
    ranks = _RANK[one.category], _RANK[other.category]
    if ranks[0] != ranks[1]:
        return ranks[0] < ranks[1]
    added = {condition.kind for condition in other.conditions} - {condition.kind for condition in one.conditions}
    return ConditionKind.COPYLEFT in added if ranks[0] == 0 else bool(added)
