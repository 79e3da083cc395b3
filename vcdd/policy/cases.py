"""`policy test`: the example cases that stand in the policy file itself."""

from __future__ import annotations

from vcdd.core.finding import Action, Decision
from vcdd.policy.evaluate import decide
from vcdd.policy.given import facts_given
from vcdd.policy.match import Circumstances
from vcdd.policy.schema import Policy, PolicyCase
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """What one case expected and what it got."""

    name: str
    expected: Action
    got: Action
    rule: str
    """The deciding rule; empty when none held."""
    passed: bool
    message: str
    """Why it failed; empty when it passed."""


def run_cases(policy: Policy) -> tuple[CaseResult, ...]:
    """Every case of the policy in the order of the file; inherited cases belong to the policy that wrote them."""
    return tuple(_run(case, policy) for case in policy.cases)


def _run(case: PolicyCase, policy: Policy) -> CaseResult:
    around = Circumstances(context=policy.context, company=case.company or policy.company)
    found = list(decide(facts_given(case.given), policy, around))
    top = max(found, key=lambda item: item.action.rank, default=None)
    got = top.action if top else Action.ALLOW
    rule = top.rule if top else ""
    message = _message(case, got, found)
    return CaseResult(name=case.name, expected=case.expect, got=got, rule=rule, passed=not message, message=message)


def _message(case: PolicyCase, got: Action, found: list[Decision]) -> str:
    if got is not case.expect:
        return f"expected {case.expect.value}, got {got.value}"
    deciding = {item.rule for item in found if item.action is got}
    if case.rule and case.rule not in deciding:
        return f"expected rule {case.rule}, decided by {', '.join(sorted(deciding)) or 'no rule'}"
    return ""
