"""`vcdd cost` with the exports that providers give: hand-computed totals, and every bad row named with its column."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.e2e.command import Ran, vcdd

APP = """\
import anthropic
from openai import OpenAI
OpenAI().chat.completions.create(model="gpt-5", messages=[])
anthropic.Anthropic().messages.create(model="claude-sonnet-4-5", max_tokens=10, messages=[])
router = OpenAI(base_url="https://openrouter.ai/api/v1")
router.chat.completions.create(model="deepseek/deepseek-chat-v3.1", messages=[])
"""
# The columns of the exports as their consoles write them.
OPENAI = """\
start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,api_key_id,model,batch,\
service_tier,input_tokens,output_tokens,input_cached_tokens,input_audio_tokens,output_audio_tokens
1,2,2026-10-01T00:00:00+00:00,2026-10-02T00:00:00+00:00,p,100000,,k,gpt-5-2025-08-07,,default,300000000,50000000,100000000,0,0
3,4,2026-10-02T00:00:00+00:00,2026-10-03T00:00:00+00:00,,,,,,,,,,,,
"""
ANTHROPIC = """\
usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,\
usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,\
web_search_count
2026-10-01,claude-sonnet-4-5-20250929,key,Default,standard,≤ 200k,10000000,0,0,0,1000000,0
"""
GENERATIONS = """\
generation_id,created_at,cost_total,cost_web_search,cost_cache,tokens_prompt,tokens_completion,tokens_reasoning,\
tokens_cached,model_permaslug,provider_name,variant,cancelled,streamed
gen-1,2026-10-01 18:54:30.040,0.1,0,0,1000000,100000,0,0,deepseek/deepseek-chat-v3.1,Novita,standard,false,true
"""
PRICES = """
[[price]]
provider = "{provider}"
model = "{model}"
unit = "input-mtok"
amount = {paid}
[[price]]
provider = "{provider}"
model = "{model}"
unit = "cached-input-mtok"
amount = {cached}
[[price]]
provider = "{provider}"
model = "{model}"
unit = "output-mtok"
amount = {made}
"""


@pytest.fixture
def app(tmp_path: Path) -> Path:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "app.py").write_text(APP, encoding="utf-8")
    return tmp_path


def cost(at: Path, *words: str) -> Ran:
    return vcdd("cost", "app", "-q", *words, home=at)


def line(text: str, start: str) -> str:
    items = (" ".join(item.split()) for item in re.split(r"\n  - |\n\n", text))  # the page is wrapped
    (found,) = [item for item in items if item.startswith(start)]
    return found


@pytest.mark.parametrize(
    ("export", "prices", "total", "others"),
    [
        # 200M fresh at 2.00, 100M cached at 0.50, 50M output at 8.00
        (OPENAI, {"provider": "openai", "model": "gpt-5", "paid": 2, "cached": 0.5, "made": 8}, "850",
         "claude-sonnet-4-5-20250929 and deepseek-ai/DeepSeek-V3.1"),
        # 10M at 2.00 and 1M output at 11.00
        (ANTHROPIC, {"provider": "anthropic", "model": "claude-sonnet-4-5", "paid": 2, "cached": 1, "made": 11}, "31",
         "deepseek-ai/DeepSeek-V3.1 and gpt-5"),
        # one call of 1M tokens at 2.00 and 0.1M output at 5.00
        (GENERATIONS, {"provider": "openrouter", "model": "deepseek/deepseek-chat-v3.1", "paid": 2, "cached": 1,
                       "made": 5}, "2.5", "claude-sonnet-4-5-20250929 and gpt-5"),
    ],
    ids=["openai", "anthropic", "openrouter"],
)  # fmt: skip
def test_an_export_gives_the_measured_run_rate_and_says_what_it_leaves_out(app, export, prices, total, others):
    """Computed by hand at a contract's prices, which no update of a list moves."""
    (app / "usage.csv").write_text(export, encoding="utf-8")
    (app / "prices.toml").write_text(PRICES.format(**prices), encoding="utf-8")
    ran = cost(app, "--usage", "usage.csv", "--prices", "prices.toml")
    assert ran.status == 0, ran.err
    said = line(ran.out, "Monthly run-rate")
    assert said.startswith(f"Monthly run-rate: USD {total} (grade B, measured quantities at list prices;")
    assert line(ran.out, "Without a stated volume").endswith(f"not in the run-rate: {others}.")


