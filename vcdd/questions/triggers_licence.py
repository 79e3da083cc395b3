"""Triggers that look at licences: grants, numbers that licences compare with, duties."""

from __future__ import annotations

from collections.abc import Iterator

from vcdd.core.model import Condition, ConditionKind, LicenceClass, Model, ModelUse, Weights
from vcdd.core.reference import ObservationKind
from vcdd.questions.triggers import MOST_NAMES, Hit, Situation
from vcdd.rules.conditions import Status, carried, compare, is_non_commercial, licences
from vcdd.rules.licence import unknown_licence_note
from vcdd.rules.uses import weights_terms_govern
from vcdd.rules.words import join_names, licence_words, shown

_NUMBERS = {
    ConditionKind.MAU_THRESHOLD: "monthly active users",
    ConditionKind.REVENUE_THRESHOLD: "annual revenue",
    ConditionKind.FUNDING_THRESHOLD: "funds raised and planned round",
}


def grant(now: Situation) -> Iterator[Hit]:
    """One per text in use that asks for a grant or a registration, for all models under it, unless nothing is sold."""
    if now.company.commercial is False:
        return
    asking: dict[str, list[Model]] = {}
    for model in _governed(now):
        texts = [licence_words(lic.name) for lic, _ in licences(model) if is_non_commercial(lic)]
        texts += [
            licence_words(item.licence.name)
            for item in carried(model)
            if item.condition.kind is ConditionKind.REGISTRATION
        ]
        if texts:
            asking.setdefault(join_names(texts), []).append(model)
    yield from _per_reason(asking)


def thresholds(now: Situation) -> Iterator[Hit]:
    """One for all numbers that licences compare with and that nobody has told."""
    open_ones = [(model, item) for model, item in _open_conditions(now) if item.kind in _NUMBERS]
    if open_ones:
        numbers = join_names(dict.fromkeys(_NUMBERS[item.kind] for _, item in open_ones))
        yield Hit(subject=numbers, detail=join_names(dict.fromkeys(model.id for model, _ in open_ones)))


def territories(now: Situation) -> Iterator[Hit]:
    """One for all territory limits that seat and markets would settle."""
    kind = ConditionKind.TERRITORY_LIMIT
    open_ones = [(model, item) for model, item in _open_conditions(now) if item.kind is kind]
    if open_ones:
        yield Hit(detail=join_names(dict.fromkeys(f"{m.id}: {', '.join(c.territories)}" for m, c in open_ones)))


def display(now: Situation) -> Iterator[Hit]:
    """One for all duties to show or use a name."""
    yield from _one(now, ConditionKind.DISPLAY_DUTY, ConditionKind.NAMING_DUTY)


def flow_down(now: Situation) -> Iterator[Hit]:
    """One for all restrictions that customers must be bound to."""
    yield from _one(now, ConditionKind.FLOW_DOWN, ConditionKind.ACCEPTABLE_USE)


def conditional(now: Situation) -> Iterator[Hit]:
    """Any text in use is neither open source nor mere API terms."""
    texts = (licence_words(lic.name) for m in _governed(now) for lic, _ in licences(m) if lic.category in _CONDITIONAL)
    names = list(dict.fromkeys(texts))
    if names:
        yield Hit(detail=join_names(names))


_CONDITIONAL = (LicenceClass.OPEN_WEIGHT, LicenceClass.NON_COMMERCIAL)


def unknown_licence(now: Situation) -> Iterator[Hit]:
    """One per reason why nobody knows the licence of public weights in use; every model is named."""
    reasons: dict[str, list[Model]] = {}
    for model in _governed(now):
        known = model.licence is not None and model.licence.category is not LicenceClass.UNKNOWN
        if model.weights is Weights.OPEN and not known:
            reasons.setdefault(shown(unknown_licence_note(model)), []).append(model)
    yield from _per_reason(reasons)


def _per_reason(reasons: dict[str, list[Model]]) -> Iterator[Hit]:
    """One question for each reason, naming every model it concerns: one answer settles them together."""
    for reason, models in reasons.items():
        names = join_names((model.id for model in models), most=MOST_NAMES)
        yield Hit(subject=names, detail=reason, model=models[0].id if len(models) == 1 else "")


def relabelled(now: Situation) -> Iterator[Hit]:
    """One per model in use whose tag and upstream licence differ."""
    for model in _governed(now):
        fact = model.facts.get("relabelled")
        if fact is not None and fact.value:
            yield Hit(subject=shown(model.id), detail=shown(fact.note or str(fact.value), 160), model=model.id)


def own_licence(now: Situation) -> Iterator[Hit]:
    """The target's own licence is stated in more than one way."""
    found = next((item for item in now.report.findings if item.rule == "L120"), None)
    if found is not None:
        said = now.observed(ObservationKind.LICENCE_DECLARATION)
        yield Hit(detail=join_names(dict.fromkeys(f"{item.subject} in {item.location.path}" for item in said)))


def _governed(now: Situation) -> tuple[Model, ...]:
    """Models in use whose weights' licence counts, each once, in report order."""
    return tuple({use.model.id: use.model for use in now.report.in_use if weights_terms_govern(use)}.values())


def _open_conditions(now: Situation) -> Iterator[tuple[Model, Condition]]:
    for model in _governed(now):
        for item in carried(model):
            answer = compare(item.condition, now.company)
            if answer is not None and answer.status is Status.RESEARCH:
                yield model, item.condition


def _one(now: Situation, *kinds: ConditionKind) -> Iterator[Hit]:
    models = [m.id for m in _governed(now) if any(item.condition.kind in kinds for item in carried(m))]
    if models:
        yield Hit(detail=join_names(models))


def is_served(use: ModelUse) -> bool:
    """Whether somebody else receives the prompts of this use."""
    return use.route.provider is not None and use.route.kind.value != "self-hosted"
