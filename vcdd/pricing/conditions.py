"""The words in `Price.conditions`: when a price holds. Written and read in one place, so that a tier is never a guess.

A conditions text is a list of atoms joined by ", ". The empty text is the ordinary price.
"""

from __future__ import annotations

BATCH = "batch"
"""The provider's discounted, delayed processing."""
_ABOVE = "above "
_TOKENS = " input tokens"
_PEAK = "peak hours "


def above(tokens: int) -> str:
    """The atom of a long-context tier: it holds for a request with more than `tokens` input tokens."""
    return f"{_ABOVE}{tokens:,}{_TOKENS}"


def peak(window: str) -> str:
    """The atom of a time-of-day price; `window` is in UTC."""
    return f"{_PEAK}{window} UTC"


def join(*atoms: str) -> str:
    """One conditions text from atoms; empty ones vanish, digits keep their thousands separator."""
    return ", ".join(atom for atom in atoms if atom)


def atoms_of(conditions: str) -> tuple[str, ...]:
    """The atoms of a conditions text in order; the separator inside a number is not a separator of atoms."""
    return tuple(atom for atom in conditions.split(", ") if atom)


def threshold(atom: str) -> int | None:
    """The number of input tokens above which the atom holds; None for any other atom."""
    if not (atom.startswith(_ABOVE) and atom.endswith(_TOKENS)):
        return None
    digits = atom.removeprefix(_ABOVE).removesuffix(_TOKENS).replace(",", "")
    return int(digits) if digits.isdecimal() else None


def is_peak(conditions: str) -> bool:
    """Whether the price holds in peak hours only."""
    return any(atom.startswith(_PEAK) for atom in atoms_of(conditions))


def holds(atom: str, *, input_tokens: int, batch: bool) -> bool:
    """Whether an atom is met by a request of this size; atoms about anything else are never met by themselves."""
    if atom == BATCH:
        return batch
    start = threshold(atom)
    return start is not None and input_tokens > start
