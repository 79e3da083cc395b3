"""Which stated volume belongs to which use. A volume is counted once, for the use it names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from vcdd.core.company import SlotVolume, Usage
from vcdd.core.model import ModelUse
from vcdd.values import dataclass

_DATED = re.compile(r"-(?:\d{8}|\d{4}-\d{2}-\d{2})$")
"""The date with which a provider names a snapshot (`gpt-4o-2024-08-06`): exports give it, source files often do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The volumes of a usage file laid beside the uses."""

    by_use: Mapping[int, tuple[SlotVolume, ...]] = field(default_factory=dict)
    """Index of the use in the given order, to its volumes."""
    unmatched: tuple[SlotVolume, ...] = ()
    """Volumes that name no model in use: said, never added."""


def match_volumes(uses: Sequence[ModelUse], usage: Usage) -> Matched:
    """Each volume goes to the first use that answers to its name, else to the first that does without a date.

    A use answers to its slots, its canonical id, its written spellings and their last part. Only bound and deployed
    uses can have a volume.
    """
    if not usage.slots:
        return Matched()
    exact: dict[str, int] = {}
    for index, use in enumerate(uses):
        if use.evidence.is_use:
            for name in _names(use):
                exact.setdefault(name, index)
    undated: dict[str, int] = {}
    for name, index in exact.items():
        undated.setdefault(_DATED.sub("", name), index)
    by_use: dict[int, list[SlotVolume]] = defaultdict(list)
    unmatched: list[SlotVolume] = []
    for volume in usage.slots:
        hit = _hit(volume.slot, exact, undated)
        (unmatched if hit is None else by_use[hit]).append(volume)
    return Matched(by_use={index: tuple(found) for index, found in by_use.items()}, unmatched=tuple(unmatched))


def _hit(slot: str, exact: Mapping[str, int], undated: Mapping[str, int]) -> int | None:
    """The use a volume is about; None where no use answers."""
    for name in _with_tail((slot.lower(),)):
        if name in exact:
            return exact[name]
        if _DATED.sub("", name) in undated:
            return undated[_DATED.sub("", name)]
    return None


def _names(use: ModelUse) -> tuple[str, ...]:
    """Lower-case names of a use, the most literal first."""
    ids = (use.model.id, *(reference.written for reference in use.references))
    return tuple(name.lower() for name in (*use.slots, *_with_tail(ids)) if name)


def _with_tail(names: Iterable[str]) -> tuple[str, ...]:
    """The names and the last parts of their paths, without repeats."""
    given = tuple(names)
    return tuple(dict.fromkeys((*given, *(name.rsplit("/", 1)[-1] for name in given))))
