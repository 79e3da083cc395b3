"""Folders that loop, block, lie or never end."""

from __future__ import annotations

import os
import socket
import stat
from pathlib import Path

from tests.hostile.cases import CANARY, ORDINARY_TEXT, Case, UnbuildableError, ordinary, write


def links(root: Path) -> None:
    ordinary(root)
    write(root.parent, "outside/secret.py", b"token")
    (root / "up").symlink_to("..")
    (root / "self").symlink_to("self")
    (root / "out").symlink_to("../outside")
    (root / "passwd").symlink_to("/etc/passwd")
    (root / "zero.py").symlink_to("/dev/zero")
    (root / "environ.txt").symlink_to("/proc/self/environ")
    (root / "a").mkdir()
    (root / "a/b").symlink_to("../c")
    (root / "c").mkdir()
    (root / "c/d").symlink_to("../a")


def pipes(root: Path) -> None:
    ordinary(root)
    for name in ("pipe.py", "requirements.txt", "package.json", ".env"):
        os.mkfifo(root / name)
    here = Path.cwd()
    os.chdir(root)  # a socket's address is short
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("sock.yaml")
    finally:
        os.chdir(here)


def devices(root: Path) -> None:
    ordinary(root)
    try:
        os.mknod(root / "zero.py", 0o644 | stat.S_IFCHR, os.makedev(1, 5))
    except OSError as error:
        raise UnbuildableError("devices need root") from error


def unreadable(root: Path) -> None:
    ordinary(root)
    write(root, "closed/a.py", b"x")
    write(root, "locked.py", b"x").chmod(0)
    (root / "closed").chmod(0)


def names(root: Path) -> None:
    ordinary(root)
    strange = [b"new\nline.py", b"\x1b[31mred\x1b[0m.py", b"bad\xff\xfe.py", b"tab\t.py", b"%s%n.py", b"a" * 255]
    strange += ["r\u202elf.py".encode(), "\U000e0041\u200b.py".encode(), b"[bold]x[red].py", b"=cmd|x.csv", b"-rf"]
    strange += [b"<img src=x onerror=alert(1)>.py", b"$(touch x).py", b"'; x.py", b"..py", b"\\..\\x.py", b"CON", b" "]
    for name in strange:
        Path(os.fsdecode(os.fsencode(root) + b"/" + name)).write_bytes(ORDINARY_TEXT)


def kinds_that_lie(root: Path) -> None:
    ordinary(root)
    for name in (
        "model.safetensors",
        "requirements.txt",
        "package.json",
        "uv.lock",
        "x.zip",
        "app.min.js",
        "Dockerfile",
    ):
        write(root, f"{name}/inside.py", ORDINARY_TEXT)


def deep(root: Path) -> None:
    ordinary(root)
    here = os.open(root, os.O_RDONLY)
    try:
        for _ in range(1500):
            os.mkdir("dddd", dir_fd=here)
            below = os.open("dddd", os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
    finally:
        os.close(here)


def sparse(root: Path) -> None:
    ordinary(root)
    for name in ("huge.py", "huge.json", "weights.safetensors", "weights.gguf", "huge.ipynb", "huge"):
        with (root / name).open("wb") as file:
            file.write(ORDINARY_TEXT * 400)
            file.truncate(10 * 2**30)


def many(count: int) -> object:
    def build(root: Path) -> None:
        ordinary(root)
        for number in range(count):
            if number % 1000 == 0:
                (root / f"d{number // 1000:03}").mkdir()
            descriptor = os.open(root / f"d{number // 1000:03}/f{number}.py", os.O_WRONLY | os.O_CREAT, 0o644)
            os.write(descriptor, b"x = 1\n")
            os.close(descriptor)

    return build


def one_folder(root: Path) -> None:
    ordinary(root)
    for number in range(4_000):
        (root / f"{number}.png").touch()


def planted_modules(root: Path) -> None:
    """Modules and settings under names that Python, pytest and our own imports look for."""
    ordinary(root)
    payload = f"open({str(root.parent / CANARY)!r}, 'w').close()\n".encode()
    names = ["sitecustomize.py", "usercustomize.py", "conftest.py", "setup.py", "__init__.py", "encodings/utf_8.py"]
    names += ["tomli.py", "yaml.py", "rich.py", "json.py", "tomli/__init__.py", "vcdd/__init__.py", "vcdd_plugins/x.py"]
    for name in names:
        write(root, name, payload)
    write(root, "x.pth", b"import os; " + payload)
    write(root, "pyproject.toml", b"[tool.vcdd]\nplugins = ['x']\n")


CASES = (
    Case(
        name="links",
        build=links,
        promise="No link is followed: not out of the target, not in a loop, not to a device.",
        reasons=dict.fromkeys(("up", "self", "out", "passwd", "zero.py", "environ.txt", "a/b", "c/d"), "symbolic link"),
    ),
    Case(
        name="pipes",
        build=pipes,
        promise="Pipes and sockets are never opened, so nothing blocks.",
        reasons={"pipe.py": "named pipe", ".env": "named pipe", "sock.yaml": "socket"},
    ),
    Case(name="devices", build=devices, promise="A device is never opened.", reasons={"zero.py": "device"}),
    Case(
        name="unreadable",
        build=unreadable,
        promise="What may not be read is named, and the rest is read.",
        is_unprivileged=True,
        reasons={"closed": "permission denied", "locked.py": "permission denied"},
    ),
    Case(
        name="names",
        build=names,
        promise="Names of any bytes are opened, and shown without control characters.",
        reads=("app.py", "new\ufffdline.py", "\ufffd[31mred\ufffd[0m.py", "r\ufffdlf.py", "bad\ufffd\ufffd.py", "-rf"),
    ),
    Case(
        name="kinds that lie",
        build=kinds_that_lie,
        promise="A folder named like a file is a folder.",
        reads=("app.py", "model.safetensors/inside.py", "requirements.txt/inside.py", "x.zip/inside.py"),
    ),
    Case(
        name="deep folders",
        build=deep,
        promise="Folders deeper than any path may be long end in a row, not in a crash.",
    ),
    Case(
        name="sparse files",
        build=sparse,
        promise="A file of 10 GB costs one bounded read, and it is said how far it was read.",
        reads=("app.py", "weights.gguf", "weights.safetensors"),
        reasons={"huge.py": "read to 2.0 MiB of 10,240.0 MiB"},
    ),
    Case(  # 22 and 72 MB were measured, and 2 and 1 MB more for 20,000 files: 10 kB kept for each would fail
        name="4,000 files",
        build=many(4_000),
        promise="Memory is flat in the number of files.",
        megabytes=60,
        whole_megabytes=120,
    ),
    Case(
        name="200,000 files",
        build=many(200_000),
        promise="Memory is flat in the number of files.",
        seconds=300,
        is_slow=True,
    ),
    Case(name="one large folder", build=one_folder, promise="A folder of 4,000 pictures opens none of them."),
    Case(
        name="planted modules",
        build=planted_modules,
        promise="Nothing that lies in the target is imported or executed, whatever its name.",
        reads=("app.py", "conftest.py", "setup.py", "x.pth"),
    ),
)
