"""The snapshot that ships: its form, a dozen rows known from elsewhere, and how the script reads its sources."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from vcdd.hub import snapshot
from vcdd.hub.build_snapshot import MOST_BYTES, Row, csv_rows, gallery_rows, llmfit_rows, merge, mteb_rows, packed
from vcdd.hub.snapshot import COLUMNS, EmbeddedSnapshot, parse_snapshot

PACKED = Path(snapshot.__file__).parent / "data" / "snapshot.tsv.gz"


@pytest.fixture(scope="module")
def lines():
    return gzip.decompress(PACKED.read_bytes()).decode("utf-8").splitlines()


def test_the_header_names_day_sources_and_licences(lines):
    about = json.loads(lines[0].removeprefix("#"))
    assert date.fromisoformat(about["as_of"]) >= date(2026, 10, 1)
    sources = {source["name"]: source["licence"] for source in about["sources"]}
    assert sources == {"llmfit": "MIT", "mteb": "Apache-2.0", "LocalAI gallery": "MIT"}
    assert about["rows"] == len(lines) - 1 > 15_000


def test_the_table_costs_the_installation_no_more_than_agreed():
    assert PACKED.stat().st_size <= MOST_BYTES


def test_rows_are_sorted_unique_and_have_every_column(lines):
    ids = [line.partition("\t")[0] for line in lines[1:]]
    assert ids == sorted(set(ids))
    assert {line.count("\t") for line in lines[1:]} == {len(COLUMNS) - 1}


def test_cells_hold_what_their_column_promises(lines):
    for line in lines[1:]:
        cells = dict(zip(COLUMNS, line.split("\t"), strict=True))
        assert cells["id"].count("/") == 1
        assert line.isprintable() or "\t" in line
        assert not cells["parameters"] or int(cells["parameters"]) >= 1_000_000
        assert not cells["created"] or date.fromisoformat(cells["created"])
        assert all(base.count(":") == 1 and "/" in base for base in cells["bases"].split("|") if base)


@pytest.mark.parametrize(
    ("model_id", "licence"),
    [
        ("BAAI/bge-m3", "mit"),
        ("Qwen/Qwen2.5-7B-Instruct", "apache-2.0"),
        ("Qwen/Qwen3-8B", "apache-2.0"),
        ("google/gemma-2-9b-it", "gemma"),
        ("Qwen/Qwen2.5-3B-Instruct", "qwen-research"),
        ("intfloat/multilingual-e5-large", "mit"),
        ("meta-llama/Llama-3.1-8B-Instruct", "llama3.1"),
        ("microsoft/phi-4", "mit"),
        ("mistralai/Mistral-7B-Instruct-v0.3", "apache-2.0"),
        ("nomic-ai/nomic-embed-text-v1.5", "apache-2.0"),
        ("openai-community/gpt2", "mit"),
        ("openai/gpt-oss-20b", "apache-2.0"),
    ],
)
def test_a_well_known_model_is_declared_as_its_card_has_it(model_id, licence):
    record = EmbeddedSnapshot().find([model_id])[model_id]
    assert (record.id, record.licence, record.source) == (model_id, licence, "snapshot")


def test_a_converted_repository_names_its_original_and_no_licence_of_its_own():
    record = EmbeddedSnapshot().find(["mradermacher/bloomz-3b-GGUF"])["mradermacher/bloomz-3b-GGUF"]
    assert record.bases == (("bigscience/bloomz-3b", "quantized"),)
    assert record.licence == ""


def test_an_embedding_model_names_what_it_was_adapted_from():
    record = EmbeddedSnapshot().find(["AITeamVN/Vietnamese_Embedding"])["AITeamVN/Vietnamese_Embedding"]
    assert record.bases == (("BAAI/bge-m3", ""),)


@pytest.mark.parametrize("model_id", ["nobody/no-such-model", "", "Qwen/Qwen3-8B\tapache-2.0", "Qwen"])
def test_what_is_not_in_the_table_is_not_found(model_id):
    assert EmbeddedSnapshot().find([model_id]) == {}


PROGRAM = (
    b'\x7fELF text[\n  {\n    "name": "a/one-7B", "license": "MIT", "architecture": "llama", "hf_downloads": 50,'
    b'"parameters_raw": 7000000000, "release_date": "2025-02-03", "pipeline_tag": "text-generation",'
    b'"gguf_sources": [{"repo": "q/one-7B-GGUF"}]},'
    b'{"name": "b/two", "hf_downloads": 5, "parameters_raw": 2, "release_date": null, "license": "other"}]\x00tail'
)


def test_the_model_table_is_read_out_of_a_program_file():
    rows = list(llmfit_rows(PROGRAM))
    assert [row.id for row in rows] == ["a/one-7B", "q/one-7B-GGUF", "b/two"]
    assert rows[0].line() == "a/one-7B\tmit\t\t\t\tllama\t7000000000\t\t2025-02-03\ttext-generation"
    assert (rows[1].bases, rows[1].licence) == (("quantized:a/one-7B",), "")
    assert (rows[2].licence, rows[2].parameters, rows[2].created) == ("", None, "")


def test_a_program_file_without_a_table_is_an_error():
    with pytest.raises(ValueError, match="not in this program file"):
        list(llmfit_rows(b"\x7fELF nothing here"))


def test_only_literal_statements_about_open_models_are_read_from_source():
    source = """
