"""Wishes of the scanned party: read as facts, wherever they stand, and never as references."""

from __future__ import annotations

import pytest

from vcdd.core.source_file import SourceFile
from vcdd.detect.engine import read_source
from vcdd.detect.observe.wishes import wishes

KEY = "sk-proj-" + "aB3dE6gH9jK2mN5pQ8sT1vW4" * 2


def of(text, path="app/llm.py"):
    return [(item.subject, item.location.line, item.detail) for item in wishes(SourceFile(path=path, text=text))]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("x = 1  # vcdd: ignore[L101] grant on file", [("L101", 1, "grant on file")]),
        ("// vcdd: ignore[l101, T601] moved", [("L101", 1, "moved"), ("T601", 1, "moved")]),
        ("# vcdd: ignore[L101]", []),
        ("# vcdd: ignore[] nothing", []),
        ("# noqa: L101 other tool", []),
        ("# vcdd: ignore[L1011] no rule", []),
    ],
)
def test_a_comment_counts_with_a_rule_and_a_reason(line, found):
    assert of(line) == found


def test_a_table_of_the_target_s_own_file_counts_with_its_limits():
    text = '[[suppress]]\nrule = "T601"\npath = "web"\nreason = "moved"\n[[suppress]]\nrule = "L101"\n[[suppress]]\nreason = "x"\n'
    assert of(text, "sub/vcdd.toml") == [("T601 path=web", 0, "moved")]


@pytest.mark.parametrize("text", ["[[suppress", "suppress = 1", "suppress = [1]", "x = " + "[" * 5000])
def test_a_file_that_is_no_such_table_asks_nothing(text):
    assert of(text, "vcdd.toml") == []


def test_a_key_in_a_reason_is_not_kept():
    assert of(f"# vcdd: ignore[L101] see {KEY} please")[0][2] == "see [key] please"


def test_a_model_that_is_only_declared_is_no_site():
    read = read_source(SourceFile(path="vcdd.toml", text='[[binding]]\nmodel = "gpt-5"\n[llm]\nmodel = "gpt-4o"\n'))
    assert [site.text for site in read.sites if site.text.startswith("gpt")] == ["gpt-4o"]
