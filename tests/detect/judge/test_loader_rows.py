"""Every row of the loaders table finds its sample and leaves its near miss, through the real reader and judge.

The vocabulary knows nothing, so that only the row can have found the id.
"""

from pathlib import Path

import pytest

from tests.detect.judge.fakes import LEXICON, references
from vcdd.core.reference import ReferenceKind
from vcdd.detect.judge.lexicon import loader_records

PATHS = {
    "python": "app/main.py",
    "javascript": "app/main.ts",
    "shell": "app/start.sh",
    "go": "app/main.go",
    "java": "app/Main.java",
    "kotlin": "app/Main.kt",
    "csharp": "app/Main.cs",
    "rust": "app/main.rs",
    "ruby": "app/main.rb",
    "php": "app/main.php",
    "swift": "app/main.swift",
    "sql": "app/main.sql",
}
LIBRARIES = tuple(
    """transformers diffusers sentence-transformers peft trl unsloth axolotl vllm sglang tgi llama-cpp ctransformers mlx
    onnxruntime whisper tts timm clip ultralytics spacy fastembed transformers-js web-llm ollama""".split()  # noqa: SIM905
)
RECORDS = list(loader_records())
PROVIDERS = Path(__file__).parents[3] / "vcdd" / "registry" / "data" / "providers"


def _rows_found(record: dict[str, object], line: object) -> set[str]:
    path = PATHS[str(record.get("language", "python"))]
    found = references({path: f"{line}\n"})
    return {reference.reason.row for reference in found if reference.kind is not ReferenceKind.OPEN}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_a_row_finds_its_sample(record):
    """Fails for a row without a sample as for one whose sample another row takes."""
    assert record["id"] in _rows_found(record, record["sample"])


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_a_row_leaves_its_near_miss(record):
    assert record["near_miss"]
    assert record["id"] not in _rows_found(record, record["near_miss"])


def test_row_ids_are_unique():
    ids = [row.id for row in LEXICON.rows]
    assert len(set(ids)) == len(ids)


def test_providers_of_rows_are_on_record():
    known = {path.stem for path in PROVIDERS.glob("*.toml")}
    assert {row.provider for row in LEXICON.rows if row.provider} - known == set()


def test_providers_of_packages_are_on_record():
    known = {path.stem for path in PROVIDERS.glob("*.toml")}
    assert set(LEXICON.packages.values()) - known == set()


def test_no_two_rows_take_the_same_argument_of_the_same_callee():
    """The second one would never be reached."""
    taken: dict[tuple[object, ...], str] = {}
    for row in LEXICON.rows:
        for callee in row.callees:
            for argument in (*row.arguments, *row.positions):
                key = (callee, argument, row.is_command)
                assert taken.setdefault(key, row.id) == row.id, key


def test_every_row_says_by_what_it_takes_an_id():
    assert [row.id for row in LEXICON.rows if not (row.arguments or row.positions)] == []


@pytest.mark.parametrize(
    "library",
    LIBRARIES,
)
def test_the_libraries_that_run_weights_have_rows(library):
    assert [row.id for row in LEXICON.rows if row.library == library] != []
