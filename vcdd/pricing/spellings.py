"""Which spellings of a model id a price table may be asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_MAX_SPELLINGS = 24
"""A bound against hostile ids with thousands of slashes."""


def spellings(model_ids: Sequence[str]) -> tuple[str, ...]:
    """Lower-case candidates, the most literal first: ids as given, then without leading `name/` or `name:` parts.

    `fal-ai/kling-video/v3` gives itself, `kling-video/v3` and `v3`: a table keyed by full ids answers the first, and a
    bare tail such as `v3` is no key of any table.
    """
    seen = dict.fromkeys(model_id.strip().lower() for model_id in model_ids if model_id.strip())
    tails = (tail for model_id in tuple(seen) for tail in _tails(model_id))
    return tuple(dict.fromkeys((*seen, *tails)))[:_MAX_SPELLINGS]


def _tails(model_id: str) -> Iterator[str]:
    """What is left after each leading part, longest first."""
    rest = model_id
    while True:
        cut = min((at for at in (rest.find("/"), rest.find(":")) if at >= 0), default=-1)
        if cut < 0:
            return
        rest = rest[cut + 1 :]
        if rest:
            yield rest
