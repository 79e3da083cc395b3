"""A small invented registry whose every record is in sight, the real one, and a Hub that answers from a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from vcdd.core.evidence import Evidence
from vcdd.core.hub import HubRecord, HubStatus
from vcdd.core.location import Location
from vcdd.core.reference import Hints, Reference, ReferenceKind
from vcdd.registry.compile import compile_tables
from vcdd.registry.load import load_registry
from vcdd.registry.registry import Registry
from vcdd.registry.tables import KINDS, Tables

SOURCE = {"source": "https://example.org", "checked": "2026-11-01", "verified": True}


def by_id(*records: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {record["id"]: SOURCE | record for record in records}


def small_tables() -> Tables:
    """Two labs with open models, one with closed ones, a re-uploader, and every kind of provider."""
    tables: Tables = {kind: {} for kind in (*KINDS, "words")}
    tables["labs"] = by_id(
        {"id": "acme", "name": "Acme", "country": "FR", "hub_orgs": ["acme"], "namespaces": ["acme"]},
        {"id": "zenith", "name": "Zenith", "country": "BR", "hub_orgs": ["zenith-ai"]},
        {"id": "orbit", "name": "Orbit", "country": "KE"},
    )
    tables["licences"] = by_id(
        {"id": "mit", "name": "MIT", "spdx": "MIT", "category": "open-source", "hub_tags": ["mit"]},
        {"id": "apache-2.0", "name": "Apache 2.0", "spdx": "Apache-2.0", "category": "open-source",
         "hub_tags": ["apache-2.0"]},
        {
            "id": "acme-nc", "name": "Acme Research Licence", "spdx": "LicenseRef-acme", "category": "non-commercial",
            "hub_tags": ["acme-research"], "condition": [{"kind": "non-commercial", "text": "research only"}],
        },
        {
            "id": "zenith-community", "name": "Zenith Community Licence", "spdx": "LicenseRef-zenith",
            "category": "open-weight-conditional", "hub_tags": ["zenith"],
            "condition": [{"kind": "mau-threshold", "text": "above a million users", "amount": 1_000_000}],
        },
        {"id": "proprietary", "name": "Proprietary", "spdx": "LicenseRef-proprietary", "category": "api-terms"},
    )  # fmt: skip
    tables["families"] = by_id(
        {"id": "alpha", "name": "Alpha", "lab": "acme", "match": ["acme/alpha-*", "alpha-*"], "weights": "open",
         "modality": "text", "licence": "apache-2.0"},
        {"id": "beta", "name": "Beta", "lab": "zenith", "match": ["zenith-ai/beta-*", "beta-*"], "weights": "open",
         "modality": "text", "licence": "zenith-community"},
        {"id": "mixed", "name": "Mixed", "lab": "acme", "match": ["acme/mixed-*"], "weights": "open",
         "modality": "text"},
        {"id": "orb", "name": "Orb", "lab": "orbit", "match": ["orb-*"], "weights": "closed", "modality": "text",
         "licence": "proprietary"},
    )  # fmt: skip
    tables["checkpoints"] = by_id(
        {"id": "acme/alpha-7b", "lab": "acme", "family": "alpha", "licence": "apache-2.0", "weights": "open"},
        {"id": "acme/alpha-7b-nc", "lab": "acme", "family": "alpha", "licence": "acme-nc", "weights": "open"},
        {
            "id": "acme/alpha-beta-8b", "lab": "acme", "family": "alpha", "licence": "mit", "weights": "open",
            "base": [{"id": "zenith-ai/beta-8b", "relation": "finetune"}],
        },
    )  # fmt: skip
    tables["providers"] = by_id(
        {"id": "orbit", "name": "Orbit API", "kind": "vendor-api", "hosts": ["api.orbit.example"],
         "serves_lab": "orbit", "sdks": ["orbit"],
         "storage": {"value": "stated", **CLAIM}, "storage_country": {"value": "KE", **CLAIM}},
        {"id": "zenith", "name": "Zenith API", "kind": "vendor-api", "hosts": ["api.zenith.example"],
         "serves_lab": "zenith", "rewrites": "Foreign names are answered with Zenith models."},
        {"id": "market", "name": "Market", "kind": "aggregator", "hosts": ["market.example"],
         "id_prefixes": ["market/"]},
        {"id": "cloud", "name": "Cloud", "kind": "cloud-model-service", "hosts": ["*.cloud.example"]},
        {"id": "runner", "name": "Runner", "kind": "self-hosted", "local": True, "id_prefixes": ["runner/"]},
        {"id": "huggingface", "name": "Hub", "kind": "aggregator", "id_prefixes": ["huggingface/"]},
    )  # fmt: skip
    tables["distributors"] = by_id({"id": "mirror", "name": "Mirror", "orgs": ["mirror"], "country": "US"})
    return tables


CLAIM = {"source": "https://example.org/terms", "checked": "2026-11-01"}


def registry_of(tables: Tables) -> Registry:
    return Registry(compile_tables(tables))


@pytest.fixture
def registry() -> Registry:
    return registry_of(small_tables())


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    return load_registry(cache=tmp_path_factory.mktemp("registry"))


class TableHub:
    """A Hub that answers from a table, and counts: the protocol's second implementation, for tests."""

    def __init__(self, records: Mapping[str, HubRecord] | None = None) -> None:
        self.records = dict(records or {})
        self.batches: list[tuple[str, ...]] = []

    def look_up(self, ids: Sequence[str]) -> Mapping[str, HubRecord]:
        self.batches.append(tuple(ids))
        missing = HubStatus.NOT_PUBLIC
        return {name: self.records.get(name) or HubRecord(asked=name, status=missing) for name in sorted(set(ids))}

    def named(self, names: Sequence[str]) -> Mapping[str, str]:
        return {name: found for name in names for found in self.records if found.endswith(f"/{name}")}

    @property
    def asked(self) -> tuple[str, ...]:
        return tuple(sorted({name for batch in self.batches for name in batch}))

    @property
    def warnings(self) -> tuple[str, ...]:
        return ()


def declared(name: str, **fields: Any) -> HubRecord:
    """A record the Hub would give."""
    return HubRecord(**{"asked": name, "id": name, "status": HubStatus.OK, "author": name.partition("/")[0]} | fields)


def hub_of(*records: HubRecord) -> TableHub:
    return TableHub({record.asked: record for record in records})


Refer = Callable[..., Reference]


def refer(written: str, kind: str = "api-model", *, path: str = "app.py", line: int = 1, **fields: Any) -> Reference:
    """A reference; names of `Hints` among the fields go there."""
    names = {"provider", "base_url", "base_url_symbol", "library", "key_symbol", "revision", "modality"}
    hints = Hints(**{name: fields.pop(name) for name in list(fields) if name in names})
    return Reference(
        **{
            "written": written,
            "kind": ReferenceKind(kind),
            "evidence": Evidence.BOUND,
            "location": Location(path=path, line=line),
            "hints": hints,
        }
        | fields
    )
