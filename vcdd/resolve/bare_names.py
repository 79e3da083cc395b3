"""Names without their organisation that no record has: the one much-used repository of that name, if there is one.

`velvet-14b` is written by whoever serves `Almawave/Velvet-14B` himself. The registry goes first. A name counts only where
it is as good as never anything else: it has a letter, a digit and a joint, and one repository alone bears it. What is
found this way is said with low confidence, and how it was found is a fact of the model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vcdd.core.hub import Hub
from vcdd.registry.registry import Registry
from vcdd.resolve.known import Known

_TELLING = re.compile(r"(?=.{6,96}$)(?=.*[A-Za-z]{3})(?=.*\d)[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)+")


def complete(known: Sequence[Known], hub: Hub, registry: Registry) -> list[Known]:
    """`known` in its order, each unrecognised bare name identified by the repository that bears it."""
    names = sorted({item.identity.id for item in known if _is_bare(item)})
    found = hub.named(names) if names else {}
    return [_under(item, found.get(item.identity.id, ""), registry) for item in known]


def _is_bare(known: Known) -> bool:
    identity = known.identity
    return identity.match == "none" and known.answer is None and _TELLING.fullmatch(identity.id) is not None


def _under(known: Known, model_id: str, registry: Registry) -> Known:
    if not model_id:
        return known
    return replace(known, identity=registry.identify(model_id), named=known.identity.id)
