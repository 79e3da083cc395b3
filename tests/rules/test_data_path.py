"""D3: the decision table of the product page, row by row."""

from __future__ import annotations

import pytest

from tests.rules.factory import UNKNOWN, at, closed, context, known, model, provider, report, route, saw, use
from vcdd.core.company import Company
from vcdd.core.evidence import Evidence
from vcdd.core.finding import Severity
from vcdd.core.reference import ObservationKind
from vcdd.core.report import Unresolved
from vcdd.core.route import RouteKind
from vcdd.rules import engine


def find(*uses, company=None, **rest):
    found = engine.find(report(*uses, **rest), context(company=company))
    return {item.rule: item for item in found if item.rule.startswith("P")}


def served(kind=RouteKind.VENDOR_API, **rest):
    return route(kind, provider("svc", kind, **rest))


@pytest.mark.parametrize(
    ("by", "rule", "severity"),
    [
        (route(), "P301", "info"),
        (served(RouteKind.CLOUD_MODEL_SERVICE, storage=known("selectable")), "P302", "info"),
        (served(), "P303", "low"),
        (served(trains_by_default=known(True)), "P304", "high"),
        (served(dpa=known(False)), "P304", "high"),
        (served(storage=known("not-stated")), "P305", "medium"),
        (served(RouteKind.AGGREGATOR), "P306", "medium"),
        (route(RouteKind.UNKNOWN), "P307", "open-question"),
        (served(trains_by_default=UNKNOWN), "P310", "medium"),
        (served(storage=UNKNOWN), "P310", "medium"),
    ],
)
def test_each_row_of_the_decision_table(by, rule, severity):
    found = find(use(closed(), by=by))
    assert found[rule].severity.value == severity


@pytest.mark.parametrize(
    ("made", "service", "passed"),
    [(model(), "groq", False), (model(), "openrouter", True), (closed(), "fal", True)],
)
def test_a_host_that_runs_open_weights_itself_passes_no_calls_on(made, service, passed):
    found = find(use(made, by=route(RouteKind.AGGREGATOR, provider(service, RouteKind.AGGREGATOR))))["P306"]
    assert ("may pass calls on" in found.fact) is passed
    assert ("from call to call" in found.consequence) is passed


@pytest.mark.parametrize(("told", "severity"), [(None, "high"), (True, "high"), (False, "medium")])
def test_terms_that_train_weigh_less_only_when_no_customer_data_is_told(told, severity):
    by = served(trains_by_default=known(True))
    assert find(use(closed(), by=by), company=Company(customer_data_in_prompts=told))["P304"].severity.value == severity


def test_ten_models_by_one_vendor_give_one_finding():
    uses = [use(closed(f"m-{n}"), by=served()) for n in range(10)]
    found = [item for item in engine.find(report(*uses), context()) if item.rule == "P303"]
    assert len(found) == 1
    assert "and 6 more" in found[0].fact


def test_an_address_from_outside_is_one_open_question_per_variable():
    by = route(RouteKind.VENDOR_API, provider("openai"), open_symbol="OPENAI_BASE_URL")
    outside = Unresolved(kind="endpoint-from-outside", subject="OPENAI_BASE_URL", locations=(at("b.py"),), why="env")
    found = [
        item
        for item in engine.find(
            report(use(closed("m1"), by=by), use(closed("m2"), by=by), unresolved=(outside,)), context()
        )
        if item.rule == "P308"
    ]
    assert len(found) == 1
    assert found[0].severity is Severity.OPEN
    assert found[0].locations[0].path == "b.py"
    assert "m1 and m2" in found[0].fact


def test_the_address_of_a_local_run_time_is_not_an_open_question():
    assert "P308" not in find(use(model(), by=route(open_symbol="OLLAMA_HOST")))


@pytest.mark.parametrize(
    ("evidence", "raised"), [(Evidence.BOUND, True), (Evidence.SELECTABLE, False), (Evidence.TEST, False)]
)
def test_tracing_matters_where_it_is_on(evidence, raised):
    seen = (saw(ObservationKind.TRACING, "langsmith", evidence=evidence),)
    assert ("P309" in find(observations=seen)) is raised


@pytest.mark.parametrize("path", ["pyproject.toml", "api/requirements-dev.txt", "web/package.json", "uv.lock"])
def test_a_tracing_client_in_a_manifest_is_not_switched_on(path):
    assert "P309" not in find(observations=(saw(ObservationKind.TRACING, "langsmith", location=at(path)),))


def test_vendors_with_the_same_standing_share_one_finding():
    uses = [use(closed(f"m{n}"), by=served_by(n)) for n in range(3)]
    found = [item for item in engine.find(report(*uses), context()) if item.rule == "P303"]
    assert len(found) == 1
    assert "Vendor00, Vendor01 and Vendor02" in found[0].fact


def test_a_vendor_whose_terms_reach_into_prompts_keeps_its_own_finding():
    uses = [
        use(closed(f"m{n}"), by=route(RouteKind.VENDOR_API, provider(f"v{n}", trains_by_default=known(True))))
        for n in range(2)
    ]
    assert len([item for item in engine.find(report(*uses), context()) if item.rule == "P304"]) == 2


def test_an_unknown_route_is_no_top_host():
    by = route(RouteKind.UNKNOWN)
    assert "P312" not in find(use(closed("a"), by=by), use(closed("b"), by=by))


@pytest.mark.parametrize(("others", "said"), [(2, True), (3, False)])
def test_a_host_of_less_than_half_is_no_concentration(others, said):
    at_one = [use(closed(f"a{n}"), by=served()) for n in range(2)]
    elsewhere = [use(closed(f"b{n}"), by=served_by(n)) for n in range(others)]
    assert ("P312" in find(*at_one, *elsewhere)) is said


def test_own_machines_are_no_host_that_changes_its_prices():
    assert "P312" not in find(use(model("a/1")), use(model("a/2")))


def test_selectable_services_share_one_information():
    uses = [use(closed(f"m{n}"), Evidence.SELECTABLE, served_by(n)) for n in range(12)]
    found = find(*uses)["P311"]
    assert found.severity is Severity.INFO
    assert "12 further services" in found.fact


def served_by(number):
    return route(RouteKind.VENDOR_API, provider(f"vendor{number:02}"))


def test_the_storage_country_is_in_the_fact_with_its_role_and_not_in_the_title():
    found = find(use(closed(), by=served(storage_country=known("SG"))))["P303"]
    assert "storage location stated: SG" in found.fact
    assert "SG" not in found.title


def test_the_top_host_is_counted_from_two_models_on():
    one = use(closed("a"), by=served())
    assert "P312" not in find(one)
    assert "2 of 2 models" in find(one, use(closed("b"), by=served()))["P312"].fact
