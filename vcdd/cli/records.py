"""Registry records as text."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from vcdd.cli.console import plain
from vcdd.errors import UsageError
from vcdd.registry.registry import Registry

_KINDS = ("labs", "families", "checkpoints", "licences", "providers", "lists", "distributors")


def records_text(registry: Registry, name: str) -> str:
    """Every record whose id is `name`, letters compared without case. Raises UsageError with near misses."""
    found = [(kind, key) for kind in _KINDS for key in _table(registry, kind) if key.lower() == name.lower()]
    if not found:
        every = [key for kind in _KINDS for key in _table(registry, kind)]
        near = difflib.get_close_matches(name, every, n=3)
        raise UsageError(
            f"no record `{name}`", help=f"Near: {', '.join(near)}." if near else "vcdd registry age lists the kinds."
        )
    return "\n".join("\n".join(_lines(kind, _table(registry, kind)[key])) for kind, key in found) + "\n"


def _table(registry: Registry, kind: str) -> Mapping[str, Any]:
    table: Mapping[str, Any] = getattr(registry, kind)
    return table


def _lines(kind: str, record: Any) -> Iterator[str]:
    yield f"[{kind}]"
    for spec in fields(record):
        value = getattr(record, spec.name)
        if value not in (None, "", (), {}):
            yield plain(f"  {spec.name:<18} {value}")


def age_text(registry: Registry) -> str:
    """One line per kind of record: how many, how many verified, oldest and newest check."""
    lines = []
    for kind in _KINDS:
        records = list(_table(registry, kind).values())
        dates: list[date] = sorted(d for r in records if (d := getattr(r, "checked", None)))
        verified = sum(bool(getattr(record, "verified", False)) for record in records)
        span = f", checked {dates[0]} to {dates[-1]}" if dates else ""
        lines.append(f"{kind:<14} {len(records):>5} records, {verified:>5} verified{span}")
    return "\n".join(lines) + "\n"
