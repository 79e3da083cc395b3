"""The four invented start-ups end with what their expected files state, under all three policies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import tomli

from tests.e2e.command import vcdd

NAMES = ("clipforge", "fieldnote", "lumenlex", "paragraf")
POLICIES = ("default", "us-gov-facing", "eu-consumer")


@pytest.fixture(scope="module")
def reports(home: Path, examples: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Any]:
    folder = tmp_path_factory.mktemp("reports")
    found = {}
    for name in NAMES:
        for policy in POLICIES:
            path = folder / f"{name}-{policy}.json"
            ran = vcdd("scan", str(examples / name), "--offline", "-q", "--policy", policy, "-o", str(path), home=home)
            assert ran.status in (0, 1), ran.err
            found[name, policy] = json.loads(path.read_text(encoding="utf-8")) | {"exit": ran.status}
    return found


def expected(examples: Path, name: str) -> dict[str, Any]:
    return tomli.loads((examples / f"{name}.expected.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_uses_are_those_expected_and_no_others(name: str, examples: Path, reports: dict[tuple[str, str], Any]) -> None:
    found = {m["id"]: m for m in reports[name, "default"]["models"] if m["evidence"] in ("bound", "deployed")}
    wanted = {use["id"]: use for use in expected(examples, name)["use"]}
    assert set(found) == set(wanted)
    for key, use in wanted.items():
        check_use(found[key], use)


def check_use(model: dict[str, Any], use: dict[str, Any]) -> None:
    lab = model["lab"] or {}
    assert model["evidence"] == use["evidence"]
    assert (lab.get("id") or "") == use["lab"]
    assert lab.get("country") == use.get("country")
    assert {route["kind"] for route in model["routes"]} == {use["route"]}
    if "provider" in use:
        assert {route["provider"] for route in model["routes"]} == {use["provider"]}
    if "licence" in use:
        assert model["licence"]["id"] == use["licence"]
    if "weights" in use:
        assert model["weights"] == use["weights"]
    if "lifecycle" in use:
        assert model["lifecycle"]["status"] == use["lifecycle"]
    if "base" in use:
        assert (use["base"], use["base_relation"]) in {(a["id"], a["relation"]) for a in model["lineage"]}
    assert use["at"] in {f"{r['path']}:{r['line']}" for r in model["references"]}


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("name", NAMES)
def test_outcome_and_exit_status(name: str, policy: str, examples: Path, reports: dict[tuple[str, str], Any]) -> None:
    report = reports[name, policy]
    wanted = expected(examples, name)["outcomes"][policy]
    assert report["policy"]["outcome"] == wanted
    assert report["exit"] == (1 if wanted == "deny" else 0)


@pytest.mark.parametrize("name", NAMES)
def test_findings_present_and_absent(name: str, examples: Path, reports: dict[tuple[str, str], Any]) -> None:
    rules = {finding["rule"] for finding in reports[name, "default"]["findings"]}
    wanted = expected(examples, name)["findings"]
    assert set(wanted["present"]) <= rules
    assert not set(wanted["absent"]) & rules


@pytest.mark.parametrize("name", NAMES)
def test_open_calls_are_named(name: str, examples: Path, reports: dict[tuple[str, str], Any]) -> None:
    wanted = expected(examples, name).get("unresolved", {}).get("subjects", [])
    assert set(wanted) <= {item["subject"] for item in reports[name, "default"]["unresolved"]}


def test_a_claude_name_at_a_deepseek_address_never_makes_anthropic_a_maker(reports: dict[tuple[str, str], Any]) -> None:
    assert "anthropic" not in {(m["lab"] or {}).get("id") for m in reports["paragraf", "default"]["models"]}
