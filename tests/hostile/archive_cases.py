"""Archives and images that explode, climb or lie."""

from __future__ import annotations

import gzip
import io
import json
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

from tests.hostile.cases import ORDINARY_TEXT, Case, write
from tests.target.archives import make_image, make_tar, make_zip

MIB = 2**20
CLIMBERS = ("../up.py", "/etc/cron.d/x", "a/../../b.py", "..\\..\\win.py", "C:\\x.py")
STOPPED = "the rest was not read"


def zip_bomb(root: Path) -> None:
    """Sixty members of zeros, 4 MB each, in 250 KB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("app.py", ORDINARY_TEXT)
        for number in range(60):
            archive.writestr(f"z{number:02}.py", bytes(4 * MIB))
    write(root, "bomb.zip", out.getvalue())


def tar_bomb(root: Path) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = tarfile.TarInfo("zeros.py")
    head.size = 8 * 2**30
    parts = [packer.compress(make_tar({"app.py": ORDINARY_TEXT})[:1024]), packer.compress(head.tobuf())]
    block = bytes(16 * MIB)
    parts += [packer.compress(block) for _ in range(16)]
    write(root, "bomb.tgz", b"".join(parts))


def nested_bomb(root: Path) -> None:
    inner = make_zip({f"{number}.txt": bytes(2 * MIB) for number in range(40)})
    for _ in range(3):
        inner = make_zip({f"{number}.zip": inner for number in range(5)})
    write(root, "nested.zip", make_zip({"app.py": ORDINARY_TEXT, "in.zip": inner}))


def climbing_zip(root: Path) -> None:
    write(root, "x.zip", make_zip({**dict.fromkeys(CLIMBERS, b"boo"), "app.py": ORDINARY_TEXT}))


def climbing_tar(root: Path) -> None:
    files: dict[str, bytes | str] = dict.fromkeys(CLIMBERS, b"boo")
    files |= {"link": "/etc", "link/passwd": b"boo", "app.py": ORDINARY_TEXT}
    write(root, "x.tar.gz", make_tar(files, mode="w:gz"))


def absurd_headers(root: Path) -> None:
    head = tarfile.TarInfo("x")
    head.type, head.size = b"x", 8**11 - 1
    write(root, "x.tar", make_tar({"app.py": ORDINARY_TEXT})[:1024] + head.tobuf() + b"0" * 4096)


def lying_zip(root: Path) -> None:
    data = bytearray(make_zip({"app.py": ORDINARY_TEXT, "big.py": b"x" * 100}, compression=zipfile.ZIP_STORED))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 2**32 - 2)
    write(root, "x.zip", bytes(data))


def absurd_directory(root: Path) -> None:
    data = make_zip({"app.py": ORDINARY_TEXT})
    at = data.rfind(b"PK\x05\x06")
    write(root, "x.zip", data[: at + 12] + struct.pack("<I", 2**32 - 2) + data[at + 16 :])


def many_members(root: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(30_000):
            archive.writestr(f"{number}.py", b"x")
        archive.writestr("app.py", ORDINARY_TEXT)
    write(root, "x.zip", out.getvalue())


def empty_streams(root: Path) -> None:
    write(root, "x.tgz", gzip.compress(b"") * 100_000)


def in_a_folder(root: Path) -> None:
    write(root, "app.py", ORDINARY_TEXT)
    zip_bomb(root)
    climbing_tar(root)
    write(root, "broken.whl", b"PK\x03\x04" + bytes(100))
    write(root, "not.jar", b"#!/bin/sh\n")


def image(root: Path) -> None:
    layer = {"../../etc/x": b"1", "app.py": ORDINARY_TEXT, "a/.wh...": b"", ".wh.": b"", "link": "/etc/passwd"}
    write(root, "image.tar", make_image(layer, {".wh..": b"", "x" * 3000: b""}))


def image_bomb(root: Path) -> None:
    write(root, "image.tar", make_image({"app.py": ORDINARY_TEXT}, {"zeros.py": bytes(300 * MIB)}, packed="w:gz"))


def image_circle(root: Path) -> None:
    blob = "blobs/sha256/" + "a" * 64
    index = json.dumps({"manifests": [{"digest": "sha256:" + "a" * 64}] * 50}).encode()
    files = {"oci-layout": b"{}", "index.json": index, blob: index}
    write(root, "image.tar", make_tar(files))


CASES = (
    Case(
        name="zip bomb",
        build=zip_bomb,
        spec="bomb.zip",
        promise="A zip that explodes is read to the floor of the ratio and no further.",
        reasons={"bomb.zip": STOPPED},
    ),
    Case(
        name="tar bomb",
        build=tar_bomb,
        spec="bomb.tgz",
        promise="A tar that explodes is stopped, also when nobody wants the member.",
        reasons={"bomb.tgz": STOPPED},
    ),
    Case(
        name="nested bomb",
        build=nested_bomb,
        spec="nested.zip",
        deep=True,
        promise="Archives inside archives are opened once, not for ever.",
        reasons={"in.zip!0.zip": "too deep"},
    ),
    Case(
        name="climbing zip",
        build=climbing_zip,
        spec="x.zip",
        promise="A member whose name leads out is not read, and nothing is written anywhere.",
        reasons=dict.fromkeys(CLIMBERS, "leads out"),
    ),
    Case(
        name="climbing tar",
        build=climbing_tar,
        spec="x.tar.gz",
        promise="A member whose name leads out is not read; links in archives are not followed.",
        reads=("app.py", "link/passwd"),
        reasons={**dict.fromkeys(CLIMBERS, "leads out"), "link": "symbolic link"},
    ),
    Case(
        name="absurd tar header",
        build=absurd_headers,
        spec="x.tar",
        promise="An extended header of 8 GB is refused before it is read.",
        reasons={"x.tar": "absurd size"},
    ),
    Case(name="lying zip", build=lying_zip, spec="x.zip", promise="A member that claims 4 GB costs what it holds."),
    Case(
        name="absurd zip directory",
        build=absurd_directory,
        spec="x.zip",
        promise="A central directory of 4 GB is refused before it is read.",
        reads=(),
        reasons={"x.zip": "more members than the limit"},
    ),
    Case(name="many members", build=many_members, spec="x.zip", promise="30,000 members are read one after the other."),
    Case(
        name="empty streams",
        build=empty_streams,
        spec="x.tgz",
        promise="A flood of empty streams comes to an end.",
        reads=(),
        reasons={"x.tgz": "too many empty streams"},
    ),
    Case(
        name="archives in a folder",
        build=in_a_folder,
        promise="Archives that lie in a folder are named and left alone.",
        reasons={"bomb.zip": "archive; use --deep", "x.tar.gz": "archive; use --deep"},
    ),
    Case(
        name="archives in a folder, deep",
        build=in_a_folder,
        deep=True,
        promise="With --deep, each bad archive costs itself and no other.",
        reads=("app.py", "x.tar.gz!app.py"),
        reasons={"bomb.zip": STOPPED, "broken.whl": "damaged", "not.jar": "not a tar"},
    ),
    Case(
        name="image",
        build=image,
        spec="image.tar",
        promise="Layers and whiteouts of any name lead nowhere.",
        reads=("layer1!app.py",),
        reasons={"layer1!../../etc/x": "leads out", "layer1!link": "symbolic link"},
    ),
    Case(
        name="image bomb",
        build=image_bomb,
        spec="image.tar",
        promise="A layer that explodes costs itself; the layers before it are read.",
        reads=("layer1!app.py",),
        reasons={"layer2": STOPPED},
    ),
    Case(
        name="image circle",
        build=image_circle,
        spec="image.tar",
        promise="Indexes that lead round in a circle come to an end.",
        reads=(),
    ),
)
