"""The four examples say the same facts in every format that the command writes, as far as the format has room for them:
model, lab, country, licence, route, evidence class and place; prices with source and day where prices are shown."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest

from tests.e2e.command import vcdd
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
    routes: set[str] = field(default_factory=set)
    """Who serves it, by name, or the kind of route."""
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
            routes={label(route) for route in model["routes"]},
            places={place(r["path"], r["line"]) for r in model["references"]},
        )
    assert found
    return found


def label(route):
    """The words for who serves: the provider's name, else the kind."""
    return route["record"]["name"] if route["record"] else route["kind"]


@pytest.fixture(scope="module")
def prices(report):
    """Of each model in the cost section its list prices: amount, unit, day of the check and name of the source."""
    found = {}
    for cost in report["costs"]:
        found[cost["model"]] = [(p["amount"], p["unit"], p["checked"], p["source"]) for p in cost["prices"]]
    return found


def figure(amount):
    """A price as it is printed: at least two decimals, no further zeros at the end."""
    whole, _, rest = amount.partition(".")
    return f"{int(whole):,}.{rest.rstrip('0').ljust(2, '0')}"


def says_prices(text, prices):
    """Whether a model's price text holds every amount, and every source with its day up to the two that fit."""
    assert all(figure(amount) in text for amount, *_ in prices)
    days = {checked for *_, checked, _ in prices}
    assert any(day in text for day in days)
    assert any(source.partition(" (")[0] in text for *_, source in prices)


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
        assert (row["provider"] or row["route"]) in said.routes
        assert place(row["path"], row["line"]) in said.places


def licence_names(licence):
    return {licence["name"], licence["spdx"]} if licence else {"unknown"}


@pytest.mark.parametrize(("name", "version"), [("cdx", "1.6"), ("cdx17", "1.7")])
def test_cyclonedx(folder, facts, name, version):
    bom = json.loads((folder / f"report.{name}.json").read_text(encoding="utf-8"))
    assert bom["specVersion"] == version
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
        paths = [p["value"] for p in part["properties"] if p["name"] == "vcdd:route"]
        assert len(paths) == len(said.routes)
        assert all(any(one in path for path in paths) for one in said.routes)
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
        assert all(one in package["ai_informationAboutApplication"] for one in said.routes)
        statement = notes[package["spdxId"]]
        assert f"class {said.evidence};" in statement
        assert all(one in statement for one in said.places)


def test_sarif(folder, facts, report):
    run = json.loads((folder / "report.sarif").read_text(encoding="utf-8"))["runs"][0]
    used = {key for key, said in facts.items() if said.evidence in {"bound", "deployed"}}
    named = {one["id"]: one["lab"] or "" for one in run["properties"]["vcdd:modelsInUse"]}
    assert named == {key: facts[key].lab for key in used}
    assert all(one["route"] in facts[one["id"]].routes for one in run["properties"]["vcdd:modelsInUse"])
    exported = {(r["ruleId"], r["properties"].get("vcdd:model", "")) for r in run["results"]}
    graded = [f for f in report["findings"] if f["severity"] != "info"]
    expected = {(f["rule"], f["model"] or "") for f in graded if not f["model"] or f["model"] in used}
    assert exported == expected
    assert run["properties"]["vcdd:findingsNotExported"] == len(report["findings"]) - len(run["results"])


def test_gitlab(folder, report):
    """It carries findings and nothing else: each with its rule, its words and its first place."""
    entries = json.loads((folder / "report.gitlab.json").read_text(encoding="utf-8"))
    active = [f for f in report["findings"] if not f["suppressed_by"]]
    assert len(entries) == len(active)
    for entry, finding in zip(entries, active, strict=True):
        assert entry["check_name"] == finding["rule"]
        assert entry["description"].startswith(f"{finding['title']}. {finding['fact'][:40]}")
        first = finding["locations"][0] if finding["locations"] else {"path": ".", "line": 1}
        assert (entry["location"]["path"], entry["location"]["lines"]["begin"]) == (
            first["path"],
            max(1, first["line"]),
        )


