"""The table of known model shapes, read once when the first shape is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from vcdd.values import dataclass

_DATA = Path(__file__).parent / "data" / "shapes.tsv"


@dataclass(frozen=True, slots=True)
class KnownShape:
    """One checkpoint's numbers. Zero stands for a number that is not recorded."""

    checkpoint: str
    lab: str
    """Lab id of whoever trained the base."""
    by: str
    """`base` for a base checkpoint that was added by hand, `lab` where that lab published the checkpoint, `other` for a
    derivative."""
    type: str
    """`model_type` of the configuration, as `plain_type` gives it."""
    vocab: int
    hidden: int
    layers: int
    heads: int
    kv: int
    ffn: int


@cache
def known_shapes() -> tuple[KnownShape, ...]:
    """Every recorded shape, sorted by checkpoint."""
    text = _DATA.read_text(encoding="utf-8")
    return tuple(_row(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))


def plain_type(written: str) -> str:
    """A model type without case, dashes and underscores: `qwen3_moe` and GGUF's `qwen3moe` are one."""
    return "".join(c for c in written.lower() if c.isalnum())


def _row(cells: Sequence[str]) -> KnownShape:
    numbers = [int(cell or 0) for cell in cells[4:10]]
    return KnownShape(cells[0], cells[1], cells[2], plain_type(cells[3]), *numbers)
