"""Recognise a licence file: which licence on record its text is, or which clauses a custom text has.

Matching is by markers, a few distinctive phrases per licence that must all occur. A text that matches nothing but looks
like a licence for models is called custom and its clauses are quoted; nothing is concluded from them. An open-source
text with an added limit on users, revenue, funds raised, sale, hosting or commerce is custom too: "modified MIT" is not
MIT, and neither is Apache with a Commons Clause Apache.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vcdd.core.model import ConditionKind, LicenceClass
from vcdd.values import dataclass

if TYPE_CHECKING:
    from vcdd.registry.registry import Registry

MAX_TEXT = 200_000
"""Characters read of a text; the longest model licence on record has fewer than 60,000."""

_QUOTE = 240
_COPYLEFT = ConditionKind.COPYLEFT
_PER_KIND = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A sentence of a custom licence that a reader should see."""

    kind: str
    """`funds-raised`, `revenue`, `users`, `non-commercial`, `hosting`, `sale`, `territory`, `use`, `naming`,
    `output-training`."""
    quote: str
    """At most 240 characters, as written, white space collapsed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceMatch:
    """What a licence text is."""

    licence: str = ""
    """Licence id; empty when no licence on record fits."""
    is_custom: bool = False
    """True for a text about models or commercial use that fits no licence on record."""
    clauses: tuple[Clause, ...] = ()
    """For a custom text, in order of appearance; at most two of a kind."""


def _words(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_MONEY = r"\$|\b(?:usd|eur|rmb|dollars?|euros?|million|billion)\b"
_BARRED = r"\b(?:may|must|can|do|does|will|shall) ?not\b|\bunless\b|\bwithout\b|\bmust obtain\b"
_NOT_COMMERCIAL = r"(?<!commercial or )(?<!commercial and )\b(?:non-?\s?|no |not for )commercial\b"
"""Not the "commercial or non-commercial" of a public-domain dedication."""
_CLAUSES: tuple[tuple[str, tuple[re.Pattern[str], ...]], ...] = (
    ("funds-raised", _words(r"\b(?:raised|funding|financing|investment round)\b", _MONEY)),
    ("revenue", _words(r"\b(?:revenues?|turnover|recurring revenue)\b", _MONEY)),
    ("users", _words(r"\bactive users\b|\busers per month\b")),
    ("non-commercial", _words(rf"{_NOT_COMMERCIAL}|\bresearch (?:purposes?|use) only\b|\bpersonal use only\b")),
    ("hosting", _words(r"\b(?:(?:hosted|managed) service|hosted or managed|multi-?tenant)\b", _BARRED)),
    ("sale", _words(r"\bcommons clause\b|\bright to sell\b", rf"{_BARRED}|\bcommons clause\b")),
    ("territory", _words(r"\b(?:european union|united kingdom|south korea|territory)\b")),
    ("use", _words(r"\b(?:military|weapons?|surveillance|acceptable use policy|prohibited uses?)\b")),
    ("naming", _words(r"\b(?:prominently display|built with|powered by)\b|\bat the beginning of\b")),
    ("output-training", _words(r"\boutputs?\b", r"\b(?:train|improve)\b", r"\bmodels?\b")),
)
"""Kind of clause to the patterns that one sentence must all contain; each is linear."""

_LIMITS = frozenset(("funds-raised", "revenue", "users", "non-commercial", "hosting", "sale"))
_ABOUT_MODELS = re.compile(
    r"\b(?:model weights|model derivatives|the model|ai model|foundation model|checkpoints?|model materials)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;:])\s+|\n\s*\n")


def match_licence_text(registry: Registry, text: str) -> LicenceMatch:
    """What this licence text is. Empty in every field for a text that is no licence at all."""
    text = text[:MAX_TEXT]
    plain = " ".join(text.lower().split())
    found = [(sum(map(len, markers)), key) for key, markers in _markers(registry) if all(m in plain for m in markers)]
    clauses = tuple(_clauses(text))
    if found:
        key = max((_duty(registry, key), size, key) for size, key in found)[2]
        limits = _added_limits(registry, key, clauses)
        return LicenceMatch(is_custom=True, clauses=limits) if limits else LicenceMatch(licence=key)
    is_licence = "licen" in plain or "terms" in plain
    is_about = clauses or _ABOUT_MODELS.search(plain)
    return LicenceMatch(is_custom=True, clauses=clauses) if is_licence and is_about else LicenceMatch()


def _duty(registry: Registry, key: str) -> int:
    """How much a licence asks. A file often carries the texts of what it includes: the one that asks most holds."""
    licence = registry.licence(key)
    is_open = licence is not None and licence.category is LicenceClass.OPEN_SOURCE
    return 2 if not is_open else 1 if licence is not None and licence.has(_COPYLEFT) else 0


def _added_limits(registry: Registry, key: str, clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Limits that an open-source text does not have of itself; the GNU texts speak of noncommercial distribution."""
    licence = registry.licence(key)
    if licence is None or licence.category is not LicenceClass.OPEN_SOURCE:
        return ()
    own = {"non-commercial"} if licence.has(_COPYLEFT) else set()
    return tuple(clause for clause in clauses if clause.kind in _LIMITS - own)


def _markers(registry: Registry) -> list[tuple[str, tuple[str, ...]]]:
    tables = registry.compiled.tables["licences"]
    return [(key, tuple(raw["markers"])) for key, raw in tables.items() if raw.get("markers")]


def _clauses(text: str) -> list[Clause]:
    found: list[Clause] = []
    counts: dict[str, int] = {}
    for sentence in _SENTENCE.split(text):
        quote = " ".join(sentence.split())
        for kind, patterns in _CLAUSES:
            hits = [pattern.search(quote) for pattern in patterns]
            if counts.get(kind, 0) < _PER_KIND and hits[0] and all(hits):
                counts[kind] = counts.get(kind, 0) + 1
                found.append(Clause(kind=kind, quote=_cut(quote, hits[0].start())))
    return found


def _cut(quote: str, position: int) -> str:
    """At most 240 characters around the place that matched."""
    start = max(0, min(position - _QUOTE // 3, len(quote) - _QUOTE))
    return quote[start : start + _QUOTE]
