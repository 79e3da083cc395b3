"""Shares with their denominators, their unknowns and a confidence interval: no bare percentage leaves this house."""

from __future__ import annotations

import math

from vcdd.values import dataclass

Z_95 = 1.959963984540054
"""Normal quantile of a two-sided 95 % interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """n of N, with how many of the N nobody knows about."""

    n: int
    of: int
    unknown: int = 0
    """Members of the denominator that might count and are not in `n`: what nobody knows is neither yes nor no."""
    undetermined: int = 0
    """Companies of which nobody knows whether they belong to the denominator at all; not in `of`."""

    @property
    def value(self) -> float | None:
        """n/N, 0 to 1; None without a denominator."""
        return self.n / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval for n/N."""
        return wilson(self.n, self.of)

    @property
    def at_most(self) -> float | None:
        """The share if every unknown counted."""
        return (self.n + self.unknown) / self.of if self.of else None


def wilson(n: int, of: int, z: float = Z_95) -> tuple[float, float]:
    """Wilson's score interval (E. B. Wilson 1927, J. Am. Stat. Assoc. 22) for n of `of`; (0, 1) without a denominator.

    Unlike the usual n/N ± z·s it stays inside 0 to 1 and is usable for small N.
    Raises ValueError unless 0 ≤ n ≤ of.
    """
    if not 0 <= n <= of:
        raise ValueError(f"{n} of {of}")
    if of == 0:
        return 0.0, 1.0
    share = n / of
    scale = 1 + z * z / of
    centre = (share + z * z / (2 * of)) / scale
    half = z / scale * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    # At 0 and N the bound is exactly 0 and 1; the square root only nearly says so.
    return (0.0 if n == 0 else max(0.0, centre - half)), (1.0 if n == of else min(1.0, centre + half))
