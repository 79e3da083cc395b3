"""D1: what the licence of the weights asks for, carried along base, fine-tune, quantisation and adapter.

Thresholds and territories, which a number of the company settles, are in `thresholds`; the licence of the target's own
code is in `repository`. Calls of a lab's own API run under its terms of service and are left to the data path.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from vcdd.core.evidence import Confidence
from vcdd.core.finding import Severity
from vcdd.core.model import Ancestor, ConditionKind, Licence, LicenceClass, Model, ModelUse, Weights
from vcdd.core.reference import ObservationKind
from vcdd.core.report import Report
from vcdd.rules.conditions import Carried, Status, carried, is_non_commercial, licences
from vcdd.rules.context import RuleContext
from vcdd.rules.draft import Draft, draft_of_uses
from vcdd.rules.seen import in_code
from vcdd.rules.uses import by_model, groups_of, weights_terms_govern
from vcdd.rules.words import join_names, licence_words, shown

# Conditions that no company number settles, each with its rule. Attribution alone is the duty of every permissive
# licence and is not worth a finding.
_RULE_OF = {
    ConditionKind.DISPLAY_DUTY: "L106",
    ConditionKind.NAMING_DUTY: "L107",
    ConditionKind.OUTPUT_TRAINING: "L108",
    ConditionKind.FLOW_DOWN: "L110",
    ConditionKind.REGISTRATION: "L111",
    ConditionKind.COPYLEFT: "L112",
    ConditionKind.FIELD_OF_USE: "L113",
}


def find(report: Report, context: RuleContext) -> Iterator[Draft]:
    """Findings about licences of weights."""
    yield from _non_commercial(report, context)
    yield from _behind_an_api(report)
    for kind, rule in _RULE_OF.items():
        yield from _condition(report, kind, rule)
    yield from _use_policies(report)
    yield from _relabelled(report)
    yield from _unknown(report)


def _use_policies(report: Report) -> Iterator[Draft]:
    """All use policies in one line: nearly every conditional licence has one."""
    uses = tuple(use for use in report.in_use if _standing(use, ConditionKind.ACCEPTABLE_USE))
    if uses:
        found = [item for use in uses if (item := _standing(use, ConditionKind.ACCEPTABLE_USE))]
        names = join_names(sorted({item.licence.name for item in found}))
        yield draft_of_uses("L109", uses, words={"licences": names}, subject="use-policies")


def _non_commercial(report: Report, context: RuleContext) -> Iterator[Draft]:
    """One finding per licence, the ancestor that brings it, and whether the weights are known to be held."""
    commercial = context.company.commercial if context.company else None
    groups: dict[tuple[str, str, str], list[ModelUse]] = defaultdict(list)
    for uses in groups_of(report, lambda use: weights_terms_govern(use) and _is_restricted(use.model)):
        licence, ancestor = _restricting(uses[0].model)
        many = not uses[0].evidence.is_use
        key = ("", "", "") if many else (licence.id, ancestor.id if ancestor else "", _reach(uses))
        groups[key].extend(uses)
    for (_, _, reach), found in groups.items():
        licence, ancestor = _restricting(found[0].model)
        inferred = ancestor is not None and ancestor.how != "declared"
        severity, status = _grade_non_commercial(commercial=commercial, doubtful=inferred or bool(reach))
        yield draft_of_uses(
            "L101",
            tuple(found),
            words={"licence": _licence_names(tuple(found)), "through": _through(ancestor.id if ancestor else "")},
            subject=licence.id if len({use.model.id for use in found}) > 1 else "",
            severity=severity,
            status=status,
            confidence=Confidence.HIGH if licence.verified and not inferred else Confidence.LOW,
            extra=reach,
        )


_REACH_OPEN = (
    "Whether weights are loaded or the maker's own API is called is not settled; the API has terms of its own."
)


def _reach(uses: tuple[ModelUse, ...]) -> str:
    """Empty where the terms of the weights govern for sure, else why they may not."""
    return _REACH_OPEN if all(use.route.may_be_own_api for use in uses) else ""


def _restricting(model: Model) -> tuple[Licence, Ancestor | None]:
    """The nearest licence of a restricted model that grants no commercial use."""
    return next(pair for pair in licences(model) if is_non_commercial(pair[0]))


def _grade_non_commercial(*, commercial: bool | None, doubtful: bool) -> tuple[Severity, str]:
    """A company that seeks investment is taken to be commercial unless it is told otherwise.

    A blocker is what stops the business on what is known: a guessed lineage, and a call that may go to the maker's
    own API, need an answer before closing.
    """
    if commercial is False:
        return Severity.INFO, Status.OK
    if doubtful:
        return Severity.MEDIUM, Status.RESEARCH
    return Severity.BLOCKER, Status.CONFLICT if commercial else Status.RESEARCH


def _behind_an_api(report: Report) -> Iterator[Draft]:
    """Restricted weights reached through their lab's own API: no finding against the use, but a door that is shut."""
    restricted = (use for use in report.in_use if not weights_terms_govern(use) and _is_restricted(use.model))
    uses = tuple(restricted)
    if uses:
        yield draft_of_uses("L116", uses, words={"licence": _licence_names(uses)}, subject="api")


