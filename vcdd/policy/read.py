"""From the text of a policy file to a `Policy`, strictly: unknown keys and odd values are errors with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from vcdd.core.evidence import Evidence
from vcdd.core.finding import Action
from vcdd.policy.company import company_of
from vcdd.policy.given import GIVEN_FLAGS, GIVEN_KEYS, GIVEN_WHOLES
from vcdd.policy.schema import (
    FLAG_KEYS,
    SCHEMA,
    STALE_KINDS,
    WHEN_KEYS,
    WHOLE_KEYS,
    Gates,
    Policy,
    PolicyCase,
    PolicyContext,
    PolicyException,
    PolicyRule,
    Wanted,
)
from vcdd.rules.tables import Table, parse_table

_TOP = ("policy", "gates", "context", "company", "rule", "exception", "test")
_ACTIONS = tuple(action.value for action in Action)
_EVIDENCE = tuple(evidence.value for evidence in Evidence)


def base_name(text: str, file: str) -> str:
    """What the file extends; empty for nothing."""
    return parse_table(text, file).table("policy").text("extends", "")


def read_policy(text: str, file: str, base: Policy | None = None) -> Policy:
    """The policy of a file on top of the one it extends: own rules first, then inherited ones of another id.

    Raises:
        ConfigError: with file, line, key and the next step; nothing is half-applied.
    """
    whole = parse_table(text, file).only(*_TOP)
    head = whole.table("policy").only("schema", "name", "version", "extends", "owner", "summary")
    if head.whole("schema") != SCHEMA:
        raise head.place.error("schema", f"`schema` is not {SCHEMA}", f"Write `schema = {SCHEMA}` under [policy].")
    owner = head.text("owner", base.owner if base else "")
    if not owner:
        raise head.place.error("owner", "`owner` is missing", "Name who answers for the policy's denials.")
    name = head.text("name")
    rules = tuple(_rule(table, owner, name) for table in whole.tables("rule"))
    _check_unique(whole.tables("rule"), rules)
    policy = Policy(
        name=name,
        version=head.text("version"),
        summary=head.text("summary", base.summary if base else ""),
        owner=owner,
        source=file,
        gates=_gates(whole.table("gates"), base.gates if base else Gates()),
        context=_context(whole.table("context"), base.context if base else PolicyContext()),
        company=company_of(whole.table("company")) if whole.has("company") else (base.company if base else None),
        rules=(*rules, *_inherited(base, rules, owner)),
        cases=tuple(_case(table) for table in whole.tables("test")),
        extends=(base.name, *base.extends) if base else (),
    )
    return replace(policy, exceptions=_exceptions(whole, policy, base))


def _rule(table: Table, owner: str, policy: str) -> PolicyRule:
    table.only("id", "when", "action", "reason", "owner", "reference", "ask")
    when = table.table("when").only(*WHEN_KEYS)
    if not when.values:
        raise table.place.error("when", "a rule without conditions", "Add facts to `when`, or remove the rule.")
    return PolicyRule(
        id=table.text("id"),
        when=_wanted(when, FLAG_KEYS, WHOLE_KEYS),
        action=Action(table.choice("action", _ACTIONS)),
        reason=table.text("reason"),
        owner=table.text("owner", owner),
        reference=table.text("reference", ""),
        ask=table.texts("ask"),
        policy=policy,
    )


def _wanted(table: Table, flags: tuple[str, ...], wholes: tuple[str, ...]) -> Mapping[str, Wanted]:
    """The table with each value read as the type its key takes."""
    return {key: _value(table, key, flags, wholes) for key in table.values}


def _value(table: Table, key: str, flags: tuple[str, ...], wholes: tuple[str, ...]) -> Wanted:
    if key in flags:
        return table.flag(key) is True
    if key in wholes:
        return table.whole(key) or 0
    return table.texts(key)


def _check_unique(tables: tuple[Table, ...], rules: tuple[PolicyRule, ...]) -> None:
    seen: set[str] = set()
    for table, rule in zip(tables, rules, strict=True):
        if rule.id in seen:
            raise table.place.error("id", f'rule "{rule.id}" stands twice', "Give each rule an id of its own.")
        seen.add(rule.id)


def _inherited(base: Policy | None, own: tuple[PolicyRule, ...], owner: str) -> tuple[PolicyRule, ...]:
    """Rules of the base that this policy does not redefine; its owner answers where the base's rule named nobody."""
    if base is None:
        return ()
    mine = {rule.id for rule in own}
    return tuple(
        replace(rule, owner=owner) if rule.owner == base.owner else rule for rule in base.rules if rule.id not in mine
    )


def _gates(table: Table, base: Gates) -> Gates:
    table.only("fail_on", "unknown_data_path", "min_evidence", "stale_after_days", "require_coverage")
    limits = table.table("stale_after_days").only(*STALE_KINDS)
    days = {key: value for key in limits.values if (value := limits.whole(key)) is not None}
    required = table.share("require_coverage")
    return Gates(
        fail_on=_actions(table) if table.has("fail_on") else base.fail_on,
        unknown_data_path=Action(table.choice("unknown_data_path", _ACTIONS, base.unknown_data_path.value)),
        min_evidence=Evidence(table.choice("min_evidence", _EVIDENCE, base.min_evidence.value)),
        stale_after_days={**base.stale_after_days, **days},
        require_coverage=base.require_coverage if required is None else required,
    )


def _actions(table: Table) -> tuple[Action, ...]:
    found = table.texts("fail_on")
    for value in found:
        if value not in _ACTIONS:
            raise table.place.error("fail_on", f'`fail_on` has "{value}"', f"Use any of: {', '.join(_ACTIONS)}.")
    return tuple(Action(value) for value in found)


def _context(table: Table, base: PolicyContext) -> PolicyContext:
    table.only("sells_to", "established_in", "markets", "personal_data", "generates_media")
    return PolicyContext(
        sells_to=table.texts("sells_to") or base.sells_to,
        established_in=table.texts("established_in") or base.established_in,
        markets=table.texts("markets") or base.markets,
        personal_data=_either(table.flag("personal_data"), base.personal_data),
        generates_media=_either(table.flag("generates_media"), base.generates_media),
    )


def _either(own: bool | None, base: bool | None) -> bool | None:
    return base if own is None else own


def _exceptions(whole: Table, policy: Policy, base: Policy | None) -> tuple[PolicyException, ...]:
    """Own exceptions, then inherited ones; an exception for a rule that does not exist would hide nothing, quietly."""
    known = {rule.id for rule in policy.rules} | {"unknown_data_path"}
    own = tuple(_exception(table, known) for table in whole.tables("exception"))
    return (*own, *(base.exceptions if base else ()))


def _exception(table: Table, known: set[str]) -> PolicyException:
    table.only("rule", "subject", "reason", "approver", "expires")
    return PolicyException(
        rule=table.choice("rule", tuple(sorted(known))),
        subject=table.text("subject"),
        reason=table.text("reason"),
        approver=table.text("approver"),
        expires=table.day("expires"),
    )


def _case(table: Table) -> PolicyCase:
    table.only("name", "given", "expect", "rule", "company")
    return PolicyCase(
        name=table.text("name"),
        given=_wanted(table.table("given").only(*GIVEN_KEYS), GIVEN_FLAGS, GIVEN_WHOLES),
        expect=Action(table.choice("expect", _ACTIONS)),
        rule=table.text("rule", ""),
        company=company_of(table.table("company")) if table.has("company") else None,
    )
