"""Judgement through the command line: baselines that open again, cheques that end grants, claims, and no nationality."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

import vcdd as package
from tests.e2e.command import vcdd
from tests.portfolio.factory import GPT, HOUSE, OVERLAY
from tests.rules.wording import banned_in

TERMS = (
    OVERLAY.replace('licence = "apache-2.0"', 'licence = "house-terms"')
    + """
[[licence]]
id = "house-terms"
name = "House Terms"
spdx = "LicenseRef-house-terms"
category = "open-weight-conditional"
osi = false
source = "https://example.org"
checked = 2026-11-01
verified = true

[[licence.condition]]
kind = "funding-threshold"
text = "No rights for companies that have raised {amount:,} US dollars or more"
amount = {amount}
duty = "no-grant"
"""
)


@pytest.fixture
def startup(tmp_path: Path) -> Path:
    """A start-up that runs somebody's weights and calls a vendor; beside it the firm's own records of that licence."""
    folder = tmp_path / "startup"
    folder.mkdir()
    (folder / "app.py").write_text(HOUSE + GPT, encoding="utf-8")
    limit(tmp_path, 20_000_000)
    return tmp_path


def limit(at: Path, amount: int) -> None:
    """The firm's record of the licence, with this limit on funds raised."""
    text = TERMS.replace("{amount:,}", f"{amount:,}").replace("{amount}", str(amount))
    (at / "house.toml").write_text(text, encoding="utf-8")


def scan(at: Path, *words: str) -> dict[str, Any]:
    ran = vcdd("scan", "startup", "--offline", "-q", "--registry", "house.toml", *words, "-o", "out.json", home=at)
    assert ran.status == 0, ran.err
    return json.loads((at / "out.json").read_text(encoding="utf-8"))


def standing(report: dict[str, Any]) -> set[str]:
    """Rules of the findings that nothing sets aside."""
    return {finding["rule"] for finding in report["findings"] if not finding["suppressed_by"]}


def test_a_changed_fact_opens_what_a_baseline_had_closed_and_nothing_else(startup):
    ran = vcdd("baseline", "write", "startup", "--offline", "--registry", "house.toml", "-o", "base.json", home=startup)
    assert ran.status == 0, ran.err
    assert standing(scan(startup, "--baseline", "base.json")) == set()
    limit(startup, 10_000_000)
    assert standing(scan(startup, "--baseline", "base.json")) == {"L104"}


def test_lines_inserted_above_open_nothing(startup):
    vcdd("baseline", "write", "startup", "--offline", "--registry", "house.toml", "-o", "base.json", home=startup)
    (startup / "startup" / "app.py").write_text("# a comment\n\n" + HOUSE + GPT, encoding="utf-8")
    assert standing(scan(startup, "--baseline", "base.json")) == set()


def test_a_baseline_of_a_company_holds_for_scans_that_are_told_the_same(startup):
    (startup / "company.toml").write_text(
        "funds_raised_usd = 1_000_000\nplanned_round_usd = 2_000_000\n", encoding="utf-8"
    )
    told = ("--company", "company.toml")
    vcdd(
        "baseline", "write", "startup", "--offline", "--registry", "house.toml", *told, "-o", "base.json", home=startup
    )
    assert standing(scan(startup, *told, "--baseline", "base.json")) == set()
    assert "L104" in standing(scan(startup, "--baseline", "base.json"))


@pytest.mark.parametrize(
    ("company", "severity", "status", "words"),
    [
        ("", "medium", "research-needed", "funds raised are not told; the licence names $20,000,000"),
        ("funds_raised_usd = 15_000_000", "medium", "research-needed",
         "a round of $5,000,000 or more ends the grant"),
        ("funds_raised_usd = 15_000_000\nplanned_round_usd = 4_000_000", "info", "OK", "$19,000,000 after this round"),
        ("funds_raised_usd = 15_000_000\nplanned_round_usd = 5_000_000", "blocker", "conflict",
         "this round of $5,000,000 takes funds raised to $20,000,000, past $20,000,000"),
    ],
)  # fmt: skip
def test_the_investors_own_cheque_can_end_a_grant(startup, company, severity, status, words):
    (startup / "company.toml").write_text(company, encoding="utf-8")
    report = scan(startup, "--company", "company.toml")
    (found,) = [finding for finding in report["findings"] if finding["rule"] == "L104"]
    assert (found["severity"], found["status"].lower(), words in found["message"]) == (severity, status.lower(), True)
    asks = any(question["id"] == "Q19" and "planned round" in question["text"] for question in report["questions"])
    assert asks is (status == "research-needed")


