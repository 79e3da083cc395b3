"""Triggers that look at the data path: who serves, on which terms, and who else listens."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vcdd.core.reference import ObservationKind
from vcdd.core.route import Provider, RouteKind
from vcdd.questions.triggers import MOST_NAMES, Hit, Situation, has_no_maker
from vcdd.rules.data_path import passes_on
from vcdd.rules.seen import in_code
from vcdd.rules.words import join_names, shown


def vendor_api(now: Situation) -> Iterator[Hit]:
    """Vendors whose own API is in use."""
    names = _names(now, lambda item: item.kind is RouteKind.VENDOR_API)
    if names:
        yield Hit(subject=names, detail=names)


def served(now: Situation) -> Iterator[Hit]:
    """Anybody but the company receives prompts."""
    names = _names(now, lambda _item: True)
    if names:
        yield Hit(subject=names, detail=names)


def unknown_host(now: Situation) -> Iterator[Hit]:
    """One for all models in use without a known server, one for marketplaces that may pass calls on."""
    unknown = (use for use in now.report.in_use if use.route.kind is RouteKind.UNKNOWN and not use.route.open_symbol)
    named = (use for use in unknown if not has_no_maker(use))
    open_ones = [use.model.id for use in named if not any(now.attested(slot) for slot in use.slots)]
    if open_ones:
        yield Hit(subject=join_names(open_ones), detail="The code settles neither address nor provider")
    markets = [use for use in now.report.in_use if use.route.kind is RouteKind.AGGREGATOR and passes_on(use)]
    if markets:
        through = join_names(dict.fromkeys(use.route.label for use in markets))
        models = join_names(dict.fromkeys(use.model.id for use in markets))
        yield Hit(
            subject=f"{models} behind {through}", detail="A host of many labs' models may pass calls on", boost=-20
        )


def unknown_storage(now: Situation) -> Iterator[Hit]:
    """Services that do not say where prompts rest, or of which nobody has recorded it."""
    names = _names(now, lambda item: item.storage.value != "stated")
    if names:
        yield Hit(subject=names)


def training_terms(now: Situation) -> Iterator[Hit]:
    """Services that train by default, or of which nobody knows."""
    names = _names(now, lambda item: item.trains_by_default.value is not False)
    if names:
        trains = _names(now, lambda item: item.trains_by_default.value is True)
        why = (
            f"By the terms on record of {trains}, prompts train models unless opted out"
            if trains
            else "The terms are not on record"
        )
        yield Hit(subject=names, detail=why)


def unknown_retention(now: Situation) -> Iterator[Hit]:
    """Services of which nobody has recorded how long they keep prompts."""
    names = _names(now, lambda item: not item.retention.is_known)
    if names:
        yield Hit(subject=names)


def unknown_entity(now: Situation) -> Iterator[Hit]:
    """Services without a recorded contracting entity."""
    names = _names(now, lambda item: not item.contracting_entity.is_known)
    if names:
        yield Hit(subject=names)


def customer_data(now: Situation) -> Iterator[Hit]:
    """Whether customer data is in prompts, where terms make it matter and nobody has told."""
    names = _names(now, lambda item: item.trains_by_default.value is True or item.dpa.value is False)
    if names and now.company.customer_data_in_prompts is None:
        yield Hit(detail=names)


def tracing(now: Situation) -> Iterator[Hit]:
    """One per tracing service that code turns on, one for all whose client merely is a dependency."""
    on = in_code(now.report, ObservationKind.TRACING)
    active = sorted({item.subject for item in on})
    for subject in active:
        place = next(item.location for item in on if item.subject == subject)
        yield Hit(subject=shown(subject), detail=f"The code turns it on ({place})")
    shelf = [item for item in now.observed(ObservationKind.TRACING) if item.subject not in active]
    if shelf:
        names = join_names(sorted({item.subject for item in shelf}), most=8)
        yield Hit(subject=names, detail=f"A client is among the dependencies ({shelf[0].location})", boost=-20)


def keys(now: Situation) -> Iterator[Hit]:
    """One for all keys that lie in the target."""
    seen = now.observed(ObservationKind.SECRET)
    if seen:
        names = join_names(sorted({item.subject for item in seen}))
        yield Hit(subject=names, detail=join_names(sorted({str(item.location) for item in seen})))


def _names(now: Situation, holds: Callable[[Provider], bool]) -> str:
    """Names of the providers in use that are not on own hardware and for which `holds`; empty for none."""
    providers = {use.route.provider.id: use.route.provider for use in now.report.in_use if use.route.provider}
    found = [item.name for item in providers.values() if item.kind is not RouteKind.SELF_HOSTED and holds(item)]
    return join_names(sorted(found), most=MOST_NAMES) if found else ""
