"""Exports of OpenAI, Anthropic and OpenRouter become measured monthly volumes."""

import pytest

from tests.pricing.factory import D
from vcdd.errors import ConfigError
from vcdd.pricing.provider_exports import parse_export

OPENAI = """\
start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,model,batch,service_tier,input_tokens,\
output_tokens,input_cached_tokens
1,2,2026-10-01T00:00:00+00:00,2026-10-02T00:00:00+00:00,p,100,gpt-5-2025-08-07,,default,300000,50000,100000
3,4,2026-10-02T00:00:00+00:00,2026-10-03T00:00:00+00:00,,,,,,,,
5,6,2026-10-03T00:00:00+00:00,2026-10-04T00:00:00+00:00,p,300,gpt-5-2025-08-07,,default,900000,150000,300000
5,6,2026-10-03T00:00:00+00:00,2026-10-04T00:00:00+00:00,p,10,gpt-5-2025-08-07,True,default,10000,1000,0
"""
ANTHROPIC = """\
usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,\
usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,\
web_search_count
2026-10-01,claude-sonnet-4-5-20250929,k,Default,standard,≤ 200k,"50,000",30000,0,20000,10000,0
2026-10-01,claude-sonnet-4-5-20250929,k,Default,standard,> 200k,600000,0,0,0,2000,0
2026-10-01,claude-sonnet-4-5-20250929,k,Default,batch,≤ 200k,10000,0,0,0,500,0
"""
GENERATIONS = """\
generation_id,created_at,cost_total,tokens_prompt,tokens_completion,tokens_reasoning,tokens_cached,model_permaslug
gen-1,2026-10-01 18:54:30.040,0.1,1000,100,0,400,deepseek/deepseek-v4-20260901
gen-2,2026-10-02 18:54:30.040,0.1,3000,300,0,0,deepseek/deepseek-v4-20260901
"""


def test_openai_rows_add_up_per_model_and_batch_stands_apart():
    usage = parse_export(OPENAI, "openai.csv")
    live, batch = usage.slots
    assert (live.slot, live.requests_per_month, live.batch) == ("gpt-5-2025-08-07", D(400), False)
    # 1,200,000 input tokens, of which 400,000 cached, over 400 requests
    assert (live.input_tokens, live.output_tokens) == (D(3_000), D(500))
    assert live.cached_share == D(400_000) / D(1_200_000)
    assert (batch.requests_per_month, batch.batch) == (D(10), True)
    assert live.measured
    assert usage.source == "openai.csv (OpenAI usage export)"
    assert usage.notes == ("The export covers 2026-10-01 to 2026-10-03, taken as one month.",)


def test_anthropic_counts_tokens_only_and_never_reaches_the_long_tier_by_adding_up():
    standard, long, batch = sorted(parse_export(ANTHROPIC).slots, key=lambda slot: (slot.batch, slot.input_tokens))
    # 50,000 fresh, 30,000 written and 20,000 read from the cache, as ten calls of 10,000
    assert (standard.requests_per_month, standard.input_tokens, standard.cached_share) == (D(10), D(10_000), D("0.2"))
    assert standard.output_tokens == D(1_000)
    assert (long.input_tokens, long.requests_per_month) == (D(300_000), D(2))
    assert batch.batch


def test_days_without_use_and_rows_that_differ_anywhere_are_no_repeats():
    empty, used = OPENAI.splitlines()[2:4]
    text = OPENAI + empty + "\n" + used.replace(",p,", ",other project,") + "\n"
    assert parse_export(text).slots[0].requests_per_month == D(700)


def test_openrouter_generations_are_one_request_a_row():
    [slot] = parse_export(GENERATIONS).slots
    assert (slot.requests_per_month, slot.input_tokens, slot.output_tokens) == (D(2), D(2_000), D(200))
    assert slot.cached_share == D("0.1")


def test_openrouter_activity_counts_requests():
    text = "date,model_permaslug,requests,prompt_tokens,completion_tokens\n2026-10-01,a/b,4,400,80\n"
    assert parse_export(text).slots[0].input_tokens == D(100)


def test_several_months_are_divided_by_their_number():
    text = (
        "date,model_permaslug,requests,prompt_tokens,completion_tokens\n"
        "2026-01-01,a/b,100,1000,10\n2026-12-31,a/b,265.25,2652.5,26.525\n"
    )
    usage = parse_export(text)
    assert usage.notes == ("The export covers 2026-01-01 to 2026-12-31, divided by 12.0 months.",)
    assert round(usage.slots[0].requests_per_month, 1) == D("30.5")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (OPENAI.replace("input_cached_tokens", "cached"), "row 1: no column input_cached_tokens"),
        (ANTHROPIC.replace("usage_output_tokens", "out"), "row 1: no column usage_output_tokens"),
        (OPENAI.replace(",300000,", ",-3,"), "row 2, column input_tokens: -3 must be 0 or more"),
        (OPENAI.replace(",300000,", ",1e16,"), "row 2, column input_tokens"),
        (OPENAI.replace(",300000,", ",lots,"), "row 2, column input_tokens: 'lots' is not a number"),
        (OPENAI.replace("2026-10-03T", "tomorrow"), "row 4, column start_time_iso"),
        (OPENAI.splitlines()[0] + "\n", "no row names a model"),
        (GENERATIONS + "gen-3,2026-10-02\n", "row 4: not as many cells as columns"),
        (GENERATIONS + "gen-3,2026-10-02,1,1,1,1,1,a/b,extra\n", "row 4: not as many cells as columns"),
        (OPENAI + OPENAI.splitlines()[1] + "\n", "row 6, all columns: the row repeats row 2"),
        (GENERATIONS + GENERATIONS.splitlines()[2], "row 4, column generation_id: 'gen-2' repeats row 3"),
        ("", "row 1: no column"),
        ("a,b\n1,2\n", "row 1: no column"),
    ],
)
def test_an_export_that_cannot_be_read_is_refused_with_row_and_column(text, words):
    with pytest.raises(ConfigError) as caught:
        parse_export(text, "usage.csv")
    assert words in caught.value.message
    assert caught.value.message.startswith("usage.csv")
    assert caught.value.help