def test_terminal(folder, facts, report, home):
    """The full text at a width where nothing is cut: a table of what is in use and one of what can be configured."""
    ran = vcdd("scan", str(folder / "report.json"), "-v", home=home, COLUMNS="320")
    assert ran.status == 0, ran.err
    shown = list(table_rows(ran.out))
    assert {row["Model"].partition(" (")[0] for row in shown} == set(strong(facts))
    licences = {m["id"]: licence_names(m["licence"]) | {"API terms"} for m in report["models"]}
    for row in shown:
        key = row["Model"].partition(" (")[0]
        said = facts[key]
        assert row["Originator"].partition(";")[0].replace("?", "") == terminal_maker(said)
        assert row["Route"].partition(" or $")[0] in said.routes
        assert row["Licence"] in licences[key]
        assert row["Evidence"] == said.evidence or len(said.routes) > 1
        assert row["Where"] in said.places
    for finding in report["findings"]:
        assert f"{finding['rule']} {finding['title']}" in ran.out


def terminal_maker(said):
    return f"{said.country or '??'} {brief(said.lab)}" if said.lab else "unknown"


def table_rows(text):
    """Rows under each header that begins with `Model`, cut where the header's words stand."""
    starts: list[tuple[int, str]] = []
    for line in text.splitlines():
        if line.startswith("Model "):
            starts = [(found.start(), found.group()) for found in re.finditer(r"\S+", line)]
        elif not line.strip() or line.startswith(("Further", "Can be")):
            starts = []
        elif starts:
            ends = [at for at, _ in starts[1:]] + [len(line)]
            yield {name: line[at:end].strip() for (at, name), end in zip(starts, ends, strict=True)}


def test_cost_page(folder, prices, home):
    """`vcdd cost` of the saved report has every price with its source and day."""
    ran = vcdd("cost", str(folder / "report.json"), "-q", home=home, COLUMNS="320")
    assert ran.status == 0, ran.err
    blocks = re.split(r"\n(?=  \S+ via )", ran.out)
    for key, listed in prices.items():
        if listed:
            (block,) = (b for b in blocks if b.strip().startswith(f"{key} via "))
            says_prices(block, listed)
        else:
            assert key in ran.out


def test_memo(folder, facts, report, prices):
    """The appendix has a section for every model in use or configurable, and every finding by its id."""
    text = (folder / "report.md").read_text(encoding="utf-8").partition("vcdd:appendix")[2]
    sections = dict(re.findall(r"^### `([^`]+)`\n(.*?)(?=^##)", text, re.DOTALL | re.MULTILINE))
    assert set(sections) == set(strong(facts))
    for key, said in strong(facts).items():
        section = sections[key]
        assert f"- Originator: {maker_words(said)}" in section
        assert f"- Evidence: {said.evidence} " in section
        assert all(one.replace("-", " ") in section.replace("-", " ") for one in said.routes)
        assert not said.licence or f"- Fact licence: {said.licence} (" in section
        assert all(f"| `{one}` |" in section for one in said.places)
    table = text.partition("### Prices")[2].partition("### ")[0]
    for key, listed in prices.items():
        if listed:
            says_prices(next(line for line in table.splitlines() if line.startswith(f"| `{key}` |")), listed)
        else:
            assert key in table
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
        if self.label and self.rows:
            self.rows[-1].setdefault(self.label, "")
            self.rows[-1][self.label] += data


def test_html(folder, facts, report, prices):
    page, costs = Cells(), Cells()
    stack, _, rest = (folder / "report.html").read_text(encoding="utf-8").partition("</table>")
    page.feed(stack)
    costs.feed(rest.partition('<h2 id="cost">')[2].partition('<h2 id="claims">')[0])
    used = {key for key, said in facts.items() if said.evidence in {"bound", "deployed"}}
    assert {row["Model"] for row in page.rows} == used
    for row in page.rows:
        said = facts[row["Model"]]
        assert row["Originator"].startswith(maker_words(said))
        evidence, _, where = row["Evidence"].partition(" ")
        assert evidence == said.evidence
        assert where in said.places
        assert row["Route"].partition(",")[0].partition(" (")[0].partition(" at ")[0] in said.routes
        assert not said.licence or f"licence{said.licence} (" in page.text.replace("\n", "")
    for key, listed in prices.items():
        assert key in costs.text
        if listed:
            says_prices(costs.text.partition(f"All prices and sources of {key}")[2].partition("All prices")[0], listed)
    whole = (folder / "report.html").read_text(encoding="utf-8")
    for finding in report["findings"]:
        assert f"{finding['id']} · {finding['rule']} · " in whole