def test_a_deck_beside_the_code_is_explained_by_age_first_and_never_called_untrue(startup):
    deck = "We trained our own proprietary LLM.\nPowered by Anthropic.\nEverything runs fully on-premises.\n"
    (startup / "deck.md").write_text(deck, encoding="utf-8")
    report = scan(startup, "--claims", "deck.md", "-o", "memo.md")
    found = {claim["kind"]: claim for claim in report["claims"]}
    assert {kind: found[kind]["status"] for kind in ("own-model", "vendor", "on-premises")} == {
        "own-model": "not supported", "vendor": "not supported", "on-premises": "inconsistent",
    }  # fmt: skip
    assert all("The first explanation is that the text is older than the code." in c["shown"] for c in found.values())
    memo = (startup / "memo.md").read_text(encoding="utf-8")
    assert not banned_in(memo)
    assert not re.search(r"\b(?:false|untrue|lie|lied|misleading|dishonest)\b", memo, re.IGNORECASE)


def test_a_deck_as_pdf_names_the_file_and_the_next_step(startup):
    (startup / "deck.pdf").write_bytes(b"%PDF-1.7 and so on")
    ran = vcdd("scan", "startup", "--offline", "--claims", "deck.pdf", "-o", "out.md", home=startup)
    assert (ran.status, (startup / "out.md").exists()) == (2, False)
    assert "deck.pdf: not a text file" in ran.err
    assert "Export the deck as text" in ran.err


# -- fairness, from the registry's files to the report


def test_countries_swapped_in_the_registry_change_nothing_under_default(home, examples, rendered, tmp_path):
    """A copy of vcdd whose registry has US and CN swapped everywhere: same findings, grades, outcomes and questions."""
    copy = tmp_path / "vcdd"
    shutil.copytree(Path(package.__file__).parent, copy)
    swap = {'"US"': '"CN"', '"CN"': '"US"'}
    files = [*(copy / "registry/data/labs").glob("*.toml"), *(copy / "registry/data/providers").glob("*.toml")]
    for file in files:
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text(
            "".join(re.sub(r'"(?:US|CN)"', lambda m: swap[m.group()], x) if "country" in x else x for x in lines),
            encoding="utf-8",
        )
    for name in ("clipforge", "fieldnote", "lumenlex", "paragraf"):
        out = tmp_path / "report.json"
        ran = vcdd("scan", str(examples / name), "--offline", "-q", "--no-cache", "-o", str(out),
                   home=home, PYTHONPATH=str(tmp_path))  # fmt: skip
        assert ran.status == 0, ran.err
        swapped = json.loads(out.read_text(encoding="utf-8"))
        ours = json.loads((rendered[name] / "report.json").read_text(encoding="utf-8"))
        assert judged(ours) == judged(swapped)
        assert countries(ours) == [swap.get(f'"{c}"', f'"{c}"').strip('"') for c in countries(swapped)]


def judged(report: dict[str, Any]) -> list[Any]:
    """Everything that grades, without the words that name a country."""
    return [
        sorted(
            (f["rule"], f["severity"], f["confidence"], f["model"] or "", f["fingerprint"]) for f in report["findings"]
        ),
        report["policy"]["outcome"],
        [(d["rule"], d["action"], d["subject"]) for d in report["policy"]["decisions"]],
        [(q["id"], q["weight"]) for q in report["questions"]],
    ]


def countries(report: dict[str, Any]) -> list[str]:
    """Seats of the labs in the report, by model."""
    return [model["lab"]["country"] or "" for model in report["models"] if model["lab"]]


@pytest.mark.parametrize("policy", ["default", "us-gov-facing", "eu-consumer"])
def test_every_decision_that_is_printed_names_its_rule_and_its_owner(home, examples, tmp_path, policy):
    for name in ("clipforge", "paragraf"):
        out = tmp_path / "report.json"
        vcdd("scan", str(examples / name), "--offline", "-q", "--policy", policy, "-o", str(out), home=home)
        decisions = json.loads(out.read_text(encoding="utf-8"))["policy"]["decisions"]
        assert decisions
        assert all(d["rule"] and d["owner"] and d["reason"] for d in decisions)
