"""What an address says by itself: the host name, and whether it is on the product's own machines."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

_LOCAL_NAMES = frozenset({"localhost", "host.docker.internal", "0.0.0.0", "::1", "::"})  # noqa: S104 -- compared, not bound
_LOCAL_SUFFIXES = (".local", ".localhost", ".internal", ".svc", ".cluster.local")


def host_of(url: str) -> str:
    """The host name of an address, lower case, without port and user; empty for what is not an address."""
    text = url.strip()
    try:
        parts = urlsplit(text if "//" in text else f"//{text}")
        return (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""


def is_own_machine(host: str) -> bool:
    """Whether the host is this machine, a private address, or a name that only an own network resolves.

    A name without a dot is a service of the same compose file or cluster.
    """
    if not host or any(c in host for c in "{}$<>"):
        return False
    try:
        address = ip_address(host)
    except ValueError:
        return host in _LOCAL_NAMES or "." not in host or host.endswith(_LOCAL_SUFFIXES)
    return address.is_private or address.is_loopback or address.is_unspecified or address.is_link_local


def open_part(url: str) -> str:
    """The variable inside an address that the target does not settle (`https://{host}/v1`); empty if none."""
    start = url.find("{")
    stop = url.find("}", start)
    return url[start + 1 : stop].lstrip("$") if 0 <= start < stop else ""
