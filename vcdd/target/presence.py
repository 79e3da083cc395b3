"""What is only counted and what is read in a way of its own, by name alone: the table in `data/presence.toml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import tomli

from vcdd.values import dataclass

_TABLE = Path(__file__).parent / "data" / "presence.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """The table, in lower case."""

    vendored: frozenset[str]
    environment: frozenset[str]
    caches: frozenset[str]
    version_control: frozenset[str]
    system: tuple[str, ...]
    locks: frozenset[str]
    minified: tuple[str, ...]
    weights: tuple[str, ...]
    archives: tuple[str, ...]
    media: tuple[str, ...]

    def folder(self, name: str) -> str:
        """Why a folder of this name is only counted: `vendored`, `tool cache`; empty when it is walked."""
        lower = name.lower()
        if lower in self.vendored:
            return "vendored"
        return "tool cache" if lower in self.caches else ""

    def file(self, name: str) -> str:
        """Why a file of this name is only counted: `lock file`, `minified bundle`; empty when it is read."""
        lower = name.lower()
        if lower in self.locks:
            return "lock file"
        return "minified bundle" if lower.endswith(self.minified) else ""

    def is_weights(self, name: str) -> bool:
        """Whether the name ends like a weight file."""
        return name.lower().endswith(self.weights)

    def is_archive(self, name: str) -> bool:
        """Whether the name ends like an archive."""
        return name.lower().endswith(self.archives)

    def is_media(self, name: str) -> bool:
        """Whether the name ends like a picture, sound, font or program."""
        return name.lower().endswith(self.media)

    def vendored_part(self, path: str) -> tuple[str, str] | None:
        """The outermost folder of a relative path that is only counted, with the reason; None when there is none."""
        parts = path.split("/")
        for index, part in enumerate(parts[:-1]):
            if why := self.folder(part):
                return "/".join(parts[: index + 1]), why
        return None


@cache
def load_presence() -> Presence:
    """The table that ships with vcdd; read once."""
    table = tomli.loads(_TABLE.read_text(encoding="utf-8"))
    sets = ("vendored", "environment", "caches", "version_control", "locks")
    values: dict[str, Any] = {name: frozenset(rows) if name in sets else tuple(rows) for name, rows in table.items()}
    return Presence(**values)
