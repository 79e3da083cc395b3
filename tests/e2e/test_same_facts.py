"""The four examples say the same facts in every format that the command writes."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest

from tests.e2e.conftest import EXAMPLES

STRONG = {"bound", "deployed", "selectable", "dependency"}
SCOPES = {"bound": "required", "deployed": "required", "selectable": "optional", "dependency": "optional"}


@dataclass
class Said:
    """What one format says of one model; what a format has no field for stays empty."""

    lab: str = ""
    country: str = ""
    licence: str = ""
    evidence: str = ""
    places: set[str] = field(default_factory=set)


def brief(name: str) -> str:
    """A lab as pages for people show it, without the brands behind it."""
    return name.partition(" (")[0]


def place(path: str, line: object) -> str:
    return f"{path}:{line}" if line else path


@pytest.fixture(scope="module", params=EXAMPLES)
def folder(request, rendered):
    return rendered[request.param]


@pytest.fixture(scope="module")
def report(folder):
    return json.loads((folder / "report.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def facts(report):
    """The JSON report's facts by model: the measure of all others."""
    found = {}
    for model in report["models"]:
        lab, licence = model["lab"] or {}, model["licence"] or {}
        found[model["id"]] = Said(
            lab=lab.get("name", ""),
            country=lab.get("country") or "",
            licence=licence.get("id") or "",
            evidence=model["evidence"],
            places={place(r["path"], r["line"]) for r in model["references"]},
        )
    assert found
    return found


def strong(facts):
    return {key: said for key, said in facts.items() if said.evidence in STRONG}


def test_csv(folder, facts, report):
    with (folder / "report.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    names = {m["licence"]["id"]: m["licence"] for m in report["models"] if m["licence"]}
    assert {row["model"] for row in rows} == set(facts)
    routes = Counter(row["model"] for row in rows)
    for row in rows:
        said = facts[row["model"]]
        assert row["originator"] == (said.lab or "unknown")
        assert row["originator_country"] == (said.country or "unknown")
        assert row["licence"] in licence_names(names.get(said.licence))
        assert row["evidence"] == said.evidence or routes[row["model"]] > 1  # each route has a class of its own
        assert place(row["path"], row["line"]) in said.places


def licence_names(licence):
    return {licence["name"], licence["spdx"]} if licence else {"unknown"}


def test_cyclonedx(folder, facts):
    bom = json.loads((folder / "report.cdx.json").read_text(encoding="utf-8"))
    parts = {part["name"]: part for part in bom["components"]}
    wanted = {key for key, said in facts.items() if said.evidence in STRONG | {"test"}}
    assert set(parts) == wanted
    for key in strong(facts):
        said, part = facts[key], parts[key]
        properties = {p["name"]: p["value"] for p in part["properties"]}
        maker = part.get("manufacturer", {})
        assert maker.get("name", "") == said.lab
        assert maker.get("address", {}).get("country", "") == said.country
        assert properties.get("vcdd:originator-country", "") == said.country
        assert properties.get("vcdd:licence-id", "") == said.licence
        assert properties["vcdd:evidence"] == said.evidence
        assert part["scope"] == SCOPES[said.evidence]
        assert {place(o["location"], o.get("line")) for o in part["evidence"]["occurrences"]} == said.places


def test_spdx(folder, facts):
    graph = json.loads((folder / "report.spdx.json").read_text(encoding="utf-8"))["@graph"]
    by_id = {element["spdxId"]: element for element in graph if "spdxId" in element}
    packages = {e["name"]: e for e in graph if e["type"] == "ai_AIPackage"}
    notes = {e["subject"]: e["statement"] for e in graph if e["type"] == "Annotation"}
    licensed = {e["from"] for e in graph if e.get("relationshipType") == "hasDeclaredLicense"}
    assert set(strong(facts)) <= set(packages)
    for key, said in strong(facts).items():
        package = packages[key]
        makers = [by_id[one] for one in package.get("originatedBy", [])]
        assert [maker["name"] for maker in makers] == ([said.lab] if said.lab else [])
        assert all(maker["comment"].endswith(said.country or "country unknown") for maker in makers)
        assert (package["spdxId"] in licensed) == bool(said.licence)
        statement = notes[package["spdxId"]]
        assert f"class {said.evidence};" in statement
        assert all(one in statement for one in said.places)


def test_sarif(folder, facts, report):
    run = json.loads((folder / "report.sarif").read_text(encoding="utf-8"))["runs"][0]
    used = {key for key, said in facts.items() if said.evidence in {"bound", "deployed"}}
    named = {one["id"]: one["lab"] or "" for one in run["properties"]["vcdd:modelsInUse"]}
    assert named == {key: facts[key].lab for key in used}
    exported = {(r["ruleId"], r["properties"].get("vcdd:model", "")) for r in run["results"]}
    graded = [f for f in report["findings"] if f["severity"] != "info"]
    expected = {(f["rule"], f["model"] or "") for f in graded if not f["model"] or f["model"] in used}
    assert exported == expected
    assert run["properties"]["vcdd:findingsNotExported"] == len(report["findings"]) - len(run["results"])


def test_memo(folder, facts, report):
    """The appendix has a section for every model in use or configurable, and every finding by its id."""
    text = (folder / "report.md").read_text(encoding="utf-8").partition("vcdd:appendix")[2]
    sections = dict(re.findall(r"^### `([^`]+)`\n(.*?)(?=^##)", text, re.DOTALL | re.MULTILINE))
    assert set(sections) == set(strong(facts))
    for key, said in strong(facts).items():
        section = sections[key]
        assert f"- Originator: {maker_words(said)}" in section
        assert f"- Evidence: {said.evidence} " in section
        assert not said.licence or f"- Fact licence: {said.licence} (" in section
        assert all(f"| `{one}` |" in section for one in said.places)
    for finding in report["findings"]:
        severity = finding["severity"].replace("-", " ").upper()
        assert f"- **{finding['id']} {finding['rule']} · {severity} · " in text


def maker_words(said):
    return f"{brief(said.lab)} ({said.country or 'country unknown'})" if said.lab else "unknown"


class Cells(HTMLParser):
    """The rows of the stack table by model, and all text."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[dict[str, str]] = []
        self.text = ""
        self.label = ""
        self.is_paper = False

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.is_paper = named.get("class") == "paper-inline"  # not on the screen: paper has its own short words
        if tag == "tr" and (named.get("class") or "").startswith("main"):
            self.rows.append({})
        if tag == "td":
            self.label = named.get("data-label") or ""

    def handle_endtag(self, tag):
        self.label = "" if tag == "td" else self.label
        self.is_paper = False

    def handle_data(self, data):
        self.text += data
        if self.is_paper:
            return
        if self.label and self.rows and self.label in ("Model", "Originator", "Evidence"):
            self.rows[-1].setdefault(self.label, "")
            self.rows[-1][self.label] += data


def test_html(folder, facts, report):
    page = Cells()
    page.feed((folder / "report.html").read_text(encoding="utf-8").partition("</table>")[0])
    used = {key for key, said in facts.items() if said.evidence in {"bound", "deployed"}}
    assert {row["Model"] for row in page.rows} == used
    for row in page.rows:
        said = facts[row["Model"]]
        assert row["Originator"].startswith(maker_words(said))
        evidence, _, where = row["Evidence"].partition(" ")
        assert evidence == said.evidence
        assert where in said.places
        assert not said.licence or f"licence{said.licence} (" in page.text.replace("\n", "")
    whole = (folder / "report.html").read_text(encoding="utf-8")
    for finding in report["findings"]:
        assert f"{finding['id']} · {finding['rule']} · " in whole
