"""No data text of the three rooms holds a banned word; every text is in order."""

from __future__ import annotations

import string
from importlib.resources import files

import pytest
import tomli

from tests.rules.wording import banned_in, texts_of
from vcdd.core.finding import Dimension, Severity
from vcdd.questions.bank import load_bank
from vcdd.rules.records import load_documents, load_records

DATA = [
    item
    for room in ("vcdd.rules", "vcdd.policy", "vcdd.questions")
    for item in sorted((files(room) / "data").iterdir(), key=lambda item: item.name)
]


@pytest.mark.parametrize("item", DATA, ids=lambda item: item.name)
def test_no_data_text_holds_a_banned_word(item):
    text = item.read_text(encoding="utf-8")
    values = list(texts_of(tomli.loads(text))) if item.name.endswith(".toml") else [text]
    assert [word for value in values for word in banned_in(value)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("US Entity List violation", ["violation"]),
        ("this is Safe to use", ["Safe"]),
        ("use the safetensors file", []),
        ("a fail-safe switch", []),
        ("Chinese model detected in app.py", ["chinese model detected"]),
    ],
)
def test_the_banned_word_search_finds_words_and_not_parts_of_words(text, found):
    assert banned_in(text) == found


@pytest.mark.parametrize("record", load_records().values(), ids=lambda record: record.id)
def test_every_rule_is_documented_in_full(record):
    for field in ("title", "fact", "consequence", "remedy", "what", "why", "example", "remediation"):
        assert getattr(record, field).strip(), field
    assert record.references
    assert record.name == record.name.lower()
    assert " " not in record.name
    assert record.title[0].isupper() or record.title.startswith("{")
    assert not record.title.endswith(".")


@pytest.mark.parametrize("record", load_records().values(), ids=lambda record: record.id)
def test_every_question_a_rule_names_is_in_the_bank(record):
    assert set(record.questions) <= set(load_bank())


def test_rule_ids_and_names_are_unique():
    raw = [table for document in load_documents().values() for table in document.get("rule", ())]
    assert len({table["id"] for table in raw}) == len({table["name"] for table in raw}) == len(raw)


def test_the_letter_of_a_rule_is_that_of_its_dimension():
    letters = {
        Dimension.LICENCE: "L1",
        Dimension.ORIGIN: "O2",
        Dimension.DATA_PATH: "P3",
        Dimension.LISTS: "R4",
        Dimension.ARTEFACT: "A5",
        Dimension.LIFECYCLE: "T6",
        Dimension.CONCENTRATION: "C7",
        Dimension.COST: "M8",
        Dimension.DISCLOSURE: "D9",
        Dimension.COVERAGE: "V0",
    }
    assert [r.id for r in load_records().values() if not r.id.startswith(letters[r.dimension])] == []


def test_origin_and_lists_are_never_graded_by_default():
    graded = {
        record.id
        for record in load_records().values()
        if record.dimension in (Dimension.ORIGIN, Dimension.LISTS)
        and record.severity not in (Severity.INFO, Severity.OPEN)
    }
    assert graded == set()


def test_titles_outside_origin_and_lists_take_no_name_that_could_be_a_country():
    """Titles are fixed words, but for a status: what fills them cannot name a country."""
    for record in load_records().values():
        names = {name for _, name, _, _ in string.Formatter().parse(record.title) if name}
        allowed = {"status"} if record.dimension is not Dimension.LISTS else {"lab", "instrument"}
        assert names <= allowed, record.id
