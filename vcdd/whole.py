"""Files that are written whole or not at all: aside in the same folder first, then renamed over the old one."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, content: str | bytes, *, mode: int = 0o600) -> None:
    """Replace a file in a folder that exists; text as UTF-8, its line ends as they are.

    Raises:
        OSError: when that cannot be done. What was there before stays, and nothing half-written does.
    """
    import tempfile  # noqa: PLC0415 -- slow import

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
        part.chmod(mode)
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
