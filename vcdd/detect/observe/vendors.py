"""Calls of vendors' SDKs: how much of the target would change with the vendor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from posixpath import basename

from vcdd.core.lexicon import Lexicon
from vcdd.core.reference import ObservationKind
from vcdd.core.site import FrameKind, ReadFile, Site
from vcdd.detect.judge.loaders import callee_parts
from vcdd.detect.observe.fact import Fact

_LONGEST_MODULE = 3
"""Parts of the longest module name on record (`azure.ai.inference`)."""


class Vendors:
    """Modules of vendors' SDKs, and the objects of the target that were made with them."""

    def __init__(self, lexicon: Lexicon, files: Sequence[ReadFile]) -> None:
        self._modules = vendor_modules(lexicon)
        self._made: dict[tuple[str, str], str] = {}
        """(stem of the module or path of the file, name) of an object to the provider whose client it is."""
        for file in files:
            for site in file.sites:
                self._define(site)

    def _define(self, site: Site) -> None:
        if not site.symbol.endswith("()") or len(site.frames) < 2 or site.frames[0].kind is not FrameKind.CALL:
            return
        named = next((f for f in site.frames[1:3] if f.kind in (FrameKind.ASSIGN, FrameKind.FIELD) and f.name), None)
        provider = self._of_module(site.symbol[:-2]) if named is not None and _makes_client(site.symbol[:-2]) else ""
        if provider and named is not None:
            self._made[(site.path, named.name)] = provider
            self._made[(_stem(site.path), named.name)] = provider

    def called(self, site: Site) -> Iterator[Fact]:
        """The call of a vendor's SDK at this call site, `detail` being the callee; nothing for any other call."""
        name = site.symbol[:-2]
        provider = self._of_module(name) or self._of_object(name, site.path)
        if provider:
            yield Fact(kind=ObservationKind.SDK_CALL, subject=provider, detail=name)

    def _of_module(self, name: str) -> str:
        module, mark, _ = name.partition("#")
        if mark:
            return self._modules.get(f"npm:{module}", "")
        parts = name.split(".")
        longest = min(_LONGEST_MODULE, max(1, len(parts) - 1))
        candidates = (name, *(".".join(parts[:length]) for length in range(longest, 0, -1))) if len(parts) > 1 else ()
        return next(filter(None, (self._modules.get(module, "") for module in candidates)), "")

    def _of_object(self, name: str, path: str) -> str:
        own = name.rpartition(".")[0]
        while own:
            if (path, own) in self._made:
                return self._made[(path, own)]
            own = own.rpartition(".")[0]
        parts = callee_parts(name)
        pairs = pairwise(parts[:-1])
        return next(filter(None, (self._made.get((_stem(module), member), "") for module, member in pairs)), "")


def vendor_modules(lexicon: Lexicon) -> Mapping[str, str]:
    """Module (`npm:` before specifiers) to provider: the table's own, else the package's name as Python imports it.

    Where the table names members of a package's module, only these call the vendor (the Hub's also downloads files).
    """
    own = {
        callee: signal.subject
        for signal in lexicon.signals
        if signal.kind == ObservationKind.SDK_CALL
        for callee in signal.callees
    }
    narrowed = {callee.rpartition(".")[0] for callee in own}
    found: dict[str, str] = {}
    for package, provider in lexicon.packages.items():
        module = package if package.startswith("npm:") else package.replace("-", "_")
        if module not in narrowed:
            found[module] = provider
    return found | own


def _makes_client(name: str) -> bool:
    """Whether a call makes an object that calls the vendor: a class or a factory, no function that gives an answer."""
    last = re.split(r"[.#]", name)[-1]
    is_factory = last.startswith("create") and last != "create"
    return last[:1].isupper() or last == "default" or is_factory or "client" in last.lower()


def _stem(path: str) -> str:
    name = basename(path)
    return name.partition(".")[0] or name
