"""Which addresses may be cloned, and what may be shown of them."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

from vcdd.errors import TargetError
from vcdd.target.names import to_shown
from vcdd.values import dataclass

_SHORT = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}\Z")
_SSH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*@[A-Za-z0-9][A-Za-z0-9.-]*:(?!/)[A-Za-z0-9._~/-]+\Z")
_BRANCH_PAGE = re.compile(r"(?P<repository>/[^/]+/[^/]+)/(?:-/)?tree/(?P<branch>[A-Za-z0-9][A-Za-z0-9._/+@#-]*)\Z")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_NEXT = "Give an https:// or ssh:// address of a git repository, or org/repo for one on GitHub."


@dataclass(frozen=True, slots=True, kw_only=True)
class GitUrl:
    """An address that may be cloned."""

    address: str
    """For git; it may hold credentials that the user typed."""
    shown: str
    """Without credentials."""
    name: str
    """The last part of the path, without `.git`."""
    branch: str = ""
    """Empty for the repository's default branch."""


def to_git_url(spec: str, *, loopback_http: bool = False) -> GitUrl | None:
    """The address in what the user typed, or None when it is none at all. `org/repo` is a repository on GitHub.

    Raises TargetError for an address that must not be cloned: http, file, git and the transports that run programs.
    """
    if _SHORT.match(spec):
        spec = f"https://github.com/{spec}"
    if _SSH.match(spec):
        return GitUrl(address=spec, shown=spec.split("@", 1)[1], name=_name(spec))
    if "://" not in spec and "::" not in spec:
        return None
    try:
        parts = urlsplit(spec)
        is_known = _is_allowed(parts, loopback_http=loopback_http)
    except ValueError:
        is_known = False
    if not is_known or re.search(r"[\x00-\x20\x7f]", spec):
        shown = to_shown(without_credentials(spec))
        raise TargetError(f"cannot clone {shown}: only https and ssh are allowed", help=_NEXT)
    return _address(parts)


def without_credentials(text: str) -> str:
    """The text with user names and passwords taken out of every address in it."""
    return re.sub(r"(?<=://)[^/\s@'\"]*@", "", text)


def _is_allowed(parts: SplitResult, *, loopback_http: bool) -> bool:
    host = parts.hostname or ""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*|[0-9a-f:]+", host) or not parts.path.strip("/"):
        return False
    return parts.scheme in ("https", "ssh") or (parts.scheme == "http" and loopback_http and host in _LOOPBACK)


def _address(parts: SplitResult) -> GitUrl:
    branch = ""
    if found := _BRANCH_PAGE.match(parts.path.rstrip("/")):
        branch, parts = found["branch"], parts._replace(path=found["repository"])
    address = urlunsplit(parts._replace(query="", fragment=""))
    return GitUrl(address=address, shown=to_shown(without_credentials(address)), name=_name(parts.path), branch=branch)


def _name(path: str) -> str:
    return to_shown(path.rstrip("/").rpartition("/")[2].rpartition(":")[2].removesuffix(".git"))
