"""Hand-computed sizing; never nothing, never without its assumptions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pricing.factory import TODAY, D, price, use
from vcdd.core.model import Model, Weights
from vcdd.pricing.gpus import Gpu, Offer, Plan, fitting, load_offers, output_tokens_per_second
from vcdd.pricing.self_host import memory_gb, per_mtok, self_hosting
from vcdd.pricing.weights import Size, count_in_name, precision_of, size_of

OFFERS = load_offers(TODAY, 90)
SMALL, LARGE = (
    Gpu(name="small", memory_gb=24, bandwidth_tb_s=D(1)),
    Gpu(name="large", memory_gb=80, bandwidth_tb_s=D(4)),
)


def nothing(ids, provider):
    return ()


def size(parameters, active=None, bytes_each="2", shape=None):
    return Size(
        parameters=parameters,
        active=active or parameters,
        bytes_per_parameter=D(bytes_each),
        precision="",
        shape=shape,
    )


def offer(gpu, amount, gpus=1, **fields):
    return Offer(gpu=gpu, gpus=gpus, price=price("gpu-hour", amount, model=gpu.name, **fields))


def test_memory_is_weights_and_cache_and_a_tenth():
    # weights 8e9 x 2 bytes = 16 GB; cache 2 x 32 x 8 x 128 x 2 bytes x 131,072 tokens = 17.179869184 GB; x 1.1
    assert memory_gb(size(8_000_000_000, shape=(32, 8, 128))) == D("36.4978561024")


def test_an_unknown_shape_takes_the_cache_as_a_share_of_the_weights():
    assert memory_gb(size(10_000_000_000)) == D("25.30")
    assert memory_gb(size(10_000_000_000), with_cache=False) == D("22.0")


def test_processors_come_in_ones_twos_fours_eights_and_whole_machines():
    counts = [fitting((offer(LARGE, 1),), D(memory)).gpus for memory in (80, 81, 161, 321, 641)]
    assert counts == [1, 2, 4, 8, 16]


def test_what_no_machine_room_holds_has_no_plan():
    assert fitting((offer(LARGE, 1),), D(10**6)) is None
    assert fitting((), D(1)) is None


def test_within_twice_the_lowest_rent_the_faster_dollar_wins():
    # one small card rents for 1, a large one for 1.9 and is four times as fast
    assert fitting((offer(SMALL, 1), offer(LARGE, "1.9")), D(20)).gpu is LARGE
    assert fitting((offer(SMALL, 1), offer(LARGE, "2.1")), D(20)).gpu is SMALL


def test_a_stale_rent_is_used_only_where_nothing_current_fits():
    offers = (offer(LARGE, 1, stale=True), offer(LARGE, 3))
    assert fitting(offers, D(20)).price.amount == D(3)
    assert fitting(offers[:1], D(20)).price.stale


def test_the_dearest_rent_of_the_same_processor_makes_a_range():
    assert fitting((offer(LARGE, 3), offer(LARGE, 7)), D(20)).price.high == D(7)
    assert fitting((offer(LARGE, 3), offer(LARGE, "3.5")), D(20)).price.high is None


def test_the_measured_case_gives_back_the_measured_speed():
    h100 = next(o.gpu for o in OFFERS if "H100" in o.gpu.name)
    plan = Plan(gpu=h100, gpus=2, price=price("gpu-hour", 1), anchor="")
    assert output_tokens_per_second(size(70_553_706_496, bytes_each="1"), plan) == D(920)


def test_dollars_per_million_tokens_fall_with_utilisation():
    # 3.6 dollars an hour at 1,000 tokens a second are 1 dollar per million when full
    assert per_mtok(D("3.6"), D(1_000)) == ((10, D(10)), (30, D("3.3")), (60, D("1.7")))


def test_break_even_is_the_rent_over_the_blended_price_of_the_route():
    own = (price("input-mtok", "1"), price("output-mtok", "1"))
    found = self_hosting(Model(id="org/m", name="m", parameters=8_000_000_000), ("org/m",), own, nothing, OFFERS)
    assert found.break_even_mtok == found.monthly_usd
    assert any("break-even against acme" in text for text in found.assumptions)


def test_without_an_api_price_there_is_no_break_even():
    found = self_hosting(Model(id="org/m", name="m", parameters=8_000_000_000), ("org/m",), (), nothing, OFFERS)
    assert found.break_even_mtok is None


def test_a_video_model_has_rent_and_memory_but_no_price_per_token():
    model = Model(id="org/v", name="v", parameters=19_000_000_000, modality="video")
    found = self_hosting(model, ("org/v",), (), nothing, OFFERS)
    assert found.monthly == ()
    assert found.memory_gb == D(42)
    assert found.monthly_usd > 0


def test_without_a_number_of_parameters_nothing_is_estimated():
    assert self_hosting(Model(id="org/secret", name=""), ("org/secret",), (), nothing, OFFERS) is None


@given(st.integers(10**6, 2 * 10**12))
def test_serving_is_never_free_and_names_its_rent(parameters):
    model = Model(id="org/m", name="m", parameters=parameters)
    found = self_hosting(model, ("org/m",), (), nothing, OFFERS)
    if found is not None:
        assert found.monthly_usd > 0
        assert all(dollars > 0 for _, dollars in found.monthly)
        assert found.gpu_hour.source
        assert found.gpu_hour.checked
        assert len(found.assumptions) >= 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Qwen/Qwen3-32B", (32_000_000_000, 32_000_000_000)),
        ("Qwen/Qwen3-235B-A22B", (235_000_000_000, 22_000_000_000)),
        ("google/gemma-3-27b-it", (27_000_000_000, 27_000_000_000)),
        ("qwen3:1.7b", (1_700_000_000, 1_700_000_000)),
        ("mistralai/Mixtral-8x7B-v0.1", None),
        ("moonshotai/Kimi-K2-Instruct", None),
        ("gpt-4", None),
        ("org/7bbw", None),
        ("100b-team/model", None),
    ],
)
def test_a_name_gives_a_count_only_where_it_plainly_states_one(name, expected):
    assert count_in_name(name) == expected


@pytest.mark.parametrize(
    ("name", "bytes_each"),
    [
        ("Qwen/Qwen3-32B-AWQ", "0.55"),
        ("nvidia/Qwen3-32B-FP8", "1.0"),
        ("nvidia/DeepSeek-R1-NVFP4", "0.57"),
        ("qwen3:8b-q4_K_M", "0.55"),
        ("openai/gpt-oss-120b", "0.57"),
        ("deepseek-ai/DeepSeek-V3.2", "1.0"),
        ("Qwen/Qwen3-32B", "2"),
    ],
)
def test_precision_is_read_from_the_id_or_assumed(name, bytes_each):
    assert precision_of((name,))[0] == D(bytes_each)


def test_the_hubs_own_count_beats_the_table_and_the_table_the_name():
    ids = ("01-ai/Yi-1.5-34B",)
    assert size_of(Model(id=ids[0], name="", parameters=5), ids).parameters == 5
    assert size_of(Model(id=ids[0], name=""), ids).parameters == 34_388_917_248
    assert size_of(Model(id="org/x-7b", name=""), ("org/x-7b",)).source == "as its name says"


def test_open_weights_behind_an_api_get_a_plan_and_closed_ones_do_not():
    from vcdd.core.company import Usage
    from vcdd.pricing.book import open_book
    from vcdd.pricing.estimate import estimate_costs

    uses = (use("Qwen/Qwen3-32B", "deepinfra", weights=Weights.OPEN), use("gpt-5", "openai", weights=Weights.CLOSED))
    served, closed = estimate_costs(uses, Usage(), open_book(), today=TODAY).costs
    assert served.self_hosting is not None
    assert closed.self_hosting is None
