"""Names that speak of two makers' lines (`Llama-3.1-Qwen2.5-8B`): a merge or a distillation, and nobody's plain copy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vcdd.registry.registry import Registry

_WORD = re.compile(r"[a-z]+")
_DEPTH = 4
"""How far down the bases of a family are followed."""


def labs_in_name(registry: Registry, name: str) -> frozenset[str]:
    """Ids of the labs whose lines' words stand in a name."""
    lines = registry.indexes.lines
    return frozenset(lines[word] for word in _WORD.findall(name.lower()) if word in lines)


def labs_of_family(registry: Registry, family: str) -> frozenset[str]:
    """Ids of the lab of a family and of the labs of the families it was trained from."""
    labs: list[str] = []
    while family in registry.families and len(labs) < _DEPTH:
        record = registry.families[family]
        labs.append(record.lab)
        family = record.base
    return frozenset(labs)


def is_mixture(registry: Registry, name: str, family: str) -> bool:
    """Whether a name that was read as this family's also speaks of a line that has no part in it."""
    named = labs_in_name(registry, name)
    return len(named) > 1 and not named <= labs_of_family(registry, family)
