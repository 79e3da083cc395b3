"""D5 to D8 and D10: artefacts, lifecycle, concentration, cost and coverage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.rules.factory import CHECKED, TODAY, at, closed, context, lab, model, report, route, saw, use
from vcdd.core.cost import Cost, CostSummary, Price
from vcdd.core.evidence import Evidence
from vcdd.core.finding import Severity
from vcdd.core.model import DateKind, Lifecycle, LifecycleStatus
from vcdd.core.reference import ObservationKind
from vcdd.core.report import RegistryInfo, Unresolved
from vcdd.core.route import RouteKind
from vcdd.core.source_file import Coverage, Fallback, Skipped
from vcdd.rules import engine

API = route(RouteKind.VENDOR_API)


def find(*uses, **rest):
    found = engine.find(report(*uses, **rest), context())
    return {item.rule: item for item in found}


# D5


@pytest.mark.parametrize(
    ("kind", "rule", "severity"),
    [
        (ObservationKind.TRUST_REMOTE_CODE, "A501", "medium"),
        (ObservationKind.PICKLE_WEIGHTS, "A502", "low"),
        (ObservationKind.UNPINNED_REVISION, "A503", "low"),
        (ObservationKind.RUNTIME_INSTALL, "A504", "low"),
        (ObservationKind.SECRET, "A505", "medium"),
    ],
)
def test_each_kind_of_artefact_fact_has_one_finding_with_its_places(kind, rule, severity):
    seen = tuple(saw(kind, "x/y", location=at("a.py", n)) for n in range(1, 30))
    found = find(observations=seen)[rule]
    assert found.severity.value == severity
    assert len(found.locations) == 10


@pytest.mark.parametrize("evidence", [Evidence.TEST, Evidence.MENTION])
def test_artefact_facts_of_tests_and_prose_raise_nothing(evidence):
    assert find(observations=(saw(ObservationKind.TRUST_REMOTE_CODE, evidence=evidence),)) == {}


# D6


def life(status=LifecycleStatus.ACTIVE, days=None, kind=None):
    day = TODAY + timedelta(days=days) if days is not None else None
    return Lifecycle(status=status, date=day, date_kind=kind, checked=CHECKED)


@pytest.mark.parametrize(
    ("lifecycle", "rule", "severity"),
    [
        (life(LifecycleStatus.RETIRED, -60, DateKind.EFFECTIVE), "T601", "blocker"),
        (life(LifecycleStatus.DEPRECATED, 100, DateKind.ANNOUNCED), "T602", "high"),
        (life(LifecycleStatus.DEPRECATED, 121, DateKind.ANNOUNCED), "T602", "medium"),
        (life(LifecycleStatus.ACTIVE, -3, DateKind.ANNOUNCED), "T602", "high"),
        (life(LifecycleStatus.ACTIVE, 10, DateKind.NOT_SOONER_THAN), "T603", "info"),
        (life(LifecycleStatus.PREVIEW), "T604", "low"),
        (life(LifecycleStatus.DEPRECATED), "T607", "medium"),
    ],
)
def test_status_and_kind_of_date_decide_the_rule(lifecycle, rule, severity):
    found = find(use(closed(lifecycle=lifecycle), by=API))
    assert [item for item in found if item.startswith("T6")] == [rule]
    assert found[rule].severity.value == severity


def test_a_floor_is_never_called_an_announcement():
    found = find(use(closed(lifecycle=life(days=1, kind=DateKind.NOT_SOONER_THAN)), by=API))["T603"]
    assert "promises service up to 2026-11-25 at least" in found.fact
    assert "not an announcement" in found.consequence


def test_an_active_model_raises_nothing():
    assert not [rule for rule in find(use(closed(lifecycle=life()), by=API)) if rule.startswith("T")]


def test_days_left_stand_in_the_consequence_so_that_the_fact_keeps():
    made = closed(lifecycle=life(days=30, kind=DateKind.ANNOUNCED))
    today = engine.find(report(use(made, by=API)), context())
    later = engine.find(report(use(made, by=API)), context(today=TODAY + timedelta(days=1)))
    first, second = (next(i for i in found if i.rule == "T602") for found in (today, later))
    assert first.fact == second.fact
    assert "30 days" in first.consequence
    assert "29 days" in second.consequence


def test_weights_on_own_hardware_answer_whatever_the_vendor_retires():
    retired = life(LifecycleStatus.RETIRED, -1, DateKind.EFFECTIVE)
    assert "T601" not in find(use(model(lifecycle=retired)))
    assert "T601" in find(use(model(lifecycle=retired), by=API))


def test_a_vendor_s_end_does_not_hold_on_another_platform():
    retired = life(LifecycleStatus.RETIRED, -1, DateKind.EFFECTIVE)
    for by in (route(RouteKind.CLOUD_MODEL_SERVICE), route(RouteKind.AGGREGATOR)):
        found = find(use(model(lifecycle=retired), by=by))
        assert "T601" not in found
        assert "T608" in found
    assert "T601" in find(use(closed(lifecycle=retired), by=route(RouteKind.AGGREGATOR)))


def test_selectable_models_that_end_share_a_line_with_a_date_each():
    one = closed("a", lifecycle=life(LifecycleStatus.RETIRED, -10, DateKind.EFFECTIVE))
    two = closed("b", lifecycle=life(LifecycleStatus.RETIRED, -20, DateKind.EFFECTIVE))
    found = find(use(one, Evidence.SELECTABLE, API), use(two, Evidence.SELECTABLE, API))["T601"]
    assert "can be configured to use a (2026-11-14) and b (2026-11-04)" in found.fact


@pytest.mark.parametrize(("number", "findings"), [(1, 1), (3, 1)])
def test_many_retired_models_of_one_maker_share_a_finding(number, findings):
    retired = life(LifecycleStatus.RETIRED, -10, DateKind.EFFECTIVE)
    uses = [use(closed(f"m{n}", lifecycle=retired), by=API) for n in range(number)]
    found = [item for item in engine.find(report(*uses), context()) if item.rule == "T601"]
    assert len(found) == findings
    said = "".join(item.fact for item in found)
    assert all(f"m{n}" in said for n in range(number))
    assert "2026-11-14" in said


def test_aliases_and_superseded_models_share_one_line_each():
    followed = Lifecycle(status=LifecycleStatus.ACTIVE, successor="a-3", source="https://a.example/models")
    uses = (
        use(closed("a-latest", is_alias=True, lifecycle=followed), by=API),
        use(closed("b-latest", is_alias=True), by=API),
    )
    found = find(*uses)
    assert "a-latest and b-latest" in found["T605"].fact
    assert "a-latest (a-3)" in found["T606"].fact
    assert found["T606"].severity is Severity.INFO


def test_a_successor_that_no_source_names_is_not_reported():
    guessed = Lifecycle(status=LifecycleStatus.ACTIVE, successor="a-3")
    assert "T606" not in find(use(closed("a-1", lifecycle=guessed), by=API))


# D7


def test_all_models_of_one_maker_without_a_way_out_is_medium():
    found = find(use(closed("a"), by=API), use(closed("b"), by=API))["C701"]
    assert found.severity is Severity.MEDIUM
    assert "2 of 2 models in use are made by Acme; no fallback" in found.fact


@pytest.mark.parametrize(
    "way_out",
    [
        {"observations": (saw(ObservationKind.ABSTRACTION, "litellm"),)},
        {"extra": use(closed("z", lab=lab("other")), Evidence.SELECTABLE, API, slot="FALLBACK_LLM")},
    ],
)
def test_a_layer_or_a_fallback_of_another_maker_lowers_it(way_out):
    extra = way_out.pop("extra", None)
    uses = [use(closed("a"), by=API), use(closed("b"), by=API), *([extra] if extra else [])]
    assert find(*uses, **way_out)["C701"].severity is Severity.LOW


def test_a_default_behind_a_variable_is_not_a_fallback():
    other = use(closed("z", lab=lab("other")), Evidence.SELECTABLE, API, way="fallback")
    found = find(use(closed("a"), by=API), use(closed("b"), by=API), other)["C701"]
    assert found.severity is Severity.MEDIUM
    assert "no fallback of another maker was seen" in found.fact


def test_open_weights_of_one_maker_can_be_moved():
    assert find(use(model("a/1")), use(model("a/2")))["C701"].severity is Severity.LOW


def test_makers_below_two_thirds_are_not_the_main_one():
    uses = (use(closed("a"), by=API), use(closed("b", lab=lab("other")), by=API))
    assert "C701" not in find(*uses)


def test_sdk_calls_are_counted_by_vendor_and_a_layer_makes_them_information():
    calls = tuple(saw(ObservationKind.SDK_CALL, "openai", location=at(f"f{n}.py", 1)) for n in range(3))
    found = find(observations=calls)["C702"]
    assert "In 3 files: 3 calls of vendor SDKs (openai 3)" in found.fact
    assert found.severity is Severity.LOW
    layered = (*calls, saw(ObservationKind.ABSTRACTION, "litellm"))
    assert find(observations=layered)["C702"].severity is Severity.INFO


def test_an_embedding_model_brings_re_indexing():
    store = (saw(ObservationKind.EMBEDDING_STORE, "chroma"),)
    found = find(use(closed("e", modality="embedding"), by=API), observations=store)["C703"]
    assert "vectors are kept in chroma" in found.fact
    assert "C703" not in find(use(closed("t"), by=API), observations=store)


# D8


def price(**rest):
    return Price(provider="p", model="acme-large", unit="input-mtok", amount=Decimal(1), **rest)


@pytest.mark.parametrize(
    ("prices", "rules"),
    [
        ((), {"M801"}),
        ((price(stale=True),), {"M802"}),
        ((price(high=Decimal(2)),), {"M803"}),
        ((price(),), set()),
    ],
)
def test_missing_old_and_disputed_prices_are_said(prices, rules):
    costs = CostSummary(costs=(Cost(model="acme-large", route="p", prices=prices),))
    found = find(use(closed(), by=API), costs=costs)
    assert {rule for rule in found if rule.startswith("M8")} == rules


def test_weights_on_own_hardware_have_no_list_price_to_miss():
    costs = CostSummary(costs=(Cost(model="acme/base-7b", route="self-hosted"),))
    assert "M801" not in find(use(model()), costs=costs)


def test_an_open_model_by_an_open_route_has_no_end_that_is_the_maker_s():
    retired = life(LifecycleStatus.RETIRED, -60, DateKind.EFFECTIVE)
    found = find(use(model(lifecycle=retired), by=route(RouteKind.UNKNOWN)))
    assert "T601" not in found
    assert "not known to be the maker's" in found["T608"].fact


def test_models_that_share_a_finding_keep_their_successors():
    one, two = (closed(n, lifecycle=replace(life(LifecycleStatus.RETIRED, -9, DateKind.EFFECTIVE), successor=f"{n}2"))
                for n in "ab")  # fmt: skip
    said = find(use(one, by=API), use(two, by=API))["T601"].fact
    assert "a (2026-11-15, successor a2) and b (2026-11-15, successor b2)" in said


@pytest.mark.parametrize("status", [LifecycleStatus.RETIRED, LifecycleStatus.DEPRECATED])
def test_a_successor_that_the_finding_of_an_end_names_is_not_said_twice(status):
    ended = Lifecycle(status=status, successor="a-3", source="https://a.example/deprecations")
    found = find(use(closed("a-2", lifecycle=ended), by=API))
    assert "T606" not in found
    assert "names a-3 as successor" in next(iter(found.values())).fact


def test_a_floor_stays_a_floor_where_models_share_a_finding():
    deprecated = life(LifecycleStatus.DEPRECATED, 9, DateKind.NOT_SOONER_THAN)
    said = find(*(use(closed(n, lifecycle=deprecated), by=API) for n in "ab"))["T607"].fact
    assert "a (not sooner than 2026-12-03) and b (not sooner than 2026-12-03)" in said


def test_an_id_that_nobody_knows_has_no_price_to_miss_besides():
    costs = CostSummary(costs=(Cost(model="x/y", route="unknown"),))
    found = find(use(model("x/y", lab=None, licence=None), by=route(RouteKind.UNKNOWN)), costs=costs)
    assert "M801" not in found


# D10


@pytest.mark.parametrize(("read", "severity"), [(95, "info"), (80, "medium")])
def test_unread_files_weigh_more_when_they_are_many(read, severity):
    gone = tuple(Skipped(path=f"f{n}", reason="too large") for n in range(100 - read))
    found = find(coverage=Coverage(files_total=100, files_read=read, files_skipped=gone))["V001"]
    assert found.severity.value == severity
    assert f"too large ({100 - read})" in found.fact


def test_files_without_text_are_listed_and_do_not_lower_the_share():
    gone = (*(Skipped(path=f"{n}.png", reason="binary") for n in range(50)), Skipped(path="big.js", reason="too large"))
    found = find(coverage=Coverage(files_total=100, files_read=49, files_skipped=gone))["V001"]
    assert found.severity is Severity.INFO
    assert "Not read: 51 files of 100. Reasons: too large (1) and binary (50)." in found.fact
    assert found.locations[0].path == "big.js"


def test_each_kind_of_gap_has_its_line():
    found = find(
        coverage=Coverage(
            files_total=1,
            files_read=1,
            parse_fallbacks=(Fallback(path="a.py", parser="python", used="lines", reason="syntax"),),
        ),
        unresolved=(
            Unresolved(kind="model-from-outside", subject="LLM_MODEL", locations=(at(),), why="env"),
            Unresolved(kind="unknown-id", subject="my-deployment", locations=(at(),), why="no record"),
        ),
        warnings=("The Hub did not answer.",),
        registry=RegistryInfo(version="1", newest_check=date(2026, 1, 1)),
    )
    assert set(found) == {"V002", "V003", "V004", "V005", "V006"}
    assert found["V003"].severity is Severity.OPEN


def test_a_whole_reading_raises_nothing():
    assert find() == {}
