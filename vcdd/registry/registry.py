"""The registry in memory: records by id, decoded when first asked for, and `identify`."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

from vcdd.core.model import Lab, Licence
from vcdd.core.route import Provider
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

    def find(self, key: str) -> T | None:
        """The record, or None; `get` raises and catches for an id that is not there, which is felt here."""
        return self[key] if key in self._tables else None

    def __contains__(self, key: object) -> bool:
        return key in self._tables

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


class Values(dict[str, V | None], Generic[T, V]):
    """What records say in the values of other rooms, made when first asked for; None for an id not on record."""

    def __init__(self, records: Records[T], make: Callable[[T], V]) -> None:
        super().__init__()
        self._records = records
        self._make = make

    def __missing__(self, key: str) -> V | None:
        if key not in self._records:
            return None
        value = self[key] = self._make(self._records[key])
        return value


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
        self.indexes = compiled.indexes
        self.lab_of_org: Mapping[str, str] = compiled.indexes.lab_of_org
        """Lower-case Hub organisation to lab id."""
        self.lab_of_namespace: Mapping[str, str] = compiled.indexes.lab_of_namespace
        """Lower-case name under which routers and clouds file a lab's models, to lab id."""
        self.lab_of_any: Mapping[str, str] = {**self.lab_of_namespace, **self.lab_of_org}
        """Organisations and namespaces together."""
        self.distributor_of_org: Mapping[str, str] = compiled.indexes.distributor_of_org
        """Lower-case Hub organisation to distributor id."""
        self.prefixes: Mapping[str, str] = compiled.indexes.prefixes
        """Lower-case id prefix to provider id."""
        self.variants = frozenset(compiled.indexes.variants)
        """Words that may stand behind a model's stem."""
        self.local_providers = frozenset(compiled.indexes.local_providers)
        """Ids of run times on one's own hardware."""
        self.version = compiled.version
        """A short digest of the contents: two registries with the same version give the same answers."""
        self.newest_check = date.fromisoformat(newest) if (newest := compiled.indexes.newest_check) else None
        """The latest `checked` date of any record; None for an empty registry."""
        self._labs = Values(self.labs, to_lab)
        self._providers = Values(self.providers, to_provider)
        self._licences: dict[tuple[str, str], Licence] = {}

    # -- values by id: None for an id that is not on record

    def lab(self, lab_id: str) -> Lab | None:
        """The lab of this id."""
        return self._labs[lab_id]

    def licence(self, licence_id: str, modality: str = "") -> Licence | None:
        """The licence of this id, with the conditions that apply to a model of this modality."""
        known = self._licences.get((licence_id, modality))
        if known is None and licence_id in self.licences:
            known = self._licences[licence_id, modality] = to_licence(self.licences[licence_id], modality)
        return known

    def provider(self, provider_id: str) -> Provider | None:
        """The provider of this id."""
        return self._providers[provider_id]

    def licence_for_tag(self, tag: str) -> Licence | None:
        """The licence that a Hub licence tag or `license_name` means; None for `other` and for tags not on record."""
        key = self.indexes.licence_of_tag.get(tag.strip().lower())
        return self.licence(key) if key else None

    def list_entries(self, codes: tuple[str, ...]) -> tuple[ListRecord, ...]:
        """The list records of these codes, in the order given; codes not on record are left out."""
        return tuple(self.lists[code] for code in codes if code in self.lists)

    # -- questions

    def identify(self, written: str, *, provider: str = "", library: str = "", is_id: bool = False) -> Identity:
        """What this id names. `provider` (an id) and `library` make bare words readable; see `match.identify`."""
        return identify(self, written, provider=provider, library=library, is_id=is_id)

    def is_scoped_word(self, text: str) -> bool:
        """Whether this bare word would be a model in some scope."""
        word = text.lower()
        return word in self.compiled.words or self.scoped.find(word, scope=_ANY_SCOPE) is not None

    def checkpoint_of_word(self, word: str, scope: Container[str]) -> str:
        """Checkpoint id that a lower-case bare word names where one of `scope` is the place; empty if none."""
        entries = self.compiled.words.get(word)
        if not entries:
            return ""
        return next((key for key, needs in entries if any(name in scope for name in needs)), "")

    def host(self, url: str) -> str:
        """Provider id of an address or host name; empty when nobody on record answers there."""
        return self.host_table.find(url)

    def provider_for_sdk(self, package: str) -> str:
        """Provider id of a Python or JavaScript package that is a client of exactly one; empty otherwise."""
        return self.indexes.provider_of_sdk.get(package.lower().replace("_", "-"), "")

    def provider_for_variable(self, name: str) -> str:
        """Provider id that an environment variable for a key or a base URL belongs to; empty if none."""
        return self.indexes.provider_of_variable.get(name.upper(), "")

    # -- indexes that take a moment, built when first asked for

    @cached_property
    def host_table(self) -> HostTable:
        """Hosts and paths of all providers."""
        return HostTable(self.indexes.hosts)

    @cached_property
    def families_of_lab(self) -> Mapping[str, frozenset[str]]:
        """Lab id to its family ids."""
        return {lab: frozenset(families) for lab, families in self.indexes.families_of_lab.items()}
