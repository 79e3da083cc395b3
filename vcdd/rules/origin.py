"""D2: who made, modified and re-uploaded a model. Reported, never graded: origin may count in a policy only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from vcdd.core.evidence import Confidence
from vcdd.core.model import Lab, Model, ModelUse, Role, Weights
from vcdd.core.report import Report
from vcdd.rules.context import RuleContext
from vcdd.rules.draft import Draft, draft_of_uses
from vcdd.rules.uses import by_model
from vcdd.rules.words import count, join_names, maker, shown


def find(report: Report, _context: RuleContext) -> Iterator[Draft]:
    """Unknown originators, mixed lineage, re-uploads, inferred bases, and the spread of countries."""
    for uses in by_model(report.in_use):
        model = uses[0].model
        yield from _unknown(uses, model)
        yield from _mixed(uses, model)
        yield from _inferred(uses, model)
    yield from _reuploaded(report.in_use)
    yield from _spread(report.in_use)


def originators(model: Model) -> tuple[Lab, ...]:
    """The labs whose training is in the weights: the model's own and its declared ancestors', nearest first, each once.

    A base that is only inferred names nobody: consistent with is not made by.
    """
    own = (model.lab,) if model.lab else ()
    labs = (*own, *(step.lab for step in model.lineage if step.lab and step.how == "declared"))
    return tuple({lab.id: lab for lab in labs}.values())


def seat(lab: Lab) -> str:
    """The country of a lab's seat in words of a role: `CN (originator's seat)` is built from it; `unknown` if so."""
    return lab.country.value or "unknown"


def _unknown(uses: tuple[ModelUse, ...], model: Model) -> Iterator[Draft]:
    """Ids in no record at all are left to the coverage rules, which name them together."""
    if model.lab is not None or (model.match == "none" and not model.id.startswith("local:")):
        return
    fact = model.facts.get("lab")
    note = fact.note if fact is not None and fact.note else "no source names one"
    yield draft_of_uses("O201", uses, words={"note": note}, confidence=Confidence.MEDIUM)


def _mixed(uses: tuple[ModelUse, ...], model: Model) -> Iterator[Draft]:
    labs = originators(model)
    if len(labs) > 1:
        said = join_names((f"{maker(lab.name)} (seat {seat(lab)})" for lab in labs), most=5)
        yield draft_of_uses("O202", uses, words={"labs": said})


def _reuploaded(uses: tuple[ModelUse, ...]) -> Iterator[Draft]:
    """One finding per distributor, whatever the number of files."""
    by: dict[str, list[ModelUse]] = defaultdict(list)
    for use in uses:
        made = {lab.id for lab in originators(use.model)}
        for item in use.model.developers:
            if item.role is Role.DISTRIBUTOR and item.lab.id not in made:
                by[item.lab.name].append(use)
    for name, found in sorted(by.items()):
        yield draft_of_uses("O203", tuple(found), words={"by": maker(name)}, subject=name)


def _inferred(uses: tuple[ModelUse, ...], model: Model) -> Iterator[Draft]:
    """A base known from a name or a shape; weights that lie in the target are the disclosure rules' matter."""
    guessed = [item for item in model.lineage if item.how != "declared"]
    if guessed and not model.id.startswith("local:"):
        said = join_names(item.id for item in guessed)
        yield draft_of_uses("O204", uses, words={"base": said}, confidence=Confidence.MEDIUM)


def _spread(uses: tuple[ModelUse, ...]) -> Iterator[Draft]:
    """Where the originators of what is in use have their seat; the same sentence for every country."""
    groups: dict[str, set[str]] = defaultdict(set)
    for use in uses:
        if use.model.lab is not None or use.model.weights is not Weights.UNKNOWN:
            groups[seat(use.model.lab) if use.model.lab else "unknown"].add(use.model.id)
    if not groups:
        return
    total = len({model for models in groups.values() for model in models})
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    said = join_names((f"{shown(code)} {len(models)} of {total}" for code, models in ordered), most=6)
    words = {"spread": said, "total": count(total, "model")}
    yield draft_of_uses("O205", uses, words=words, models=(), subject="spread", slot="", locations=())
