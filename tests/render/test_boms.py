"""CycloneDX and SPDX: valid against the official schemas, complete, honest about scope, and deterministic."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.render.factory import APACHE, LLAMA, QWEN, REPORTS, RICH
from tests.render.hostile import BUNDLES, poisoned
from tests.render.schemas import faults, spdx_faults
from vcdd.core.model import Weights
from vcdd.errors import UsageError
from vcdd.render.inventory import content_id, hub_url, items, package_url, spdx_id, web_url
from vcdd.render.options import RenderOptions
from vcdd.render.renderer import render


def cyclonedx(report, version="1.6"):
    return json.loads(render(report, "cyclonedx", RenderOptions(cyclonedx_version=version)))


def spdx(report):
    return json.loads(render(report, "spdx"))


@pytest.mark.parametrize("name", REPORTS)
def test_golden(name, check_golden):
    """The bytes of both formats."""
    check_golden(f"{name}.cdx.json", render(REPORTS[name], "cyclonedx"))
    check_golden(f"{name}.spdx.json", render(REPORTS[name], "spdx"))


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("version", ["1.6", "1.7"])
def test_cyclonedx_fits_the_official_schema(name, version):
    """Both versions."""
    document = cyclonedx(REPORTS[name], version)
    assert document["specVersion"] == version
    assert faults(f"bom-{version}.schema.json", document) == []


@pytest.mark.parametrize("name", REPORTS)
def test_spdx_fits_the_official_schema(name):
    """SPDX 3.0.1: each element against its class."""
    assert spdx_faults(spdx(REPORTS[name])) == []


def test_the_smallest_spdx_document_fits_the_whole_official_schema():
    """The schema as published, which takes seconds for a document of five elements."""
    assert faults("spdx-3.0.1.schema.json", spdx(REPORTS["empty"])) == []


def test_the_schemas_can_refuse():
    """The validators really look."""
    wrong = cyclonedx(RICH)
    wrong["components"][0]["licenses"] = [{"license": {"id": "Not-A-Licence"}}]
    assert faults("bom-1.6.schema.json", wrong)
    graph = spdx(RICH)
    next(e for e in graph["@graph"] if e["type"] == "ai_AIPackage")["software_primaryPurpose"] = "brain"
    assert spdx_faults(graph)


@pytest.mark.parametrize("text", BUNDLES)
def test_hostile_text_keeps_both_valid(text):
    """Whatever stands in ids, names, paths and licences."""
    report = poisoned(text)
    assert faults("bom-1.6.schema.json", cyclonedx(report)) == []
    assert spdx_faults(spdx(report)) == []


def test_scopes_follow_the_evidence():
    """Used is required, configurable optional, tested excluded, and a mention is not a component."""
    scopes = {component["name"]: component["scope"] for component in cyclonedx(RICH)["components"]}
    assert scopes["gpt-5"] == scopes["Qwen/Qwen3-32B"] == "required"
    assert scopes["Lightricks/LTX-2"] == scopes["gpt-4.1"] == "optional"
    assert scopes["somebody/tiny-test"] == "excluded"
    assert not {"catalog-model-1", "moonshotai/Kimi-K2-Instruct"} & set(scopes)
    said = {p["name"]: p["value"] for p in cyclonedx(RICH)["metadata"]["properties"]}
    assert said["vcdd:models-only-named"] == "31"


def test_a_component_says_who_made_it_and_who_serves_it():
    """The host is never the maker."""
    parts = {component["name"]: component for component in cyclonedx(RICH)["components"]}
    kling = parts["kling-v2.1"]
    assert kling["manufacturer"] == {"name": "Kuaishou (Kling)", "address": {"country": "CN"}}
    assert kling["supplier"] == {"name": "fal.ai"}
    assert "manufacturer" not in parts["local:weights/ours"]
    assert parts["Qwen/Qwen3-32B"]["purl"] == "pkg:huggingface/Qwen/Qwen3-32B"
    assert parts["Qwen/Qwen3-32B"]["licenses"][0]["license"]["id"] == "Apache-2.0"
    assert parts["Lightricks/LTX-2"]["licenses"] == [{"license": {"name": "LTX-2 Community License"}}]
    assert parts["Qwen/Qwen3-32B"]["evidence"]["occurrences"][0]["location"] == "deploy/vllm.yaml"


def test_lineage_is_pedigree_and_an_inference_is_a_variant():
    """What is only consistent with a base is not called its descendant."""
    parts = {component["name"]: component for component in cyclonedx(RICH)["components"]}
    distill = parts["deepseek-ai/DeepSeek-R1-Distill-Llama-8B"]["pedigree"]
    assert distill["ancestors"][0]["manufacturer"]["address"]["country"] == "US"
    ours = parts["local:weights/ours"]["pedigree"]
    assert "ancestors" not in ours
    assert ours["variants"][0]["name"] == "Qwen/Qwen2.5-7B"
    relations = [e for e in spdx(RICH)["@graph"] if e["type"] == "Relationship"]
    assert sum(e["relationshipType"] == "descendantOf" for e in relations) == 1


def test_spdx_ends_of_relations_exist():
    """No relation leads nowhere, and every element is told of the document."""
    graph = spdx(RICH)["@graph"]
    ids = {element["spdxId"] for element in graph if "spdxId" in element}
    for element in graph:
        if element["type"] == "Relationship":
            assert {element["from"], *element["to"]} <= ids
    document = next(element for element in graph if element["type"] == "SpdxDocument")
    assert set(document["element"]) == ids - {document["spdxId"]}


def test_ids_come_from_content():
    """Same content, same id; other content, other id."""
    assert content_id("a", "b") == content_id("a", "b")
    assert content_id("a", "b") != content_id("ab")
    serials = {cyclonedx(RICH)["serialNumber"], cyclonedx(replace(RICH, uses=RICH.uses[1:]))["serialNumber"]}
    assert len(serials) == 2


def test_addresses_are_http_or_nothing():
    """No other scheme, no odd character, no Hub address for what is not there."""
    assert web_url("https://example.org/a?b=c#d") == "https://example.org/a?b=c#d"
    for text in (
        "javascript:alert(1)",
        "https://example.org/<b>",
        "https://ex ample.org",
        "ftp://a",
        "//a",
        "https://a\n",
    ):
        assert web_url(text) == ""
    assert hub_url(QWEN) == "https://huggingface.co/Qwen/Qwen3-32B"
    for other in ("Qwen", "a/b/c", "../etc/passwd", "a/b?x", "a/é"):
        assert hub_url(replace(QWEN, id=other)) == package_url(replace(QWEN, id=other)) == ""
    assert hub_url(replace(QWEN, weights=Weights.UNKNOWN)) == ""


def test_only_listed_licences_have_an_spdx_id():
    """Everything else goes by its name."""
    assert spdx_id(APACHE) == "Apache-2.0"
    assert spdx_id(LLAMA) == ""
    assert spdx_id(replace(APACHE, spdx="apache-2.0")) == ""


def test_items_are_models_not_routes():
    """One model by two routes is one component with its strongest class."""
    other = replace(RICH.uses[-1], model=QWEN)
    item = next(item for item in items(replace(RICH, uses=(*RICH.uses, other))) if item.model.id == QWEN.id)
    assert len(item.uses) == 2
    assert item.scope == "required"


def test_an_unknown_version_is_refused():
    """With the versions there are."""
    with pytest.raises(UsageError, match=r"2\.0") as caught:
        cyclonedx(RICH, "2.0")
    assert "1.7" in caught.value.help
