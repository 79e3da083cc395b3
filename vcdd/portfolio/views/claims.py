"""The claims ledger: numbers that others quote, each with population, window, metric and source, or not at all."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import fields
from importlib import resources
from typing import Any

from vcdd.errors import RegistryError
from vcdd.portfolio.views.layout import wrapped
from vcdd.values import dataclass

HEADING = "Context from others: dated claims, none of them measured here"
_STATUS = frozenset({"conditional", "corrected", "context", "dated", "contested"})
_KINDS = frozenset({"primary", "report", "search"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim of the ledger; the data file says what each field means."""

    id: str
    claim: str
    record: str
    population: str
    window: str
    metric: str
    source: str
    source_kind: str
    status: str
    noted: datetime.date


def load_claims() -> tuple[Claim, ...]:
    """The ledger in the order of its file."""
    import tomli  # noqa: PLC0415 -- slow import

    text = resources.files("vcdd.portfolio").joinpath("data/claims_ledger.toml").read_text(encoding="utf-8")
    return tuple(to_claim(row) for row in tomli.loads(text)["claim"])


def to_claim(row: Mapping[str, Any]) -> Claim:
    """One claim. Raises RegistryError when a field is missing, empty, unknown or of the wrong kind: it is not shown."""
    names = {field.name for field in fields(Claim)}
    name = row.get("id", "?")
    if set(row) != names or not all(row.values()):
        raise RegistryError(f"claims ledger: {name}: every field must be there and say something")
    if row["status"] not in _STATUS or row["source_kind"] not in _KINDS or not isinstance(row["noted"], datetime.date):
        raise RegistryError(f"claims ledger: {name}: unknown status or kind of source, or no date")
    return Claim(**row)


def claims_text(claims: tuple[Claim, ...]) -> str:
    """The ledger as plain text, under a heading of its own."""
    lines = [HEADING, ""]
    for claim in claims:
        lines += wrapped(f"“{claim.claim}” ({claim.status})", 2)
        for words in (
            claim.record,
            f"population: {claim.population}; window: {claim.window}; metric: {claim.metric}",
            f"source ({claim.source_kind}, noted {claim.noted.isoformat()}): {claim.source}",
        ):
            lines += wrapped(words, 4)
        lines.append("")
    return "\n".join(lines)
