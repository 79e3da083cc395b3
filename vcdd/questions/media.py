"""Whether a model makes pictures, video or sound: what only hears speech makes none."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from vcdd.core.model import Model
from vcdd.values import dataclass

_MAKERS = frozenset({"image", "video", "speech", "music", "3d"})
_WORD = re.compile(r"[a-z]+[a-z0-9]*")


def makes_media(model: Model) -> bool:
    """Whether the model may generate media; True where it is not on record that it only hears."""
    return model.modality in _MAKERS and not (model.modality == "speech" and _only_hears(model))


def _only_hears(model: Model) -> bool:
    table = _table()
    task = model.facts.get("task")
    if task is not None and task.is_known:
        return task.value in table.tasks
    words = _WORD.findall(f"{model.id.rpartition('/')[2]} {model.family}".lower())
    return any(w.startswith(table.hears) for w in words) and not any(w.startswith(table.speaks) for w in words)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    hears: tuple[str, ...]
    speaks: tuple[str, ...]
    tasks: frozenset[str]


@cache
def _table() -> _Table:
    import tomli  # noqa: PLC0415 -- slow import

    data = tomli.loads((Path(__file__).parent / "data" / "speech.toml").read_text(encoding="utf-8"))
    return _Table(hears=tuple(data["hears"]), speaks=tuple(data["speaks"]), tasks=frozenset(data["tasks"]))
