"""What was detected in a target that has not changed: a second scan is a walk and a look-up.

One file per target state, tool and registry, written atomically, bounded in number. Anything wrong with a file means
that nothing is remembered.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from vcdd.core.reference import Observation, Reference
from vcdd.core.shape import WeightsShape
from vcdd.core.source_file import Coverage, Skipped
from vcdd.plain import from_plain, to_plain
from vcdd.target.entry import Entry
from vcdd.values import dataclass
from vcdd.whole import write_whole

_KEPT = 64
"""Files kept; the oldest go first."""
_LARGEST = 64 << 20
"""Bytes of one remembered detection that are still worth reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detected:
    """Everything that reading and judging a target gives."""

    references: tuple[Reference, ...]
    observations: tuple[Observation, ...]
    shapes: tuple[WeightsShape, ...]
    coverage: Coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Where detections are kept."""

    folder: Path
    version: str
    """Names tool, registry and everything else that changes an answer."""

    def key(self, found: Sequence[Entry | Skipped]) -> str:
        """A name for this state of a target; empty when a file has no stamp, so that nothing can be remembered."""
        digest = hashlib.blake2b(self.version.encode(), digest_size=20)
        for item in found:
            stamp = f"{item.reason}|{item.files}" if isinstance(item, Skipped) else item.stamp
            if not stamp:
                return ""
            digest.update(f"{item.path}\0{stamp}\n".encode("utf-8", "surrogateescape"))
        return digest.hexdigest()

    def recall(self, key: str) -> Detected | None:
        """What was detected in this state, or None."""
        if not key:
            return None
        path = self.folder / f"{key}.json"
        try:
            if path.stat().st_size > _LARGEST:
                return None
            return from_plain(Detected, json.loads(path.read_bytes()))
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None

    def keep(self, key: str, detected: Detected) -> None:
        """Remember; a full disk or a read-only home is no error."""
        if not key:
            return
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            # At once and not piece by piece: only so is it the fast encoder's work.
            text = json.dumps(to_plain(detected), separators=(",", ":"), ensure_ascii=True)
            write_whole(self.folder / f"{key}.json", text)
            self._prune()

    def _prune(self) -> None:
        files = sorted(self.folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in files[_KEPT:]:
            path.unlink(missing_ok=True)
