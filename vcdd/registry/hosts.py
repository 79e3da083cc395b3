"""Which provider answers at a host: exact names, `*` patterns, and paths where the path decides."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence


class HostTable:
    """Hosts of all providers, ready for look-ups."""

    def __init__(self, hosts: Mapping[str, Sequence[str]]) -> None:
        pairs = [(pattern.lower(), key) for key, patterns in hosts.items() for pattern in patterns]
        self._exact = {pattern: key for pattern, key in pairs if "*" not in pattern and "/" not in pattern}
        self._paths = sorted(((p, k) for p, k in pairs if "/" in p), key=lambda pair: -len(pair[0]))
        wild = sorted(((p, k) for p, k in pairs if "*" in p and "/" not in p), key=lambda pair: -len(pair[0]))
        self._wild = [(re.compile(re.escape(p).replace(r"\*", r"[^/\s]*")), k) for p, k in wild]

    def find(self, url: str) -> str:
        """Provider id of an address or host name, port and path taken into account; empty when unknown."""
        host, path = split_url(url)
        if not host:
            return ""
        for pattern, key in self._paths:
            if f"{host}{path}".startswith(pattern):
                return key
        bare = host.partition(":")[0]
        return self._exact.get(host) or self._exact.get(bare) or self._match(bare)

    def _match(self, host: str) -> str:
        return next((key for pattern, key in self._wild if pattern.fullmatch(host)), "")


def split_url(url: str) -> tuple[str, str]:
    """(host with port, path) of an address or bare host, lower case; ("", "") for what is neither."""
    text = url.strip().lower()
    if not text or any(c.isspace() for c in text):
        return "", ""
    rest = text.partition("//")[2] if "//" in text else text
    rest = rest.partition("?")[0].partition("#")[0]
    authority, slash, path = rest.partition("/")
    return authority.rpartition("@")[2], slash + path
