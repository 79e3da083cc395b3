"""The rule records of `data/*.toml`: the words of every rule, apart from its code."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from vcdd.core.finding import Dimension, Effort, Severity
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRecord:
    """One rule: what it is called, how bad it is before the evidence cap, and how it is explained."""

    id: str
    """Stable and never reused: a letter of the dimension and a number."""
    name: str
    """Kebab case; reads well after "allow"."""
    dimension: Dimension
    severity: Severity
    """What the rule says unless its function grades the case itself."""
    effort: Effort
    title: str
    fact: str
    """Template with `{names}`; the engine adds `{verb}` and `{models}`."""
    consequence: str
    remedy: str
    what: str
    why: str
    """Why an investor cares."""
    example: str
    remediation: str
    references: tuple[str, ...]
    questions: tuple[str, ...] = ()
    """Ids in the question bank that would settle it."""


@cache
def load_records() -> Mapping[str, RuleRecord]:
    """Every rule by id, in order of id. The data ships inside the package and is linted by the tests."""
    raw = [table for document in load_documents().values() for table in document.get("rule", ())]
    return MappingProxyType({table["id"]: _record(table) for table in sorted(raw, key=lambda table: table["id"])})


@cache
def load_documents() -> Mapping[str, Mapping[str, Any]]:
    """Every data file of this room by stem (`licence`, `data_path`), parsed once."""
    import tomli  # noqa: PLC0415 -- slow import

    folder = Path(__file__).parent / "data"
    found = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name)
    return MappingProxyType(
        {item.name.removesuffix(".toml"): tomli.loads(item.read_text(encoding="utf-8")) for item in found}
    )


def _record(table: Mapping[str, Any]) -> RuleRecord:
    """One table as a record; a missing or unknown key is a TypeError, which the data test turns into a failure."""
    plain: dict[str, Any] = {key: value.strip() if isinstance(value, str) else value for key, value in table.items()}
    plain["dimension"] = Dimension(plain["dimension"])
    plain["severity"] = Severity(plain["severity"])
    plain["effort"] = Effort(plain["effort"])
    plain["references"] = tuple(plain["references"])
    plain["questions"] = tuple(plain.get("questions", ()))
    return RuleRecord(**plain)
