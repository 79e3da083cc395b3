"""JSON v1 keeps everything, validates against its published schema, and comes back as the same report."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

import vcdd.render
from tests.render.factory import EMPTY, QWEN, REPORTS, RICH
from vcdd.core import cost, finding, model, reference, route, source_file
from vcdd.core import report as core_report
from vcdd.core.evidence import Evidence
from vcdd.core.fact import Fact
from vcdd.core.model import ModelUse
from vcdd.errors import TargetError
from vcdd.render import json_schema
from vcdd.render.json_read import from_json, looks_like_report
from vcdd.render.json_v1 import models_json, schema_json, to_json
from vcdd.render.json_values import json_value

SCHEMA = Path(vcdd.render.__file__).parent / "schema" / "vcdd-report-v1.schema.json"


def test_the_published_schema_is_current(request):
    """Whoever changes the format sees the difference in a file."""
    if request.config.getoption("--update-golden", default=False):
        SCHEMA.write_text(schema_json(), encoding="utf-8")
    assert SCHEMA.read_text(encoding="utf-8") == schema_json()


@pytest.mark.parametrize("name", REPORTS)
def test_output_fits_the_published_schema(name):
    """The schema that others read describes what we write."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(to_json(REPORTS[name])), schema, cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize(
    ("value", "part", "moved"),
    [
        (core_report.Report, json_schema.ReportDocument, {"tool_version", "uses", "references", "outcome"}),
        (core_report.TargetInfo, json_schema.TargetPart, set()),
        (core_report.RegistryInfo, json_schema.RegistryPart, set()),
        (core_report.Unresolved, json_schema.UnresolvedPart, set()),
        (source_file.Coverage, json_schema.CoveragePart, set()),
        (source_file.Skipped, json_schema.SkippedPart, set()),
        (source_file.Fallback, json_schema.FallbackPart, set()),
        (model.Model, json_schema.ModelPart, set()),
        (model.Lab, json_schema.LabPart, set()),
        (model.Licence, json_schema.LicencePart, set()),
        (model.Condition, json_schema.ConditionPart, set()),
        (model.Lifecycle, json_schema.LifecyclePart, set()),
        (model.Ancestor, json_schema.AncestorPart, set()),
        (route.Route, json_schema.RoutePart, set()),
        (route.Provider, json_schema.ProviderPart, set()),
        (reference.Reference, json_schema.ReferencePart, {"location"}),
        (reference.Hints, json_schema.HintsPart, set()),
        (reference.Reason, json_schema.ReasonPart, set()),
        (reference.Observation, json_schema.ObservationPart, set()),
        (finding.Finding, json_schema.FindingPart, set()),
        (finding.Question, json_schema.QuestionPart, set()),
        (finding.Decision, json_schema.DecisionPart, set()),
        (finding.Outcome, json_schema.PolicyPart, {"policy", "action"}),
        (finding.Claim, json_schema.ClaimPart, set()),
        (finding.Attestation, json_schema.AttestationPart, set()),
        (cost.CostSummary, json_schema.CostSummaryPart, {"costs"}),
        (cost.Cost, json_schema.CostPart, set()),
        (cost.Price, json_schema.PricePart, set()),
        (cost.Estimate, json_schema.EstimatePart, set()),
        (cost.Alternative, json_schema.AlternativePart, set()),
        (cost.SelfHosting, json_schema.SelfHostingPart, set()),
    ],
)
def test_no_field_of_a_value_is_forgotten(value, part, moved):
    """Whoever adds a field to `core` is told to add it to the format."""
    names = {field.name for field in fields(value)}
    assert names - moved <= set(part.model_fields), f"{part.__name__} lacks a field of {value.__name__}"


@pytest.mark.parametrize("name", REPORTS)
def test_golden(name, check_golden):
    """The bytes of version 1."""
    check_golden(f"{name}.json", to_json(REPORTS[name]))


@pytest.mark.parametrize("name", REPORTS)
def test_round_trip_gives_the_same_text(name):
    """A saved report is as good as its scan."""
    text = to_json(REPORTS[name])
    assert to_json(from_json(text)) == text


def test_round_trip_gives_the_same_values():
    """Only the Python type of a fact's value is lost: JSON knows no dates."""
    back = from_json(to_json(RICH))
    plain = {"released": Fact(value="2025-08-07", source="registry", checked=date(2026, 11, 20))}
    uses = tuple(_with_facts(use, plain) for use in RICH.uses)
    assert back == replace(RICH, uses=uses)
    assert from_json(to_json(EMPTY)) == EMPTY


def _with_facts(use: ModelUse, plain):
    facts = {name: plain.get(name, fact) for name, fact in use.model.facts.items()}
    return replace(use, model=replace(use.model, facts=facts))


