"""The words of a history: what was bound at one commit, and from when to when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from vcdd.core.model import ModelUse
from vcdd.values import dataclass

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Bound:
    """One model in use by one route. Empty strings are unknown."""

    model: str
    provider: str
    """Name of whoever serves it, or the kind of route where nobody does."""
    lab: str
    country: str
    weights: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One commit that was read."""

    commit: str
    time: int
    """Seconds since 1970, UTC: the author's word. 0 where there is none."""
    place: int
    """Place in the line of first parents, 0 for the oldest that is in the clone."""
    bound: tuple[Bound, ...]
    """Sorted."""

    def shares(self, by: str) -> Mapping[str, float]:
        """Share of the bound models by `lab` or `country`, 0 to 1; empty where nothing is bound."""
        counts = Counter(getattr(item, by) or UNKNOWN for item in self.bound)
        return {value: number / len(self.bound) for value, number in sorted(counts.items())}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From when to when a model was bound."""

    bound: Bound
    first: Point
    last: Point
    first_is_exact: bool
    """Whether the commit before the first was read too; else the model came between two that were read."""
    last_is_exact: bool
    is_current: bool
    """Whether it is bound at the newest commit."""
    has_gap: bool
    """Whether it was absent from a commit in between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The history of one clone."""

    name: str
    ref: str
    points: tuple[Point, ...]
    """Commits that were read, oldest first."""
    commits: int
    """Commits on the line of first parents."""
    is_whole: bool
    """Whether that line reaches the first commit; False for a shallow clone and past the bound."""
    blobs: int
    """Distinct files that were read, each once."""
    warnings: tuple[str, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """One for each model and route ever bound, in order of first appearance."""
        seen: dict[tuple[str, str], list[int]] = {}
        latest: dict[tuple[str, str], Bound] = {}
        for number, point in enumerate(self.points):
            for item in point.bound:
                seen.setdefault((item.model, item.provider), []).append(number)
                latest[item.model, item.provider] = item
        spans = [self._span(latest[key], numbers) for key, numbers in seen.items()]
        return tuple(sorted(spans, key=lambda span: (span.first.place, span.bound)))

    def _span(self, bound: Bound, numbers: list[int]) -> Span:
        first, last = self.points[numbers[0]], self.points[numbers[-1]]
        before = self.points[numbers[0] - 1] if numbers[0] else None
        after = self.points[numbers[-1] + 1] if numbers[-1] + 1 < len(self.points) else None
        return Span(
            bound=bound,
            first=first,
            last=last,
            first_is_exact=first.place - before.place == 1 if before else self.is_whole and first.place == 0,
            last_is_exact=after is None or after.place - last.place == 1,
            is_current=after is None,
            has_gap=len(numbers) != numbers[-1] - numbers[0] + 1,
        )


def bound_of(uses: tuple[ModelUse, ...]) -> tuple[Bound, ...]:
    """What of these uses is bound or deployed, sorted, each once."""
    return tuple(sorted({_bound(use) for use in uses if use.evidence.is_use}))


def _bound(use: ModelUse) -> Bound:
    lab = use.model.lab
    return Bound(
        model=use.model.id,
        provider=use.route.label,
        lab=lab.name if lab else "",
        country=(lab.country.value or "") if lab else "",
        weights=use.model.weights.value,
    )
