"""SARIF, GitLab and CSV: valid, stable identities, and nothing a viewer or a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from tests.render.factory import FINDINGS, REPORTS, RICH
from tests.render.hostile import BUNDLES, STRINGS, poisoned
from tests.render.schemas import faults
from vcdd.core.location import Location
from vcdd.render.csv_table import HEADER, guard
from vcdd.render.options import RenderOptions, RuleText
from vcdd.render.questions import questions_csv, questions_markdown
from vcdd.render.renderer import render
from vcdd.render.sarif import message, uri

TEXT = RuleText(
    name="model-retired",
    title="A bound model no longer answers",
    what="Finds models in use that their vendor has retired.",
    why="A feature that calls one fails.",
    remedy="Move the slot.",
    reference="https://example.org/rules/L601",
)


def sarif(report, **options):
    return json.loads(render(report, "sarif", RenderOptions(**options)))


@pytest.mark.parametrize("name", REPORTS)
def test_golden(name, check_golden):
    """The bytes of each format."""
    check_golden(f"{name}.sarif", render(REPORTS[name], "sarif", RenderOptions(rule_texts={"L601": TEXT})))
    check_golden(f"{name}.csv", render(REPORTS[name], "csv"))
    check_golden(f"{name}.gitlab.json", render(REPORTS[name], "gitlab"))
    check_golden(f"{name}.questions.md", questions_markdown(REPORTS[name]))


@pytest.mark.parametrize("name", REPORTS)
def test_sarif_fits_the_official_schema(name):
    """SARIF 2.1.0, with and without rule texts."""
    assert faults("sarif-schema-2.1.0.json", sarif(REPORTS[name])) == []
    assert faults("sarif-schema-2.1.0.json", sarif(REPORTS[name], rule_texts={"L601": TEXT})) == []
    assert faults("sarif-schema-2.1.0.json", {**sarif(RICH), "version": "2.0"})


def test_rules_carry_help_and_results_point_to_them():
    """The given text, or the finding's own words."""
    run = sarif(RICH, rule_texts={"L601": TEXT})["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert rules[0]["name"] == "model-retired"
    assert rules[0]["helpUri"] == "https://example.org/rules/L601"
    assert "Move the slot." in rules[0]["help"]["markdown"]
    assert "helpUri" not in rules[1]
    assert rules[1]["help"]["text"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_only_what_is_used_reaches_code_scanning():
    """Findings about configurable models and mere information are counted, not exported."""
    run = sarif(RICH)["runs"][0]
    assert [result["ruleId"] for result in run["results"]] == ["L601", "L301", "L901"]
    assert run["properties"]["vcdd:findingsNotExported"] == 2
    assert run["results"][2]["kind"] == "open"


def test_a_suppressed_finding_says_so():
    """It is there, marked, with its reason."""
    report = replace(RICH, findings=(replace(FINDINGS[0], suppressed_by="baseline of 2026-10-01"),))
    assert sarif(report)["runs"][0]["results"][0]["suppressions"][0]["justification"] == "baseline of 2026-10-01"
    assert json.loads(render(report, "gitlab")) == []


def test_fingerprints_hold_no_line():
    """A finding that moves down its file stays the same finding."""
    moved = replace(FINDINGS[0], locations=(Location(path="app/video.ts", line=99, column=1),))
    for format_name in ("sarif", "gitlab"):
        prints = []
        for finding in (FINDINGS[0], moved):
            document = json.loads(render(replace(RICH, findings=(finding,)), format_name))
            entry = document[0] if format_name == "gitlab" else document["runs"][0]["results"][0]
            prints.append(entry.get("fingerprint") or entry["partialFingerprints"])
        assert prints[0] == prints[1]


def test_columns_and_lines_count_from_one():
    """And a place without a line has no region."""
    located = replace(
        FINDINGS[0], locations=(Location(path="a b/ü.py", line=3, column=0), Location(path="w.gguf", line=0))
    )
    result = sarif(replace(RICH, findings=(located,)))["runs"][0]["results"][0]
    physical = result["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "a%20b/%C3%BC.py"
    assert (physical["region"]["startLine"], physical["region"]["startColumn"]) == (3, 1)
    assert "region" not in result["relatedLocations"][0]["physicalLocation"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("app/main.py", "app/main.py"),
        ("//host/x", "host/x"),
        ("c:/x", "c%3A/x"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
        ("layer.tar!app/x", "layer.tar!app/x"),
        ("a\ud800", "a%3F"),
    ],
)
def test_paths_are_relative_addresses(path, expected):
    """No path can name a host or a scheme."""
    assert uri(path) == expected


def test_messages_are_plain_text():
    """Neither an embedded link nor a placeholder."""
    assert message("see [this](1) and {0}") == "see \\[this\\](1) and {{0}}"
    assert message("") == "–"


@pytest.mark.parametrize("text", BUNDLES)
def test_hostile_text_keeps_sarif_and_gitlab_valid(text):
    """Whatever stands in findings and paths."""
    report = poisoned(text)
    assert faults("sarif-schema-2.1.0.json", sarif(report, rule_texts={"L601": TEXT})) == []
    for entry in json.loads(render(report, "gitlab")):
        assert entry.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["location"]["lines"]["begin"] >= 1


def test_gitlab_fingerprints_differ():
    """Two findings with one identity are two entries."""
    twice = replace(RICH, findings=(FINDINGS[0], FINDINGS[0], replace(FINDINGS[3], locations=())))
    entries = json.loads(render(twice, "gitlab"))
    assert len({entry["fingerprint"] for entry in entries}) == 3
    assert entries[2]["location"]["path"] == "."


def lines_of(text):
    return list(csv.reader(io.StringIO(text)))


def test_csv_has_a_line_per_use():
    """With the promised columns."""
    lines = lines_of(render(RICH, "csv"))
    assert tuple(lines[0]) == HEADER
    assert len(lines) == len(RICH.uses) + 1
    sora = dict(zip(HEADER, next(line for line in lines if line[0] == "sora-2"), strict=True))
    assert (sora["originator"], sora["originator_country"]) == ("OpenAI", "US")
    assert (sora["lifecycle_date"], sora["evidence"], sora["line"]) == ("2026-09-24", "bound", "40")


@pytest.mark.parametrize("text", STRINGS)
def test_no_cell_is_a_formula_or_breaks_a_line(text):
    """In the table and in the questions."""
    for rendered in (render(poisoned(text), "csv"), questions_csv(poisoned(text))):
        lines = lines_of(rendered)
        assert len({len(line) for line in lines}) == 1
        assert rendered.count("\n") == len(lines)
        for cell in (cell for line in lines for cell in line):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "|", "%"))


@pytest.mark.parametrize(
    ("cell", "guarded"), [("=1+1", "'=1+1"), (" =1", "'=1"), ("a=1", "a=1"), ("gpt-5", "gpt-5"), ("", ""), ("-", "'-")]
)
def test_guard(cell, guarded):
    """Only what starts like a formula is touched."""
    assert guard(cell) == guarded


def test_questions_to_send():
    """Each with its reason and room for an answer."""
    page = questions_markdown(RICH)
    assert page.count("Answer:") == len(RICH.questions)
    assert "1. **Which model answers video calls since 2026-09-24?** (Q49) (about `sora-2`)" in page
    assert lines_of(questions_csv(RICH))[1][:2] == ["Q49", "Which model answers video calls since 2026-09-24?"]
    assert "No question is open" in questions_markdown(REPORTS["empty"])
