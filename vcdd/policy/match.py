"""Whether a rule's facts hold for a use: yes, no, or not known. Unknown is a state of its own and never a yes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from vcdd.core.company import Company
from vcdd.policy.facts import UNKNOWN, UseFacts
from vcdd.policy.schema import PolicyContext, PolicyRule, Wanted
from vcdd.rules.territory import EEA, countries, overlap
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A rule that holds, or would hold if something were known or applied."""

    open_facts: tuple[str, ...] = ()
    """Keys whose fact is unknown; empty when everything was known."""
    dormant: tuple[str, ...] = ()
    """Regimes named by the rule that nothing says this company falls under."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What matters beside the use: the policy's context and the company."""

    context: PolicyContext
    company: Company | None = None

    @property
    def customers(self) -> frozenset[str]:
        """Kinds of customers that switch regimes on."""
        return frozenset((*self.context.sells_to, *(self.company.customers if self.company else ())))


def match(rule: PolicyRule, facts: UseFacts, around: Circumstances) -> Match | None:
    """The match of a rule, or None when one of its facts is known not to hold."""
    open_facts: list[str] = []
    dormant: tuple[str, ...] = ()
    for key, wanted in rule.when.items():
        if key == "regime":
            dormant = _dormant(_texts(wanted), around)
            continue
        holds = _MATCHERS[key](facts, wanted)
        if holds is False:
            return None
        if holds is None:
            open_facts.append(key)
    return Match(open_facts=tuple(open_facts), dormant=dormant)


@cache
def load_regimes() -> Mapping[str, Any]:
    """Regimes by id, with the kinds of customers that bring a company under them, and the adequacy table."""
    import tomli  # noqa: PLC0415 -- slow import

    text = (Path(__file__).parent / "data" / "regimes.toml").read_text(encoding="utf-8")
    data = tomli.loads(text)
    return {"regimes": {item["id"]: item for item in data["regime"]}, "adequacy": data["adequacy"]}


def _dormant(wanted: tuple[str, ...], around: Circumstances) -> tuple[str, ...]:
    """All regimes of the rule, when none of them is switched on; a regime not on record is never on."""
    regimes = load_regimes()["regimes"]
    on = any(around.customers & frozenset(regimes.get(name, {}).get("customers", ())) for name in wanted)
    return () if on else wanted


def _texts(wanted: Wanted) -> tuple[str, ...]:
    return wanted if isinstance(wanted, tuple) else (str(wanted),)


def _any_of(name: str) -> Callable[[UseFacts, Wanted], bool | None]:
    """Whether the fact has any of the wanted words."""

    def holds(facts: UseFacts, wanted: Wanted) -> bool | None:
        value = getattr(facts, name)
        own = {value} if isinstance(value, str) else value
        return bool(own & set(_texts(wanted)))

    return holds


def _originator(facts: UseFacts, wanted: Wanted) -> bool | None:
    """Names compare without case and punctuation: `High-Flyer` is `high flyer`."""
    own = {_plain(name) for name in facts.originator}
    if own & {_plain(name) for name in _texts(wanted)}:
        return True
    return None if UNKNOWN in facts.originator else False


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


def _country(facts: UseFacts, wanted: Wanted) -> bool | None:
    if any(overlap(place, facts.originator_country) for place in _texts(wanted)):
        return True
    return None if UNKNOWN in facts.originator_country else False


def _excludes(facts: UseFacts, wanted: Wanted) -> bool | None:
    return any(overlap(place, facts.license_excludes) for place in _texts(wanted))


def _storage_not(facts: UseFacts, wanted: Wanted) -> bool | None:
    if facts.storage_country in ("", UNKNOWN):
        return False if facts.storage_country == "" else None
    return not overlap(facts.storage_country, _texts(wanted))


def _not_adequate(facts: UseFacts, wanted: Wanted) -> bool | None:
    """Storage outside the EEA and every adequacy decision; conditional decisions leave the answer open."""
    place = facts.storage_country
    if place in ("", UNKNOWN):
        return False if place == "" else None
    table = load_regimes()["adequacy"]
    if countries(place) & frozenset(table["conditional"]):
        return None
    outside = not countries(place) & (EEA | frozenset(table["countries"]))
    return outside is bool(wanted)


def _trains(facts: UseFacts, wanted: Wanted) -> bool | None:
    own = facts.vendor_trains_by_default
    return None if own is None else own is bool(wanted)


def _days_left(facts: UseFacts, wanted: Wanted) -> bool | None:
    days = facts.lifecycle_days_left
    return days is not None and not isinstance(wanted, tuple) and days <= wanted


def _fine_tuned(facts: UseFacts, wanted: Wanted) -> bool | None:
    return facts.fine_tuned is bool(wanted)


def _evidence(facts: UseFacts, wanted: Wanted) -> bool | None:
    return facts.evidence.value in _texts(wanted)


_MATCHERS: Mapping[str, Callable[[UseFacts, Wanted], bool | None]] = {
    "license_class": _any_of("license_class"),
    "license_has": _any_of("license_has"),
    "license_id": _any_of("license_id"),
    "license_excludes_any": _excludes,
    "lifecycle": _any_of("lifecycle"),
    "lifecycle_date_kind": _any_of("lifecycle_date_kind"),
    "lifecycle_days_left_max": _days_left,
    "hosting": _any_of("hosting"),
    "storage": _any_of("storage"),
    "storage_country_not": _storage_not,
    "storage_country_not_adequate": _not_adequate,
    "vendor_trains_by_default": _trains,
    "originator_in": _originator,
    "originator_country": _country,
    "lineage": _any_of("lineage"),
    "modality": _any_of("modality"),
    "fine_tuned": _fine_tuned,
    "evidence": _evidence,
    "severity": _any_of("severity"),
}
