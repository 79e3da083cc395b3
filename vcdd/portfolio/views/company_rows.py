"""One company as the dashboard shows it: a row of the heat table, and a short report to unfold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vcdd.core.evidence import Evidence
from vcdd.core.finding import Action, Dimension, Severity
from vcdd.portfolio.statistics import worst_action
from vcdd.portfolio.store.reading import CompanyRow
from vcdd.portfolio.values import FindingRow, Status, UseRow
from vcdd.render.plain import clean, clip_start, count, listed
from vcdd.values import dataclass

_USES = 12
_FINDINGS = 10
"""Shown of each company: 500 companies must stay under 5 MB; the full report has all."""
_NO_FINDING = len(Severity)


class Head(NamedTuple):
    """A column of the heat table."""

    short: str
    title: str


class Cell(NamedTuple):
    """A cell: what is read, what is sorted by, and a class of ours."""

    text: str
    order: str
    style: str = ""


HEADS: tuple[Head, ...] = (
    Head("company", "Company"),
    Head("outcome", "Worst action of the firm's policies"),
    *(Head(dimension.value, dimension.label) for dimension in Dimension),
    Head("models", "Models in use"),
    Head("read", "Share of files read"),
    Head("per month", "Stated volumes at list prices, US dollars"),
    Head("countries", "Originators of the models in use"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownUse:
    """A line of the list of models."""

    verb: str
    model: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFinding:
    """A line of the list of findings."""

    severity: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCompany:
    """Everything the page shows of a company, in plain words."""

    position: int
    name: str
    cells: tuple[Cell, ...]
    """Without the first column."""
    facts: str
    errors: str
    uses: tuple[ShownUse, ...]
    more_uses: int
    findings: tuple[ShownFinding, ...]
    more_findings: int
    link: str


def company_row(row: CompanyRow, link: str = "") -> ShownCompany:
    """The row of one company."""
    uses = sorted(row.uses, key=lambda use: Evidence(use.evidence).rank)
    named = [use for use in uses if use.evidence not in (Evidence.MENTION, Evidence.CATALOG, Evidence.TEST)]
    findings = sorted((f for f in row.findings if f.is_active), key=lambda f: Severity(f.severity).rank)
    return ShownCompany(
        position=row.position,
        name=clean(row.name, 80),
        cells=(_outcome(row), *_dimensions(findings), *_figures(row)),
        facts=_facts(row),
        errors=clean(row.error),
        uses=tuple(_use(use) for use in named[:_USES]),
        more_uses=max(0, len(row.uses) - _USES) if len(named) > _USES else len(row.uses) - len(named),
        findings=tuple(_finding(finding) for finding in findings[:_FINDINGS]),
        more_findings=max(0, len(findings) - _FINDINGS),
        link=link,
    )


def _outcome(row: CompanyRow) -> Cell:
    if row.status == Status.FAILED:
        return Cell("not scanned", "-1", "failed")
    action = worst_action(row)
    incomplete = any(outcome.incomplete for outcome in row.outcomes) or row.status == Status.PARTIAL
    text = (action or "no policy") + (", incomplete" if incomplete else "")
    return Cell(text, str(-Action(action).rank) if action else "1", action)


def _dimensions(findings: Sequence[FindingRow]) -> list[Cell]:
    cells = []
    for dimension in Dimension:
        own = [finding for finding in findings if finding.dimension == dimension]
        if own:
            worst = Severity(own[0].severity)
            label = "open" if worst is Severity.OPEN else worst.value
            cells.append(Cell(f"{label} {len(own)}", f"{worst.rank}.{99 - min(len(own), 99):02}", worst.value))
        else:
            cells.append(Cell("–", str(_NO_FINDING)))
    return cells


def _figures(row: CompanyRow) -> tuple[Cell, ...]:
    used = {use.model: use.country or "unknown" for use in row.uses if use.is_use}
    countries = sorted(set(used.values()), key=lambda country: (country == "unknown", country))
    total, read = sum(s.files_total for s in row.sources), sum(s.files_read for s in row.sources)
    share = f"{100 * read / total:.0f} %" if total else "none"
    monthly = [source.monthly_usd for source in row.sources if source.monthly_usd]
    dollars = sum(float(figure) for figure in monthly)
    return (
        Cell(str(len(used)), str(len(used))),
        Cell(share, f"{read / total:.4f}" if total else "-1"),
        Cell(f"{dollars:,.0f}" if monthly else "–", f"{dollars:.2f}" if monthly else "-1"),
        Cell(" ".join(countries) or "–", " ".join(countries)),
    )


def _facts(row: CompanyRow) -> str:
    sources = listed((_source(s.spec, s.commit_id) for s in row.sources), 4)
    tags = f"tags {listed(clean(tag, 40) for tag in row.tags)}" if row.tags else ""
    read = (
        f"{sum(s.files_read for s in row.sources):,} of {count(sum(s.files_total for s in row.sources), 'file')} read"
    )
    policies = listed(dict.fromkeys(clean(outcome.policy, 60) for outcome in row.outcomes))
    policy = f"policy {policies}" if policies else ""
    return " · ".join(filter(None, (clean(row.stage, 40), tags, sources, read, policy)))


def _source(spec: str, commit: str) -> str:
    return f"{clean(spec, 80)} at {commit[:10]}" if commit else clean(spec, 80)


def _use(use: UseRow) -> ShownUse:
    words = (
        clean(use.lab_name, 60) or "lab unknown",
        use.country or "country unknown",
        use.licence_class if use.licence_class != "unknown" else "licence unknown",
        "route unknown" if use.provider in ("", "unknown") else clean(use.provider, 40),
        clip_start(clean(use.place, 0), 60),
    )
    return ShownUse(verb=Evidence(use.evidence).verb, model=clean(use.model, 80), words=", ".join(filter(None, words)))


def _finding(finding: FindingRow) -> ShownFinding:
    about = f" ({clean(finding.model, 60)})" if finding.model else ""
    return ShownFinding(severity=finding.severity, words=f"{finding.rule} {clean(finding.title, 100)}{about}")
