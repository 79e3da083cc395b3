"""The one git process that vcdd starts: `git clone` by an address the user typed, with everything that runs code off.

It never runs on a repository that was there before, only into a new folder. The switches and their reasons are those
of git's own documentation of `git-config`, `git-clone` and the environment variables.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from vcdd.errors import TargetError
from vcdd.target.git_url import GitUrl, without_credentials
from vcdd.target.limits import MIB, Limits
from vcdd.target.names import to_shown

_LARGEST_BLOB = 2 * MIB
"""Larger files are left on the server: all but weights and data are smaller."""
_SETTINGS = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.symlinks=false",
    "core.askPass=",
    "credential.helper=",
    "filter.lfs.smudge=",
    "filter.lfs.process=",
    "filter.lfs.required=false",
    "transfer.fsckObjects=true",
    # Old commits of honest projects have these two faults, which harm nobody who reads files only.
    "fetch.fsck.zeroPaddedFilemode=ignore",
    "fetch.fsck.badTimezone=ignore",
    "http.followRedirects=initial",
    "http.maxRequests=4",
    "submodule.recurse=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "advice.detachedHead=false",
)
_OPTIONS = (
    "--quiet",
    "--bare",
    "--single-branch",
    "--no-tags",
    "--no-recurse-submodules",
    "--template=",
)
_SMALL = ("--depth=1", f"--filter=blob:limit={_LARGEST_BLOB}")
_DUMB = "dumb http transport does not support shallow"
"""How git says that a server knows no `_SMALL` (`remote-curl.c`, in the locale that `_environment` sets)."""
# Passed on to git: how to find programs, certificates, proxies and the user's ssh agent. Nothing else, above all no
# HOME with its .netrc and no token.
_PASSED = (
    "PATH", "LANG", "SSH_AUTH_SOCK", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO",
    "http_proxy", "https_proxy", "no_proxy", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "SYSTEMROOT", "TEMP", "TMP",
)  # fmt: skip
_PRIVATE = ("could not read Username", "Authentication failed", "not found", "Permission denied", "403", "401")
_SAY = "Clone it yourself and scan the folder."


def run_clone(url: GitUrl, folder: Path, limits: Limits) -> None:
    """Clone into `folder/clone`. Raises TargetError when git fails, or takes more time or room than the limits.

    A server that only hands out files (git's dumb protocol) knows no single commit: its whole history comes then.
    """
    (folder / "home").mkdir()
    complaint = _try(url, folder, limits, (*_OPTIONS, *_SMALL))
    if _DUMB in complaint:
        shutil.rmtree(folder / "clone", ignore_errors=True)
        complaint = _try(url, folder, limits, _OPTIONS)
    if complaint:
        raise _failure(url, complaint)


def _try(url: GitUrl, folder: Path, limits: Limits, options: tuple[str, ...]) -> str:
    """What git complains of when it fails; empty when it does not. Raises TargetError at a limit, or without git."""
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    branch = [f"--branch={url.branch}"] if url.branch else []
    command = ["git", *settings, "clone", *options, *branch, "--", url.address, str(folder / "clone")]
    try:
        with (folder / "stderr").open("wb") as stderr:
            process = subprocess.Popen(  # noqa: S603 -- fixed words, and an address behind `--`
                command,
                env=_environment(url, folder / "home"),
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                start_new_session=True,
            )
    except OSError as error:
        raise TargetError(f"cannot start git: {error.strerror}", help="Install git, or scan a folder.") from error
    try:
        _watch(process, folder, url, limits)
    finally:
        _stop(process)
    if not process.returncode:
        return ""
    with (folder / "stderr").open("rb") as file:
        return file.read(64 * 1024).decode("utf-8", "replace") or "git failed"


def _environment(url: GitUrl, home: Path) -> dict[str, str]:
    # GIT_ALLOW_PROTOCOL takes the place of every `protocol.*` setting; plain http is for tests on loopback alone.
    return {
        **{name: os.environ[name] for name in _PASSED if name in os.environ},
        "LC_ALL": "C",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ALLOW_PROTOCOL": "http" if url.address.startswith("http://") else "https:ssh",
        "GIT_LFS_SKIP_SMUDGE": "1",
        "GIT_SSH_COMMAND": "ssh -oBatchMode=yes -oClearAllForwardings=yes -oForwardAgent=no -oPermitLocalCommand=no",
    }


def _watch(process: subprocess.Popen[bytes], folder: Path, url: GitUrl, limits: Limits) -> None:
    """Wait for the end. Raises TargetError when a limit is passed before it."""
    deadline = time.monotonic() + limits.clone_s
    pause = 0.02
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(pause)
        if _size(folder) > limits.clone_bytes:
            raise TargetError(f"{url.shown} is larger than {limits.clone_bytes // MIB:,} MiB", help=_SAY)
        if process.returncode is not None:
            return
        if time.monotonic() > deadline:
            raise TargetError(f"cloning {url.shown} took more than {limits.clone_s:.0f} s", help=_SAY)
        pause = min(pause * 1.5, 0.5)


def _size(folder: Path) -> int:
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += os.lstat(f"{parent}/{name}").st_size
    return total


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End git and what it started, if they still run."""
    if process.poll() is None:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()


def _failure(url: GitUrl, text: str) -> TargetError:
    lines = [line for line in text.splitlines() if line.startswith(("fatal:", "error:"))] or text.splitlines()
    why = to_shown(without_credentials(lines[0].partition(":")[2].strip() or lines[0]))[:300] if lines else "git failed"
    is_private = any(word in text for word in _PRIVATE)
    hint = f"It may be private or not exist. If you have access: {_SAY[0].lower()}{_SAY[1:]}" if is_private else _SAY
    return TargetError(f"cannot clone {url.shown}: {why}", help=hint)
