"""When a question of the bank is open: the table of triggers, and those that look at models and their makers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from vcdd.core.company import Company
from vcdd.core.evidence import Evidence
from vcdd.core.model import ModelUse, Weights
from vcdd.core.reference import Observation, ObservationKind
from vcdd.core.report import Report, Unresolved
from vcdd.rules.addresses import open_addresses
from vcdd.rules.seen import anywhere
from vcdd.rules.words import join_names, maker, shown
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the triggers look at."""

    report: Report
    company: Company

    def observed(self, kind: ObservationKind) -> tuple[Observation, ...]:
        """Observations of a kind that are not merely in tests or prose."""
        return anywhere(self.report, kind)

    def attested(self, slot: str) -> bool:
        """Whether the company has declared this slot, and the declaration still holds."""
        return any(item.slot == slot and not item.expired for item in self.report.attestations)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One reason to ask."""

    subject: str = ""
    detail: str = ""
    model: str = ""
    boost: int = 0
    """Added to the weight of the bank."""


Trigger = Callable[[Situation], Iterator[Hit]]


def in_use(now: Situation) -> Iterator[Hit]:
    """Any model is in use."""
    if now.report.in_use:
        yield Hit()


def selectable(now: Situation) -> Iterator[Hit]:
    """Back-ends can be selected; it matters more where nothing else is bound."""
    names = sorted({use.model.id for use in now.report.with_evidence(Evidence.SELECTABLE)})
    if names:
        yield Hit(detail=join_names(names), boost=0 if now.report.in_use else 35)


def model_from_outside(now: Situation) -> Iterator[Hit]:
    """One per setting that names a model and that nothing sets; fields of one name in several classes are one."""
    settings: dict[str, dict[str, str]] = {}
    for item in now.report.unresolved:
        if item.kind == "model-from-outside" and not now.attested(item.subject):
            settings.setdefault(item.subject.rpartition(".")[2], {})[item.subject] = _place(item)
    for places in settings.values():
        yield _asked(places)


def endpoint_from_outside(now: Situation) -> Iterator[Hit]:
    """One per variable with an address of models in use that nothing sets, one for all that only bare calls show."""
    bare: dict[str, str] = {}
    for item in open_addresses(now.report):
        place = str(item.locations[0]) if item.locations else "no place in the target"
        if item.models:
            yield _asked({item.symbol: place})
        else:
            bare[item.symbol] = place
    if bare:
        yield _asked(bare)


def _asked(places: Mapping[str, str]) -> Hit:
    """One question about these names, each with where it stands; a name that several classes share is said once."""
    last = {name.rpartition(".")[2] for name in places}
    if len(last) == 1 < len(places):
        classes = join_names((shown(name.rpartition(".")[0]) for name in places), most=MOST_NAMES)
        subject = f"`{shown(last.pop())}` (of {classes})"
    else:
        subject = join_names((f"`{shown(name)}`" for name in places), most=MOST_NAMES)
    return Hit(subject=subject, detail=join_names(places.values(), most=3))


def unknown_maker(now: Situation) -> Iterator[Hit]:
    """One for all ids whose maker nobody knows, in use or in no record at all; every id is named."""
    places: dict[str, str] = {}
    models: dict[str, str] = {}
    written: set[str] = set()
    for use in now.report.in_use:
        if has_no_maker(use):
            written.update(reference.written for reference in use.references)
            places.setdefault(use.model.id, str(use.references[0].location))
            models[use.model.id] = use.model.id
    for item in now.report.unresolved:
        if item.kind == "unknown-id" and item.subject not in written:
            places.setdefault(item.subject, _place(item))
    if places:
        only = next(iter(models), "") if len(places) == 1 else ""
        names = join_names(places, most=MOST_NAMES)
        yield Hit(subject=names, detail=join_names(places.values(), most=3), model=only)


def has_no_maker(use: ModelUse) -> bool:
    """Whether nobody knows who made it; then the question about that also asks where it runs and what it costs."""
    return use.model.lab is None and not use.model.id.startswith("local:")


MOST_NAMES = 30
"""So many names stand in one question; nobody answers more in one go."""


def inferred_base(now: Situation) -> Iterator[Hit]:
    """One per model in use whose base is a guess; weights in the target have their own question."""
    for model in {use.model.id: use.model for use in now.report.in_use}.values():
        guessed = [item.id for item in model.lineage if item.how != "declared"]
        if guessed and not model.id.startswith("local:"):
            yield Hit(subject=shown(model.id), detail=join_names(guessed), model=model.id)


def own_weights(now: Situation) -> Iterator[Hit]:
    """One per set of weights in the target without a declared base; else one where training code alone is there."""
    local = {use.model.id: use for use in now.report.in_use if use.model.id.startswith("local:")}
    for use in local.values():
        bases = use.model.lineage
        if not any(item.how == "declared" for item in bases):
            near = f"It is consistent with {join_names(item.id for item in bases)}" if bases else "No base is declared"
            yield Hit(subject=shown(use.model.id.removeprefix("local:")), detail=near, model=use.model.id)
    tuned = now.observed(ObservationKind.FINE_TUNING)
    if tuned and not local:
        yield Hit(subject="the fine-tuned model", detail=f"Training code is there ({tuned[0].location})")


def trains(now: Situation) -> Iterator[Hit]:
    """The company trains or tunes: training code, or weights in the target that its code loads.

    A file of weights that merely lies there can be anybody's.
    """
    seen = [item.location for item in now.observed(ObservationKind.FINE_TUNING)]
    seen += [use.references[0].location for use in now.report.in_use if use.model.id.startswith("local:")]
    if seen:
        yield Hit(detail=f"The target trains or loads its own weights ({seen[0]})")


def third_party(now: Situation) -> Iterator[Hit]:
    """Every model in use is somebody else's, and none is tuned."""
    uses = now.report.in_use
    own = any(use.model.id.startswith("local:") for use in uses) or now.observed(ObservationKind.FINE_TUNING)
    if uses and not own:
        yield Hit(detail=join_names(sorted({maker(use.model.lab.name) for use in uses if use.model.lab})))


def open_weights(now: Situation) -> Iterator[Hit]:
    """Open weights carry the product: what is free for the company is free for its competitors.

    Beside closed models, open ones that only turn text into vectors or sort hits do not carry it.
    """
    uses = now.report.in_use
    only_open = not any(use.model.weights is Weights.CLOSED for use in uses)
    names = sorted(
        {
            use.model.id
            for use in uses
            if use.model.weights is Weights.OPEN and (only_open or use.model.modality not in _HELPERS)
        }
    )
    if names:
        yield Hit(detail=join_names(names))


_HELPERS = ("embedding", "rerank")


def own_model_claim(now: Situation) -> Iterator[Hit]:
    """One per statement about own models that the code does not support."""
    for claim in now.report.claims:
        if claim.kind == "own-model" and claim.status in ("not supported", "inconsistent", "stale"):
            yield Hit(subject=shown(claim.text), detail=f"{claim.shown.rstrip('. ')}.")


def _place(item: Unresolved) -> str:
    return str(item.locations[0]) if item.locations else "no place in the target"
