"""D8: which models in use have no current price. What they cost is the business of `pricing`, not of a rule."""

from __future__ import annotations

from collections.abc import Iterator

from vcdd.core.report import Report
from vcdd.core.route import RouteKind
from vcdd.rules.context import RuleContext
from vcdd.rules.draft import Draft
from vcdd.rules.words import join_names

_NO_LIST = (RouteKind.SELF_HOSTED, RouteKind.UNKNOWN)


def find(report: Report, _context: RuleContext) -> Iterator[Draft]:
    """Unpriced, stale and disputed prices, one line each; nothing where no costs were computed.

    Weights on own hardware have no list price to miss: what they cost is the hardware's rent. Where nobody knows who
    made or who serves a model, that finding leaves the price open.
    """
    in_use = {use.model.id for use in report.in_use}
    unknown = {use.model.id for use in report.in_use if use.model.lab is None}
    costs = [cost for cost in report.costs.costs if cost.model in in_use]
    unpriced = sorted({cost.model for cost in costs if not cost.prices and cost.route not in _NO_LIST} - unknown)
    stale = sorted({cost.model for cost in costs if any(price.stale for price in cost.prices)})
    disputed = sorted({cost.model for cost in costs if any(price.high is not None for price in cost.prices)})
    for rule, models in (("M801", unpriced), ("M802", stale), ("M803", disputed)):
        if models:
            yield Draft(rule=rule, subject=rule, words={"names": join_names(models)})
