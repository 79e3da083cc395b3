"""Comparing two reports. Only uses in use are compared: a mention that comes or goes changes no deal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from vcdd.core.cost import Cost
from vcdd.core.finding import Finding, Severity
from vcdd.core.model import ModelUse
from vcdd.core.report import Report
from vcdd.diff.values import Change, Comparison, Kind, Side

_COMPARED = ("lab", "licence", "route", "lifecycle", "evidence")
_WORTH = (Severity.BLOCKER, Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.OPEN)


def compare(before: Report, after: Report) -> Comparison:
    """What changed from one report to the other, in order of model id; silence when nothing that matters did."""
    old, new = _sides(before), _sides(after)
    kept = [_changed(old[key], new[key]) for key in sorted(old.keys() & new.keys())]
    gone = [old[key] for key in sorted(old.keys() - new.keys())]
    come = [new[key] for key in sorted(new.keys() - old.keys())]
    return Comparison(
        before=before.target.name,
        after=after.target.name,
        changes=(*_paired(gone, come), *(change for change in kept if change is not None)),
        outcome=_outcome(before, after),
        findings_added=_new_findings(after.findings, before.findings),
        findings_removed=_new_findings(before.findings, after.findings),
        in_use=len(after.in_use),
        unresolved=len(after.unresolved),
        priced=after.costs.priced,
    )


def _sides(report: Report) -> dict[tuple[str, str], Side]:
    """Uses in use by model and provider; prices joined by model and route."""
    prices = {(cost.model, cost.route): cost for cost in report.costs.costs}
    found: dict[tuple[str, str], Side] = {}
    for use in report.in_use:
        found.setdefault(
            (use.model.id, use.route.provider.id if use.route.provider else use.route.kind.value), _side(use, prices)
        )
    return found


def _side(use: ModelUse, prices: Mapping[tuple[str, str], Cost]) -> Side:
    model, route = use.model, use.route
    provider = route.provider.id if route.provider else route.kind.value
    cost = prices.get((model.id, provider))
    units = (
        {price.unit: price.amount for price in cost.prices if not price.stale and not price.conditions} if cost else {}
    )
    unit = "input-mtok" if "input-mtok" in units else next(iter(units), "")
    country = model.lab.country.value if model.lab else None
    return Side(
        model=model.id,
        slots=use.slots,
        lab=f"{model.lab.name} ({country or 'country unknown'})" if model.lab else "unknown",
        licence=model.licence.name if model.licence else "unknown",
        route=", ".join(dict.fromkeys((route.kind.value, route.label))) + (f" at {route.host}" if route.host else ""),
        lifecycle=model.lifecycle.status.value if model.lifecycle else "not recorded",
        evidence=use.evidence.value,
        place=str(use.references[0].location) if use.references else "",
        input_price=units.get(unit),
        output_price=units.get("output-mtok"),
        unit=unit,
    )


def _changed(before: Side, after: Side) -> Change | None:
    deltas = _deltas(before, after)
    return Change(kind=Kind.CHANGED, before=before, after=after, deltas=deltas) if deltas else None


def _deltas(before: Side, after: Side) -> tuple[tuple[str, str, str], ...]:
    rows = [(name, str(getattr(before, name)), str(getattr(after, name))) for name in _COMPARED]
    for name, unit in (("input_price", after.unit or before.unit), ("output_price", "output-mtok")):
        old, new = getattr(before, name), getattr(after, name)
        label = f"price per {unit}" if unit else name
        rows.append(
            (
                label,
                "no current price" if old is None else f"USD {old}",
                "no current price" if new is None else f"USD {new}",
            )
        )
    return tuple(row for row in rows if row[1] != row[2])


def _paired(gone: Sequence[Side], come: Sequence[Side]) -> Iterable[Change]:
    """Removed and added uses; two that share a slot are one swap."""
    left = list(come)
    for side in gone:
        partner = next((other for other in left if set(other.slots) & set(side.slots)), None)
        if partner is None:
            yield Change(kind=Kind.REMOVED, before=side, after=None)
        else:
            left.remove(partner)
            yield Change(kind=Kind.SWAPPED, before=side, after=partner, deltas=_deltas(side, partner))
    yield from (Change(kind=Kind.ADDED, before=None, after=side) for side in left)


def _outcome(before: Report, after: Report) -> tuple[str, str] | None:
    old = before.outcome.action.value if before.outcome else "none"
    new = after.outcome.action.value if after.outcome else "none"
    return (old, new) if old != new else None


def _new_findings(these: Iterable[Finding], those: Iterable[Finding]) -> tuple[str, ...]:
    known = {finding.fingerprint for finding in those}
    fresh = [f for f in these if f.fingerprint not in known and f.severity in _WORTH and f.is_active]
    ordered = sorted(fresh, key=lambda f: (f.severity.rank, f.rule, f.model))
    return tuple(
        f"{f.severity.value.upper()} {f.rule} {f.title}" + (f" · {f.model}" if f.model else "") for f in ordered
    )
