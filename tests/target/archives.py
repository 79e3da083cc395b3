"""Archives made in memory for tests."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Mapping

from vcdd.core.source_file import Skipped
from vcdd.target.archive import archive_entries
from vcdd.target.entry import Entry, MemberEntry
from vcdd.target.limits import Limits

LIMITS = Limits()


def make_zip(files: Mapping[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def make_tar(files: Mapping[str, bytes | str], *, mode: str = "w", form: int = tarfile.PAX_FORMAT) -> bytes:
    """A str as content makes a symbolic link to it."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, format=form) as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            if isinstance(data, str):
                member.type, member.linkname = tarfile.SYMTYPE, data
                archive.addfile(member)
            else:
                member.size = len(data)
                archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


def make_image(*layers: Mapping[str, bytes | str], packed: str = "w", config: dict[str, object] | None = None) -> bytes:
    """As `docker save` writes it: layers as blobs, `manifest.json` last."""
    names = [f"blobs/sha256/{number:064x}" for number in range(len(layers))]
    files: dict[str, bytes | str] = {
        name: make_tar(layer, mode=packed) for name, layer in zip(names, layers, strict=True)
    }
    files["blobs/sha256/" + "c" * 64] = json.dumps(config or {}).encode()
    manifest = [{"Config": "blobs/sha256/" + "c" * 64, "RepoTags": ["app:1"], "Layers": names}]
    files["manifest.json"] = json.dumps(manifest).encode()
    return make_tar(files)


def scan(archive: bytes, *, deep: bool = False, limits: Limits = LIMITS) -> tuple[dict[str, bytes], dict[str, str]]:
    """What an archive gives: contents by path, reasons by path."""
    return sort(list(archive_entries(io.BytesIO(archive), "the archive", limits, deep=deep)))


def sort(found: list[Entry | Skipped]) -> tuple[dict[str, bytes], dict[str, str]]:
    files = {row.path: row.data for row in found if isinstance(row, MemberEntry)}
    reasons = {row.path: f"{row.reason} x{row.files}" for row in found if isinstance(row, Skipped)}
    return files, reasons
