"""Addresses that the target leaves open: one answer for rules, gates and questions."""

from __future__ import annotations

from vcdd.core.location import Location
from vcdd.core.report import Report
from vcdd.core.route import RouteKind
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAddress:
    """One variable that nothing in the target sets."""

    symbol: str
    locations: tuple[Location, ...]
    models: tuple[str, ...]
    """Ids of the models in use that go there, sorted; empty where only a bare call shows it."""


def open_addresses(report: Report) -> tuple[OpenAddress, ...]:
    """Every open address, sorted by name.

    A variable that only moves a local run time (an Ollama host, say) is left out, and so is one that the company has
    attested for today.
    """
    places: dict[str, list[Location]] = {}
    models: dict[str, set[str]] = {}
    local: set[str] = set()
    for use in report.in_use:
        symbol = use.route.open_symbol
        if symbol and use.route.kind is RouteKind.SELF_HOSTED:
            local.add(symbol)
        elif symbol:
            places.setdefault(symbol, []).extend(reference.location for reference in use.references)
            models.setdefault(symbol, set()).add(use.model.id)
    for item in report.unresolved:
        if item.kind == "endpoint-from-outside" and (item.subject in places or item.subject not in local):
            places[item.subject] = [*item.locations, *places.get(item.subject, [])]
    attested = {item.slot for item in report.attestations if not item.expired}
    return tuple(
        OpenAddress(
            symbol=symbol,
            locations=tuple(dict.fromkeys(found)),
            models=tuple(sorted(models.get(symbol, ()))),
        )
        for symbol, found in sorted(places.items())
        if symbol not in attested
    )
