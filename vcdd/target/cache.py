"""Results of earlier scans, kept by content, so that a second scan is a walk and a look into one index.

Two parts under the folder of one version (tool, registry and readers together):
`results/` holds what the caller made of a content, each in a file with a checksum; `index/` holds for each target which
content every file had when it was last seen, by size, times, inode and path. Files are replaced whole, so processes may
share the folder; what is damaged or missing is simply not known. Least recently used files go first.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from vcdd.target.entry import Entry, UnreadableError, read_file
from vcdd.target.limits import MIB

_DIGEST = 16
_NOTHING = b"\0" * _DIGEST
_RACY_NS = 2_000_000_000
"""A file changed this shortly before the scan could change again within the same tick of its clock."""
_RESULT_BYTES = 16 * MIB
_INDEX_BYTES = 256 * MIB


def content_key(path: str, data: bytes) -> bytes:
    """The key of a result: it depends on the path as well as on the content (a test is judged as a test)."""
    return hashlib.blake2b(data, digest_size=_DIGEST, key=_digest(path)).digest()


class ResultCache:
    """Opaque results by content and by entry. Every failure of the disk means "not known", never an error."""

    def __init__(self, folder: Path, version: str, target: str, *, now_ns: int, limit_bytes: int = 256 * MIB) -> None:
        """`version` names tool, registry, readers and options; `target` the thing scanned; `now_ns` is the clock."""
        self._root, self._now_ns, self._limit = folder, now_ns, limit_bytes
        base = folder / _digest(version).hex()
        self._results, self._index_file = base / "results", base / "index" / _digest(target).hex()
        self._known = _load_index(self._index_file)
        self._seen: dict[bytes, bytes] = {}

    def recall(self, entry: Entry) -> bytes | None:
        """The result for an entry that has not changed, unread; empty for "nothing found"; None if unknown."""
        stamp = entry.stamp
        if not stamp:
            return None
        name = _digest(stamp)
        key = self._known.get(name)
        if key is None:
            return None
        found = b"" if key == _NOTHING else self.recall_content(key)
        if found is not None:
            self._seen[name] = key
        return found

    def recall_content(self, key: bytes) -> bytes | None:
        """The result for a content that was seen anywhere before; None if unknown."""
        path = self._path(key)
        try:
            stored = read_file(str(path), _RESULT_BYTES)
        except UnreadableError:
            return None
        digest, result = stored[:_DIGEST], stored[_DIGEST:]
        if digest != _digest(result):
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return result

    def keep(self, entry: Entry, key: bytes, result: bytes) -> None:
        """Remember a result; an empty one costs no file."""
        if len(result) > _RESULT_BYTES - _DIGEST:
            return
        if result and not _write(self._path(key), _digest(result) + result):
            return
        is_settled = entry.mtime_ns < self._now_ns - _RACY_NS
        if entry.stamp and is_settled:
            self._seen[_digest(entry.stamp)] = key if result else _NOTHING

    def close(self) -> None:
        """Write the index of what was seen in this scan, and make room."""
        if self._seen != self._known:
            _write(self._index_file, b"".join(name + key for name, key in self._seen.items()))
        _prune(self._root, self._limit)

    def _path(self, key: bytes) -> Path:
        name = key.hex()
        return self._results / name[:2] / name[2:]


def _digest(data: bytes | str) -> bytes:
    raw = data.encode("utf-8", "surrogateescape") if isinstance(data, str) else data
    return hashlib.blake2b(raw, digest_size=_DIGEST).digest()


def _load_index(path: Path) -> dict[bytes, bytes]:
    try:
        data = read_file(str(path), _INDEX_BYTES)
    except UnreadableError:
        return {}
    step = 2 * _DIGEST
    return {data[at : at + _DIGEST]: data[at + _DIGEST : at + step] for at in range(0, len(data) - step + 1, step)}


def _write(path: Path, data: bytes) -> bool:
    """Replace a file whole; False when that cannot be done."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    except OSError:
        return False
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        return False
    return True


def _prune(root: Path, limit: int) -> None:
    """Remove the files used longest ago until a tenth of the room is free, when there is too much."""
    files = sorted(_files(root))
    total = sum(size for _, size, _ in files)
    if total <= limit:
        return
    for _, size, path in files:
        with contextlib.suppress(OSError):
            Path(path).unlink()
        total -= size
        if total <= limit * 9 // 10:
            return


def _files(root: Path) -> Iterator[tuple[int, int, str]]:
    """(time of last use, bytes on disk, path) of every file."""
    for folder, _, names in os.walk(root):
        for name in names:
            path = f"{folder}/{name}"
            with contextlib.suppress(OSError):
                status = os.lstat(path)
                yield status.st_mtime_ns, max(status.st_size, 4096), path
