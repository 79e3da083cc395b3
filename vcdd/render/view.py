"""The view: a report as the words and counts that memo, HTML page and terminal share, so that all say the same facts.

Groupings and counts only; every number comes from the report. All texts are clean (one visible line, bounded) and
unescaped: each format escapes for itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from vcdd.core.evidence import Evidence
from vcdd.core.finding import FROM_TARGET, Finding
from vcdd.core.report import Report
from vcdd.render import sentences, words
from vcdd.render.cost_view import CostView, cost_view
from vcdd.render.plain import ID_LIMIT, clean, iso, listed, place
from vcdd.render.rows import Row, distinct, rows
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """One finding in words."""

    id: str
    rule: str
    severity: str
    dimension: str
    title: str
    fact: str
    consequence: str
    remedy: str
    effort: str
    model: str
    places: tuple[str, ...]
    questions: tuple[str, ...]
    confidence: str
    status: str
    capped: str
    """The severity before the evidence cap; empty when it was not capped."""
    set_aside: str
    """Who set it aside, or that the target asks to; empty otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The first finding of a rule, with the others of that rule and severity: five retired models are one headline."""

    first: FindingView
    also: tuple[FindingView, ...]

    @property
    def others(self) -> str:
        """`F2 (o1-pro) and F3 (o3-mini)`; empty without others."""
        return listed((f"{f.id} ({f.model})" if f.model else f.id for f in self.also), 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line with a few named texts, for the small tables: claims, questions, attestations, decisions."""

    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Everything a page says."""

    target: str
    kind: str
    commit: str
    scanned: str
    tool: str
    registry: str
    policy: str
    """Policy with version and outcome; empty when none was applied."""
    outcome: str
    coverage: str
    network: str
    bottom_line: tuple[str, ...]
    in_use: tuple[Row, ...]
    """The most prominent first: known makers before unknown ones, what more places bind before what one binds."""
    doubt_legend: str
    """What the mark in the table of models in use means; empty where none stands there."""
    configurable: tuple[Row, ...]
    """Can be configured or reached through a client; models already in use are not repeated."""
    configurable_labs: tuple[tuple[str, int], ...]
    """Their originators, `Meta AI (US)`, with the number of models, most first."""
    named: tuple[Row, ...]
    """Only listed, tested or mentioned; models of the two other groups are not repeated."""
    all_rows: tuple[Row, ...]
    strong_rows: tuple[Row, ...]
    """Every use that is in use or can be configured: the ones that get a section of evidence."""
    weak_rows: tuple[Row, ...]
    """Every other use: the ones that get a line."""
    named_counts: tuple[tuple[Evidence, int], ...]
    evidence_counts: tuple[tuple[Evidence, int], ...]
    """Uses (a model by a route) per evidence class, strongest first, without zeros."""
    countries: tuple[tuple[str, int], ...]
    """Originator countries of the models in use, most first."""
    licence_classes: tuple[tuple[str, int], ...]
    """Licence classes of the models in use, most first."""
    findings: tuple[FindingView, ...]
    headlines: tuple[Headline, ...]
    """The same findings, one entry for each rule and severity, in order of their first."""
    suppressed: tuple[FindingView, ...]
    questions: tuple[Entry, ...]
    """(id, text, why, model)."""
    claims: tuple[Entry, ...]
    """(claim, where, what the code shows, status)."""
    attestations: tuple[Entry, ...]
    """(slot, attested model, by and date, observed, state)."""
    decisions: tuple[Entry, ...]
    """(action, rule, subject, reason, owner or exception)."""
    unresolved: tuple[Entry, ...]
    """(kind, subject, place, why)."""
    unseen: tuple[str, ...]
    cost: CostView
    sent_to_hub: tuple[str, ...]
    warnings: tuple[str, ...]


def view(report: Report) -> View:
    """The report in words."""
    many = rows(report)
    used, configurable, named = grouped(many)
    used = tuple(sorted(used, key=_prominence))
    active = tuple(finding(f) for f in report.findings if f.is_active)
    outcome = report.outcome
    return View(
        target=clean(report.target.name, 120),
        kind=clean(report.target.kind, 20),
        commit=clean(f"{report.target.commit[:12]} {report.target.commit_date}".strip(), 60),
        scanned=iso(report.scanned_at),
        tool=clean(f"vcdd {report.tool_version}", 40),
        registry=sentences.registry(report.registry),
        policy=clean(f"{outcome.policy} {outcome.version}".strip(), 60) if outcome else "",
        outcome=outcome.action.value.upper() + (" (incomplete)" if outcome.incomplete else "") if outcome else "",
        coverage=sentences.coverage(report.coverage),
        network=sentences.network(report),
        bottom_line=sentences.bottom_line(report, used, configurable, named),
        in_use=used,
        doubt_legend=words.DOUBT_LEGEND if any(words.DOUBT in one.originator for one in used) else "",
        configurable=configurable,
        configurable_labs=_most([_lab_of(one) for one in distinct(configurable)]),
        named=named,
        all_rows=many,
        strong_rows=tuple(one for one in many if one.evidence not in words.GROUPS["only named"]),
        weak_rows=tuple(one for one in many if one.evidence in words.GROUPS["only named"]),
        named_counts=evidence_counts(distinct(named)),
        evidence_counts=evidence_counts(many),
        countries=_most([one.country for one in distinct(used)]),
        licence_classes=_most([one.licence_class for one in distinct(used)]),
        findings=active,
        headlines=headlines(active),
        suppressed=tuple(finding(f) for f in report.findings if not f.is_active),
        questions=tuple(Entry(cells=(clean(q.id, 12), clean(q.text), clean(q.why), q.model)) for q in report.questions),
        claims=tuple(_cells(c.text, c.where, c.shown, c.status) for c in report.claims),
        attestations=tuple(_cells(*sentences.attestation(a)) for a in report.attestations),
        decisions=tuple(_cells(*sentences.decision(d)) for d in (outcome.decisions if outcome else ())),
        unresolved=tuple(_cells(*sentences.unresolved(u)) for u in report.unresolved),
        unseen=sentences.unseen(report),
        cost=cost_view(report.costs, _service_names(report), {use.model.id for use in report.in_use}),
        sent_to_hub=tuple(clean(sent, ID_LIMIT) for sent in report.sent_to_hub),
        warnings=tuple(clean(warning) for warning in report.warnings),
    )


def grouped(many: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[Row, ...], tuple[Row, ...]]:
    """In use, can be configured, only named; a model of a stronger group is not repeated in a weaker one."""
    groups = []
    seen: set[str] = set()
    for classes in words.GROUPS.values():
        group = tuple(one for one in many if one.evidence in classes and one.key not in seen)
        seen.update(one.key for one in group)
        groups.append(group)
    return groups[0], groups[1], groups[2]


def _prominence(row: Row) -> tuple[int, bool, int]:
    """Bound before deployed, then known makers or bases, then what most places bind; else the report's order."""
    return row.evidence.rank, row.lab == words.UNKNOWN and not row.bases, -sum(s.evidence.is_use for s in row.sightings)


