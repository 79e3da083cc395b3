"""One use per model and route, honest unknowns, open questions, and the same answer twice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.hub_server import Fault, running_hub
from tests.resolve.conftest import declared, hub_of, refer, registry_of, small_tables
from vcdd.core.evidence import Evidence
from vcdd.core.hub import HubStatus
from vcdd.core.model import Lab, ModelUse
from vcdd.core.reference import Reference
from vcdd.core.report import Unresolved
from vcdd.hub.client import LiveHub
from vcdd.hub.offline import OfflineHub
from vcdd.registry.registry import Registry
from vcdd.resolve.resolve import Resolution, resolve

TREE = [
    refer("orb-1", path="b.py", line=3),
    refer("orb-1", path="a.py", line=9, evidence=Evidence.DEPLOYED),
    refer("orb-1", path="README.md", line=1, evidence=Evidence.MENTION),
    refer("acme/alpha-7b", "hub-repo", path="c.py", library="transformers", evidence=Evidence.SELECTABLE),
    refer("stranger/thing", "hub-repo", path="d.py", library="transformers"),
    refer("$MODEL", "open", path="e.py", symbol="MODEL"),
    refer("orb-1", path="f.py", provider="orbit", base_url_symbol="ORBIT_URL"),
    refer("orbit-sdk", "dependency", path="requirements.txt", evidence=Evidence.DEPENDENCY),
    refer("https://api.orbit.example", "endpoint", path="g.py"),
]


def test_uses_are_one_per_model_and_route_strongest_first(registry: Registry) -> None:
    found = resolve(TREE, registry=registry, hub=hub_of())
    assert [(use.model.id, use.evidence.value, use.route.kind.value) for use in found.uses] == [
        ("orb-1", "bound", "vendor-api"),
        ("stranger/thing", "bound", "self-hosted"),
        ("acme/alpha-7b", "selectable", "self-hosted"),
    ]
    assert [str(reference.location) for reference in found.uses[0].references] == [
        "b.py:3", "f.py:1", "a.py:9", "README.md:1",
    ]  # fmt: skip
    assert found.uses[0].route.open_symbol == "ORBIT_URL"


def test_what_the_target_leaves_open_is_listed(registry: Registry) -> None:
    found = resolve(TREE, registry=registry, hub=hub_of())
    assert [(item.kind, item.subject, [str(x) for x in item.locations]) for item in found.unresolved] == [
        ("endpoint-from-outside", "ORBIT_URL", ["f.py:1"]),
        ("model-from-outside", "MODEL", ["e.py:1"]),
        ("unknown-id", "stranger/thing", ["d.py:1"]),
    ]
    assert all(isinstance(item, Unresolved) and item.why for item in found.unresolved)


def test_the_order_of_references_and_a_second_run_change_nothing(registry: Registry) -> None:
    first = resolve(TREE, registry=registry, hub=OfflineHub())
    assert resolve(list(reversed(TREE)), registry=registry, hub=OfflineHub()) == first
    assert resolve(TREE, registry=registry_of(small_tables()), hub=OfflineHub()) == first


def test_an_id_nobody_knows_stays_a_use_that_says_why(registry: Registry) -> None:
    (use,) = resolve([refer("mystery-9000", provider="market")], registry=registry, hub=hub_of()).uses
    assert (use.model.id, use.model.lab, use.model.match) == ("mystery-9000", None, "none")
    assert {name for name in ("lab", "country", "licence", "weights") if not use.model.facts[name].is_known} == {
        "lab", "country", "licence", "weights",
    }  # fmt: skip
    assert all(use.model.facts[name].note for name in ("lab", "country", "licence", "weights"))
    assert use.route.provider is not None


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (HubStatus.UNREACHABLE, "could not be reached"),
        (HubStatus.RATE_LIMITED, "rate of questions"),
        (HubStatus.ODD, "no model document"),
        (HubStatus.NOT_PUBLIC, "not public"),
        (HubStatus.OFFLINE, "offline"),
    ],
)
def test_a_hub_that_cannot_say_leaves_the_reason_in_the_fact(registry: Registry, status: HubStatus, words: str) -> None:
    record = declared("stranger/thing", status=status, id="", author="")
    (use,) = resolve([TREE[4]], registry=registry, hub=hub_of(record)).uses
    assert use.model.lab is None
    assert words in use.model.facts["lab"].note


FAULTS = [Fault.SERVER_ERROR, Fault.CUT_OFF, Fault.HTML, Fault.LOOP, Fault.HUGE, Fault.LIST, Fault.FORBIDDEN]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_hub_gives_one_warning_and_leaves_the_rest_complete(
    real: Registry, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    from huggingface_hub import close_session

    with running_hub() as server:
        server.add("stranger/good", cardData={"license": "mit", "base_model": "Qwen/Qwen3-0.6B"})
        server.faults["stranger/bad"] = fault
        hub = LiveHub(now=datetime(2026, 11, 24, tzinfo=UTC), endpoint=server.url)
        references = [refer(f"stranger/{name}", "hub-repo", library="transformers") for name in ("good", "bad")]
        found = resolve(references, registry=real, hub=hub)
        close_session()
    models = {use.model.id: use.model for use in found.uses}
    assert len(found.warnings) == 1
    assert "stranger/bad" in found.warnings[0]
    assert models["stranger/bad"].lab is None
    good = models["stranger/good"]
    assert good.lab is not None
    assert good.lab.id == "alibaba"
    assert good.facts["licence"].source == "declared on the Hub as of 2026-11-24"


def test_hostile_text_of_the_hub_arrives_without_control_characters(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    from huggingface_hub import close_session

    with running_hub() as server:
        server.faults["stranger/bad"] = Fault.HOSTILE
        hub = LiveHub(now=datetime(2026, 11, 24, tzinfo=UTC), endpoint=server.url)
        found = resolve([refer("stranger/bad", "hub-repo", library="x")], registry=registry, hub=hub)
        close_session()
    text = repr(found)
    assert "alert(1)" in text
    assert "\\x1b" not in text
    assert "\\u202e" not in text


def without_countries(found: Resolution) -> list[object]:
    """Everything that a rule or renderer can see but the countries and the texts that cite them."""

    def lab(value: Lab | None) -> str | None:
        return value.id if value else None

    def row(use: ModelUse) -> tuple[object, ...]:
        model = use.model
        facts = {name: fact for name, fact in model.facts.items() if name not in {"country", "lab"}}
        return (
            model.id, lab(model.lab), [(d.role, d.lab.id) for d in model.developers], model.licence, model.weights,
            [(a.id, a.relation, a.how, lab(a.lab), a.licence) for a in model.lineage], model.match, sorted(facts),
            use.route.kind, use.route.provider.id if use.route.provider else None, use.references,
        )  # fmt: skip

    return [*map(row, found.uses), found.unresolved, found.warnings]


PERMUTED: list[Reference] = [
    *TREE,
    refer("orb-1", path="x.py", base_url="https://api.zenith.example"),
    refer("mirror/alpha-7b-GGUF", "hub-repo", path="y.py", library="llama-cpp"),
    refer("acme/alpha-beta-8b", "hub-repo", path="z.py", library="vllm"),
]


@pytest.mark.parametrize("shift", [1, 2, 3])
def test_permuting_countries_changes_nothing_but_countries(shift: int) -> None:
    tables = small_tables()
    plain = resolve(PERMUTED, registry=registry_of(tables), hub=hub_of())
    kinds = ("labs", "providers", "distributors")
    records = [record for kind in kinds for record in tables[kind].values()]
    countries = [record.get("country", "") for record in records]
    for i, record in enumerate(records):
        record["country"] = countries[(i + shift) % len(countries)]
    moved = resolve(PERMUTED, registry=registry_of(tables), hub=hub_of())
    assert without_countries(moved) == without_countries(plain)
    assert [use.model.facts["country"] for use in moved.uses] != [use.model.facts["country"] for use in plain.uses]
