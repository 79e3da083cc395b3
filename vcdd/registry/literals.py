"""Prefilter literals: short lower-case strings of which one stands in every file that can name a known model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vcdd.registry.tables import Raw, Tables

_LEAST = 3
"""Characters of any literal."""
_SHORTEST = 4
"""Shorter literals hit nearly every file; three-letter stems keep their separator (`yi-`, `o1-`)."""

_LOCAL_HOSTS = ("localhost", "127.0.0.1", "host.docker.internal", "ollama:")
"""Addresses of run times on one's own hardware stand in any program."""


def literals_of(tables: Tables, exact: Iterable[str]) -> list[str]:
    """Sorted, without any literal that contains another one. `exact` are all exact spellings, lower case."""
    words = tables["words"].get("words", {})
    common = frozenset((*words.get("variants", ()), *words.get("common", ())))
    globs = (glob.lower().partition("*")[0] for raw in tables["families"].values() for glob in raw.get("match", ()))
    stems = {_head(text, common) for text in (*globs, *exact)}
    stems.update(_organisations(tables), _scopes(tables, common), _hosts(tables["providers"]))
    kept: set[str] = set()
    for stem in sorted(stems, key=len):
        if len(stem) >= _LEAST and stem not in common and kept.isdisjoint(_parts(stem)):
            kept.add(stem)
    return sorted(kept)


def _parts(stem: str) -> Iterator[str]:
    """Every piece of a stem that could be a literal, itself included."""
    for start in range(len(stem) - _LEAST + 1):
        for end in range(start + _LEAST, len(stem) + 1):
            yield stem[start:end]


def _organisations(tables: Tables) -> Iterator[str]:
    for raw in tables["labs"].values():
        yield from (f"{org.lower()}/" for org in raw.get("hub_orgs", ()))
    for raw in tables["distributors"].values():
        yield from (f"{org.lower()}/" for org in raw["orgs"])
    for raw in tables["providers"].values():
        yield from (p for p in raw.get("id_prefixes", ()) if p.startswith("@") or p.count("/") > 1)
    yield from ("openrouter/", "fal-ai/")


def _scopes(tables: Tables, common: frozenset[str]) -> Iterator[str]:
    """A scoped word where it is telling; a common one needs its scope in the file, so the scope is the literal."""
    records = (*tables["families"].values(), *tables["checkpoints"].values())
    for word in (word for raw in records for word in raw.get("scoped", ())):
        stem = _cut(word["word"].lower().partition("*")[0].rstrip("-"), common)
        if stem in common or len(stem) < _SHORTEST:
            yield from (scope.partition("-")[0] for scope in word["scope"])
        else:
            yield stem


def _head(text: str, common: frozenset[str]) -> str:
    """The organisation where there is one, else the name cut at a separator."""
    org, slash, _ = text.partition("/")
    return f"{org}/" if slash else _cut(text, common)


def _cut(name: str, common: frozenset[str]) -> str:
    """Up to the first separator that leaves four characters of a word that is not common."""
    for position, char in enumerate(name):
        if char in "-_.:/" and position >= _SHORTEST and name[:position] not in common:
            return name[:position]
    return name


def _hosts(providers: dict[str, Raw]) -> Iterator[str]:
    for host in (host for raw in providers.values() for host in raw.get("hosts", ())):
        if not host.startswith(_LOCAL_HOSTS):
            yield host.partition("/")[0].rpartition("*")[2].lstrip("-.")
