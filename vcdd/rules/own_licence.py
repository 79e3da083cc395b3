"""Reads how manifests and files spell the licence of code, so that two spellings of one licence are not a mismatch."""

from __future__ import annotations

import re

# Family words, longest first, as SPDX ids, trove classifiers and licence titles spell them.
_FAMILIES = (
    ("agpl", r"\bagpl|affero"),
    ("lgpl", r"\blgpl|lesser general public"),
    ("gpl", r"\bgpl|general public licen[cs]e"),
    ("apache", r"\bapache"),
    ("mit", r"\bmit\b"),
    ("bsd", r"\bbsd"),
    ("mpl", r"\bmpl|mozilla public"),
    ("bsl", r"\bbsl\b|\bbusl|business source"),
    ("elastic", r"\belastic"),
    ("sspl", r"\bsspl|server side public"),
    ("isc", r"\bisc\b"),
    ("unlicense", r"\bunlicen[cs]e\b"),
    ("cc0", r"\bcc0"),
    ("proprietary", r"proprietary|all rights reserved|\bunlicensed\b|commercial licen[cs]e"),
)
_PATTERNS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _FAMILIES)
_INSIDE = {"lgpl": {"gpl"}, "agpl": {"gpl"}}


def normalise(text: str) -> frozenset[str]:
    """The licence families a declaration names; empty when it names none (a path, a URL, "see LICENSE")."""
    found = {name for name, pattern in _PATTERNS if pattern.search(text[:300])}
    for name in tuple(found):
        found -= _INSIDE.get(name, set())
    return frozenset(found)
