"""D10: what could not be seen. It gates conclusions and adds no points: not read is not clean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from vcdd.core.evidence import Confidence, Evidence
from vcdd.core.finding import Severity
from vcdd.core.location import Location
from vcdd.core.report import Report, Unresolved
from vcdd.core.source_file import Coverage
from vcdd.rules.context import RuleContext
from vcdd.rules.draft import MAX_LOCATIONS, Draft
from vcdd.rules.words import count, join_names

FULL_ENOUGH = 0.9
"""Below this share of files read, the reading itself needs an answer (the default policy's gate)."""
BINARY = "binary"
"""Reason of files that hold no text (images, sound, fonts): listed, and left out of the share."""
BY_CHOICE = "; use --deep"
"""How the reasons end of what is other people's code and was left out on purpose."""
STALE_DAYS = 60
"""From this age on, the newest check of the registry is said in a finding."""


def find(report: Report, context: RuleContext) -> Iterator[Draft]:
    """Unread, unparsed, unresolved, unreachable and stale, one line each."""
    yield from _unread(report)
    yield from _fallbacks(report)
    yield from _unresolved(report, "model-from-outside", "V003")
    yield from _unresolved(report, "unknown-id", "V004")
    yield from _unreachable(report)
    yield from _stale(report, context)


def share_read(coverage: Coverage) -> float:
    """Share of the files that can hold text and were read, 0 to 1; 1.0 where there is none."""
    without_text = sum(item.files for item in coverage.files_skipped if item.reason == BINARY)
    readable = coverage.files_total - without_text
    return min(1.0, coverage.files_read / readable) if readable > 0 else 1.0


def shortfall(coverage: Coverage) -> str:
    """Why what was read does not stand for the whole target, in one clause; empty when it does.

    Reading ended early, or much of what was to be read was not; what is left to `--deep` was not to be read.
    """
    if coverage.cut:
        return f"{coverage.cut.path}: {coverage.cut.reason}"
    by_choice = sum(item.files for item in coverage.files_skipped if item.reason.endswith(BY_CHOICE))
    wanted = coverage.files_total - by_choice
    if share_read(replace(coverage, files_total=wanted)) >= FULL_ENOUGH:
        return ""
    return f"{coverage.files_read:,} of {count(wanted, 'file')} read to the end"


def is_whole(coverage: Coverage, required: float) -> bool:
    """Whether the share that a policy requires was read, and the number of files is known at all."""
    return coverage.cut is None and share_read(coverage) >= required


def _unread(report: Report) -> Iterator[Draft]:
    skipped = report.coverage.files_skipped
    if not skipped:
        return
    reasons: Counter[str] = Counter()
    for item in skipped:
        reasons[item.reason] += max(1, item.files)
    ordered = sorted(reasons.items(), key=lambda item: (item[0] == BINARY, -item[1], item[0]))
    said = join_names((f"{reason} ({number})" for reason, number in ordered), most=5)
    enough = is_whole(report.coverage, FULL_ENOUGH)
    yield Draft(
        rule="V001",
        subject="unread",
        words={
            "skipped": count(reasons.total(), "file"),
            "total": f"{report.coverage.files_total:,}",
            "reasons": said,
        },
        severity=Severity.INFO if enough else Severity.MEDIUM,
        locations=_places(item.path for item in sorted(skipped, key=lambda item: item.reason == BINARY)),
    )


def _fallbacks(report: Report) -> Iterator[Draft]:
    weaker = report.coverage.parse_fallbacks
    if weaker:
        yield Draft(
            rule="V002",
            subject="fallbacks",
            words={
                "files": count(len({item.path for item in weaker}), "file"),
                "parsers": join_names(sorted({f.parser for f in weaker})),
            },
            locations=_places(item.path for item in weaker),
        )


def _unresolved(report: Report, kind: str, rule: str) -> Iterator[Draft]:
    """One finding for all: each subject has its own question."""
    open_ones: list[Unresolved] = [item for item in report.unresolved if item.kind == kind]
    if open_ones:
        yield Draft(
            rule=rule,
            subject=kind,
            words={"subjects": join_names((item.subject for item in open_ones), most=6)},
            evidence=Evidence.UNRESOLVED,
            locations=tuple(place for item in open_ones for place in item.locations)[:MAX_LOCATIONS],
        )


def _unreachable(report: Report) -> Iterator[Draft]:
    if report.warnings:
        words = {"warnings": join_names((text.rstrip(". ") for text in report.warnings), most=3)}
        yield Draft(rule="V005", subject="warnings", words=words)


def _stale(report: Report, context: RuleContext) -> Iterator[Draft]:
    newest = report.registry.newest_check
    if newest is not None and context.today - newest > timedelta(days=STALE_DAYS):
        words = {"date": newest.isoformat()}
        yield Draft(rule="V006", subject="registry", words=words, confidence=Confidence.HIGH)


def _places(paths: Iterator[str]) -> tuple[Location, ...]:
    return tuple(Location(path=path, line=0, column=0) for path in dict.fromkeys(paths))[:MAX_LOCATIONS]
