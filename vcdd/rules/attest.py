"""What the company declares about a slot, shown beside what was observed. It never replaces an observation."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches

from vcdd.core.finding import Attestation
from vcdd.core.report import Report
from vcdd.rules.tables import Table, parse_table


def read_bindings(text: str, file: str, report: Report, today: date) -> tuple[Attestation, ...]:
    """The `[[binding]]` tables of a `vcdd.toml`, in order; empty when there are none. Other tables are not read.

    Raises:
        ConfigError: not TOML, an unknown or missing key, a date that is none, an unknown slot, or one declared twice.
    """
    observed = slots_of(report)
    found = tuple(_binding(table, observed, today) for table in parse_table(text, file).tables("binding"))
    seen: set[str] = set()
    for table, item in zip(parse_table(text, file).tables("binding"), found, strict=True):
        if item.slot in seen:
            raise table.place.error("slot", f'slot "{item.slot}" is declared twice', "Keep one declaration per slot.")
        seen.add(item.slot)
    return found


def slots_of(report: Report) -> dict[str, tuple[str, ...]]:
    """Every slot and every open variable of the target, with the model ids observed there (none for an open one)."""
    found: dict[str, list[str]] = {}
    for use in report.uses:
        for reference in use.references:
            if reference.slot:
                found.setdefault(reference.slot, []).append(use.model.id)
        if use.route.open_symbol:
            found.setdefault(use.route.open_symbol, [])
    for item in report.unresolved:
        found.setdefault(item.subject, [])
    return {slot: tuple(dict.fromkeys(models)) for slot, models in found.items()}


def _binding(table: Table, observed: dict[str, tuple[str, ...]], today: date) -> Attestation:
    table.only("slot", "model", "by", "date", "expires")
    slot = table.text("slot")
    if slot not in observed:
        raise table.place.error("slot", f'the target has no slot "{slot}"', _next_step(slot, observed))
    expires = table.day("expires")
    return Attestation(
        slot=slot,
        model=table.text("model"),
        by=table.text("by"),
        on=table.day("date"),
        expires=expires,
        observed=observed[slot],
        expired=expires < today,
    )


def _next_step(slot: str, observed: dict[str, tuple[str, ...]]) -> str:
    near = get_close_matches(slot, observed, n=1)
    if near:
        return f"Did you mean `{near[0]}`?"
    known = ", ".join(sorted(observed)[:8])
    return f"Slots of this target: {known}." if known else "The target has no slots: remove the [[binding]] table."
