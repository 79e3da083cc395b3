"""The registry in memory: records by id, decoded when first asked for, and `identify`."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar

from vcdd.core.model import Lab, Licence
from vcdd.core.route import Provider, RouteKind
from vcdd.registry.compile import Compiled
from vcdd.registry.decode import decode
from vcdd.registry.globs import Globs
from vcdd.registry.hosts import HostTable
from vcdd.registry.identity import Identity
from vcdd.registry.match import identify
from vcdd.registry.schema import (
    CheckpointRecord,
    DistributorRecord,
    FamilyRecord,
    LabRecord,
    LicenceRecord,
    ListRecord,
    ProviderRecord,
)
from vcdd.registry.tables import Raw
from vcdd.registry.values import to_lab, to_licence, to_provider

T = TypeVar("T")
V = TypeVar("V")


class _Everything:
    """A scope that has every word in it."""

    def __contains__(self, item: object) -> bool:
        return True


_ANY_SCOPE = _Everything()


class Records(Mapping[str, T], Generic[T]):
    """Records of one kind by id, in file order, each decoded when first asked for."""

    def __init__(self, kind: type[T], tables: Mapping[str, Raw]) -> None:
        self._kind = kind
        self._tables = tables
        self._ready: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        ready = self._ready.get(key)
        if ready is None:
            ready = self._ready[key] = decode(self._kind, self._tables[key])
        return ready

    def __contains__(self, key: object) -> bool:
        return key in self._tables

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


class Registry:
    """Everything curated. Immutable in effect: it only remembers what it has decoded."""

    def __init__(self, compiled: Compiled, overlays: tuple[str, ...] = ()) -> None:
        tables = compiled.tables
        self.compiled = compiled
        self.overlays = overlays
        """Overlay files on top of the package's data, in order; named in every report."""
        self.labs = Records(LabRecord, tables["labs"])
        self.families = Records(FamilyRecord, tables["families"])
        self.checkpoints = Records(CheckpointRecord, tables["checkpoints"])
        self.providers = Records(ProviderRecord, tables["providers"])
        self.licences = Records(LicenceRecord, tables["licences"])
        self.lists = Records(ListRecord, tables["lists"])
        self.distributors = Records(DistributorRecord, tables["distributors"])
        self.whole = Globs(compiled.globs["whole"])
        self.names = Globs(compiled.globs["names"])
        self.scoped = Globs(compiled.globs["scoped"])
        self._memo: dict[tuple[str, str], Any] = {}

    # -- values by id: None for an id that is not on record

    def lab(self, lab_id: str) -> Lab | None:
        """The lab of this id."""
        return self._once("lab", lab_id, lambda: to_lab(self.labs[lab_id])) if lab_id in self.labs else None

    def licence(self, licence_id: str, modality: str = "") -> Licence | None:
        """The licence of this id, with the conditions that apply to a model of this modality."""
        if licence_id not in self.licences:
            return None
        return self._once(
            "licence", f"{licence_id} {modality}", lambda: to_licence(self.licences[licence_id], modality)
        )

    def provider(self, provider_id: str) -> Provider | None:
        """The provider of this id."""
        if provider_id not in self.providers:
            return None
        return self._once("provider", provider_id, lambda: to_provider(self.providers[provider_id]))

    def licence_for_tag(self, tag: str) -> Licence | None:
        """The licence that a Hub licence tag or `license_name` means; None for `other` and for tags not on record."""
        key = self._once("tags", "", self._licence_tags).get(tag.strip().lower())
        return self.licence(key) if key else None

    def list_entries(self, codes: tuple[str, ...]) -> tuple[ListRecord, ...]:
        """The list records of these codes, in the order given; codes not on record are left out."""
        return tuple(self.lists[code] for code in codes if code in self.lists)

    # -- questions

    def identify(self, written: str, *, provider: str = "", library: str = "") -> Identity:
        """What this id names. `provider` (an id) and `library` make bare words readable."""
        return identify(self, written, provider=provider, library=library)

    def is_scoped_word(self, text: str) -> bool:
        """Whether this bare word would be a model in some scope."""
        word = text.lower()
        return word in self.compiled.words or self.scoped.find(word, scope=_ANY_SCOPE) is not None

    def checkpoint_of_word(self, word: str, scope: Container[str]) -> str:
        """Checkpoint id that a lower-case bare word names where one of `scope` is the place; empty if none."""
        entries = self.compiled.words.get(word, ())
        return next((key for key, needs in entries if any(name in scope for name in needs)), "")

    def host(self, url: str) -> str:
        """Provider id of an address or host name; empty when nobody on record answers there."""
        return self.host_table.find(url)

    def provider_for_sdk(self, package: str) -> str:
        """Provider id of a Python or JavaScript package that is a client of exactly one; empty otherwise."""
        return self._once("sdks", "", self._sdks).get(package.lower().replace("_", "-"), "")

    def provider_for_variable(self, name: str) -> str:
        """Provider id that an environment variable for a key or a base URL belongs to; empty if none."""
        return self._once("variables", "", self._variables).get(name.upper(), "")

    # -- indexes, built once

    @cached_property
    def host_table(self) -> HostTable:
        """Hosts and paths of all providers."""
        return HostTable({key: self.providers[key].hosts for key in self.providers})

    @cached_property
    def lab_of_org(self) -> Mapping[str, str]:
        """Lower-case Hub organisation to lab id."""
        return self._owners("hub_orgs")

    @cached_property
    def lab_of_namespace(self) -> Mapping[str, str]:
        """Lower-case name under which routers and clouds file a lab's models, to lab id."""
        return self._owners("namespaces")

    @cached_property
    def families_of_lab(self) -> Mapping[str, frozenset[str]]:
        """Lab id to its family ids."""
        return self._families_by_lab()

    @cached_property
    def distributor_of_org(self) -> Mapping[str, str]:
        """Lower-case Hub organisation to distributor id."""
        return self._distributor_orgs()

    @cached_property
    def prefixes(self) -> Mapping[str, str]:
        """Lower-case id prefix to provider id."""
        return self._prefixes()

    @cached_property
    def variants(self) -> frozenset[str]:
        """Words that may stand behind a model's stem."""
        words = self.compiled.tables["words"]
        return frozenset(words.get("words", {}).get("variants", ()))

    @cached_property
    def local_providers(self) -> frozenset[str]:
        """Ids of run times on one's own hardware."""
        return frozenset(key for key, raw in self.compiled.tables["providers"].items() if raw.get("local"))

    @cached_property
    def own_namespaces(self) -> frozenset[str]:
        """Ids of providers whose prefix is a part of their own ids."""
        return frozenset(key for key, raw in self.compiled.tables["providers"].items() if raw.get("own_ids"))

    @cached_property
    def vendor_apis(self) -> Mapping[str, tuple[str, ...]]:
        """Lab id to the ids of the providers that serve its models as a vendor."""
        found: dict[str, tuple[str, ...]] = {}
        for key, record in self.providers.items():
            if record.serves_lab and record.kind is RouteKind.VENDOR_API:
                found[record.serves_lab] = (*found.get(record.serves_lab, ()), key)
        return found

    @cached_property
    def prefix_heads(self) -> Mapping[str, tuple[str, ...]]:
        """First two characters to the id prefixes that start so, longest first."""
        return self._prefix_heads()

    @cached_property
    def lab_of_any(self) -> Mapping[str, str]:
        """Organisations and namespaces together."""
        return {**self.lab_of_namespace, **self.lab_of_org}

    @cached_property
    def checkpoint_of_name(self) -> Mapping[str, str]:
        """Lower-case name behind the organisation to checkpoint id, where only one checkpoint has that name."""
        return self._checkpoint_names()

    @cached_property
    def version(self) -> str:
        """A short digest of the contents: two registries with the same version give the same answers."""
        return self.compiled.version

    @cached_property
    def newest_check(self) -> date | None:
        """The latest `checked` date of any record; None for an empty registry."""
        return self._newest()

    # -- helpers

    def _once(self, kind: str, key: str, make: Callable[[], V]) -> V:
        memo_key = (kind, key)
        if memo_key not in self._memo:
            self._memo[memo_key] = make()
        value: V = self._memo[memo_key]
        return value

    def _owners(self, field: str) -> dict[str, str]:
        tables = self.compiled.tables["labs"]
        return {org.lower(): key for key, raw in tables.items() for org in raw.get(field, ())}

    def _families_by_lab(self) -> dict[str, frozenset[str]]:
        grouped: dict[str, set[str]] = {}
        for key, raw in self.compiled.tables["families"].items():
            grouped.setdefault(raw["lab"], set()).add(key)
        return {lab: frozenset(families) for lab, families in grouped.items()}

    def _distributor_orgs(self) -> dict[str, str]:
        tables = self.compiled.tables["distributors"]
        return {org.lower(): key for key, raw in tables.items() for org in raw["orgs"]}

    def _prefixes(self) -> dict[str, str]:
        tables = self.compiled.tables["providers"]
        return {prefix.lower(): key for key, raw in tables.items() for prefix in raw.get("id_prefixes", ())}

    def _prefix_heads(self) -> dict[str, tuple[str, ...]]:
        heads: dict[str, list[str]] = {}
        for prefix in sorted(self.prefixes, key=len, reverse=True):
            heads.setdefault(prefix[:2], []).append(prefix)
        return {head: tuple(prefixes) for head, prefixes in heads.items()}

    def _checkpoint_names(self) -> dict[str, str]:
        found: dict[str, str] = {}
        twice: set[str] = set()
        for key in self.compiled.tables["checkpoints"]:
            name = key.lower().partition("/")[2]
            if name and found.setdefault(name, key) != key:
                twice.add(name)
        return {name: key for name, key in found.items() if name not in twice}

    def _sdks(self) -> dict[str, str]:
        tables = self.compiled.tables["providers"]
        return {sdk.lower().replace("_", "-"): key for key, raw in tables.items() for sdk in raw.get("sdks", ())}

    def _variables(self) -> dict[str, str]:
        tables = self.compiled.tables["providers"]
        fields = ("key_variables", "base_url_variables")
        return {name: key for key, raw in tables.items() for field in fields for name in raw.get(field, ())}

    def _licence_tags(self) -> dict[str, str]:
        tables = self.compiled.tables["licences"]
        return {tag.lower(): key for key, raw in tables.items() for tag in raw.get("hub_tags", ())}

    def _newest(self) -> date | None:
        stamps = (
            str(raw["checked"]) for kind in self.compiled.tables.values() for raw in kind.values() if "checked" in raw
        )
        newest = max(stamps, default="")
        return date.fromisoformat(newest) if newest else None
