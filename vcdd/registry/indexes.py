"""Who goes by which name: small indexes over the tables, made once when the tables are compiled."""

from __future__ import annotations

from collections.abc import Iterator

from vcdd.core.route import RouteKind
from vcdd.registry.tables import Raw, Tables
from vcdd.values import dataclass

Table = dict[str, Raw]
FIRST = 2
"""Characters by which prefixes and globs are filed; each has at least so many (the lint sees to it)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexes:
    """Plain values, so that they can be cached. Names and words are lower case unless it says otherwise."""

    lab_of_org: dict[str, str]
    """Hub organisation to lab id."""
    lab_of_namespace: dict[str, str]
    """Name under which routers and clouds file a lab's models, to lab id."""
    families_of_lab: dict[str, list[str]]
    """Lab id to its family ids, in file order."""
    checkpoint_of_name: dict[str, str]
    """Name behind the organisation to checkpoint id, where only one checkpoint has that name."""
    distributor_of_org: dict[str, str]
    """Hub organisation to distributor id."""
    prefixes: dict[str, str]
    """Id prefix to provider id."""
    prefix_heads: dict[str, list[str]]
    """First two characters to the id prefixes that start so, longest first."""
    provider_of_sdk: dict[str, str]
    """Python or JavaScript package, `-` for `_`, to provider id."""
    provider_of_variable: dict[str, str]
    """Environment variable for a key or a base URL, as written, to provider id."""
    hosts: dict[str, list[str]]
    """Provider id to the host patterns of its API."""
    vendor_apis: dict[str, list[str]]
    """Lab id to the ids of the providers that serve its models as a vendor, in file order."""
    local_providers: list[str]
    """Ids of run times on one's own hardware."""
    own_namespaces: list[str]
    """Ids of providers whose prefix is a part of their own ids."""
    licence_of_tag: dict[str, str]
    """Hub licence tag or `license_name` to licence id."""
    variants: list[str]
    """Words that may stand behind a model's stem."""
    lines: dict[str, str]
    """Word of a line that others tune and merge (`qwen`) to the id of the lab that trains it."""
    newest_check: str
    """The latest `checked` date of any record, ISO; empty for an empty registry."""


def index_tables(tables: Tables) -> Indexes:
    """The indexes of these tables; where two records claim a name, the later has it (and the lint reports it)."""
    labs, providers = tables["labs"], tables["providers"]
    prefixes = _lower(_claims(providers, "id_prefixes"))
    return Indexes(
        lab_of_org=_lower(_claims(labs, "hub_orgs")),
        lab_of_namespace=_lower(_claims(labs, "namespaces")),
        families_of_lab=_families_of_lab(tables["families"]),
        checkpoint_of_name=_checkpoint_of_name(tables["checkpoints"]),
        distributor_of_org=_lower(_claims(tables["distributors"], "orgs")),
        prefixes=prefixes,
        prefix_heads=_by_head(prefixes),
        provider_of_sdk={sdk.lower().replace("_", "-"): key for sdk, key in _claims(providers, "sdks")},
        provider_of_variable=dict(_claims(providers, "key_variables", "base_url_variables")),
        hosts={key: list(raw.get("hosts", ())) for key, raw in providers.items()},
        vendor_apis=_vendor_apis(providers),
        local_providers=[key for key, raw in providers.items() if raw.get("local")],
        own_namespaces=[key for key, raw in providers.items() if raw.get("own_ids")],
        licence_of_tag=_lower(_claims(tables["licences"], "hub_tags")),
        variants=list(tables["words"].get("words", {}).get("variants", ())),
        lines=dict(tables["words"].get("words", {}).get("lines", {})),
        newest_check=max((str(raw["checked"]) for raw in _all(tables) if "checked" in raw), default=""),
    )


def _claims(table: Table, *fields: str) -> Iterator[tuple[str, str]]:
    """(name, id) of every name that a record lists in one of these fields."""
    for key, raw in table.items():
        for field in fields:
            for name in raw.get(field, ()):
                yield name, key


def _lower(claims: Iterator[tuple[str, str]]) -> dict[str, str]:
    return {name.lower(): key for name, key in claims}


def _all(tables: Tables) -> Iterator[Raw]:
    for table in tables.values():
        yield from table.values()


def _by_head(prefixes: dict[str, str]) -> dict[str, list[str]]:
    heads: dict[str, list[str]] = {}
    for prefix in sorted(prefixes, key=len, reverse=True):
        heads.setdefault(prefix[:FIRST], []).append(prefix)
    return heads


def _families_of_lab(families: Table) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for key, raw in families.items():
        grouped.setdefault(raw["lab"], []).append(key)
    return grouped


def _checkpoint_of_name(checkpoints: Table) -> dict[str, str]:
    found: dict[str, str] = {}
    twice: set[str] = set()
    for key in checkpoints:
        name = key.lower().partition("/")[2]
        if name and found.setdefault(name, key) != key:
            twice.add(name)
    return {name: key for name, key in found.items() if name not in twice}


def _vendor_apis(providers: Table) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, raw in providers.items():
        lab = raw.get("serves_lab") or raw.get("home_of")
        if lab and raw["kind"] == RouteKind.VENDOR_API:
            found.setdefault(lab, []).append(key)
    return found
