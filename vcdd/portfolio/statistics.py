"""What a portfolio comes to: the headline measure, bindings by dimension, concentration, soonest retirements.

"Uses" counts bound and deployed evidence only. Every count is of companies unless it says bindings; a company counts
once however often it names a model. Every country is treated alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from vcdd.portfolio.intervals import Share
from vcdd.portfolio.store.reading import CompanyRow
from vcdd.portfolio.values import Status, UseRow
from vcdd.values import dataclass

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The share of companies that use open-weight models from one country, by three denominators, never mixed."""

    country: str
    """ISO 3166-1 alpha-2."""
    of_all: Share
    """Of all companies of the manifest, failed scans included (as unknown)."""
    of_ai: Share
    """Of companies that use at least one model, or call one whose name comes from outside."""
    of_open: Share
    """Of companies that use at least one model with published weights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """One value of one dimension."""

    value: str
    """`unknown` where nobody knows."""
    bindings: int
    """Uses of distinct models by distinct routes."""
    companies: Share
    """Of the companies that use AI."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """How much hangs on one name."""

    dimension: str
    top: str
    companies: Share
    """Companies that use the top name, of those that use AI."""
    only: int
    """Companies, nothing of them open, of which every use hangs on one name, whichever it is; unknown is no name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retirement:
    """A model in use that has, or will have, stopped answering."""

    day: str
    """ISO date."""
    kind: str
    """`announced`, `not-sooner-than` (a floor, no announcement) or `effective`."""
    status: str
    model: str
    companies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Everything a report says of a run as a whole."""

    companies: int
    expected: int
    """Companies in the manifest; more than `companies` while a run is unfinished."""
    failed: int
    """Companies of which at least one source could not be scanned, or not wholly."""
    reused: int
    """Companies of which every source was judged again from an earlier report."""
    headlines: tuple[Headline, ...]
    """The country asked for first, then the others by companies and name."""
    dimensions: Mapping[str, tuple[Binding, ...]]
    """Most companies first; `unknown` last."""
    concentration: tuple[Concentration, ...]
    retirements: tuple[Retirement, ...]
    """Soonest first."""
    outcomes: Mapping[str, int]
    """Companies by the worst action of their policies."""


DIMENSIONS: Mapping[str, Callable[[UseRow], str]] = {
    "originator country": lambda use: use.country,
    "lab": lambda use: use.lab_name,
    "host": lambda use: use.provider,
    "licence class": lambda use: use.licence_class,
    "weights": lambda use: use.weights,
    "modality": lambda use: use.modality,
    "route": lambda use: use.route,
}
_CONCENTRATED = ("originator country", "lab", "host")
_WORST = ("deny", "review", "note", "allow")


def measure(companies: Iterable[CompanyRow], *, country: str = "CN", expected: int = 0) -> Statistics:
    """The statistics of a run. `country` is the one whose headline stands first."""
    rows = list(companies)
    members = [_Member.of(row) for row in rows]
    seen = Counter(place for member in members for place in member.open_countries)
    others = sorted(set(seen) - {country}, key=lambda place: (-seen[place], place))
    return Statistics(
        companies=len(rows),
        expected=max(expected, len(rows)),
        failed=sum(row.status != Status.DONE for row in rows),
        reused=sum(bool(row.sources) and all(source.is_reused for source in row.sources) for row in rows),
        headlines=tuple(headline(members, place) for place in (country, *others)),
        dimensions={name: _bindings(members, pick) for name, pick in DIMENSIONS.items()},
        concentration=tuple(_concentration(members, name) for name in _CONCENTRATED if any(m.uses for m in members)),
        retirements=_retirements(rows),
        outcomes=_outcomes(rows),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Member:
    """A company as the measure sees it; None is unknown."""

    uses: tuple[UseRow, ...]
    """Distinct by model, route and provider."""
    is_open_ended: bool
    """Something about it is not known: a source failed, or a call takes its model from outside."""
    uses_ai: bool | None
    uses_open: bool | None
    open_countries: frozenset[str]

    @classmethod
    def of(cls, row: CompanyRow) -> _Member:
        uses = tuple({(u.model, u.route, u.provider): u for u in row.uses if u.is_use}.values())
        open_calls = any(source.open_calls for source in row.sources)
        is_open_ended = row.status != Status.DONE or open_calls
        has_open = any(use.weights == "open" for use in uses)
        may_be_open = is_open_ended or any(use.weights == UNKNOWN for use in uses)
        return cls(
            uses=uses,
            is_open_ended=is_open_ended,
            uses_ai=bool(uses) or open_calls or (None if row.status != Status.DONE else False),
            uses_open=True if has_open else (None if may_be_open else False),
            open_countries=frozenset(c for use in uses if use.weights == "open" for c in use.countries.split()),
        )

    def may_use(self, country: str) -> bool:
        """Whether an open-weight model from there cannot be excluded."""
        return self.is_open_ended or any(
            (use.weights != "closed" and not use.country)
            or (use.weights == UNKNOWN and country in use.countries.split())
            for use in self.uses
        )


def headline(members: Sequence[_Member], country: str) -> Headline:
    """The three shares of one country."""
    return Headline(
        country=country,
        of_all=_share(members, country, undetermined=0),
        of_ai=_share([m for m in members if m.uses_ai], country, sum(m.uses_ai is None for m in members)),
        of_open=_share([m for m in members if m.uses_open], country, sum(m.uses_open is None for m in members)),
    )


def _share(members: Sequence[_Member], country: str, undetermined: int) -> Share:
    hits = [country in member.open_countries for member in members]
    unknown = sum(not hit and member.may_use(country) for hit, member in zip(hits, members, strict=True))
    return Share(n=sum(hits), of=len(members), unknown=unknown, undetermined=undetermined)


def _bindings(members: Sequence[_Member], pick: Callable[[UseRow], str]) -> tuple[Binding, ...]:
    bindings: Counter[str] = Counter()
    companies: Counter[str] = Counter()
    for member in members:
        values = [pick(use) or UNKNOWN for use in member.uses]
        bindings.update(values)
        companies.update(set(values))
    users = sum(bool(member.uses_ai) for member in members)
    order = sorted(bindings, key=lambda value: (value == UNKNOWN, -companies[value], -bindings[value], value))
    return tuple(
        Binding(value=value, bindings=bindings[value], companies=Share(n=companies[value], of=users)) for value in order
    )


def _concentration(members: Sequence[_Member], dimension: str) -> Concentration:
    pick = DIMENSIONS[dimension]
    rows = [row for row in _bindings(members, pick) if row.value != UNKNOWN]
    sets = [{pick(use) for use in member.uses} for member in members if member.uses and not member.is_open_ended]
    users = sum(bool(member.uses_ai) for member in members)
    return Concentration(
        dimension=dimension,
        top=rows[0].value if rows else UNKNOWN,
        companies=rows[0].companies if rows else Share(n=0, of=users),
        only=sum(len(values) == 1 and "" not in values for values in sets),
    )


def _retirements(rows: Sequence[CompanyRow]) -> tuple[Retirement, ...]:
    found: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for row in rows:
        for use in row.uses:
            if use.is_use and use.lifecycle_date:
                found[use.lifecycle_date, use.model, use.lifecycle_kind, use.lifecycle].add(row.name)
    return tuple(
        Retirement(
            day=day, kind=kind, status=status, model=model, companies=tuple(sorted(found[day, model, kind, status]))
        )
        for day, model, kind, status in sorted(found)
    )


def _outcomes(rows: Sequence[CompanyRow]) -> Mapping[str, int]:
    counts = Counter(worst_action(row) or "none" for row in rows)
    return {action: counts[action] for action in (*_WORST, "none") if counts[action]}


def worst_action(row: CompanyRow) -> str:
    """The worst action of a company's policies; empty where none was applied."""
    actions = {outcome.action for outcome in row.outcomes}
    return next((action for action in _WORST if action in actions), "")
