"""Facts about the company: the `[company]` table of a policy, or a file of its own."""

from __future__ import annotations

from typing import Any

from vcdd.core.company import Company
from vcdd.rules.tables import Table, parse_table

_WHOLE = (
    "monthly_active_users",
    "annual_revenue_usd",
    "funds_raised_usd",
    "planned_round_usd",
    "monthly_burn_usd",
)
_FLAGS = ("customer_data_in_prompts", "commercial")
_TEXTS = ("markets", "customers")
KEYS = (*_WHOLE, *_FLAGS, *_TEXTS, "seat")
"""Every key of the table, in the order a form would ask for them."""


def read_company(text: str, file: str) -> Company:
    """The company facts of a file: a `[company]` table, or the keys at the top level.

    Raises:
        ConfigError: not TOML, an unknown key (with a near miss), or a value of another type.
    """
    whole = parse_table(text, file)
    return company_of(whole.only("company").table("company") if whole.has("company") else whole)


def company_of(table: Table) -> Company:
    """The facts of one table; what is absent stays "not told"."""
    table.only(*KEYS)
    wholes: dict[str, Any] = {key: table.whole(key) for key in _WHOLE}
    flags: dict[str, Any] = {key: table.flag(key) for key in _FLAGS}
    return Company(
        source=table.place.file,
        seat=table.text("seat", "").upper(),
        markets=tuple(place.upper() for place in table.texts("markets")),
        customers=table.texts("customers"),
        **wholes,
        **flags,
    )
