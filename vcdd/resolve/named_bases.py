"""The base that a repository's name gives away: `Open-Orca/Mistral-7B-OpenOrca` stands on Mistral 7B.

Only where nobody declares a base, and only for the lines of `data/named_bases.toml`, whose names are as good as never used
for weights trained from scratch (BERT, GPT-2 and T5 are architectures that many trained anew, and are not among them).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from vcdd.core.model import Weights
from vcdd.registry.identity import Identity
from vcdd.registry.mixtures import is_mixture
from vcdd.registry.registry import Registry

_Rows = tuple[tuple[str, tuple[str, ...]], ...]

_TOKEN = re.compile(r"[a-z]+|\d+")


@dataclass(frozen=True, slots=True)
class _Table:
    never: tuple[str, ...]
    rows: _Rows
    """Family id with the phrases that all stand in the name; the first row that fits holds."""
    pupils: tuple[str, ...]
    teachers: _Rows
    """Lines that others' networks were distilled from; read last, and not beside a word of `pupils`."""


def named_base(identity: Identity, registry: Registry) -> str:
    """Family id of the base that the name of this repository gives, or empty.

    Empty for what the registry has as an exact checkpoint, for closed models, for bare words nobody has recognised,
    where the named line is the lab's own, and where a second maker's line stands in the name.
    """
    if identity.match == "exact" or identity.weights is Weights.CLOSED:
        return ""
    name = identity.id.partition("/")[2] or (identity.id if identity.match == "family" else "")
    family = base_in_name(name) if name else ""
    record = registry.families.get(family)
    own = identity.lab.id if identity.lab else ""
    if record is None or record.lab == own or is_mixture(registry, name, family):
        return ""
    return family


def base_in_name(name: str) -> str:
    """Family id of the line that a name without its organisation speaks of; empty if none."""
    text = f" {' '.join(_TOKEN.findall(name.lower()))} "
    table = _table()
    if _has_any(text, table.never):
        return ""
    if found := _fits(text, table.rows):
        return found[0]
    makers = [] if _has_any(text, table.pupils) else _fits(text, table.teachers)
    return makers[0] if len({_maker(family) for family in makers}) == 1 else ""


def _has_any(text: str, phrases: tuple[str, ...]) -> bool:
    return any(f" {phrase} " in text for phrase in phrases)


def _fits(text: str, rows: _Rows) -> list[str]:
    """Family ids of all rows that fit, in order."""
    return [family for family, phrases in rows if all(f" {phrase} " in text for phrase in phrases)]


def _maker(family: str) -> str:
    """The line's own word: `glm` of `glm-5.3`."""
    return family.partition("-")[0]


@cache
def _table() -> _Table:
    import tomli  # noqa: PLC0415 -- slow import

    text = (Path(__file__).parent / "data" / "named_bases.toml").read_text(encoding="utf-8")
    data = tomli.loads(text)
    rows, teachers = (tuple((row[0], tuple(row[1:])) for row in data[key]) for key in ("rows", "teachers"))
    return _Table(tuple(data["never"]), rows, tuple(data["pupils"]), teachers)
