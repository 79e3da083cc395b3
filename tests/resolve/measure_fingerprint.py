"""Print how well shapes name base labs, the asked checkpoint left out.

Run it with `python -m tests.resolve.measure_fingerprint`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from vcdd.core.shape import WeightsShape
from vcdd.resolve.fingerprint import consistent_with
from vcdd.resolve.shapes import KnownShape, known_shapes


@dataclass
class Measured:
    """Counts over all known checkpoints, each asked against the others."""

    right: int = 0
    silent: int = 0
    wrong: list[str] = field(default_factory=list)
    by_basis: Counter[tuple[str, bool]] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.wrong) + self.silent)


def as_shape(row: KnownShape) -> WeightsShape:
    """A row as a reader of weights would report it."""
    return WeightsShape(
        path=row.checkpoint, kind="config", model_type=row.type, vocab_size=row.vocab, hidden_size=row.hidden,
        layers=row.layers, heads=row.heads or None, kv_heads=row.kv or None, intermediate_size=row.ffn or None,
    )  # fmt: skip


def leave_one_out(rows: Sequence[KnownShape]) -> Measured:
    """Ask each checkpoint against the table without it (without every row of its name)."""
    measured = Measured()
    for row in rows:
        others = [other for other in rows if other.checkpoint != row.checkpoint]
        match = consistent_with(as_shape(row), others)
        if match is None:
            measured.silent += 1
            continue
        is_right = match.lab == row.lab
        measured.by_basis[match.basis, is_right] += 1
        if is_right:
            measured.right += 1
        else:
            measured.wrong.append(f"{row.checkpoint}: {row.lab}, not {match.lab} ({match.basis})")
    return measured


def main() -> None:
    rows = known_shapes()
    measured = leave_one_out(rows)
    print(f"{len(rows)} checkpoints; precision {measured.precision:.4f}, recall {measured.recall:.4f}")
    for (basis, is_right), count in sorted(measured.by_basis.items()):
        print(f"{count:5} {'right' if is_right else 'WRONG'}  {basis}")
    print("\n".join(measured.wrong))


if __name__ == "__main__":
    main()
