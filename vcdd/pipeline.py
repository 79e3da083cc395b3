"""The order of the stages and nothing else: target → sites → references → uses → costs, findings, outcome, questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field, replace
from datetime import date, datetime

from vcdd import __version__
from vcdd.core.company import Company, Usage
from vcdd.core.cost import CostSummary
from vcdd.core.hub import Hub
from vcdd.core.reference import Reference
from vcdd.core.report import RegistryInfo, Report, TargetInfo
from vcdd.core.source_file import Coverage, Skipped
from vcdd.memory import Detected, Memory
from vcdd.policy.evaluate import evaluate
from vcdd.policy.schema import Policy
from vcdd.pricing.book import PriceBook
from vcdd.processes import LOST, Progress
from vcdd.questions.ask import ask
from vcdd.registry.registry import Registry
from vcdd.resolve.resolve import Resolution, resolve
from vcdd.rules.baseline import Baseline, apply_baseline
from vcdd.rules.context import RuleContext
from vcdd.rules.engine import find
from vcdd.rules.suppress import Suppression, note_target_wishes, suppress, wishes_of
from vcdd.target.entry import Entry
from vcdd.target.limits import Limits
from vcdd.target.target import Target
from vcdd.values import dataclass


def _silent(read: int, parsed: int) -> None:
    """No progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Everything a scan needs beside the target. Passed in: the pipeline reads no file, clock or environment."""

    registry: Registry
    hub: Hub
    shelf: Hub | None = None
    """Records that need no network, for ids no loader would fetch."""
    now: datetime
    offline: bool = True
    policy: Policy | None = None
    policy_is_explicit: bool = False
    company: Company | None = None
    usage: Usage = field(default_factory=Usage)
    book: PriceBook | None = None
    """None leaves prices out."""
    baseline: Baseline | None = None
    suppressions: tuple[Suppression, ...] = ()
    limits: Limits = field(default_factory=Limits)
    progress: Progress = _silent
    workers: int = 1
    """Processes that read the files of one target."""
    memory: Memory | None = None
    """Where detections of unchanged targets are kept; None remembers nothing."""
    claims: Callable[[Report], Report] | None = None
    """Adds claims and attestations, which need the uses; None adds none."""

    @property
    def today(self) -> date:
        """The day of the scan."""
        return self.now.date()


def scan(target: Target, inputs: Inputs) -> Report:
    """The report of one target."""
    detected = _detect(target, inputs)
    resolution = resolve(
        detected.references, detected.shapes, registry=inputs.registry, hub=inputs.hub, shelf=inputs.shelf
    )
    report = Report(
        tool_version=__version__,
        registry=registry_info(inputs.registry),
        target=target.info,
        scanned_at=inputs.now,
        offline=inputs.offline,
        coverage=detected.coverage,
        uses=resolution.uses,
        unresolved=resolution.unresolved,
        observations=detected.observations,
        references=detected.references,
        sent_to_hub=inputs.hub.asked,
        warnings=(*target.warnings, *resolution.warnings),
    )
    return weigh(report, inputs)


def _detect(target: Target, inputs: Inputs) -> Detected:
    """Read and judge the target, or remember what was detected in this very state of it."""
    if inputs.memory is None or target.info.kind not in _STAMPED:
        return _read(target.entries(), inputs)
    found = list(target.entries())
    key = inputs.memory.key(found)
    remembered = inputs.memory.recall(key)
    if remembered is not None:
        return remembered
    detected = _read(found, inputs)
    if not any(row.reason.startswith(LOST) for row in detected.coverage.files_skipped):
        inputs.memory.keep(key, detected)
    return detected


def _read(entries: Iterable[Entry | Skipped], inputs: Inputs) -> Detected:
    from vcdd.reading import read_and_judge  # noqa: PLC0415 -- slow import, and a target seen before needs none of it

    return read_and_judge(entries, inputs.registry, inputs.limits, inputs.progress, workers=inputs.workers)


_STAMPED = frozenset(("folder", "file", "requirements"))
"""Kinds of targets whose files tell by size and time whether they have changed."""


def scan_list(info: TargetInfo, references: Sequence[Reference], inputs: Inputs) -> Report:
    """The report of ids that somebody listed."""
    resolution = resolve(references, (), registry=inputs.registry, hub=inputs.hub, shelf=inputs.shelf)
    return scan_resolved(info, resolution, references, inputs)


def scan_resolved(info: TargetInfo, resolution: Resolution, references: Sequence[Reference], inputs: Inputs) -> Report:
    """The report of uses that were resolved elsewhere: a list of ids, or what an account publishes."""
    report = Report(
        tool_version=__version__,
        registry=registry_info(inputs.registry),
        target=info,
        scanned_at=inputs.now,
        offline=inputs.offline,
        coverage=Coverage(files_total=1, files_read=1),
        uses=resolution.uses,
        unresolved=resolution.unresolved,
        references=tuple(references),
        sent_to_hub=inputs.hub.asked,
        warnings=resolution.warnings,
    )
    return weigh(report, inputs)


def weigh(report: Report, inputs: Inputs) -> Report:
    """The same facts with costs, claims, findings, outcome and questions: what can be done again to a saved report."""
    if inputs.claims is not None:
        report = inputs.claims(report)
    company = inputs.company or (inputs.policy.company if inputs.policy else None)
    report = replace(report, costs=_costs(report, inputs, company))
    context = RuleContext(today=inputs.today, lists=inputs.registry.lists, company=company)
    findings = find(report, context)
    if inputs.baseline is not None:
        findings = apply_baseline(findings, inputs.baseline)
    kept = suppress(findings, inputs.suppressions, inputs.today)
    findings = note_target_wishes(kept.findings, wishes_of(report))
    report = replace(report, findings=findings, warnings=(*report.warnings, *kept.warnings))
    if inputs.policy is not None:
        outcome = evaluate(
            report,
            inputs.policy,
            company,
            inputs.today,
            explicit=inputs.policy_is_explicit,
            lists=inputs.registry.lists,
        )
        report = replace(report, outcome=outcome)
    return replace(report, questions=ask(report, company))


def registry_info(registry: Registry) -> RegistryInfo:
    """What a report says of the registry that answered."""
    return RegistryInfo(version=registry.version, newest_check=registry.newest_check, overlays=registry.overlays)


def _costs(report: Report, inputs: Inputs, company: Company | None) -> CostSummary:
    """What the uses cost; revenue and burn of the company stand in where the usage file is silent."""
    if inputs.book is None:
        return report.costs
    from vcdd.pricing.estimate import estimate_costs  # noqa: PLC0415 -- slow import: price libraries
    from vcdd.pricing.usage import with_company  # noqa: PLC0415

    usage = with_company(inputs.usage, company) if company else inputs.usage
    stale = inputs.policy.gates.stale_after_days.get("price", 90) if inputs.policy else 90
    return estimate_costs(report.uses, usage, inputs.book, today=inputs.today, stale_after_days=stale)
