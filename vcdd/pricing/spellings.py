"""Which spellings of a model id a price table may be asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

_MAX_SPELLINGS = 24
"""A bound against hostile ids with thousands of slashes."""
_PREFIX = re.compile(r"[a-z][a-z_-]*:(?=[a-z])")
"""A provider's name before a model (`openai:gpt-5`); a tag such as `qwen3:8b` or `claude-v2:1` is not cut off."""
_TUNED = "ft:"
"""A fine-tuned model has a price of its own: it is never asked for under the name of its base."""


def spellings(model_ids: Sequence[str]) -> tuple[str, ...]:
    """Lower-case candidates, the most literal first: ids as given, then without leading `name/` or `name:` parts.

    `fal-ai/kling-video/v3` gives itself, `kling-video/v3` and `v3`: a table keyed by full ids answers the first, and a
    bare tail such as `v3` is no key of any table.
    """
    seen = dict.fromkeys(model_id.strip().lower() for model_id in model_ids if model_id.strip())
    tails = (tail for model_id in tuple(seen) for tail in islice(_tails(model_id), _MAX_SPELLINGS))
    return tuple(dict.fromkeys((*seen, *tails)))[:_MAX_SPELLINGS]


def _tails(model_id: str) -> Iterator[str]:
    """What is left after each leading part, longest first; nothing for a fine-tuned model."""
    rest = model_id
    while not rest.startswith(_TUNED):
        prefix = _PREFIX.match(rest)
        rest = rest[prefix.end() :] if prefix else rest.partition("/")[2]
        if not rest:
            return
        if not rest.startswith(_TUNED):
            yield rest
