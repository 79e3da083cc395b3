"""The scoreboard: `python -m tests.corpus.scoreboard DEST [KEY …] [--second] [--details]` after `tests.corpus.fetch`.

Scans every package with the real pipeline, offline, and prints recall and precision per package, per language and per
way of writing, the precision of "uses", and the traps fallen for. `--second` takes the truth of the second corpus.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from tests.corpus.score import Claim, Score, averaged, pooled, recall_by, score
from tests.corpus.truth import load
from vcdd.core.evidence import Evidence
from vcdd.core.reference import Reference, ReferenceKind
from vcdd.hub.offline import OfflineHub
from vcdd.pipeline import Inputs, scan
from vcdd.registry.load import load_registry
from vcdd.target.open import open_target

ROLES = {
    Evidence.BOUND: "default",
    Evidence.DEPLOYED: "default",
    Evidence.SELECTABLE: "option",
    Evidence.CATALOG: "catalog",
    Evidence.TEST: "test",
    Evidence.MENTION: "docs",
}
NAMELESS = frozenset((ReferenceKind.ENDPOINT, ReferenceKind.OPEN, ReferenceKind.DEPENDENCY))
COLUMNS = ("recall_a", "precision_a", "recall_b", "precision_b", "evidence", "uses")


def claims_of(references: tuple[Reference, ...]) -> list[Claim]:
    """References as claims; what comes through a package stands in no file of the target and is not scored."""
    return [
        Claim(r.written, r.location.path, r.location.line, ROLES[r.evidence], r.way, r.reason.rule)
        for r in references
        if r.evidence in ROLES and r.kind not in NAMELESS and not r.through
    ]


def run(
    folder: Path, keys: list[str], corpus: Path
) -> tuple[list[Score], dict[str, tuple[Counter[str], Counter[str]]]]:
    """Scores in order of key, and recall of production lines by language and way."""
    registry = load_registry()
    scores: list[Score] = []
    parts = {"language": (Counter[str](), Counter[str]()), "way": (Counter[str](), Counter[str]())}
    for path in sorted((corpus / "truth").glob("*.json")):
        truth = load(path)
        if keys and truth.key not in keys:
            continue
        with open_target(str(folder / "src" / truth.key)) as target:
            report = scan(target, Inputs(registry=registry, hub=OfflineHub(), now=datetime(2026, 11, 24, tzinfo=UTC)))
        claims = claims_of(report.references)
        scores.append(score(truth, claims))
        for label, (found, total) in parts.items():
            more_found, more_total = recall_by(truth, claims, label)
            found.update(more_found)
            total.update(more_total)
    return scores, parts


def percent(value: float | None) -> str:
    return "   n/a" if value is None else f"{100 * value:6.1f}"


def main(arguments: list[str]) -> int:
    """Print the board."""
    details = "--details" in arguments
    folder, *keys = [argument for argument in arguments if not argument.startswith("--")]
    here = Path(__file__).parent
    scores, parts = run(Path(folder), keys, here / "second" if "--second" in arguments else here)
    print(f"{'package':22}" + "".join(f"{name:>13}" for name in COLUMNS) + "   traps")
    for item in scores:
        print(
            f"{item.key:22}"
            + "".join(f"{percent(item.rates[name]):>13}" for name in COLUMNS)
            + f"{len(item.trapped):>8}"
        )
    micro, macro = pooled(scores), averaged(scores)
    print(
        f"{'micro':22}"
        + "".join(f"{percent(micro.rates[name]):>13}" for name in COLUMNS)
        + f"{sum(len(s.trapped) for s in scores):>8}"
    )
    print(f"{'macro':22}" + "".join(f"{percent(macro[name]):>13}" for name in COLUMNS))
    for label, (found, total) in parts.items():
        print(f"\nproduction lines found, by {label}")
        for name, whole in total.most_common():
            print(f"  {name:24} {found[name]:5} of {whole:5} {percent(found[name] / whole)}")
    if details:
        for item in scores:
            for title in ("missed", "false", "false_uses", "trapped"):
                if rows := getattr(item, title):
                    print(f"\n{item.key} {title}: " + "; ".join(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
