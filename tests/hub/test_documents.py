"""Recorded documents are read right, odd ones are called odd, and no shape of JSON raises."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hub_server.faults import HOSTILE_TEXT, hostile, odd_types
from tests.hub_server.server import recorded_documents
from vcdd.core.hub import HubRecord, HubStatus
from vcdd.hub.documents import decode, to_record

RECORDED = recorded_documents()


def read(model_id: str) -> HubRecord:
    return to_record(RECORDED[model_id], asked=model_id)


@pytest.mark.parametrize("model_id", sorted(RECORDED))
def test_every_recorded_document_is_a_model_document(model_id: str) -> None:
    record = read(model_id)
    assert record.status is HubStatus.OK
    assert record.id == model_id
    assert record.author == model_id.partition("/")[0]
    assert record.created is not None or model_id == "google-bert/bert-base-uncased"


@pytest.mark.parametrize(
    ("model_id", "bases"),
    [
        ("dphn/dolphin-2.9.1-yi-1.5-34b", (("01-ai/Yi-1.5-34B", "finetune"),)),
        ("ggml-org/gemma-3-1b-it-GGUF", (("google/gemma-3-1b-it", "quantized"),)),
        ("google/t5gemma-b-b-prefixlm", ()),
        ("Alibaba-NLP/Tongyi-DeepResearch-30B-A3B", ()),
        ("mistralai/Magistral-Small-2509", (("mistralai/Mistral-Small-3.2-24B-Instruct-2506", "finetune"),)),
    ],
)
def test_lineage_is_read_from_card_and_tags_and_never_points_at_itself(
    model_id: str, bases: tuple[tuple[str, str], ...]
) -> None:
    assert read(model_id).bases == bases


def test_expanded_base_models_come_first_with_their_relation() -> None:
    document = {
        "id": "a/b",
        "baseModels": {"relation": "adapter", "models": [{"_id": "1", "id": "Qwen/Qwen3-8B"}]},
        "cardData": {"base_model": ["Qwen/Qwen3-8B", "https://huggingface.co/meta-llama/Llama-3.1-8B/tree/main"]},
        "tags": ["base_model:merge:x/y", "base_model:Qwen/Qwen3-8B"],
    }
    assert to_record(document, asked="a/b").bases == (
        ("Qwen/Qwen3-8B", "adapter"),
        ("meta-llama/Llama-3.1-8B", ""),
        ("x/y", "merge"),
    )


def test_a_plain_list_of_base_models_is_read_too() -> None:
    assert to_record({"id": "a/b", "baseModels": ["c/d"]}, asked="a/b").bases == (("c/d", ""),)


def test_a_model_with_its_own_licence_keeps_its_name() -> None:
    record = read("Qwen/Qwen2.5-3B-Instruct")
    assert (record.licence, record.licence_name) == ("other", "qwen-research")


def test_several_licence_tags_are_all_kept() -> None:
    assert to_record({"id": "a/b", "cardData": {"license": ["MIT", "cc-by-nc-4.0"]}}, asked="a/b").licence == (
        "mit, cc-by-nc-4.0"
    )


def test_the_licence_tag_stands_in_where_the_card_has_none() -> None:
    assert to_record({"id": "a/b", "tags": ["license:gemma"]}, asked="a/b").licence == "gemma"


def test_gguf_documents_give_architecture_and_parameters() -> None:
    record = read("ggml-org/gemma-3-1b-it-GGUF")
    assert record.parameters == 999885952
    assert record.shape is not None
    assert (record.shape.kind, record.shape.architecture) == ("gguf", "gemma3")


def test_gating_is_read_as_the_hub_spells_it() -> None:
    assert read("google/t5gemma-b-b-prefixlm").gated == "manual"
    assert read("Qwen/Qwen3-0.6B").gated == ""
    assert to_record({"id": "a/b", "gated": True}, asked="a/b").gated == "manual"


def test_a_disabled_repository_says_so() -> None:
    assert to_record({"id": "a/b", "disabled": True}, asked="a/b").status is HubStatus.DISABLED


def test_wrong_types_are_read_as_absent() -> None:
    record = to_record(odd_types("a/b"), asked="a/b")
    assert record == HubRecord(asked="a/b", status=HubStatus.OK, id="a/b", author="a")


def test_hostile_text_is_inert() -> None:
    record = to_record(hostile("a/b"), asked="a/b")
    shown = json.dumps([record.author, record.licence, record.bases, record.files, record.library, record.sha])
    assert "\\u" not in shown
    assert HOSTILE_TEXT not in record.author
    assert record.licence_link == ""


@pytest.mark.parametrize("document", [None, [], 5, "x", {}, {"id": 5}, {"id": "../x"}, {"id": "a/b/c"}, {"id": "a b"}])
def test_what_is_not_a_model_document_is_odd(document: object) -> None:
    assert to_record(document, asked="a/b", fetched=date(2026, 1, 1)).status is HubStatus.ODD


@pytest.mark.parametrize("body", [b"", b"{", b"<html>", b"\xff\xfe", b"[" * 100_000, b"1" * 5000])
def test_what_is_not_json_decodes_to_nothing(body: bytes) -> None:
    assert decode(body) is None


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_KEYS = (
    "id",
    "author",
    "cardData",
    "tags",
    "baseModels",
    "config",
    "safetensors",
    "gguf",
    "siblings",
    "gated",
    "createdAt",
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(_KEYS), _JSON))
def test_no_document_raises(document: dict[str, object]) -> None:
    assert to_record({"id": "a/b"} | document, asked="a/b").status in {HubStatus.OK, HubStatus.ODD}
