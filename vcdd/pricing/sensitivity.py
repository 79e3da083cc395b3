"""What moves the bill: only said once a volume is stated."""

from __future__ import annotations

from decimal import Decimal

from vcdd.core.cost import Estimate
from vcdd.pricing.rounding import round_significant

_CASES = (
    ("prices 50 % lower", Decimal("0.5")),
    ("prices 50 % higher", Decimal("1.5")),
    ("ten times the volume at list price", Decimal(10)),
)


def sensitivity(total: Estimate | None) -> tuple[tuple[str, Decimal], ...]:
    """(what changes, dollars per month then) around the likely case; empty without a monthly figure."""
    return tuple((label, round_significant(total.base * factor)) for label, factor in _CASES) if total else ()
