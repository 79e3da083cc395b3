"""Fairness tests, kept for ever: nationality grades nothing, hosting changes D3 only, titles name no country."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.rules.factory import (
    NON_COMMERCIAL,
    TODAY,
    Entry,
    ancestor,
    closed,
    condition,
    context,
    known,
    lab,
    licence,
    model,
    provider,
    report,
    route,
    use,
)
from vcdd.core.finding import Dimension
from vcdd.core.model import ConditionKind, Lab, Model, ModelUse
from vcdd.core.route import Route, RouteKind
from vcdd.policy.evaluate import evaluate
from vcdd.policy.load import load_policy
from vcdd.rules.engine import find

TERMS = licence(
    condition(ConditionKind.MAU_THRESHOLD, 1000), condition(ConditionKind.TERRITORY_LIMIT, territories=("EU", "GB"))
)
LISTED = ("US-LIST-1",)
COUNTRIES = ("US", "CN", "FR", "IL")
PERMUTATIONS = [
    dict(zip(COUNTRIES, order, strict=True))
    for order in (("CN", "US", "IL", "FR"), ("IL", "FR", "CN", "US"), ("FR", "IL", "US", "CN"))
]


def wide_report():
    """Every kind of licence, lineage and route, over four countries."""
    trains = provider("trainer", trains_by_default=known(True), storage_country=known("CN"))
    silent = provider("silent", storage=known("not-stated"), storage_country=known(None))
    return report(
        use(model("us/open", lab=lab("us", "US"))),
        use(model("cn/nc", lab=lab("cn", "CN", list_entries=LISTED), licence=NON_COMMERCIAL)),
        use(model("fr/terms", lab=lab("fr", "FR"), licence=TERMS)),
        use(model("il/mixed", lab=lab("il", "IL"), lineage=(ancestor(lab=lab("cn", "CN"), licence=TERMS),))),
        use(closed("cn-api", lab=lab("cn", "CN")), by=route(RouteKind.VENDOR_API, trains)),
        use(closed("us-api", lab=lab("us", "US")), by=route(RouteKind.VENDOR_API, silent)),
        use(model("x/unknown", lab=None, licence=None)),
    )


def permuted(given, order):
    """The report with every country of a lab or a service replaced."""
    return replace(given, uses=tuple(_use(item, order) for item in given.uses))


def _use(item: ModelUse, order) -> ModelUse:
    return replace(item, model=_model(item.model, order), route=_route(item.route, order))


def _model(item: Model, order) -> Model:
    lineage = tuple(replace(step, lab=_lab(step.lab, order)) for step in item.lineage)
    return replace(item, lab=_lab(item.lab, order), lineage=lineage)


def _lab(item: Lab | None, order) -> Lab | None:
    return replace(item, country=_fact(item.country, order)) if item else None


def _route(item: Route, order) -> Route:
    served = item.provider
    if served is None:
        return item
    moved = replace(
        served,
        country=_fact(served.country, order),
        contracting_country=_fact(served.contracting_country, order),
        storage_country=_fact(served.storage_country, order),
    )
    return replace(item, provider=moved, storage_country=_fact(item.storage_country, order))


def _fact(fact, order):
    return replace(fact, value=order.get(fact.value, fact.value))


def shape(findings):
    """What a finding says beside the names of countries."""
    return sorted((i.rule, i.severity, i.confidence, i.model, i.status, i.title, i.fingerprint) for i in findings)


@pytest.mark.parametrize("order", PERMUTATIONS)
def test_a_permutation_of_countries_changes_no_finding_and_no_outcome_under_default(order):
    around = context(lists={"US-LIST-1": Entry()})
    before, after = wide_report(), permuted(wide_report(), order)
    assert shape(find(before, around)) == shape(find(after, around))
    policy = load_policy("default")
    first, second = (evaluate(item, policy, None, TODAY) for item in (before, after))
    assert (first.action, first.decisions) == (second.action, second.decisions)


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_same_facts_give_the_same_structure_in_every_country(country):
    def of(place):
        made = model("lab/one", lab=lab("lab", place), licence=TERMS)
        served = route(RouteKind.VENDOR_API, provider(storage_country=known(place)))
        return find(report(use(made), use(closed("two", lab=lab("lab", place)), by=served)), context())

    assert shape(of(country)) == shape(of("US"))


FIVE_ROUTES = [route(kind) for kind in RouteKind]


@pytest.mark.parametrize("by", FIVE_ROUTES, ids=lambda item: item.kind.value)
def test_changing_only_the_hosting_changes_only_the_data_path(by):
    def others(served):
        found = find(report(use(model(), by=served), use(model("b/two"), by=served)), context())
        return shape(item for item in found if item.dimension is not Dimension.DATA_PATH)

    assert others(by) == others(route())


@pytest.mark.parametrize("kind", [kind for kind in RouteKind if kind is not RouteKind.VENDOR_API])
def test_licence_conditions_do_not_depend_on_the_hosting_where_the_weights_terms_govern(kind):
    def others(served):
        uses = (use(model(licence=TERMS), by=served), use(model("b/nc", licence=NON_COMMERCIAL), by=served))
        found = find(report(*uses), context())
        return shape(item for item in found if item.dimension is not Dimension.DATA_PATH)

    assert others(route(kind)) == others(route())


def test_the_five_routes_give_five_data_paths():
    rules = {
        next(f.rule for f in find(report(use(model(), by=by)), context()) if f.dimension is Dimension.DATA_PATH)
        for by in FIVE_ROUTES
    }
    assert len(rules) == 5


def test_no_title_names_a_country_unless_it_is_about_origin_or_lists():
    names = re.compile(r"\b(US|CN|FR|IL|EU|GB|China|Chinese|American|French|Israeli|European)\b")
    for item in find(wide_report(), context(lists={"US-LIST-1": Entry()})):
        if item.dimension not in (Dimension.ORIGIN, Dimension.LISTS):
            assert not names.search(item.title), item.rule


@pytest.mark.parametrize("name", ["default", "eu-consumer", "us-gov-facing"])
def test_every_decision_names_its_rule_its_owner_and_its_reason(name):
    outcome = evaluate(wide_report(), load_policy(name), None, TODAY)
    assert outcome.decisions
    assert all(item.rule and item.owner and item.reason and item.subject for item in outcome.decisions)
