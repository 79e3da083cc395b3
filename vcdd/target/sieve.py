"""Which members of an archive are read: the same rules by name that a folder's walk follows."""

from __future__ import annotations

from vcdd.core.source_file import Skipped
from vcdd.target.limits import Limits
from vcdd.target.names import to_member, to_shown
from vcdd.target.presence import load_presence
from vcdd.target.walk import unread_reason

_ROWS = 10_000
"""Folders counted apart; further ones share a row."""


class Sieve:
    """Judges members one by one, and keeps count of those in folders that are only counted."""

    def __init__(self, prefix: str = "", *, deep: bool, is_image: bool = False) -> None:
        """`prefix` stands before every path; `is_image` leaves the operating system of a container out as well."""
        self._prefix, self._deep, self._is_image = prefix, deep, is_image
        self._presence = load_presence()
        self._counted: dict[tuple[str, str], int] = {}

    def judge(self, name: str) -> str | Skipped | None:
        """The clean path of a member to read; the row for one that is not; None for one that is counted."""
        path = to_member(name)
        if path is None:
            return Skipped(path=self.shown(name), reason="its path leads out of the archive, or is too long")
        if self._presence.version_control.intersection(path.lower().split("/")[:-1]):
            return None
        if not self._deep and (counted := self._counted_folder(path)):
            key = counted if counted in self._counted or len(self._counted) < _ROWS else ("…", counted[1])
            self._counted[key] = self._counted.get(key, 0) + 1
            return None
        reason = unread_reason(path, self._presence, deep=self._deep)
        # In an archive a minified bundle is what the company ships; in a clone it is somebody's library.
        if reason and not reason.startswith("minified"):
            return Skipped(path=self.shown(path), reason=reason)
        return path

    def shown(self, path: str) -> str:
        """The path as it stands in rows and entries."""
        return self._prefix + to_shown(path)

    def is_vendored(self, path: str) -> bool:
        """Whether a path lies in somebody else's code."""
        return self._presence.vendored_part(path) is not None

    def rows(self) -> list[Skipped]:
        """One row for each folder that was only counted, by path."""
        return [
            Skipped(path=self.shown(folder), reason=f"{why}; use --deep", files=count)
            for (folder, why), count in sorted(self._counted.items())
        ]

    def _counted_folder(self, path: str) -> tuple[str, str] | None:
        if self._is_image and path.lower().startswith(self._presence.system):
            depth = 2 if path.lower().startswith(("usr/", "var/")) else 1
            return "/".join(path.split("/")[:depth]), "operating system"
        return self._presence.vendored_part(path)


def kept_bytes(path: str, limits: Limits) -> int:
    """How much of a member the reader can want: one byte more than its own bound shows that it was cut."""
    presence = load_presence()
    if presence.is_weights(path):
        return limits.head_bytes + 1
    return limits.of_text(path) + 1
