"""Prefilter literals: short lower-case strings of which one stands in every file that can name a known model."""

from __future__ import annotations

from vcdd.registry.registry import Registry

_SHORTEST = 4
"""Shorter literals hit nearly every file; three-letter stems keep their separator (`yi-`, `o1-`)."""

_COMMON = frozenset(
    (
        *(
            "2-5",
            "2-6",
            "aleph",
            "amazon",
            "best",
            "black",
            "command",
            "composer",
            "computer",
            "google",
            "mercury",
            "meta",
        ),
        *(
            "meta",
            "music",
            "north",
            "nova",
            "octave",
            "photon",
            "sonic",
            "spark",
            "speech",
            "stable",
            "step",
            "universal",
        ),
        *("video", "writer"),
    )
)
"""First words that stand in any program: the literal goes on to the next separator (`text-embedding`, `step-1`)."""

_UNWANTED = frozenset(("localhost", "127.0.0.1", "ollama:11434", "host.docker.internal:11434"))


def literals_of(registry: Registry) -> tuple[bytes, ...]:
    """Sorted, without any literal that contains another one."""
    stems = {*_organisations(registry), *_stems(registry), *_scopes(registry), *_hosts(registry), *_names(registry)}
    kept: list[str] = []
    for stem in sorted(stems, key=lambda stem: (len(stem), stem)):
        if len(stem) >= 3 and not _is_common(stem, registry) and not any(shorter in stem for shorter in kept):
            kept.append(stem)
    return tuple(sorted(stem.encode() for stem in kept))


def _organisations(registry: Registry) -> list[str]:
    orgs = [*registry.lab_of_org, *registry.distributor_of_org]
    marks = [prefix for prefix in registry.prefixes if prefix.startswith("@") or prefix.count("/") > 1]
    return [f"{org}/" for org in orgs] + marks + ["openrouter/", "fal-ai/"]


def _stems(registry: Registry) -> list[str]:
    """The literal head of every glob: the organisation where there is one, else the name cut at a separator."""
    globs = (glob.lower().partition("*")[0] for family in registry.families.values() for glob in family.match)
    return [_head(glob, registry) for glob in globs]


def _scopes(registry: Registry) -> list[str]:
    """A scoped word where it is telling; a common one needs its scope in the file, so the scope is the literal."""
    found: list[str] = []
    for word in (word for family in registry.families.values() for word in family.scoped):
        stem = _cut(word.word.partition("*")[0].rstrip("-"), registry)
        if _is_common(stem, registry) or len(stem) < _SHORTEST:
            found += [scope.partition("-")[0] for scope in word.scope]
        else:
            found.append(stem)
    return found


def _names(registry: Registry) -> list[str]:
    return [_head(name, registry) for name in registry.compiled.exact]


def _head(text: str, registry: Registry) -> str:
    org, slash, _ = text.partition("/")
    return f"{org}/" if slash else _cut(text, registry)


def _cut(head: str, registry: Registry) -> str:
    """Up to the first separator that leaves four characters of a word that is not common."""
    for position, char in enumerate(head):
        if char in "-_.:/" and position >= _SHORTEST and not _is_common(head[:position], registry):
            return head[:position]
    return head


def _is_common(word: str, registry: Registry) -> bool:
    return word in _COMMON or word in registry.variants


def _hosts(registry: Registry) -> list[str]:
    hosts = [host.partition("/")[0].lstrip("*.") for p in registry.providers.values() for host in p.hosts]
    return [host.rpartition("*")[2].lstrip(".") for host in hosts if host.partition(":")[0] not in _UNWANTED]
