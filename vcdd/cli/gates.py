"""From a report to an exit status. Findings alone never fail an analyst's scan."""

from __future__ import annotations

from vcdd.core.finding import Action, Severity
from vcdd.core.report import Report
from vcdd.errors import ExitStatus
from vcdd.rules.coverage import is_whole
from vcdd.rules.suppress import is_active

_ACTIONS = {action.value: action for action in (Action.REVIEW, Action.DENY)}


def status_of(report: Report, fail_on: str, *, strict: bool) -> ExitStatus:
    """GATE when the named level or an explicit policy's deny is reached, else INCOMPLETE when asked for, else DONE."""
    outcome = report.outcome
    if outcome is not None and outcome.explicit and outcome.action is Action.DENY:
        return ExitStatus.GATE
    if fail_on in _ACTIONS:
        if outcome is not None and outcome.action.rank >= _ACTIONS[fail_on].rank:
            return ExitStatus.GATE
    elif fail_on and any(
        f.severity.rank <= Severity(fail_on).rank for f in report.findings if is_active(f) and _graded(f.severity)
    ):
        return ExitStatus.GATE
    if strict and _is_incomplete(report):
        return ExitStatus.INCOMPLETE
    if outcome is not None and outcome.explicit and outcome.incomplete:
        return ExitStatus.INCOMPLETE
    return ExitStatus.DONE


def _graded(severity: Severity) -> bool:
    return severity is not Severity.OPEN


def _is_incomplete(report: Report) -> bool:
    """Something lay there and was not read, or a look-up failed."""
    return not is_whole(report.coverage, 1.0) or bool(report.warnings)