def test_models_are_grouped_by_id_with_their_routes():
    """One model by two routes is one entry, and every reference says by which route."""
    other = ModelUse(model=QWEN, route=RICH.uses[0].route, references=RICH.uses[0].references)
    document = json.loads(to_json(replace(RICH, uses=(*RICH.uses, other))))
    entries = [entry for entry in document["models"] if entry["id"] == "Qwen/Qwen3-32B"]
    assert len(entries) == 1
    assert [route["kind"] for route in entries[0]["routes"]] == ["self-hosted", "vendor-api"]
    assert [reference["route"] for reference in entries[0]["references"]] == [0, 1]
    assert from_json(to_json(replace(RICH, uses=(*RICH.uses, other)))).uses[-1].route == other.route


def test_design_names_of_the_fields():
    """The names that the design page promises."""
    document = json.loads(to_json(RICH))
    qwen = next(entry for entry in document["models"] if entry["id"] == "Qwen/Qwen3-32B")
    assert (qwen["lab"]["id"], qwen["lab"]["country"]) == ("alibaba", "CN")
    assert (qwen["licence"]["id"], qwen["licence"]["class"]) == ("apache-2.0", "open-source")
    assert qwen["developers"][0]["role"] == "originator"
    assert qwen["routes"][0]["kind"] == "self-hosted"
    assert (
        qwen["references"][0].items()
        >= {
            "written": "Qwen/Qwen3-32B",
            "path": "deploy/vllm.yaml",
            "line": 19,
            "column": 9,
            "evidence": "deployed",
            "slot": "self-hosted chat",
            "way": "keyword",
            "detector": "yaml",
            "confidence": "high",
        }.items()
    )
    ours = next(entry for entry in document["models"] if entry["id"] == "local:weights/ours")
    assert ours["lab"] is None
    assert (
        ours["lineage"][0].items()
        >= {
            "id": "Qwen/Qwen2.5-7B",
            "relation": "consistent-with",
            "how": "inferred",
            "lab": "alibaba",
            "country": "CN",
        }.items()
    )
    assert document["policy"]["outcome"] == "deny"
    assert document["other_references"][0]["evidence"] == "unresolved"
    assert {r["evidence"] for m in document["models"] for r in m["references"]} == set(Evidence) - {"unresolved"}


def test_models_json_keeps_order_and_what_was_asked():
    """`vcdd model` answers in the order of its input, known or not, with no reference needed."""
    uses = [ModelUse(model=use.model, route=use.route, references=()) for use in RICH.uses[:2]]
    entries = json.loads(models_json(uses, ["claude-latest", "ds"]))
    assert [entry["asked"] for entry in entries] == ["claude-latest", "ds"]
    assert [entry["id"] for entry in entries] == ["claude-sonnet-4-5", "deepseek-chat"]
    assert entries[0]["evidence"] is None
    assert entries[0]["routes"][0]["provider"] == "openai"
    assert json.loads(models_json([], [])) == []
    with pytest.raises(ValueError, match="zip"):
        models_json(uses, ["only one"])


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "the file"),
        ("[" * 5000, "the file"),
        ('{"schema_version": 2}', "schema_version"),
        ('{"bomFormat": "CycloneDX"}', "schema_version"),
        (to_json(EMPTY).replace('"offline": true', '"offline": true, "extra": 1'), "extra"),
        (to_json(RICH).replace('"evidence": "bound"', '"evidence": "certain"', 1), "evidence"),
    ],
)
def test_what_is_not_a_report_is_refused_with_its_place(text, where):
    """A sentence and a next step, never a traceback or half a report."""
    with pytest.raises(TargetError, match=where) as caught:
        from_json(text)
    assert "vcdd scan" in caught.value.help
    assert len(caught.value.message) < 300


def test_a_report_is_recognised_by_its_head():
    """Other JSON is not."""
    assert looks_like_report(to_json(RICH))
    assert not looks_like_report('{"bomFormat": "CycloneDX", "specVersion": "1.6"}')


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (3, 3),
        (Decimal("1E+3"), "1000"),
        (date(2026, 1, 2), "2026-01-02"),
        (Evidence.BOUND, "bound"),
        ((1, (date(2026, 1, 2),)), [1, ["2026-01-02"]]),
        ({"b", "a"}, ["a", "b"]),
        ({1: Decimal("0.10")}, {"1": "0.10"}),
        (QWEN.lab, "alibaba"),
    ],
)
def test_values_of_facts(value, expected):
    """Whatever a fact holds becomes one JSON value, always the same."""
    assert json_value(value) == expected
    assert type(json_value(value)) is type(expected)
