"""Answers of the Hub on disk: one JSON file per endpoint, id and set of fields, with ETag and the time it was fetched.

The folder belongs to the user and may be damaged, shared or read-only: whatever cannot be read is not there, and what
cannot be written is not written. Files appear whole or not at all.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from vcdd.core.hub import HubRecord, HubStatus
from vcdd.hub.documents import to_record
from vcdd.values import dataclass
from vcdd.whole import write_whole

TTL = timedelta(hours=24)
_VERSION = 1
_MOST_FILES = 20_000
_MOST_BYTES = 4_500_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One answer as it was kept."""

    fetched: datetime
    """When the Hub last confirmed it, with time zone."""
    etag: str = ""
    document: object = None
    """The model document; None where the answer was "not public under this name"."""

    def is_fresh(self, now: datetime) -> bool:
        """Whether it may be shown without asking again. A date in the future is not fresh."""
        return timedelta(0) <= now - self.fetched < TTL

    def record(self, asked: str) -> HubRecord:
        """The entry as a record with its own date."""
        day = self.fetched.date()
        if self.document is None:
            return HubRecord(asked=asked, status=HubStatus.NOT_PUBLIC, fetched=day, from_cache=True)
        return to_record(self.document, asked=asked, fetched=day, from_cache=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cache:
    """The entries of one endpoint and one set of fields. Answers given to a token are kept apart."""

    folder: Path
    endpoint: str
    fields: tuple[str, ...]
    with_token: bool = False

    def read(self, model_id: str) -> Entry | None:
        """The entry of this id, or None where there is none or it cannot be trusted."""
        path = self._path(model_id)
        try:
            if path.stat().st_size > _MOST_BYTES:
                return None
            kept = json.loads(path.read_bytes())
            fetched = datetime.fromisoformat(kept["fetched"])
            is_ours = kept["version"] == _VERSION and kept["id"] == model_id and fetched.tzinfo is not None
            return Entry(fetched=fetched, etag=str(kept["etag"]), document=kept["document"]) if is_ours else None
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None

    def write(self, model_id: str, entry: Entry) -> None:
        """Keep `entry`; silently not where the folder cannot be written."""
        kept = {
            "version": _VERSION,
            "endpoint": self.endpoint,
            "id": model_id,
            "fields": self.fields,
            "fetched": entry.fetched.isoformat(),
            "etag": entry.etag,
            "document": entry.document,
        }
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(self._path(model_id), json.dumps(kept, ensure_ascii=True, sort_keys=True))
        except (OSError, ValueError, RecursionError):
            return

    def find(self, ids: Sequence[str]) -> Mapping[str, HubRecord]:
        """What is kept of these ids, however old, each with its date."""
        entries = ((model_id, self.read(model_id)) for model_id in ids)
        return {model_id: entry.record(model_id) for model_id, entry in entries if entry is not None}

    def named(self, names: Sequence[str]) -> Mapping[str, str]:  # noqa: ARG002 -- a source may know no names
        """Nothing: files are kept by id, and what one machine happened to ask says nothing of the other repositories."""
        return {}

    def prune(self) -> int:
        """Delete the oldest files beyond the bound, and say how many."""
        try:
            files = [(item.stat().st_mtime, item.path) for item in os.scandir(self.folder) if item.is_file()]
            extra = sorted(files)[: max(0, len(files) - _MOST_FILES)]
            for _, path in extra:
                Path(path).unlink(missing_ok=True)
        except OSError:
            return 0
        return len(extra)

    def _path(self, model_id: str) -> Path:
        key = "\n".join((self.endpoint, model_id, ",".join(self.fields), "token" if self.with_token else ""))
        return self.folder / f"{sha256(key.encode()).hexdigest()[:40]}.json"
