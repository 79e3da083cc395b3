"""Triggers that look at lifecycle, switching, cost and customers."""

from __future__ import annotations

from collections.abc import Iterator

from vcdd.core.model import LifecycleStatus, ModelUse
from vcdd.core.reference import ObservationKind
from vcdd.questions.triggers import Hit, Situation
from vcdd.rules.lifecycle import rule_for
from vcdd.rules.origin import originators
from vcdd.rules.words import join_names, shown

_MEDIA = ("image", "video", "speech", "music", "3d")


def ending(now: Situation) -> Iterator[Hit]:
    """One per model in use that is retired, or whose end is announced; retired weighs most."""
    for use in {use.model.id: use for use in now.report.in_use if rule_for(use) in ("T601", "T602", "T607")}.values():
        retired = use.model.lifecycle is not None and use.model.lifecycle.status is LifecycleStatus.RETIRED
        yield Hit(subject=shown(use.model.id), detail=_end(use), model=use.model.id, boost=20 if retired else 0)


def _end(use: ModelUse) -> str:
    life = use.model.lifecycle
    day = life.date.isoformat() if life is not None and life.date else "a date not on record"
    said = {"T601": f"Its vendor retired it as of {day}", "T602": f"Its end is announced for {day}"}
    return said.get(rule_for(use), "Its vendor has marked it as deprecated")


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
        yield Hit(detail=f"{len(calls)} places call a vendor's SDK directly")
    elif now.report.in_use:
        yield Hit(detail="Prompts and evaluations are written for the models in use", boost=-10)


def media(now: Situation) -> Iterator[Hit]:
    """The product generates images, video or sound."""
    names = sorted({use.model.id for use in now.report.in_use if use.model.modality in _MEDIA})
    if names:
        yield Hit(detail=join_names(names))


def customers(now: Situation) -> Iterator[Hit]:
    """Who buys is not told; it matters more where a list names a lab behind a model in use."""
    if now.report.in_use and not now.company.customers:
        listed = any(lab.list_entries for use in now.report.in_use for lab in originators(use.model))
        yield Hit(boost=30 if listed else 0)


def unpriced(now: Situation) -> Iterator[Hit]:
    """One for all models in use without a price."""
    in_use = {use.model.id for use in now.report.in_use}
    costs = now.report.costs.costs
    names = sorted({c.model for c in costs if c.model in in_use and not c.prices and c.self_hosting is None})
    if names:
        yield Hit(subject=join_names(names))


def no_volume(now: Situation) -> Iterator[Hit]:
    """No monthly figure can be given."""
    if now.report.in_use and now.report.costs.monthly is None:
        yield Hit()


def no_revenue_share(now: Situation) -> Iterator[Hit]:
    """Inference against revenue is not known."""
    if now.report.in_use and now.report.costs.share_of_revenue is None:
        yield Hit()