def _condition(report: Report, kind: ConditionKind, rule: str) -> Iterator[Draft]:
    """One finding per duty and its words for the models in use: versions of a licence ask the same in the same words.

    A menu of options has no duties yet.
    """
    trains = bool(in_code(report, ObservationKind.FINE_TUNING))
    if kind is ConditionKind.NAMING_DUTY and not (trains or _has_own_weights(report)):
        return  # nothing is derived, so nothing needs a name
    groups: dict[tuple[str, bool], list[tuple[ModelUse, Carried]]] = defaultdict(list)
    for use in report.in_use:
        item = _standing(use, kind)
        if item is not None:
            groups[item.condition.text, item.is_inferred].append((use, item))
    for _, found in sorted(groups.items()):
        items = [item for _, item in found]
        bases = {item.ancestor.id if item.ancestor else "" for item in items}
        yield draft_of_uses(
            rule,
            tuple(use for use, _ in found),
            words=_condition_words(items, bases.pop() if len(bases) == 1 else ""),
            subject=min(item.licence.id for item in items),
            severity=_severity_of(kind, items[0], trains=trains),
            confidence=max(map(_confidence, items), key=lambda confidence: confidence.rank),
        )


def _has_own_weights(report: Report) -> bool:
    return any(use.model.id.startswith("local:") for use in report.in_use)


def _standing(use: ModelUse, kind: ConditionKind) -> Carried | None:
    """The first condition of this kind that binds a use, if the licence of the weights governs it."""
    if not weights_terms_govern(use):
        return None
    return next((item for item in carried(use.model) if item.condition.kind is kind), None)


def _severity_of(kind: ConditionKind, item: Carried, *, trains: bool) -> Severity | None:
    """Training on outputs matters more where the target trains; a guess of lineage never weighs more than low."""
    if item.is_inferred:
        return Severity.LOW
    if kind is ConditionKind.OUTPUT_TRAINING and trains:
        return Severity.MEDIUM
    return None


def _relabelled(report: Report) -> Iterator[Draft]:
    for uses in by_model(tuple(use for use in report.in_use if _relabel_note(use.model))):
        licence = uses[0].model.licence
        words = {"note": _relabel_note(uses[0].model), "licence": licence.name if licence else "not on record"}
        yield draft_of_uses("L114", uses, words=words, status=Status.RESEARCH)


def _relabel_note(model: Model) -> str:
    fact = model.facts.get("relabelled")
    if fact is None or not fact.value:
        return ""
    return fact.note or (fact.value if isinstance(fact.value, str) else "the tag differs from the upstream licence")


def _unknown(report: Report) -> Iterator[Draft]:
    """One finding per reason why a licence is unknown, for all models that share it."""
    groups: dict[str, list[ModelUse]] = defaultdict(list)
    for use in report.in_use:
        if _has_unknown_licence(use):
            groups[unknown_licence_note(use.model)].append(use)
    for note, uses in sorted(groups.items()):
        yield draft_of_uses(
            "L115",
            tuple(uses),
            words={"note": note},
            subject=note,
            status=Status.RESEARCH,
            confidence=Confidence.MEDIUM,
        )


def unknown_licence_note(model: Model) -> str:
    """Why nobody knows the licence of public weights, as the record says it."""
    fact = model.facts.get("licence")
    return fact.note if fact is not None and fact.note else "no source states one"


def _has_unknown_licence(use: ModelUse) -> bool:
    model = use.model
    known = model.licence is not None and model.licence.category is not LicenceClass.UNKNOWN
    return weights_terms_govern(use) and model.weights is Weights.OPEN and not known


def _is_restricted(model: Model) -> bool:
    return any(is_non_commercial(licence) for licence, _ in licences(model))


def _licence_names(uses: tuple[ModelUse, ...]) -> str:
    found = (licence_words(lic.name) for use in uses for lic, _ in licences(use.model) if is_non_commercial(lic))
    return join_names(found, most=3)


def _condition_words(items: Sequence[Carried], base: str) -> dict[str, str]:
    """`base` is the ancestor that brings the condition to every model of the finding; empty where they differ."""
    return {
        "licence": join_names(licence_words(item.licence.name) for item in items),
        "text": items[0].condition.text.rstrip(". "),
        "through": _through(base),
    }


def _through(ancestor: str) -> str:
    return f", inherited from {shown(ancestor)}" if ancestor else ""


def _confidence(item: Carried) -> Confidence:
    return Confidence.HIGH if item.licence.verified and not item.is_inferred else Confidence.LOW
