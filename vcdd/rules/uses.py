"""Which uses a rule speaks of: one finding per model in use, one for all that can merely be selected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from vcdd.core.evidence import Evidence
from vcdd.core.model import ModelUse
from vcdd.core.report import Report
from vcdd.core.route import RouteKind

OPTIONAL = (Evidence.SELECTABLE, Evidence.DEPENDENCY)
"""Classes that may raise a finding, capped at low, and are grouped so that fifty back-ends give one line."""

Test = Callable[[ModelUse], bool]


def groups_of(report: Report, holds: Test) -> Iterator[tuple[ModelUse, ...]]:
    """The uses for which `holds`, as one group per model in use, then one group of all selectable ones.

    Catalogue entries, tests and mentions raise nothing: they are facts in the report, not findings.
    """
    yield from by_model(tuple(use for use in report.in_use if holds(use)))
    optional = tuple(use for use in report.with_evidence(*OPTIONAL) if holds(use))
    named = {use.model.id for use in report.in_use if holds(use)}
    rest = tuple(use for use in optional if use.model.id not in named)
    if rest:
        yield rest


def by_model(uses: tuple[ModelUse, ...]) -> Iterator[tuple[ModelUse, ...]]:
    """The uses grouped by canonical id, in order of id."""
    ordered = sorted(uses, key=lambda use: use.model.id)
    for _, group in groupby(ordered, key=lambda use: use.model.id):
        yield tuple(sorted(group, key=lambda use: use.evidence.rank))


def weights_terms_govern(use: ModelUse) -> bool:
    """Whether the licence of the weights is the text that counts for this use.

    A call of the lab's own API runs under the terms of that API: the weights never reach the company. Clouds and
    marketplaces pass the licence on, and an unknown route might be any of them.
    """
    return use.route.kind is not RouteKind.VENDOR_API
