"""Which stated volume belongs to which use. A volume is counted once, for the use it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from vcdd.core.company import SlotVolume, Usage
from vcdd.core.model import ModelUse


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The volumes of a usage file laid beside the uses."""

    by_use: Mapping[int, SlotVolume] = field(default_factory=dict)
    """Index of the use in the given order, to its volume."""
    unmatched: tuple[SlotVolume, ...] = ()
    """Volumes that name no model in use: said, never added."""


def match_volumes(uses: Sequence[ModelUse], usage: Usage) -> Matched:
    """Each volume goes to the first use that answers to its name and has none yet.

    A use answers to its slots, its canonical id, its written spellings and their last part. Only bound and deployed
    uses can have a volume.
    """
    if not usage.slots:
        return Matched()
    names = {index: _names(use) for index, use in enumerate(uses) if use.evidence.is_use}
    by_use: dict[int, SlotVolume] = {}
    unmatched: list[SlotVolume] = []
    for volume in usage.slots:
        wanted = volume.slot.lower()
        hit = next((index for index, known in names.items() if wanted in known and index not in by_use), None)
        if hit is None:
            unmatched.append(volume)
        else:
            by_use[hit] = volume
    return Matched(by_use=by_use, unmatched=tuple(unmatched))


def _names(use: ModelUse) -> frozenset[str]:
    ids = {use.model.id, *(reference.written for reference in use.references)}
    tails = {name.rsplit("/", 1)[-1] for name in ids}
    return frozenset(name.lower() for name in (*ids, *tails, *use.slots) if name)
