"""Which questions a report leads to: one per unknown, none that the target answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from tests.rules.factory import (
    NON_COMMERCIAL,
    TODAY,
    UNKNOWN,
    Entry,
    ancestor,
    at,
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
    saw,
    use,
)
from tests.rules.wording import banned_in
from vcdd.core.company import Company
from vcdd.core.cost import Cost, CostSummary
from vcdd.core.evidence import Evidence
from vcdd.core.finding import Attestation, Claim
from vcdd.core.model import ConditionKind, DateKind, Lifecycle, LifecycleStatus, Weights
from vcdd.core.reference import ObservationKind
from vcdd.core.report import Unresolved
from vcdd.core.route import RouteKind
from vcdd.policy.evaluate import evaluate
from vcdd.policy.load import load_policy
from vcdd.questions.ask import ask
from vcdd.rules.engine import find

API = route(RouteKind.VENDOR_API, provider("vendor"))


def asked(*uses, company=None, **rest):
    return Counter(item.id for item in ask(report(*uses, **rest), company))


def outside(kind, subject):
    return Unresolved(kind=kind, subject=subject, locations=(at("s.py", 4),), why="env")


def test_nothing_found_asks_nothing():
    assert ask(report(), None) == ()


def test_a_catalogue_or_a_mention_asks_nothing():
    assert (
        ask(report(use(model(lab=None, licence=None), Evidence.CATALOG), use(closed(), Evidence.MENTION)), None) == ()
    )


def test_each_unresolved_reference_leads_to_exactly_one_question():
    gaps = (
        outside("model-from-outside", "LLM_MODEL"),
        outside("model-from-outside", "EMBED_MODEL"),
        outside("endpoint-from-outside", "OPENAI_BASE_URL"),
        outside("unknown-id", "my-deployment"),
    )
    found = ask(report(unresolved=gaps), None)
    assert Counter(item.id for item in found) == {"Q3": 2, "Q34": 1, "Q9": 1}
    for gap in gaps:
        assert sum(gap.subject in item.text for item in found) == 1
    assert all("s.py:4" in item.why for item in found)


def test_fields_of_one_name_in_several_classes_are_one_setting():
    gaps = [outside("model-from-outside", name) for name in ("A.model_id", "B.model_id", "B.judge_id")]
    found = [item.text for item in ask(report(unresolved=tuple(gaps)), None) if item.id == "Q3"]
    assert len(found) == 2
    assert any("`model_id` (of A and B)" in text for text in found)


def test_addresses_of_models_in_use_are_asked_apart_from_those_of_bare_calls():
    by = route(RouteKind.VENDOR_API, provider("openai"), open_symbol="OPENAI_BASE_URL")
    gaps = tuple(outside("endpoint-from-outside", name) for name in ("A_URL", "B_URL", "OPENAI_BASE_URL"))
    found = [item.text for item in ask(report(use(closed("a"), by=by), unresolved=gaps), None) if item.id == "Q34"]
    assert len(found) == 2
    assert any("`A_URL` and `B_URL`" in text for text in found)


def test_of_an_id_that_nobody_knows_maker_place_and_price_are_one_question():
    costs = CostSummary(costs=(Cost(model="x/unknown", route="unknown"),))
    found = asked(use(model("x/unknown", lab=None, licence=None), by=route(RouteKind.UNKNOWN)), costs=costs)
    assert (found["Q9"], found["Q33"], found["Q60"]) == (1, 0, 0)


def test_weights_that_merely_lie_there_raise_no_question_about_training():
    lying = (saw(ObservationKind.OWN_WEIGHTS, "vad.bin"),)
    loaded = (use(model("local:weights/ours")),)
    trained = ("Q13", "Q14", "Q41", "Q65")
    assert not set(trained) & set(asked(use(), observations=lying))
    assert set(trained) <= set(asked(*loaded, observations=lying))


@pytest.mark.parametrize(
    ("uses", "times"),
    [
        ((use(model(modality="embedding")), use(closed(), by=API)), 0),
        ((use(model(modality="embedding")),), 1),
        ((use(model()), use(closed(), by=API)), 1),
    ],
)
def test_what_is_earned_around_free_models_is_asked_where_they_carry_the_product(uses, times):
    assert asked(*uses)["Q66"] == times


def test_what_every_company_is_asked_comes_after_what_the_code_raises():
    found = ask(report(use(model())), None)
    standing = [item.standing for item in found]
    assert standing == sorted(standing)
    assert {item.id for item in found if item.standing} >= {"Q8", "Q30", "Q62"}


def test_an_open_variable_seen_twice_is_asked_once():
    by = route(RouteKind.VENDOR_API, provider("openai"), open_symbol="OPENAI_BASE_URL")
    gaps = (outside("endpoint-from-outside", "OPENAI_BASE_URL"),)
    assert asked(use(closed("a"), by=by), use(closed("b"), by=by), unresolved=gaps)["Q34"] == 1


def test_an_unknown_id_that_is_also_a_use_is_asked_once():
    gaps = (outside("unknown-id", "x/unknown"),)
    assert asked(use(model("x/unknown", lab=None)), unresolved=gaps)["Q9"] == 1


def test_what_the_company_has_attested_is_not_asked_until_it_expires():
    gaps = (outside("model-from-outside", "LLM_MODEL"),)
    said = Attestation(slot="LLM_MODEL", model="m", by="f", on=TODAY, expires=date(2027, 1, 1))
    assert asked(unresolved=gaps, attestations=(said,)) == {}
    assert asked(unresolved=gaps, attestations=(replace(said, expired=True),)) == {"Q3": 1}


TERMS = licence(condition(ConditionKind.MAU_THRESHOLD, 9), condition(ConditionKind.FUNDING_THRESHOLD, 9))
TERRITORY = licence(condition(ConditionKind.TERRITORY_LIMIT, territories=("EU",)))
RETIRED = Lifecycle(status=LifecycleStatus.RETIRED, date=TODAY, date_kind=DateKind.EFFECTIVE)


@pytest.mark.parametrize(
    ("uses", "rest", "ident"),
    [
        ((use(model(licence=NON_COMMERCIAL)),), {}, "Q18"),
        ((use(model(licence=TERMS)),), {}, "Q19"),
        ((use(model(licence=TERRITORY)),), {}, "Q20"),
        ((use(model(licence=licence(condition(ConditionKind.DISPLAY_DUTY)))),), {}, "Q21"),
        ((use(model(licence=licence(condition(ConditionKind.FLOW_DOWN)))),), {}, "Q23"),
        ((use(model(licence=None)),), {}, "Q16"),
        ((use(model(facts={"relabelled": known("apache over llama3")})),), {}, "Q15"),
        ((use(closed(), by=API),), {}, "Q24"),
        ((use(closed(), by=API),), {}, "Q5"),
        ((use(model()),), {}, "Q66"),
        ((use(model(lineage=(ancestor(how="inferred"),))),), {}, "Q10"),
        ((use(model("local:w", lineage=(ancestor(how="inferred"),))),), {}, "Q6"),
        ((use(closed(), by=route(RouteKind.UNKNOWN)),), {}, "Q33"),
        ((use(closed(), by=route(RouteKind.AGGREGATOR)),), {}, "Q33"),
        ((use(closed(), by=route(RouteKind.VENDOR_API, provider("v", storage=UNKNOWN))),), {}, "Q35"),
        ((use(closed(), by=route(RouteKind.VENDOR_API, provider("v", trains_by_default=known(True)))),), {}, "Q36"),
        ((use(closed(), by=route(RouteKind.VENDOR_API, provider("v", retention=UNKNOWN))),), {}, "Q37"),
        ((use(closed(), by=route(RouteKind.VENDOR_API, provider("v", contracting_entity=UNKNOWN))),), {}, "Q28"),
        ((), {"observations": (saw(ObservationKind.TRACING, "langsmith"),)}, "Q38"),
        ((), {"observations": (saw(ObservationKind.SECRET, "openai"),)}, "Q48"),
        ((use(closed(lifecycle=RETIRED), by=API),), {}, "Q51"),
        ((use(model(modality="video")),), {}, "Q43"),
        ((use(closed("e", modality="embedding"), by=API),), {}, "Q58"),
        ((), {"observations": (saw(ObservationKind.FINE_TUNING, "train.py"),)}, "Q41"),
        ((use(closed(), Evidence.SELECTABLE),), {}, "Q1"),
    ],
)  # fmt: skip
def test_each_unknown_that_matters_asks_its_question_once(uses, rest, ident):
    assert asked(*uses, **rest)[ident] == 1


@pytest.mark.parametrize(
    ("uses", "rest", "ident"),
    [
        ((use(model(licence=NON_COMMERCIAL)),), {"company": Company(commercial=False)}, "Q18"),
        ((use(model(licence=NON_COMMERCIAL), by=API),), {}, "Q18"),
        ((use(model(licence=TERRITORY)),), {"company": Company(seat="US", markets=("US",))}, "Q20"),
        ((use(closed(), by=API),), {}, "Q66"),
        ((use(closed(), by=API),), {}, "Q35"),
        ((use(closed(), by=API),), {}, "Q36"),
        ((use(closed(), by=API),), {}, "Q67"),
        ((use(closed(), by=API),), {"company": Company(customers=("consumer",))}, "Q30"),
        ((use(model()),), {}, "Q24"),
        ((use(model("local:w", lab=None)),), {}, "Q9"),
        ((use(model("local:w", lineage=(ancestor(),))),), {}, "Q6"),
        ((use(closed("x", weights=Weights.CLOSED, licence=None), by=API),), {}, "Q16"),
        ((), {"observations": (saw(ObservationKind.TRACING, "x", evidence=Evidence.TEST),)}, "Q38"),
    ],
)  # fmt: skip
def test_what_is_known_or_does_not_apply_is_not_asked(uses, rest, ident):
    assert asked(*uses, **rest)[ident] == 0


def test_numbers_already_told_are_not_asked_again():
    found = ask(report(use(model(licence=TERMS))), Company(monthly_active_users=5))
    text = next(item.text for item in found if item.id == "Q19")
    assert "funds raised" in text
    assert "users" not in text


def test_five_vendors_with_unknown_storage_are_one_question_that_names_them():
    uses = [use(closed(f"m{n}"), by=route(RouteKind.VENDOR_API, provider(f"v{n}", storage=UNKNOWN))) for n in range(3)]
    (found,) = [item for item in ask(report(*uses), None) if item.id == "Q35"]
    assert "V0, V1 and V2" in found.text


def test_unknown_makers_are_one_question_that_names_every_id():
    uses = [use(model(f"x/m{n}", lab=None)) for n in range(9)]
    (found,) = [item for item in ask(report(*uses), None) if item.id == "Q9"]
    assert all(f"x/m{n}" in found.text for n in range(9))
    assert found.model == ""


def test_retired_models_are_one_question_and_announced_ends_another():
    ending = Lifecycle(status=LifecycleStatus.DEPRECATED, date=date(2027, 1, 6), date_kind=DateKind.ANNOUNCED)
    uses = [use(closed(name, lifecycle=life), by=API) for name, life in
            (("a", RETIRED), ("b", RETIRED), ("c", ending))]  # fmt: skip
    found = [item for item in ask(report(*uses), None) if item.id == "Q51"]
    assert [("a (" in item.text, "b (" in item.text, "c (ends 2027-01-06)" in item.text) for item in found] == [
        (True, True, False),
        (False, False, True),
    ]
    assert found[0].weight > found[1].weight


def test_a_tracing_client_among_the_dependencies_is_asked_more_softly():
    shelf = (saw(ObservationKind.TRACING, "langsmith", location=at("pyproject.toml")),)
    on = (saw(ObservationKind.TRACING, "langsmith"),)
    (soft,), (firm,) = (ask(report(observations=seen), None) for seen in (shelf, on))
    assert soft.weight < firm.weight
    assert "among the dependencies" in soft.why
    assert "turns it on" in firm.why


def test_questions_come_by_weight_and_a_list_entry_raises_that_about_customers():
    plain = ask(report(use(model())), None)
    order = [(item.standing, -item.weight) for item in plain]
    assert order == sorted(order)
    given = report(use(model(lab=lab(list_entries=("US-LIST-1",)))))
    given = replace(given, findings=find(given, context(lists={"US-LIST-1": Entry()})))
    listed = ask(given, None)
    weight = {item.id: item.weight for item in plain}
    raised = next(item for item in listed if item.id == "Q30")
    assert raised.weight > weight["Q30"]
    assert not raised.standing


def test_what_a_standing_decision_asks_weighs_more():
    given = report(use(model(licence=NON_COMMERCIAL, lab=lab(country="CN"))))
    before = {item.id: item.weight for item in ask(given, None)}
    outcome = evaluate(given, load_policy("us-gov-facing"), None, TODAY)
    after = {item.id: item.weight for item in ask(replace(given, outcome=outcome), None)}
    assert after["Q31"] == before["Q31"] + 5
    assert after["Q8"] == before["Q8"]


def test_a_statement_about_an_own_model_is_asked_with_age_as_first_explanation():
    claim = Claim(text="Our own model", where="d:1", kind="own-model", shown="In use is x.", status="not supported")
    (found,) = [item for item in ask(report(use(closed(), by=API), claims=(claim,)), None) if item.id == "Q4"]
    assert "may simply be older" in found.why


def test_an_own_licence_mismatch_asks_which_one_governs():
    kind = ObservationKind.LICENCE_DECLARATION
    seen = (saw(kind, "MIT", location=at("setup.py")), saw(kind, "Apache-2.0", location=at("LICENSE")))
    given = report(observations=seen)
    given = replace(given, findings=find(given, context()))
    assert [item.id for item in ask(given, None)] == ["Q25"]


def test_no_question_holds_a_banned_word_or_an_open_brace():
    uses = (use(model(licence=NON_COMMERCIAL, lab=None)), use(closed(lifecycle=RETIRED), by=API))
    for item in ask(report(*uses, unresolved=(outside("model-from-outside", "X"),)), None):
        assert banned_in(f"{item.text} {item.why}") == []
        assert "{" not in item.text + item.why


@pytest.mark.parametrize(
    ("ident", "modality", "task", "asks"),
    [
        ("openai/whisper-large-v3", "speech", "", False),
        ("nvidia/parakeet-tdt-0.6b-v3", "speech", "", False),
        ("pyannote/speaker-diarization-3.1", "speech", "", False),
        ("acme/listens", "speech", "automatic-speech-recognition", False),
        ("acme/whisper-voice", "speech", "text-to-speech", True),
        ("collabora/whisperspeech", "speech", "", True),
        ("gpt-4o-mini-tts", "speech", "", True),
        ("hubertus/bark", "speech", "", True),
        ("wan-2.5", "video", "", True),
        ("whisper-vision", "vision", "", False),
    ],
)
def test_synthetic_media_is_asked_of_what_makes_them_and_not_of_what_hears(ident, modality, task, asks):
    facts = {"task": known(task)} if task else {}
    assert ("Q43" in asked(use(model(ident, modality=modality, facts=facts)))) is asks
