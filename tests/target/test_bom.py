"""Models in other tools' bills of materials are found, other components are not, and no document harms."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vcdd.target.bom import ImportedModel, read_bom

ML = "machine-learning-model"


@pytest.mark.parametrize(
    ("document", "ids"),
    [
        ({"components": [{"type": ML, "name": "Qwen3-8B", "group": "Qwen"}]}, ["Qwen/Qwen3-8B"]),
        ({"components": [{"type": ML, "name": "Qwen/Qwen3-8B", "group": "Qwen"}]}, ["Qwen/Qwen3-8B"]),
        ({"components": [{"type": ML, "name": "gpt-4o"}]}, ["gpt-4o"]),
        ({"components": [{"type": ML, "name": "m", "purl": "pkg:huggingface/a%2Eb/c@1?x=y"}]}, ["a.b/c"]),
        ({"components": [{"type": "library", "purl": "pkg:huggingface/google-bert/bert@9"}]}, ["google-bert/bert"]),
        ({"components": [{"type": "library", "name": "openai", "purl": "pkg:pypi/openai@1"}]}, []),
        ({"components": [{"type": "application", "components": [{"type": ML, "name": "in"}]}]}, ["in"]),
        ({"metadata": {"component": {"type": ML, "name": "subject"}}}, ["subject"]),
        ({"components": [{"type": ML}]}, []),
        ({"packages": [{"name": "x", "downloadLocation": "https://huggingface.co/a/b/tree/main"}]}, ["a/b"]),
        ({"packages": [{"name": "x", "downloadLocation": "https://huggingface.co/datasets/b"}]}, []),
        ({"packages": [{"name": "x", "externalRefs": [{"referenceLocator": "pkg:huggingface/a/b@v"}]}]}, ["a/b"]),
        ({"packages": [{"name": "x", "downloadLocation": "NOASSERTION"}]}, []),
        ({"@graph": [{"type": "ai_AIPackage", "name": "n", "software_packageUrl": "pkg:huggingface/a/b"}]}, ["a/b"]),
        ({"@graph": [{"@type": "https://spdx.org/rdf/3.0.1/terms/AI/AIPackage", "name": "n"}]}, ["n"]),
        ({"@graph": [{"type": "software_Package", "name": "n"}, {"type": "dataset_DatasetPackage", "name": "d"}]}, []),
    ],
)
def test_models_are_told_from_other_components(document: dict[str, object], ids: list[str]) -> None:
    assert [model.id for model in read_bom(json.dumps(document))] == ids


def test_place_version_and_licence_are_kept_as_stated() -> None:
    rows = [
        {"type": "library", "name": "x"},
        {"type": ML, "name": "m", "version": "2", "licenses": [{"license": {"id": "MIT"}}]},
    ]
    assert read_bom(json.dumps({"bomFormat": "CycloneDX", "components": [{"components": rows}]})) == (
        ImportedModel(id="m", name="m", place="components[0].components[1]", version="2", licence="MIT"),
    )
    package = {"downloadLocation": "https://huggingface.co/a/b", "licenseConcluded": "NOASSERTION", "versionInfo": "7"}
    assert read_bom(json.dumps({"packages": [package]})) == (
        ImportedModel(id="a/b", name="a/b", place="packages[0]", version="7"),
    )


def test_control_characters_and_length_are_bounded() -> None:
    (model,) = read_bom(json.dumps({"components": [{"type": ML, "name": "a\x1b[31m\n" + "b" * 5000}]}))
    assert model.id.startswith("a\ufffd[31m\ufffdb")
    assert len(model.id) == 300


CYCLONEDX = 'xmlns="http://cyclonedx.org/schema/bom/1.6"'


def test_the_same_document_in_xml_gives_the_same() -> None:
    licences = [{"license": {"id": "Apache-2.0"}}]
    row = {"type": ML, "group": "Qwen", "name": "Qwen3-8B", "version": "1", "licenses": licences}
    other = {
        "type": "library",
        "name": "x",
        "components": [{"type": ML, "name": "in", "licenses": [{"expression": "MIT"}]}],
    }
    document = {"metadata": {"component": {"type": ML, "name": "subject"}}, "components": [row, other]}
    text = f"""<?xml version="1.0" encoding="UTF-16"?>
<c:bom xmlns:c="http://cyclonedx.org/schema/bom/1.6">
 <c:metadata><c:tools><c:components><c:component type="{ML}"><c:name>tool</c:name></c:component></c:components></c:tools>
  <c:component type="{ML}"><c:supplier><c:name>other</c:name></c:supplier><c:name>subject</c:name></c:component></c:metadata>
 <c:components>
  <c:component type="{ML}"><c:group>Qwen</c:group><c:name> Qwen3-8B </c:name><c:version>1</c:version>
   <c:licenses><c:license><c:id>Apache-2.0</c:id></c:license></c:licenses>
   <c:pedigree><c:ancestors><c:component type="{ML}"><c:name>base</c:name></c:component></c:ancestors></c:pedigree></c:component>
  <c:component type="library"><c:name>x</c:name><c:components><c:component type="{ML}"><c:name>in</c:name>
   <c:licenses><c:expression>MIT</c:expression></c:licenses></c:component></c:components></c:component>
 </c:components>
</c:bom>"""
    assert read_bom(text) == read_bom(json.dumps(document)) != ()


@pytest.mark.parametrize(
    "text",
    [
        f"<bom {CYCLONEDX}><components>",
        f'<!DOCTYPE bom [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><bom {CYCLONEDX}>&b;</bom>',
        f"<bom {CYCLONEDX}>" + "<components><component>" * 300 + "</component></components>" * 300 + "</bom>",
        "<x/>",
        "<",
        "<" * 100_000,
    ],
)
def test_xml_that_is_broken_or_has_a_document_type_gives_nothing(text: str) -> None:
    assert read_bom(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "[" * 100_000,
        '{"components": 3}',
        '{"components": [[], 3, null, {"components": {}}]}',
        '{"a": NaN',
    ],
)
def test_no_document_raises(text: str) -> None:
    assert read_bom(text) == ()


def test_components_nested_without_end_are_cut() -> None:
    nested = {"type": ML, "name": "m"}
    for _ in range(200):
        nested = {"type": ML, "name": "m", "components": [nested]}
    assert len(read_bom(json.dumps({"components": [nested]}))) == 51


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from([ML, "pkg:huggingface/a/b", "ai_AIPackage"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["components", "type", "name", "purl", "licenses", "@graph", "packages"]), inner
        )
    ),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(document=JSON)
def test_documents_of_any_shape_are_survived(document: object) -> None:
    assert isinstance(read_bom(json.dumps(document)), tuple)
