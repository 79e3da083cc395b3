"""Suppressions: findings an analyst sets aside with reason, owner and end date.

Those of the analyst take effect. Those that lie in the target are the scanned party's: they are shown beside the
finding and hide nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from vcdd.core.finding import FROM_TARGET, Finding
from vcdd.core.location import Location
from vcdd.core.reference import ObservationKind
from vcdd.core.report import Report
from vcdd.rules.tables import Table, parse_table
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """One finding, or all findings of a rule on a model or path, set aside."""

    reason: str
    owner: str
    expires: date
    fingerprint: str = ""
    rule: str = ""
    model: str = ""
    """Canonical id; empty for every model of the rule."""
    path: str = ""
    """Folder or file; empty for every place."""
    line: int = 0
    """Line of a comment in `path`, from 1: the finding stands there or on the next line. 0 for any line."""

    def matches(self, finding: Finding) -> bool:
        """Whether this finding is meant."""
        if self.fingerprint:
            return finding.fingerprint == self.fingerprint
        here = not self.path or any(self._is_here(place) for place in finding.locations)
        return finding.rule == self.rule and self.model in ("", finding.model) and here

    def _is_here(self, place: Location) -> bool:
        if self.line:
            return place.path == self.path and place.line in (self.line, self.line + 1)
        return _is_under(place.path, self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppressed:
    """Findings after suppression, and what the analyst should know."""

    findings: tuple[Finding, ...]
    warnings: tuple[str, ...] = ()
    """Expired suppressions and those that match nothing, one sentence each."""


def is_active(finding: Finding) -> bool:
    """Whether a finding counts: nothing set it aside, or only the target wished so."""
    return finding.is_active


def read_suppressions(text: str, file: str) -> tuple[Suppression, ...]:
    """The `[[suppress]]` tables of a file, in order; other tables are not read.

    Raises:
        ConfigError: not TOML, an unknown or missing key, a date that is none, or a table that names no finding.
    """
    return tuple(_read(table) for table in parse_table(text, file).tables("suppress"))


def suppress(findings: Iterable[Finding], wanted: Iterable[Suppression], today: date) -> Suppressed:
    """The analyst's suppressions applied; expired ones set nothing aside and are named."""
    kept = tuple(findings)
    warnings = []
    for item in wanted:
        if item.expires < today:
            warnings.append(f"Suppression {_name(item)} of {item.owner} expired on {item.expires}; it hides nothing.")
        elif not any(item.matches(finding) for finding in kept):
            warnings.append(f"Suppression {_name(item)} of {item.owner} matches no finding; remove it.")
        else:
            by = f"{item.owner} until {item.expires}: {item.reason}"
            kept = tuple(_set_aside(finding, by) if item.matches(finding) else finding for finding in kept)
    return Suppressed(findings=kept, warnings=tuple(warnings))


def note_target_wishes(findings: Iterable[Finding], wanted: Iterable[Suppression]) -> tuple[Finding, ...]:
    """The findings with the target's own wishes written beside them; all of them stay active."""
    wishes = tuple(wanted)
    return tuple(_with_wish(finding, wishes) for finding in findings)


def wishes_of(report: Report) -> tuple[Suppression, ...]:
    """What comments and tables in the target ask, in report order."""
    return tuple(
        _wish(item.subject, item.detail, item.location)
        for item in report.observations
        if item.kind is ObservationKind.TARGET_WISH
    )


def _wish(subject: str, reason: str, place: Location) -> Suppression:
    named, *limits = subject.split(" ")
    limited = dict(part.split("=", 1) for part in limits if "=" in part)
    is_rule = len(named) == _RULE_LENGTH
    return Suppression(
        reason=f"{reason} ({place})",
        owner="the scanned party",
        expires=date.max,
        rule=named if is_rule else "",
        fingerprint="" if is_rule else named,
        model=limited.get("model", ""),
        path=place.path if place.line else limited.get("path", ""),
        line=place.line,
    )


_RULE_LENGTH = len("L101")


def _with_wish(finding: Finding, wishes: tuple[Suppression, ...]) -> Finding:
    wish = next((item for item in wishes if item.matches(finding)), None)
    if wish is None or finding.suppressed_by:
        return finding
    return replace(finding, suppressed_by=f"{FROM_TARGET}{wish.reason}")


def _set_aside(finding: Finding, by: str) -> Finding:
    return finding if not is_active(finding) else replace(finding, suppressed_by=by)


def _read(table: Table) -> Suppression:
    table.only("fingerprint", "rule", "model", "path", "reason", "owner", "expires")
    item = Suppression(
        reason=table.text("reason"),
        owner=table.text("owner"),
        expires=table.day("expires"),
        fingerprint=table.text("fingerprint", ""),
        rule=table.text("rule", ""),
        model=table.text("model", ""),
        path=table.text("path", "").rstrip("/"),
    )
    if not item.fingerprint and not item.rule:
        step = 'Add `fingerprint = "…"` from the report, or `rule = "L101"`.'
        raise table.place.error("fingerprint", "the suppression names no finding", step)
    return item


def _name(item: Suppression) -> str:
    return item.fingerprint or " ".join(part for part in (item.rule, item.model, item.path) if part)


def _is_under(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")
