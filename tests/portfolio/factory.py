"""Small companies, results and stores; every value has a harmless default, so a test names only what it is about."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from vcdd.portfolio.extract import pack
from vcdd.portfolio.store.reading import CompanyRow, SourceRow
from vcdd.portfolio.store.store import RunSpec
from vcdd.portfolio.values import (
    FactRow,
    FindingRow,
    Job,
    JobResult,
    OutcomeRow,
    PortfolioCompany,
    SourceResult,
    Status,
    UseRow,
)

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LATER = datetime(2026, 12, 24, 12, tzinfo=UTC)

GPT = 'from openai import OpenAI\nclient = OpenAI()\nclient.chat.completions.create(model="gpt-4o", messages=[])\n'
QWEN = 'from transformers import AutoModel\nAutoModel.from_pretrained("Qwen/Qwen2.5-7B-Instruct")\n'
MISTRAL = 'from transformers import AutoModel\nAutoModel.from_pretrained("mistralai/Mistral-7B-Instruct-v0.3")\n'
PLAIN = "print('no model here')\n"
HOUSE = QWEN.replace("Qwen/Qwen2.5-7B-Instruct", "house/llm-8b")
OVERLAY = """
[[lab]]
id = "house-lab"
name = "House Lab"
country = "FR"
hub_orgs = ["house"]
source = "https://example.org"
checked = 2026-11-01
verified = true

[[family]]
id = "house-llm"
name = "House LLM"
lab = "house-lab"
match = ["house/llm-*"]
weights = "open"
modality = "text"
licence = "apache-2.0"
source = "https://example.org"
checked = 2026-11-01
verified = true
"""
"""A firm's own records, which say who made the model of `HOUSE`."""


def company(name: str = "Acme", *sources: str, **rest: Any) -> PortfolioCompany:
    named = sources or (name.lower(),)
    return PortfolioCompany(name=name, sources=named, shown=named, **rest)


def job(position: int = 0, name: str = "", **rest: Any) -> Job:
    name = name or f"Company {position}"
    return Job(position=position, company=company(name), options=(("offline", True),), now=NOW, **rest)


def use(model: str = "Qwen/Qwen3-8B", country: str = "CN", weights: str = "open", **rest: Any) -> UseRow:
    values: dict[str, Any] = {
        "name": model.rpartition("/")[2], "lab": f"lab-{country}".lower(), "lab_name": f"Lab of {country or 'nobody'}",
        "countries": country, "licence": "apache-2.0", "licence_class": "open-source", "modality": "text",
        "route": "self-hosted", "provider": "self-hosted", "host": "", "evidence": "bound", "is_use": True,
        "slots": "model", "place": "app.py:3", "lifecycle": "", "lifecycle_date": "", "lifecycle_kind": "",
    }  # fmt: skip
    return UseRow(model=model, country=country, weights=weights, **{**values, **rest})


def finding(rule: str = "L101", severity: str = "high", **rest: Any) -> FindingRow:
    values: dict[str, Any] = {
        "fingerprint": f"{rule}-print", "dimension": "D1", "title": "Licence says little", "message": "…", "model": "",
        "place": "app.py:3", "is_active": True,
    }  # fmt: skip
    return FindingRow(rule=rule, severity=severity, **{**values, **rest})


def fact(model: str = "Qwen/Qwen3-8B", name: str = "licence", **rest: Any) -> FactRow:
    values = {"value": "apache-2.0", "source": "registry", "checked": "2026-11-01", "confidence": "high", "note": ""}
    return FactRow(model=model, name=name, **{**values, **rest})


def source(spec: str = "acme", uses: tuple[UseRow, ...] = (), **rest: Any) -> SourceResult:
    values: dict[str, Any] = {
        "status": Status.DONE, "kind": "folder", "digest": "d0", "tool_version": "1.0", "registry_version": "r1",
        "scanned_at": NOW.isoformat(), "files_total": 3, "files_read": 3, "report": pack("{}"),
    }  # fmt: skip
    return SourceResult(spec=spec, uses=uses, **{**values, **rest})


def failed_source(spec: str = "acme", why: str = "no such file or folder: acme") -> SourceResult:
    return SourceResult(spec=spec, status=Status.FAILED, error=why)


def result(position: int = 0, name: str = "", *sources: SourceResult, **rest: Any) -> JobResult:
    name = name or f"Company {position}"
    return JobResult(position=position, company=company(name, **rest), sources=sources or (source(name.lower()),))


def row(
    name: str = "Acme", *uses: UseRow, status: Status = Status.DONE, open_calls: int = 0, **rest: Any
) -> CompanyRow:
    """A company as the store gives it back."""
    read = SourceRow(
        source=0, spec=name.lower(), status=status.value, error="", kind="folder", commit_id="", digest="d0",
        tool_version="1.0", registry_version="r1", scanned_at=NOW.isoformat(), offline=True, files_total=2, files_read=2,
        open_calls=open_calls, monthly_usd="", is_reused=False,
    )  # fmt: skip
    values: dict[str, Any] = {"position": 0, "stage": "", "tags": (), "policy": "", "error": "", "sources": (read,)}
    return CompanyRow(name=name, status=status.value, uses=uses, **{**values, **rest})


def failed_row(name: str) -> CompanyRow:
    return row(name, status=Status.FAILED, error="no such file or folder", sources=())


def outcome(action: str = "allow", **rest: Any) -> OutcomeRow:
    return OutcomeRow(policy="default", version="1", action=action, incomplete=False, reason="", **rest)


def spec(companies: int = 1, key: str = "k", **rest: Any) -> RunSpec:
    values: dict[str, Any] = {"portfolio": "Fund", "tool_version": "1.0", "registry_version": "r1", "options": ()}
    return RunSpec(key=key, companies=companies, **{**values, **rest})


def write_fund(folder: Path, **texts: str) -> Path:
    """A manifest with one company for each keyword, whose only file holds the text; the manifest's path."""
    lines = ['name = "Fund"']
    for name, text in texts.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "app.py").write_text(text, encoding="utf-8")
        lines.append(f'[[company]]\nname = "{name}"\nsource = "{name}"')
    manifest = folder / "portfolio.toml"
    manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return manifest


def of_position(results: list[JobResult]) -> dict[int, JobResult]:
    return {item.position: item for item in results}
