"""Load the registry: TOML tables, a cache beside the user's other caches, overlays on top.

Parsing a few hundred TOML files takes longer than most questions, so the tables and the match index are kept in one file
in the user's cache folder, under a key made of names, sizes and times of all data files. Nothing is validated here; the
data is linted before it ships and overlays are validated by `overlay`.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from vcdd.errors import RegistryError
from vcdd.registry.compile import Compiled, compile_tables
from vcdd.registry.registry import Registry
from vcdd.registry.stored import from_bytes, to_bytes
from vcdd.registry.tables import DATA, read_tables, toml_entries
from vcdd.whole import write_whole

FORMAT = "5"
"""Changes whenever the layout of the cached file does."""
_KEPT = 4
"""Compiled files that stay: two installed versions do not drop each other's."""


def load_registry(overlays: Sequence[Path] = (), *, cache: Path | None = None) -> Registry:
    """The registry of this package with a firm's overlay files on top, in the order given.

    `cache` is the folder for the compiled file; None takes the user's cache folder. An unusable cache is ignored.

    Raises:
        ConfigError: an overlay that cannot be read or does not fit the schema; names file and key.
        RegistryError: the data inside the package is broken.
    """
    compiled = _from_cache_or_data(cache or cache_folder())
    if not overlays:
        return Registry(compiled)
    from vcdd.registry.overlay import apply_overlays  # noqa: PLC0415 -- slow import: pydantic

    return Registry(compile_tables(apply_overlays(compiled.tables, overlays)), tuple(map(str, overlays)))


def cache_folder() -> Path:
    """The user's cache folder for this tool; need not exist."""
    if sys.platform == "win32" and (local := os.environ.get("LOCALAPPDATA")):
        return Path(local) / "vcdd"
    if home := os.environ.get("XDG_CACHE_HOME"):
        return Path(home) / "vcdd"
    return Path(os.path.expanduser("~")) / ".cache" / "vcdd"  # noqa: PTH111 -- expanduser never raises, Path.home does


def _from_cache_or_data(folder: Path) -> Compiled:
    path = folder / f"registry-{_digest()}.json"
    cached = _read_cache(path)
    if cached is not None:
        return cached
    try:
        compiled = compile_tables(read_tables(DATA))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RegistryError(f"The registry inside the package cannot be read: {error}") from error
    _write_cache(path, compiled)
    return compiled


def _digest() -> str:
    """A key that changes with every edit of the data: names, sizes and times, not contents (reading them is slow)."""
    stamps = [FORMAT]
    for entry in toml_entries(DATA):
        status = entry.stat()
        stamps.append(f"{entry.path} {status.st_size} {status.st_mtime_ns}")
    text = "\n".join(sorted(stamps)).encode("utf-8", "surrogateescape")
    return f"{zlib.crc32(text):08x}{zlib.adler32(text):08x}"


def _read_cache(path: Path) -> Compiled | None:
    try:
        return from_bytes(path.read_bytes())
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write_cache(path: Path, compiled: Compiled) -> None:
    """Keep it with the newest of other states of the data; a folder one may not write is no error."""
    content = to_bytes(compiled)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, content)
        kept = sorted(path.parent.glob("registry-*.json"), key=lambda file: file.stat().st_mtime_ns)
        for old in kept[:-_KEPT]:
            old.unlink(missing_ok=True)