def headlines(findings: Sequence[FindingView]) -> tuple[Headline, ...]:
    """The findings by rule and severity, in order."""
    groups: dict[tuple[str, str], list[FindingView]] = {}
    for one in findings:
        groups.setdefault((one.rule, one.severity), []).append(one)
    return tuple(Headline(first=group[0], also=tuple(group[1:])) for group in groups.values())


def finding(found: Finding) -> FindingView:
    """One finding in words."""
    return FindingView(
        id=clean(found.id, 12),
        rule=clean(found.rule, 40),
        severity=words.SEVERITIES[found.severity],
        dimension=found.dimension.label,
        title=clean(found.title, 120),
        fact=clean(found.fact),
        consequence=clean(found.consequence),
        remedy=clean(found.remedy),
        effort=found.effort.value,
        model=clean(found.model, ID_LIMIT),
        places=tuple(place(at.path, at.line) for at in found.locations),
        questions=tuple(clean(question, 12) for question in found.questions),
        confidence=found.confidence.value,
        status=clean(found.status, 40),
        capped=words.SEVERITIES[found.capped_from] if found.capped_from else "",
        set_aside=_set_aside(found),
    )


def _set_aside(found: Finding) -> str:
    """A wish of the target is told and changes nothing."""
    if found.suppressed_by.startswith(FROM_TARGET):
        return clean(f"the target asks to set it aside: {found.suppressed_by.removeprefix(FROM_TARGET)}", 200)
    return clean(f"set aside by {found.suppressed_by}", 180) if found.suppressed_by else ""


def _service_names(report: Report) -> dict[str, str]:
    """Names of providers by the id under which a cost speaks of them."""
    return {p.id: clean(p.name, 60) for use in report.uses if (p := use.route.provider)}


def _lab_of(row: Row) -> str:
    return row.lab if row.lab == words.UNKNOWN else f"{row.lab} ({row.country})"


def _cells(*texts: str) -> Entry:
    return Entry(cells=tuple(clean(text, 240) for text in texts))


def evidence_counts(many: Sequence[Row]) -> tuple[tuple[Evidence, int], ...]:
    """How many rows each class has, strongest first, without zeros."""
    counts = Counter(one.evidence for one in many)
    return tuple((evidence, counts[evidence]) for evidence in Evidence if counts[evidence])


def _most(values: Sequence[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0])))
