"""The question bank as records."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BankQuestion:
    """One question of the bank."""

    id: str
    """`Q` and its number; stable."""
    text: str
    why: str
    """Template: why it is open."""
    answered_by: str
    """R repository, H registry or Hub, F founder; `R>F`: a lead that the founder confirms."""
    trigger: str
    """Name of the trigger; `never` for what needs no asking."""
    weight: int
    ask: str = ""
    """How it is put to the founders, where that differs from `text`."""
    standing: bool = False
    """Asked of every company, whatever the code shows."""


@cache
def load_bank() -> Mapping[str, BankQuestion]:
    """Every question by id, in order of number."""
    import tomli  # noqa: PLC0415 -- slow import

    text = (Path(__file__).parent / "data" / "bank.toml").read_text(encoding="utf-8")
    return MappingProxyType({raw["id"]: BankQuestion(**raw) for raw in tomli.loads(text)["question"]})
