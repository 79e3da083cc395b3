"""The anonymised benchmark: counts that a fund may choose to share. It names nobody, and it is never sent anywhere.

A value held by fewer than k companies is left out, whatever it is: a country as well as a model id. Every other count
is rounded to the nearest five, so that two exports before and after one company joined do not tell what it uses.
Nothing free is in it: no company, path, host, tag, source, date of a run or name of the portfolio.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from vcdd.errors import UsageError
from vcdd.portfolio.statistics import DIMENSIONS, UNKNOWN
from vcdd.portfolio.store.reading import CompanyRow
from vcdd.portfolio.values import UseRow

LEAST_K = 5
_STEP = 5
_KEPT = ("originator country", "lab", "licence class", "weights", "modality", "route")
"""Dimensions that name no infrastructure of a company: hosts may be its own."""


def benchmark(companies: Iterable[CompanyRow], tool_version: str, k: int = LEAST_K) -> str:
    """The export as JSON, byte for byte what would be shared; it ends in a newline.

    Raises:
        UsageError: k under 5, or so few companies that nothing could be hidden among them.
    """
    rows = list(companies)
    if k < LEAST_K:
        raise UsageError(f"k is {k}", help=f"Values held by fewer than {LEAST_K} companies are never exported.")
    if len(rows) < 2 * k:
        raise UsageError(
            f"{len(rows)} companies are too few for an anonymous export with k = {k}",
            help=f"It needs at least {2 * k}.",
        )
    users = [{u for u in row.uses if u.is_use} for row in rows]
    document = {
        "format": "vcdd-benchmark",
        "format_version": 1,
        "tool_version": tool_version,
        "k": k,
        "rounded_to": _STEP,
        "companies": rounded(len(rows)),
        "companies_that_use_ai": _kept(sum(map(bool, users)), k),
        "companies_that_use_open_weights": _kept(sum(any(u.weights == "open" for u in uses) for uses in users), k),
        "by_dimension": {name: _counts(users, DIMENSIONS[name], k) for name in _KEPT},
        "by_model": _counts(users, _public_model, k),
    }
    return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def rounded(number: int) -> int:
    """To the nearest five."""
    return _STEP * round(number / _STEP)


def _kept(number: int, k: int) -> int | None:
    """The rounded count; None below k."""
    return rounded(number) if number >= k else None


def _counts(users: Sequence[set[UseRow]], pick: Callable[[UseRow], str], k: int) -> Mapping[str, Any]:
    companies = Counter(value for uses in users for value in {pick(use) or UNKNOWN for use in uses} if value)
    return {value: rounded(number) for value, number in sorted(companies.items()) if number >= k}


def _public_model(use: UseRow) -> str:
    """A model id that is no company's own: weights in a target and fine-tunes at a vendor are counted together."""
    is_own = use.model.startswith(("local:", "ft:")) or not use.lab
    return "own or unknown weights" if is_own else use.model
