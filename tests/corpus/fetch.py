"""Fetch the pinned packages of the dev corpus: `python -m tests.corpus.fetch DEST [KEY …] [--second]`.

`--second` fetches those of the second corpus instead, which are wheels.

Archives are checked against their sha256 and unpacked to DEST/src/KEY with the top folder taken off. No code of any
package runs: npm packs with --ignore-scripts, and pip is stopped as soon as a source archive has arrived, before it
would ask the archive's own build step for metadata.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
STOP_AFTER_DOWNLOAD = """
import os, shutil, sys
from pip._internal.operations import prepare
folder, original = sys.argv.pop(1), prepare.get_http_url
def fetch_and_stop(link, *args, **kwargs):
    archive = original(link, *args, **kwargs)
    shutil.copyfile(archive.path, os.path.join(folder, link.filename))
    os._exit(0)
prepare.get_http_url = fetch_and_stop
from pip._internal.cli.main import main
main(sys.argv[1:])
"""


def packages(folder: Path = HERE) -> list[dict[str, Any]]:
    """The pinned packages of the corpus in a folder, in file order."""
    found: list[dict[str, Any]] = json.loads((folder / "packages.json").read_text(encoding="utf-8"))["packages"]
    return found


def command_for(package: dict[str, Any], folder: str) -> list[str]:
    """The command that puts the package's archive into a folder."""
    if package["ecosystem"] == "npm":
        spec = f"{package['name']}@{package['version']}"
        return ["npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", folder, spec]
    spec = f"{package['name']}=={package['version']}"
    flags = [
        "download",
        "--quiet",
        "--no-deps",
        "--no-cache-dir",
        "--ignore-requires-python",
        "--only-binary" if package["filename"].endswith(".whl") else "--no-binary",
        ":all:",
        "--dest",
        folder,
    ]
    return [sys.executable, "-c", STOP_AFTER_DOWNLOAD, folder, *flags, spec]


def fetch(package: dict[str, Any], destination: Path) -> Path:
    """The unpacked folder of a package, fetched unless it is there. Raises RuntimeError when it cannot be had."""
    folder = destination / "src" / package["key"]
    archive = destination / "artifacts" / package["filename"]
    archive.parent.mkdir(parents=True, exist_ok=True)
    if not archive.exists() or digest(archive) != package["sha256"]:
        with tempfile.TemporaryDirectory() as scratch:
            subprocess.run(command_for(package, scratch), cwd=scratch, check=False, capture_output=True, timeout=900)
            arrived = sorted(Path(scratch).iterdir())
            if len(arrived) != 1:
                raise RuntimeError(f"{package['key']}: nothing was fetched")
            shutil.move(arrived[0], archive)
    if digest(archive) != package["sha256"]:
        archive.unlink()
        raise RuntimeError(f"{package['key']}: the archive is not the pinned one")
    if not folder.exists():
        unpack(archive, folder)
    return folder


def digest(path: Path) -> str:
    """sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def unpack(archive: Path, folder: Path) -> None:
    """Plain files of a tar archive or wheel below `folder`, the top folder taken off where it is the only one."""
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(part)
    else:
        with tarfile.open(archive) as tar:
            tar.extractall(part, filter="data")
    tops = list(part.iterdir())
    folder.parent.mkdir(parents=True, exist_ok=True)
    (tops[0] if len(tops) == 1 and tops[0].is_dir() else part).rename(folder)
    shutil.rmtree(part, ignore_errors=True)


def main(arguments: list[str]) -> int:
    """Fetch all packages, or those named."""
    place, *keys = [argument for argument in arguments if argument != "--second"]
    destination, wanted = Path(place), set(keys)
    failed = 0
    for package in packages(HERE / "second" if "--second" in arguments else HERE):
        if wanted and package["key"] not in wanted:
            continue
        try:
            print(package["key"], fetch(package, destination).name)
        except (RuntimeError, OSError, subprocess.SubprocessError, tarfile.TarError) as error:
            failed += 1
            print(f"{package['key']}: {error}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
