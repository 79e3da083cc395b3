"""Near misses for an id that the registry does not know: what may have been meant, never what was meant."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from vcdd.registry.normalise import MAX_LENGTH

if TYPE_CHECKING:
    from vcdd.registry.registry import Registry

_CUTOFF = 0.72
"""Below this similarity the suggestions for random words are noise (tried on 200 misspelt ids)."""


def suggest(registry: Registry, written: str, *, count: int = 3) -> tuple[str, ...]:
    """Known ids most like `written`, the most alike first; empty when nothing is close.

    Only names that share the first two characters of the id or of its last part are compared, so that a question costs
    milliseconds.
    """
    text = written.strip().lower()[:MAX_LENGTH]
    if len(text) < 2:
        return ()
    last = text.rpartition("/")[2]
    starts = (text[:2], last[:2])
    pool = {name: key for name, key in _names(registry).items() if name.startswith(starts)}
    found = get_close_matches(text, pool, n=count * 3, cutoff=_CUTOFF)
    if last != text:
        found += get_close_matches(last, pool, n=count * 3, cutoff=_CUTOFF)
    return tuple(dict.fromkeys(pool[name] for name in found))[:count]


def _names(registry: Registry) -> dict[str, str]:
    """Every exact spelling, the part behind an organisation, and each family's sample, to what to suggest."""
    names = {family.sample.lower(): family.sample for family in registry.families.values() if " " not in family.sample}
    names.update(registry.compiled.exact)
    names.update(registry.indexes.checkpoint_of_name)
    return names
