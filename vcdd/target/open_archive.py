"""An archive or a container image as a target, and archives that lie in a folder."""

from __future__ import annotations

import contextlib
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from vcdd.core.report import TargetInfo
from vcdd.core.source_file import Skipped
from vcdd.target.archive import archive_entries, is_zip
from vcdd.target.entry import Entry, FileEntry, UnreadableError, open_regular
from vcdd.target.image import image_entries
from vcdd.target.image_survey import is_image
from vcdd.target.limits import Limits
from vcdd.target.presence import load_presence
from vcdd.target.streams import open_stream
from vcdd.target.tar import commit_in_header
from vcdd.target.target import Target

_COMMIT = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})\Z")


def open_archive(path: Path, name: str, limits: Limits, *, deep: bool) -> Target:
    """The archive at `path` as a target of the kind `archive` or `image`. Raises nothing: damage is a row."""
    with _opened(path) as file:
        image = not is_zip(file.read(4)) and is_image(file, limits)
        commit = "" if image else _commit(file, limits)

    def entries() -> Iterator[Entry | Skipped]:
        with _opened(path) as file:
            yield from (image_entries if image else archive_entries)(file, name, limits, deep=deep)

    return Target(info=TargetInfo(name=name, kind="image" if image else "archive", commit=commit), source=entries)


def with_archives(found: Iterable[FileEntry | Skipped], limits: Limits) -> Iterator[Entry | Skipped]:
    """The entries of a folder, with the members of every archive among them in its place (`--deep`)."""
    presence = load_presence()
    for row in found:
        if isinstance(row, Skipped) or not presence.is_archive(row.name):
            yield row
            continue
        try:
            with _opened(Path(row.root, row.name)) as file:
                yield from archive_entries(file, row.path, limits, deep=True, prefix=f"{row.path}!")
        except UnreadableError as error:
            yield Skipped(path=row.path, reason=str(error), open_ended=True)


def _opened(path: Path) -> IO[bytes]:
    return os.fdopen(open_regular(str(path)), "rb")


def _commit(file: IO[bytes], limits: Limits) -> str:
    """The commit id that `git archive`, and so every forge's download button, leaves in the archive; empty if none."""
    comment = ""
    with contextlib.suppress(UnreadableError, zipfile.BadZipFile, OSError, ValueError):
        file.seek(0)
        comment = _zip_comment(file) if is_zip(file.read(4)) else commit_in_header(open_stream(file, limits))
    return comment if _COMMIT.match(comment) else ""


def _zip_comment(file: IO[bytes]) -> str:
    """The comment at the very end of a zip, where it is short: APPNOTE 4.3.16 puts 22 bytes before it."""
    file.seek(0, 2)
    file.seek(max(0, file.tell() - 200))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    return tail[at + 22 :].decode("ascii", "replace") if at >= 0 else ""
