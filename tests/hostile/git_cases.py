"""`.git` folders that would run programs, or that lie about what they hold."""

from __future__ import annotations

import hashlib
import os
import shutil
import struct
import zlib
from pathlib import Path

from tests.hostile.cases import CANARY, Case, ordinary, write
from tests.target.git import git, make_repository


def programs(root: Path) -> None:
    make_repository(root, {"app.py": b"x = 'gpt-4o'\n"})
    script = write(root, ".git/run.sh", f"#!/bin/sh\ntouch {root.parent / CANARY}\n".encode())
    script.chmod(0o755)
    (root / ".git/config").write_text(
        f"[core]\n repositoryformatversion = 0\n fsmonitor = {script}\n hooksPath = {script.parent}/hooks\n"
        f" sshCommand = {script}\n pager = {script}\n editor = {script}\n askPass = {script}\n"
        f'[filter "x"]\n clean = {script}\n smudge = {script}\n process = {script}\n required = true\n'
        f"[diff]\n external = {script}\n[gpg]\n program = {script}\n[credential]\n helper = {script}\n"
        f"[alias]\n status = !{script}\n[include]\n path = /etc/passwd\n"
    )
    (root / ".gitattributes").write_text("* filter=x diff=x merge=x\n")
    for name in ("post-index-change", "pre-commit", "post-checkout", "reference-transaction"):
        hook = root / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        shutil.copy(script, hook)


def pipes(root: Path) -> None:
    ordinary(root)
    (root / ".git/objects/pack").mkdir(parents=True)
    for name in ("HEAD", "index", "packed-refs", "config"):
        os.mkfifo(root / ".git" / name)


def links(root: Path) -> None:
    ordinary(root)
    (root / ".git").mkdir()
    (root / ".git/HEAD").symlink_to("/etc/passwd")
    (root / ".git/index").symlink_to("/dev/zero")
    (root / ".git/objects").symlink_to("/")


def pointer(root: Path) -> None:
    ordinary(root)
    make_repository(root.parent / "other", {"secret": b"x"})
    (root / ".git").write_text("gitdir: ../other/.git\n")


def absurd_index(root: Path) -> None:
    ordinary(root)
    write(root, ".git/HEAD", b"ref: refs/heads/main\n")
    write(root, ".git/index", b"DIRC" + struct.pack(">II", 4, 2**32 - 1) + b"\xff" * 100_000)


def bombs(root: Path) -> None:
    """A commit that claims 2 GB and inflates to 256 MB at least."""
    ordinary(root)
    id_ = "ab" * 20
    write(root, ".git/HEAD", id_.encode())
    packer = zlib.compressobj(9)
    parts = [packer.compress(b"commit 2147483648\0")]
    parts += [packer.compress(bytes(2**24)) for _ in range(16)]
    write(root, f".git/objects/ab/{id_[2:]}", b"".join([*parts, packer.flush()]))


def circular_pack(root: Path) -> None:
    ordinary(root)
    ids = [bytes([number]) * 20 for number in (1, 2)]
    write(root, ".git/HEAD", ids[0].hex().encode())
    delta = zlib.compress(b"\x05\x05\x05abcde")
    objects = [bytes([0x70 | 8]) + ids[1 - number] + delta for number in (0, 1)]
    offsets = [12, 12 + len(objects[0])]
    pack = b"PACK" + struct.pack(">II", 2, 2) + b"".join(objects)
    fan = b"".join(struct.pack(">I", min(2, max(0, byte))) for byte in range(256))
    index = b"\xfftOc\0\0\0\2" + fan + b"".join(ids) + bytes(8) + struct.pack(">II", *offsets) + bytes(40)
    name = "pack-" + hashlib.sha1(b"x").hexdigest()
    write(root, f".git/objects/pack/{name}.pack", pack + bytes(20))
    write(root, f".git/objects/pack/{name}.idx", index)


def circular_refs(root: Path) -> None:
    ordinary(root)
    write(root, ".git/HEAD", b"ref: refs/heads/a")
    write(root, ".git/refs/heads/a", b"ref: refs/heads/b")
    write(root, ".git/refs/heads/b", b"ref: refs/heads/a")


def endless_refs(root: Path) -> None:
    ordinary(root)
    write(root, ".git/HEAD", b"ref: refs/heads/main\n")
    with (root / ".git/packed-refs").open("wb") as file:
        file.write(b"# pack-refs\n" + b"0" * 1000)
        file.truncate(10 * 2**30)


def submodules(root: Path) -> None:
    make_repository(root, {"app.py": b"x"})
    settings = '[submodule "x"]\n path = x\n url = ext::sh -c "touch ../CANARY"\n update = !touch ../CANARY\n'
    (root / ".gitmodules").write_text(settings)
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},x")


CASES = (
    Case(
        name="git programs",
        build=programs,
        promise="No program that a repository's settings, attributes or hooks name is ever started.",
        reads=("app.py", ".gitattributes"),
    ),
    Case(name="git pipes", build=pipes, promise="A `.git` folder of pipes blocks nothing."),
    Case(name="git links", build=links, promise="Links inside `.git` lead nowhere."),
    Case(name="git pointer", build=pointer, promise="A `.git` file that points out of the target is not followed."),
    Case(name="git index", build=absurd_index, promise="An index with absurd counts is not known, and costs nothing."),
    Case(name="git bombs", build=bombs, promise="An object above the bound is not inflated.", megabytes=300),
    Case(name="git circle", build=circular_pack, promise="Deltas that lead round in a circle come to an end."),
    Case(name="git refs", build=circular_refs, promise="Refs that lead round in a circle come to an end."),
    Case(name="git packed refs", build=endless_refs, promise="A file of refs without end is read within its bound."),
    Case(
        name="git submodules",
        build=submodules,
        promise="No submodule is ever fetched.",
        reads=("app.py", ".gitmodules"),
    ),
)
