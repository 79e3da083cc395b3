"""The process that opens, walks and reads a hostile target, with a guard on everything it must never do."""

from __future__ import annotations

import json
import os
import sys

from vcdd.core.source_file import Skipped
from vcdd.errors import TargetError
from vcdd.target.bom import read_bom
from vcdd.target.limits import Limits
from vcdd.target.open import open_target
from vcdd.target.prefilter import Prefilter
from vcdd.target.presence import load_presence
from vcdd.target.read import read_sources

FORBIDDEN = (
    "subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "pty.spawn",
    "socket.connect", "socket.getaddrinfo", "socket.bind", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link",
    "os.symlink", "os.truncate", "os.chmod", "os.chown", "os.utime", "shutil.", "tempfile.", "pickle.find_class",
    "ctypes.", "urllib.Request",
)  # fmt: skip


def guard(event: str, arguments: tuple[object, ...]) -> None:
    """End the process at once when something forbidden happens: an exception could be caught."""
    flags = arguments[2] if event == "open" else 0
    is_write = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if is_write or event.startswith(FORBIDDEN):
        os.write(2, f"FORBIDDEN {event} {arguments!r}\n".encode("utf-8", "replace"))
        os._exit(99)


def main(arguments: list[str]) -> None:
    """Print what was read and what was skipped."""
    prefilter = Prefilter([b"gpt-4o", b"qwen"], [b"model"])
    load_presence()
    if "--unprivileged" in arguments and os.geteuid() == 0:  # root would read what it must not
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    sys.addaudithook(guard)
    print(json.dumps(look(arguments[0], prefilter, deep="--deep" in arguments)))


def look(spec: str, prefilter: Prefilter, *, deep: bool) -> dict[str, object]:
    limits = Limits()
    read: list[str] = []
    skipped: dict[str, str] = {}
    try:
        with open_target(spec, deep=deep, network=False) as target:
            for found in target.entries():
                rows = [found] if isinstance(found, Skipped) else ()
                if not isinstance(found, Skipped):
                    reading = read_sources(found, prefilter, limits)
                    rows = reading.skipped
                    if reading.sources or not rows:
                        read.append(found.path)
                    assert sum(len(source.text) for source in reading.sources) <= limits.notebook_bytes
                for row in rows:
                    skipped[row.path] = "; ".join(filter(None, (skipped.get(row.path), row.reason)))
            models = len(read_bom(target.text)) if target.info.kind == "bom" else 0
            return {"read": read, "skipped": skipped, "commit": target.info.commit, "models": models}
    except TargetError as error:
        return {"read": read, "skipped": skipped, "error": error.message}