one = ModelMeta(name="a/one", license="apache-2.0", open_weights=True, adapted_from="c/base", n_parameters=5e8)
two = ModelMeta(name="v/closed", license=None, open_weights=False)
three = ModelMeta(name=NAME, license="mit", open_weights=True)
four = Other(name="a/four", license="mit", open_weights=True)
five = ModelMeta(name="a/five", license="https://example.org", open_weights=True, adapted_from=["c/x", "no id"])
"""
    rows = {row.id: row for row in mteb_rows([source])}
    assert set(rows) == {"a/one", "a/five"}
    assert (rows["a/one"].bases, rows["a/one"].parameters) == ((":c/base",), 500_000_000)
    assert (rows["a/five"].licence, rows["a/five"].bases) == ("", (":c/x",))


def test_a_large_model_without_a_base_lends_no_permissive_licence():
    source = """
one = ModelMeta(name="a/large", license="apache-2.0", open_weights=True, n_parameters=5_000_000_000)
two = ModelMeta(name="a/based", license="apache-2.0", open_weights=True, n_parameters=5e9, adapted_from="c/x")
three = ModelMeta(name="a/small", license="apache-2.0", open_weights=True, n_parameters=300_000_000)
four = ModelMeta(name="a/bound", license="cc-by-nc-4.0", open_weights=True, n_parameters=5e9)
"""
    licences = {row.id: row.licence for row in mteb_rows([source])}
    assert licences == {"a/large": "", "a/based": "apache-2.0", "a/small": "apache-2.0", "a/bound": "cc-by-nc-4.0"}


def test_a_count_that_contradicts_the_name_is_left_out():
    head = "name,parameters_raw,architecture,hf_downloads\n"
    rows = list(
        csv_rows(head + "a/m-7B,7200000000,llama,3\nb/m-7B,900000000,unknown,\nc/m,900000000,x,\nd/m-70b,,x,\n")
    )
    assert [row.parameters for row in rows] == [7_200_000_000, None, 900_000_000, None]


def test_the_first_source_that_states_a_cell_wins_and_odd_ids_are_left_out():
    rows = merge(
        [
            Row(id="b/x", licence="mit", downloads=1),
            Row(id="b/x", licence="apache-2.0", bases=(":c/y",), downloads=9),
            Row(id="no-organisation"),
            Row(id="a/with\ttab"),
            Row(id="a/x"),
        ]
    )
    assert [row.id for row in rows] == ["a/x", "b/x"]
    assert (rows[1].licence, rows[1].bases, rows[1].downloads) == ("mit", (":c/y",), 9)


def test_the_least_downloaded_rows_go_first_and_the_bytes_are_stable():
    rows = tuple(Row(id=f"org/model-{n:04}", licence=f"licence-{n * 7919}", downloads=n) for n in range(1, 2_000))
    about = {"as_of": "2026-10-05", "sources": []}
    small = packed(rows, about, most=8_000)
    assert len(small) <= 8_000
    assert packed(rows, about, most=8_000) == small
    kept = parse_snapshot(gzip.decompress(small))
    assert kept.find(["org/model-1999"])
    assert not kept.find(["org/model-0001"])


GALLERY = """---
- &base
  name: "first"
  urls:
    - https://huggingface.co/acme/Fox-7B
    - https://huggingface.co/copier/Fox-7B-GGUF
    - https://huggingface.co/copier/Other-GGUF
  license: "apache-2.0"
- !!merge <<: *base
  name: "inherits"
  urls:
    - https://huggingface.co/acme/Hare-7B
- license: llama3.1
  urls:
    - https://huggingface.co/acme/Wolf-8B
- name: "second word"
  license: mit
  urls:
    - https://huggingface.co/acme/Wolf-8B
- name: "a copy alone"
  license: mit
  urls:
    - https://huggingface.co/copier/Bear-GGUF
- name: "a sentence"
  description: |
    - https://huggingface.co/acme/Not-Listed
  license: "see the card"
  urls:
    - https://huggingface.co/acme/Lynx-1B
"""


def test_a_gallery_gives_an_originals_own_licence_and_its_copies():
    rows = {row.id: row for row in gallery_rows(GALLERY)}
    assert rows["acme/Fox-7B"].licence == "apache-2.0"
    assert rows["copier/Fox-7B-GGUF"].bases == ("quantized:acme/Fox-7B",)
    assert rows["copier/Fox-7B-GGUF"].licence == ""


@pytest.mark.parametrize(
    "model_id", ["acme/Hare-7B", "copier/Other-GGUF", "copier/Bear-GGUF", "acme/Not-Listed", "acme/Lynx-1B"]
)
def test_a_gallery_says_nothing_of_inherited_terms_and_of_copies_alone(model_id):
    assert model_id not in {row.id for row in gallery_rows(GALLERY)}


def test_a_model_with_two_licences_in_a_gallery_has_none():
    assert {row.id: row.licence for row in gallery_rows(GALLERY)}["acme/Wolf-8B"] == ""


def test_an_id_is_found_however_it_is_cased():
    (record,) = EmbeddedSnapshot().find(["baai/BGE-m3"]).values()
    assert record.id == "BAAI/bge-m3"
