"""Counting claims against truth. Ratios are pooled (micro) or averaged over packages (macro); None is undefined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.corpus.truth import PRODUCTION, TrueModel, Truth, fold

TOLERANCE = 2
"""Lines by which a place may be off."""


@dataclass(frozen=True)
class Claim:
    """One reference a scan reports."""

    written: str
    path: str
    line: int
    role: str
    """default, option, catalog, test or docs."""
    way: str = ""
    rule: str = ""


@dataclass
class Score:
    """Counts of one package, or pooled."""

    key: str
    counts: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    false_uses: list[str] = field(default_factory=list)
    trapped: list[str] = field(default_factory=list)

    def ratio(self, right: str, whole: str) -> float | None:
        return self.counts[right] / self.counts[whole] if self.counts[whole] else None

    @property
    def rates(self) -> dict[str, float | None]:
        return {
            "recall_a": self.ratio("a_hit", "a_total"),
            "precision_a": self.ratio("a_right", "a_claimed"),
            "recall_b": self.ratio("b_hit", "b_total"),
            "precision_b": self.ratio("b_right", "b_claimed"),
            "evidence": self.ratio("line_right", "line_judged"),
            "uses": self.ratio("use_right", "use_claimed"),
        }


def score(truth: Truth, claims: Iterable[Claim]) -> Score:
    """The score of one package.

    (a) default and option models; the border to catalog is not counted either way. (b) all models. `uses`: models said
    to be used (claimed as default) that the truth has as default or option.
    """
    result = Score(key=truth.key)
    said: dict[str, set[str]] = {}
    hit: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    by_id = {fold(model.canonical): model for model in truth.models}
    for claim in claims:
        if not truth.in_scope(claim.path):
            continue
        named = truth.named(claim.written)
        why = truth.trap(claim.written, claim.path, claim.line)
        if why and not any(is_place(model, claim, 0) for model in named):
            result.trapped.append(f"{claim.written} @ {claim.path}:{claim.line} ({why})")
        if len(named) > 1:  # an id of one model may be the canonical name of another: the place tells them apart
            named = [model for model in named if is_place(model, claim)] or named
        if not named and fold(claim.written) in truth.ambiguous:
            continue
        for key in [fold(model.canonical) for model in named] or [f"?{fold(claim.written)}"]:
            said.setdefault(key, set()).add(claim.role)
            names[key] = claim.written
        for model in named:
            hit.setdefault(fold(model.canonical), set()).add(claim.role)
            judge_line(result, named, claim)
            break
    count(result, by_id, said, hit, names)
    return result


def is_place(model: TrueModel, claim: Claim, tolerance: int = TOLERANCE) -> bool:
    return any(path == claim.path and abs(line - claim.line) <= tolerance for path, line in model.places)


def judge_line(result: Score, named: list[TrueModel], claim: Claim) -> None:
    """Whether the claimed place is one of the truth's; a partly listed model has no wrong places."""
    if any(is_place(model, claim) for model in named):
        result.counts["line_right"] += 1
        result.counts["line_judged"] += 1
    elif not any(model.partial for model in named):
        result.counts["line_judged"] += 1


def count(
    result: Score,
    models: dict[str, TrueModel],
    said: dict[str, set[str]],
    hit: dict[str, set[str]],
    names: dict[str, str],
) -> None:
    """Fill in the counts from the roles claimed for each model."""
    production = {key for key, model in models.items() if model.is_production}
    catalogued = {key for key, model in models.items() if "catalog" in model.roles} - production
    found = {key for key in production if hit.get(key, set()) & PRODUCTION}
    found |= {key for key in production if "default" not in models[key].roles and "catalog" in hit.get(key, set())}
    claimed = {key for key, roles in said.items() if roles & PRODUCTION} - catalogued
    uses = {key for key, roles in said.items() if "default" in roles}
    result.counts.update(
        a_total=len(production), a_hit=len(found), a_claimed=len(claimed), a_right=len(claimed & production),
        b_total=len(models), b_hit=len(set(models) & set(hit)), b_claimed=len(said), b_right=len(set(said) & set(models)),
        use_claimed=len(uses), use_right=len(uses & production),
    )  # fmt: skip
    result.missed = sorted(production - found)
    result.false = sorted(names[key] for key in said if key not in models)
    result.false_uses = sorted(names[key] for key in uses - production)


def pooled(scores: Iterable[Score]) -> Score:
    """All packages as one."""
    total = Score(key="micro")
    for item in scores:
        total.counts.update(item.counts)
    return total


def averaged(scores: list[Score]) -> dict[str, float | None]:
    """Mean over the packages where a rate is defined."""
    names = scores[0].rates if scores else {}
    found = {}
    for name in names:
        values = [rate for item in scores if (rate := item.rates[name]) is not None]
        found[name] = sum(values) / len(values) if values else None
    return found


def recall_by(truth: Truth, claims: list[Claim], label: str) -> tuple[Counter[str], Counter[str]]:
    """(found, total) production lines of the truth by language or by the way the claim says it is written."""
    found: Counter[str] = Counter()
    total: Counter[str] = Counter()
    seen = {(fold(m.canonical), c.path, c.line): c for c in claims for m in truth.named(c.written)}
    for model in truth.models:
        for (path, line), role in model.places.items():
            if role in PRODUCTION and truth.in_scope(path):
                claim = next(
                    (seen[k] for d in (0, 1, -1, 2, -2) if (k := (fold(model.canonical), path, line + d)) in seen), None
                )
                name = path.rpartition(".")[2] if label == "language" else (claim.way if claim else "(not found)")
                total[name] += 1
                found[name] += claim is not None
    return found, total
