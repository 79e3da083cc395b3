"""Triggers that look at lifecycle, switching, cost and customers."""

from __future__ import annotations

from collections.abc import Iterator

from vcdd.core.model import DateKind, ModelUse
from vcdd.core.reference import ObservationKind
from vcdd.core.route import RouteKind
from vcdd.questions.media import makes_media
from vcdd.questions.triggers import MOST_NAMES, Hit, Situation, has_no_maker
from vcdd.rules.lifecycle import rule_for
from vcdd.rules.words import count, join_names


def ending(now: Situation) -> Iterator[Hit]:
    """One for all models in use that are retired, one for all whose end is announced; retired weighs most."""
    uses = {use.model.id: use for use in now.report.in_use}.values()
    for rules, said, boost in _ENDINGS:
        found = [use for use in uses if rule_for(use) in rules]
        if found:
            only = found[0].model.id if len(found) == 1 else ""
            names = join_names((_with_date(use, retired="T601" in rules) for use in found), most=MOST_NAMES)
            yield Hit(subject=names, detail=said, model=only, boost=boost)


_ENDINGS = (
    (("T601",), "The vendor has retired what the code uses", 20),
    (("T602", "T607"), "The vendor has announced an end or marked it as deprecated", 0),
)


def _with_date(use: ModelUse, *, retired: bool) -> str:
    life = use.model.lifecycle
    if life is None or life.date is None:
        return use.model.id
    floor = life.date_kind is DateKind.NOT_SOONER_THAN
    verb = "retired" if retired else "ends not sooner than" if floor else "ends"
    return f"{use.model.id} ({verb} {life.date.isoformat()})"


def evaluation(now: Situation) -> Iterator[Hit]:
    """Whether an evaluation is there decides how the question is put, not whether it is."""
    if not now.report.in_use:
        return
    seen = now.observed(ObservationKind.EVALUATION)
    if seen:
        yield Hit(detail=f"Evaluations are there ({seen[0].location}); whether they gate a change is not", boost=-12)
    else:
        yield Hit(detail="No evaluation was seen in the target")


def switching(now: Situation) -> Iterator[Hit]:
    """Embeddings or direct SDK calls make a swap more than a setting."""
    embeds = [use.model.id for use in now.report.in_use if use.model.modality == "embedding"]
    calls = now.observed(ObservationKind.SDK_CALL)
    if embeds:
        yield Hit(detail=f"Stored vectors depend on {join_names(embeds)}")
    elif calls:
        yield Hit(
            detail=f"{count(len(calls), 'place')} of the code {'calls' if len(calls) == 1 else 'call'} a vendor's SDK directly"
        )
    elif now.report.in_use:
        yield Hit(detail="Prompts and evaluations are written for the models in use", boost=-10)


def media(now: Situation) -> Iterator[Hit]:
    """Models for images, video or sound are in use; those that only hear speech make nothing that could be marked."""
    names = sorted({use.model.id for use in now.report.in_use if makes_media(use.model)})
    if names:
        yield Hit(detail=join_names(names))


def customers(now: Situation) -> Iterator[Hit]:
    """Who buys is not told; it matters more where a list names a lab behind a model in use."""
    if now.report.in_use and not now.company.customers:
        listed = any(finding.rule == "R401" for finding in now.report.findings)
        yield Hit(boost=30 if listed else 0)


def unpriced(now: Situation) -> Iterator[Hit]:
    """One for all models in use without a list price, one for the machines that serve the company's own weights.

    Where nobody knows who made or who serves a model, that question asks for the price as well.
    """
    in_use = {use.model.id for use in now.report.in_use if not has_no_maker(use)}
    costs = [cost for cost in now.report.costs.costs if cost.model in in_use and not cost.prices]
    bought = sorted({cost.model for cost in costs if cost.route not in (RouteKind.SELF_HOSTED, RouteKind.UNKNOWN)})
    if bought:
        yield Hit(subject=join_names(bought), detail="No current price is on record")
    own = sorted({cost.model for cost in costs if cost.route == RouteKind.SELF_HOSTED})
    if own:
        yield Hit(subject=f"the machines that run {join_names(own)}", detail="Weights are free, inference is not")


def no_volume(now: Situation) -> Iterator[Hit]:
    """No monthly figure can be given."""
    if now.report.in_use and now.report.costs.monthly is None:
        yield Hit()


def no_revenue_share(now: Situation) -> Iterator[Hit]:
    """Inference against revenue is not known."""
    if now.report.in_use and now.report.costs.share_of_revenue is None:
        yield Hit()
