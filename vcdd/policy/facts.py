"""The facts of one use that a policy rule may ask for, as plain words: the same set for a scan and for a test case."""

from __future__ import annotations

from datetime import date

from vcdd.core.company import Company
from vcdd.core.evidence import Evidence
from vcdd.core.finding import Severity
from vcdd.core.location import Location
from vcdd.core.model import LicenceClass, Model, ModelUse, Weights
from vcdd.core.reference import ObservationKind
from vcdd.core.report import Report
from vcdd.core.route import RouteKind
from vcdd.rules.conditions import Carried, Status, carried, compare, is_non_commercial, licences
from vcdd.rules.lifecycle import ELSEWHERE, rule_for
from vcdd.rules.origin import originators
from vcdd.rules.seen import in_code
from vcdd.rules.suppress import is_active
from vcdd.rules.uses import weights_terms_govern
from vcdd.values import dataclass

UNKNOWN = "unknown"

_MODALITIES = {
    "vision": {"vision", "multimodal"},
    "speech": {"speech", "audio"},
    "music": {"music", "audio"},
}
"""Wider words that a policy may use for a modality of the registry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UseFacts:
    """One model by one route, as a policy sees it."""

    subject: str
    evidence: Evidence = Evidence.BOUND
    license_class: frozenset[str] = frozenset()
    """The class of the text that governs, and `non-commercial` where an ancestor is so."""
    license_has: frozenset[str] = frozenset()
    """Condition kinds that stand; those the company's numbers settle as OK are left out."""
    license_id: frozenset[str] = frozenset()
    license_excludes: frozenset[str] = frozenset()
    """Territories the licence leaves out."""
    lifecycle: str = ""
    lifecycle_days_left: int | None = None
    lifecycle_date_kind: str = ""
    hosting: str = ""
    storage: str = ""
    storage_country: str = ""
    """ISO code, `unknown`, or empty where nobody else stores prompts."""
    vendor_trains_by_default: bool | None = False
    """None is unknown; False where no vendor receives prompts."""
    originator: frozenset[str] = frozenset()
    """Ids, names and parents of every lab in the weights; `unknown` when no originator is known."""
    originator_country: frozenset[str] = frozenset()
    lineage: frozenset[str] = frozenset()
    """`original`, `declared`, `inferred`, `unknown`; empty for closed models."""
    modality: frozenset[str] = frozenset()
    fine_tuned: bool = False
    severity: frozenset[str] = frozenset()
    """Severities of the active findings about this model."""
    location: Location | None = None


def facts_of(use: ModelUse, report: Report, company: Company | None, today: date) -> UseFacts:
    """Everything a rule may ask of this use."""
    model, route = use.model, use.route
    governed = weights_terms_govern(use)
    conditions = _open_conditions(carried(model), company) if governed else ()
    life = model.lifecycle if rule_for(use) not in ("", ELSEWHERE) else None
    served = route.kind is not RouteKind.SELF_HOSTED
    return UseFacts(
        subject=model.id,
        evidence=use.evidence,
        license_class=_governing(use) if governed else frozenset({LicenceClass.API_TERMS.value}),
        license_has=frozenset(item.condition.kind.value for item in conditions),
        license_id=frozenset(licence.id for licence, _ in licences(model)) if governed else frozenset(),
        license_excludes=frozenset(place for item in conditions for place in item.condition.territories),
        lifecycle=life.status.value if life else "",
        lifecycle_days_left=(life.date - today).days if life and life.date else None,
        lifecycle_date_kind=life.date_kind.value if life and life.date_kind else "",
        hosting=route.kind.value,
        storage=(route.storage.value or UNKNOWN) if served else "",
        storage_country=(route.storage_country.value or UNKNOWN) if served else "",
        vendor_trains_by_default=_trains(use) if served else False,
        originator=_originators(model),
        originator_country=_origin_countries(model),
        lineage=_lineage(model),
        modality=_MODALITIES.get(model.modality, {model.modality}) if model.modality else frozenset(),  # type: ignore[arg-type]
        fine_tuned=_fine_tuned(use, report),
        severity=frozenset(_severities(model.id, report)),
        location=use.references[0].location,
    )


def _governing(use: ModelUse) -> frozenset[str]:
    """The classes of the text that governs; unknown where restricted weights or their maker's API may be meant."""
    found = _classes(use.model)
    if use.route.may_be_own_api and LicenceClass.NON_COMMERCIAL.value in found:
        return frozenset({UNKNOWN})
    return found


def _classes(model: Model) -> frozenset[str]:
    """Own class; non-commercial where a declared ancestor is; unknown where none is known or a guess is restricted."""
    found = {model.licence.category.value if model.licence else UNKNOWN}
    for licence, ancestor in licences(model):
        if ancestor is not None and is_non_commercial(licence):
            found.add(LicenceClass.NON_COMMERCIAL.value if ancestor.how == "declared" else UNKNOWN)
        elif ancestor is None and is_non_commercial(licence):
            found.add(LicenceClass.NON_COMMERCIAL.value)
    if model.licence is None and model.weights is Weights.CLOSED:
        found = {LicenceClass.API_TERMS.value}
    return frozenset(found)


def _open_conditions(items: tuple[Carried, ...], company: Company | None) -> tuple[Carried, ...]:
    """Without those that the company's own numbers answer with OK."""
    return tuple(item for item in items if not _is_settled(item, company))


def _is_settled(item: Carried, company: Company | None) -> bool:
    answer = compare(item.condition, company)
    return answer is not None and answer.status is Status.OK


def _trains(use: ModelUse) -> bool | None:
    return use.route.provider.trains_by_default.value if use.route.provider else None


def _originators(model: Model) -> frozenset[str]:
    """Names of every lab in the weights; also `unknown` where the maker is, or where a further lab is only inferred."""
    names = {name for lab in originators(model) for name in (lab.id, lab.name, lab.parent) if name}
    return frozenset(names | ({UNKNOWN} if _is_open(model) else set()))


def _is_open(model: Model) -> bool:
    return model.lab is None or any(step.how != "declared" for step in model.lineage)


def _origin_countries(model: Model) -> frozenset[str]:
    """Seats and parents' seats of every lab in the weights."""
    found = {UNKNOWN} if _is_open(model) else set()
    for lab in originators(model):
        found.add(lab.country.value or UNKNOWN)
        if lab.parent_country is not None and lab.parent_country.value:
            found.add(lab.parent_country.value)
    return frozenset(found)


def _lineage(model: Model) -> frozenset[str]:
    if model.weights is Weights.CLOSED:
        return frozenset()
    if model.lineage:
        return frozenset("declared" if item.how == "declared" else "inferred" for item in model.lineage)
    return frozenset({"original" if model.lab else UNKNOWN})


def _fine_tuned(use: ModelUse, report: Report) -> bool:
    """Own fine-tune ids and weights, or training code in the target for this model or for none by name."""
    if any(reference.written.startswith("ft:") for reference in use.references) or use.model.id.startswith("local:"):
        return True
    tuned = [item.subject for item in in_code(report, ObservationKind.FINE_TUNING)]
    named = {use.model.id, *(reference.written for reference in use.references)}
    return use.model.weights is Weights.OPEN and any(subject in named or "/" not in subject for subject in tuned)


def _severities(model: str, report: Report) -> set[str]:
    active = (item for item in report.findings if item.model == model and is_active(item))
    return {item.severity.value for item in active if item.severity is not Severity.INFO}
