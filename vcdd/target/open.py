"""`open_target`: from what the user typed to a target, by what lies there."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from vcdd.core.report import TargetInfo
from vcdd.core.source_file import Skipped
from vcdd.errors import TargetError
from vcdd.target import zstd
from vcdd.target.decode import to_text, to_utf8
from vcdd.target.entry import Entry, FileEntry, UnreadableError, read_file, reason_of
from vcdd.target.git_facts import read_git_facts
from vcdd.target.git_url import to_git_url
from vcdd.target.limits import Limits
from vcdd.target.names import to_shown
from vcdd.target.presence import load_presence
from vcdd.target.target import ListedId, Target
from vcdd.target.walk import WalkOptions, walk

_REQUIREMENTS = re.compile(r"(?:.*[-_.])?(?:requirements|constraints)(?:[-_.].*)?\.(?:txt|in)\Z", re.IGNORECASE)


def open_target(
    spec: str,
    *,
    limits: Limits = Limits(),  # noqa: B008 -- frozen
    stdin: IO[str] | None = None,
    deep: bool = False,
    network: bool = True,
    loopback_http: bool = False,
) -> Target:
    """Open a folder, file, requirements file, archive, image, list (`-`), git URL or `org/repo`, report or BOM.

    Only an address is ever cloned, and not without `network`; `loopback_http` lets tests clone from this machine.
    Raises TargetError when nothing can be opened; what fails inside the target is a `Skipped` among its entries.
    """
    if spec == "-":
        return _open_list(stdin, limits)
    if not spec or "\0" in spec:
        raise TargetError("no target was given", help="Name a folder, a file, an archive, a git URL or `-`.")
    path = Path(spec).expanduser()
    if not _exists(path):
        return _open_remote(spec, limits, deep=deep, network=network, loopback_http=loopback_http)
    return _open_path(path, limits, deep=deep)


def _exists(path: Path) -> bool:
    try:
        return os.path.lexists(path)
    except (OSError, ValueError):
        return False


def _open_remote(spec: str, limits: Limits, *, deep: bool, network: bool, loopback_http: bool) -> Target:
    is_typo = "://" not in spec and _exists(Path(spec.split("/", 1)[0]))  # `src/ap` where `src` is a folder
    url = None if is_typo else to_git_url(spec, loopback_http=loopback_http)
    if url is None:
        help_ = "Check the path, or give a git URL that starts with https://."
        raise TargetError(f"no such file or folder: {to_shown(spec)}", help=help_)
    if not network:
        raise TargetError(f"cannot clone {url.shown} offline", help="Leave --offline out, or scan a folder.")
    from vcdd.target.clone import clone  # noqa: PLC0415 -- slow import: git's objects

    return clone(url, limits, deep=deep)


def _open_path(path: Path, limits: Limits, *, deep: bool) -> Target:
    try:
        real = path.resolve(strict=True)
        mode = real.stat().st_mode
    except (OSError, RuntimeError) as error:
        why = reason_of(error) if isinstance(error, OSError) else "symbolic link loop"
        raise TargetError(
            f"cannot open {to_shown(str(path))}: {why}", help="Check the path and its permissions."
        ) from error
    if stat.S_ISDIR(mode):
        return _open_folder(real, limits, deep=deep)
    if not stat.S_ISREG(mode):
        raise TargetError(f"{to_shown(str(path))} is not a regular file", help="To pass ids through a pipe, use `-`.")
    return _open_file(real, limits, deep=deep)


def _open_folder(root: Path, limits: Limits, *, deep: bool) -> Target:
    try:
        os.scandir(root).close()
    except OSError as error:
        why = reason_of(error)
        raise TargetError(
            f"cannot read the folder {to_shown(str(root))}: {why}", help="Check its permissions."
        ) from error
    facts = read_git_facts(str(root))
    options = WalkOptions(deep=deep, tracked=facts.tracked)

    def entries() -> Iterator[Entry | Skipped]:
        found = walk(str(root), limits, options)
        if not deep:
            return found
        from vcdd.target.open_archive import with_archives  # noqa: PLC0415 -- slow import

        return with_archives(found, limits)

    name = to_shown(root.name or str(root))
    return Target(
        info=TargetInfo(name=name, kind="folder", commit=facts.commit, commit_date=facts.date), source=entries
    )


def _open_file(path: Path, limits: Limits, *, deep: bool) -> Target:
    from vcdd.target.archive import is_tar, is_zip  # noqa: PLC0415 -- slow import
    from vcdd.target.open_archive import open_archive  # noqa: PLC0415

    try:
        head = read_file(str(path), 64 * 1024)
    except UnreadableError as error:
        raise TargetError(f"cannot read {to_shown(str(path))}: {error}", help="Check its permissions.") from error
    name = to_shown(path.name)
    if refusal := _refusal(head):
        why, help_ = refusal
        raise TargetError(f"cannot read {name}: {why}", help=help_)
    if (is_zip(head) or is_tar(head)) and not load_presence().is_weights(path.name):
        return open_archive(path, name, limits, deep=deep)
    if document := _document_kind(path, head, limits):
        kind, text = document
        return Target(info=TargetInfo(name=name, kind=kind), text=text)
    kind = "requirements" if _REQUIREMENTS.match(path.name) else "file"
    return Target(info=TargetInfo(name=name, kind=kind), source=lambda: iter((_file_entry(path),)))


def _refusal(head: bytes) -> tuple[str, str] | None:
    """Why a file of which we would read nothing is no target at all, and what helps: not read is not clean."""
    if zstd.is_zstd(head) and not zstd.can_read():
        return zstd.NEEDS, zstd.INSTALL
    return None


def _file_entry(path: Path) -> FileEntry:
    status = path.stat()
    return FileEntry(
        root=str(path.parent),
        name=path.name,
        path=to_shown(path.name),
        size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        ctime_ns=status.st_ctime_ns,
        inode=status.st_ino,
        device=status.st_dev,
    )


def _document_kind(path: Path, head: bytes, limits: Limits) -> tuple[str, str] | None:
    """`report` or `bom` with the text when the file is a report of ours or a bill of materials; None otherwise."""
    from vcdd.target.bom_xml import XML_BOM, document_of  # noqa: PLC0415 -- slow import: expat

    start = to_utf8(head).lstrip()
    if XML_BOM.search(to_text(start[:4096])):
        text = to_text(to_utf8(read_file(str(path), limits.document_bytes)))
        if document_of(text):
            return "bom", text
        raise TargetError(
            f"cannot read {to_shown(path.name)}: broken XML", help="Export the document again, or as JSON."
        )
    if not start.startswith(b"{") or not re.search(rb'"(?:schema_version|bomFormat|spdxVersion|@context)"', start):
        return None
    text = to_text(to_utf8(read_file(str(path), limits.document_bytes)))
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    kind = _kind_of(document)
    return (kind, text) if kind else None


def _kind_of(document: dict[str, Any]) -> str:
    tool = document.get("tool")
    if isinstance(tool, dict) and tool.get("name") == "vcdd" and "schema_version" in document:
        return "report"
    is_spdx = "spdxVersion" in document or "spdx.org/rdf/3" in str(document.get("@context"))
    return "bom" if document.get("bomFormat") == "CycloneDX" or is_spdx else ""


def _open_list(stdin: IO[str] | None, limits: Limits) -> Target:
    if stdin is None:
        raise TargetError("there is no standard input to read ids from", help="Pipe ids in, one per line.")
    ids: list[ListedId] = []
    number = 0
    while line := stdin.readline(4096):
        number += 1
        if number > limits.list_lines:
            raise TargetError(f"more than {limits.list_lines:,} lines on standard input", help="Pass a shorter list.")
        text, _, route = line.partition("\t")
        text, route = to_shown(text.strip()), to_shown(route.strip())
        if text and not text.startswith("#"):
            ids.append(ListedId(text=text, route=route, line=number))
    return Target(info=TargetInfo(name="standard input", kind="list"), ids=tuple(ids))