def test_tokens_without_requests_give_no_size_of_an_action(app):
    """Anthropic's export counts no requests: the size of a call is not invented out of it."""
    (app / "usage.csv").write_text(ANTHROPIC, encoding="utf-8")
    said = line(cost(app, "--usage", "usage.csv").out, "claude-sonnet-4-5-20250929, per 1,000 actions")
    assert "which nobody has stated" in said


def test_revenue_and_cash_are_set_against_the_measured_bill(app):
    """Whether they stand on the command line or among what is known of the company."""
    (app / "usage.csv").write_text(OPENAI, encoding="utf-8")
    prices = PRICES.format(provider="openai", model="gpt-5", paid=2, cached=0.5, made=8)
    (app / "prices.toml").write_text(prices, encoding="utf-8")
    (app / "company.toml").write_text("annual_revenue_usd = 3_000_000\nmonthly_burn_usd = 50_000\n", encoding="utf-8")
    flags = ("--revenue", "250000", "--burn", "50000", "--cash", "600000")
    for stated in (flags, ("--company", "company.toml", *flags[4:])):
        ran = cost(app, "--usage", "usage.csv", "--prices", "prices.toml", *stated)
        assert line(ran.out, "The run-rate is 0.34 % of the stated revenue").endswith(
            "The stated cash lasts 12 months at the stated burn."
        )


def test_an_invoice_is_the_whole_bill_and_leaves_nothing_out(app):
    (app / "usage.toml").write_text(
        'invoice_usd = 3456\n[slots."gpt-5"]\nrequests_per_month = 10\ninput_tokens = 10\n', encoding="utf-8"
    )
    out = cost(app, "--usage", "usage.toml").out
    assert line(out, "Monthly run-rate").startswith("Monthly run-rate: USD 3,500 (grade A, an invoice;")
    assert "Without a stated volume" not in out
    assert "Not in the total" not in out


def test_a_volume_in_a_unit_without_a_price_is_said_and_not_counted(app):
    (app / "usage.toml").write_text(
        '[slots."gpt-5"]\nunits_per_month = 2_000\nunit = "minutes"\n'
        '[slots."claude-sonnet-4-5"]\nrequests_per_month = 1000\ninput_tokens = 1000\noutput_tokens = 0\n',
        encoding="utf-8",
    )
    out = cost(app, "--usage", "usage.toml").out
    assert line(out, "Not in the total") == (
        "Not in the total: 2,000 minutes stated for gpt-5, which has no current price by that unit."
    )
    assert line(out, "Without a stated volume").endswith("not in the run-rate: deepseek-ai/DeepSeek-V3.1.")


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("u.csv", OPENAI.replace("input_cached_tokens", "cached"), "u.csv: row 1: no column input_cached_tokens"),
        ("u.csv", OPENAI.replace(",300000000,", ",-3,"), "u.csv: row 2, column input_tokens: -3 must be 0 or more"),
        ("u.csv", ANTHROPIC + ANTHROPIC.splitlines()[1] + "\n", "u.csv: row 3, all columns: the row repeats row 2"),
        ("u.csv", GENERATIONS + GENERATIONS.splitlines()[1].replace(",0.1,", ",0.2,") + "\n",
         "u.csv: row 3, column generation_id: 'gen-1' repeats row 2"),
        ("u.csv", OPENAI.replace("2026-10-01T00", "first"), "u.csv: row 2, column start_time_iso"),
        ("u.csv", "currency,amount\nXXX,1\n", "u.csv: row 1: no column"),
        ("p.toml", PRICES.format(provider="openai", model="gpt-5", paid=1, cached=1, made=1) + 'currency = "XYZ"\n',
         "p.toml: price 3: unknown currency 'XYZ'"),
        ("p.toml", PRICES.format(provider="openai", model="gpt-5", paid=-1, cached=1, made=1),
         "p.toml: price 1: amount: -1 must be 0 or more"),
        ("p.toml", 2 * PRICES.format(provider="openai", model="gpt-5", paid=1, cached=1, made=1), "p.toml: price 4"),
    ],
)  # fmt: skip
def test_bad_input_names_file_row_and_column_and_gives_no_total(app, file, text, words):
    (app / file).write_text(text, encoding="utf-8")
    ran = cost(app, "--usage" if file.endswith("csv") else "--prices", file, "--requests", "1000")
    assert (ran.status, ran.out) == (2, "")
    assert words in " ".join(ran.err.split())
