"""Shares of Hub downloads, from thousands of listings over many pages to a table with its method and its coverage."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from tests.portfolio.factory import NOW
from tests.portfolio.listing_server import listing
from vcdd.errors import ConfigError
from vcdd.hub.pace import Pace
from vcdd.portfolio.market.listing import of_task, read_listing
from vcdd.portfolio.market.shares import Slice, Window, measure_market
from vcdd.portfolio.market.snapshot import from_snapshot, to_snapshot
from vcdd.portfolio.market.text import compare_text, market_csv, market_json, market_text
from vcdd.registry.load import load_registry

YEAR = Window(since=date(2025, 11, 24), until=date(2026, 11, 24), metric="30-days")
COUNTRY = lambda model: model.country  # noqa: E731


@pytest.fixture(scope="module")
def registry():
    return load_registry([])


def model(
    name, downloads=100, *, created="2026-03-01T10:00:00.000Z", task="text-generation", base="", how="finetune", **rest
):
    tags = [f"base_model:{base}", f"base_model:{how}:{base}"] if base else []
    return {
        "_id": "0", "id": name, "author": name.partition("/")[0], "createdAt": created, "downloads": downloads,
        "downloadsAllTime": downloads * 10, "pipeline_tag": task, "tags": tags, **rest,
    }  # fmt: skip


def take(models, page=500, **rest):
    with listing(models, page) as server:
        return read_listing(now=NOW, endpoint=server.url, **rest), server


def shares(found, pick=COUNTRY):
    return {row.value: (row.models, row.downloads) for row in found.slices(pick)}


def hub():
    """2,400 models in the proportions of a long tail: originals, fine-tunes and re-uploads by hands nobody knows."""
    found = []
    for n in range(600):
        found += [
            model(f"Qwen/Qwen9-{n}B", 5_000 - n),
            model(f"meta-llama/Llama-9-{n}B", 4_000 - n),
            model(f"someone{n}/my-tune", 900 - n % 500, base=f"Qwen/Qwen9-{n}B"),
            model(f"nobody{n}/thing", 50, task="text-to-video"),
        ]
    return found


@pytest.fixture(scope="module")
def whole():
    return take(hub())


@pytest.fixture(scope="module")
def market(whole, registry):
    return measure_market(whole[0], YEAR, registry)


@pytest.fixture(scope="module")
def small(registry):
    """A few models, for tests that need no thousands."""
    return take(
        [model("Qwen/Qwen9-1B", 300), model("meta-llama/Llama-9-1B", 100), model("x/y", 7, task="text-to-video")]
    )[0]


def test_thousands_of_models_over_many_pages(whole, market):
    """Every page is read once, every model counted once, and lineage counts for the originator."""
    found, server = whole
    assert (len(server.asked), found.pages, found.is_whole, len(found.models)) == (5, 5, True, 2400)
    qwen = sum(5_000 - n for n in range(600)) + sum(900 - n % 500 for n in range(600))
    assert shares(market) == {
        "CN": (1200, qwen), "US": (600, sum(4_000 - n for n in range(600))), "unknown": (600, 30_000),
    }  # fmt: skip


def test_the_uploader_is_not_the_originator(market):
    """By uploading organisation the fine-tunes are unknown; by originator they are the base's."""
    by_uploader = shares(market, lambda m: m.uploader)
    assert by_uploader["CN"][0] == 600
    assert by_uploader["unknown"][0] == 1200


def test_by_task(market):
    """Video generation among them, each task with its own total."""
    tasks = market.by_task
    assert list(tasks) == ["text-generation", "text-to-video"]
    assert tasks["text-to-video"] == (Slice(value="unknown", models=600, downloads=30_000, of=30_000),)


def test_one_task_is_asked_for_by_name():
    """So that the pages go to what is wanted."""
    found, server = take([model("Wan-AI/Wan9", task="text-to-video"), model("Qwen/Qwen9-1B")], task="text-to-video")
    assert [m.record.id for m in found.models] == ["Wan-AI/Wan9"]
    assert server.asked[0]["pipeline_tag"] == ["text-to-video"]
    everything, _ = take([model("Wan-AI/Wan9", task="text-to-video"), model("Qwen/Qwen9-1B")])
    assert of_task(everything, "text-to-video").models == found.models


def test_no_token_unless_given():
    """A listing is public; a token would name the analyst."""
    _, server = take([model("a/b")])
    assert "authorization" not in server.headers[0]


def test_the_window_is_by_the_day_the_repository_was_made(registry):
    """Both ends included; a model without a date is left out and counted as such."""
    days = ["2025-11-23", "2025-11-24", "2026-11-24", "2026-11-25", None]
    found, _ = take([model(f"Qwen/Qwen9-{n}B", created=day and f"{day}T23:59:00.000Z") for n, day in enumerate(days)])
    market = measure_market(found, YEAR, registry)
    assert sorted(m.id for m in market.models) == ["Qwen/Qwen9-1B", "Qwen/Qwen9-2B"]
    assert market.undated == 1


def test_a_model_without_a_count_is_left_out_and_said(registry):
    """Not counted as zero."""
    found, _ = take(
        [
            model("Qwen/Qwen9-1B"),
            {**model("Qwen/Qwen9-2B"), "downloads": None},
            {**model("Qwen/Qwen9-3B"), "downloads": "many"},
        ]
    )
    market = measure_market(found, YEAR, registry)
    assert (len(market.models), market.uncounted) == (1, 2)
    assert "2 new models without a count" in market_text(market)


def test_the_other_metric_counts_all_time(small, registry):
    """Ten times as much in this listing; the definition changes with it."""
    month, ever = (measure_market(small, replace(YEAR, metric=m), registry) for m in ("30-days", "all-time"))
    assert ever.total == 10 * month.total
    assert "downloads since the repository exists" in market_text(ever)


def test_a_merge_of_two_countries_is_nobodys_alone(registry):
    """And a merge within one country is that country's."""
    both = model(
        "someone/merge", tags=["base_model:merge:Qwen/Qwen2.5-7B", "base_model:merge:mistralai/Mistral-7B-v0.3"]
    )
    one = model("someone/same", tags=["base_model:merge:Qwen/Qwen2.5-7B", "base_model:merge:deepseek-ai/DeepSeek-V3"])
    market = measure_market(take([both, one])[0], YEAR, registry)
    assert {m.id: m.country for m in market.models} == {"someone/merge": "several", "someone/same": "CN"}


# -- what the network does


def test_the_bound_on_pages_is_said_with_the_floor(registry):
    """Where the reading stopped, and how many downloads an unread model can have at most."""
    found, server = take(hub(), most_pages=2)
    assert (len(server.asked), len(found.models), found.is_whole) == (2, 1000, False)
    market = measure_market(found, YEAR, registry)
    assert market.floor == min(m.month for m in found.models)
    assert f"every other has at most {market.floor:,} downloads" in market_text(market)


def pace(slept):
    return Pace(budget_s=100, sleep=slept.append, clock=lambda: 0.0)


def test_a_rate_limit_is_waited_out():
    """Once, for as long as the Hub says, and the same page is asked again."""
    slept = []
    with listing(hub()[:1500]) as server:
        server.replies[1] = (429, {"RateLimit": '"api";r=0;t=55'}, b"")
        found = read_listing(now=NOW, endpoint=server.url, pace=pace(slept))
    assert (found.is_whole, len(found.models), len(server.asked), slept) == (True, 1500, 4, [56.0])
    assert server.asked[1] == server.asked[2]


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ((500, {}, b"oops"), "HTTP status 500"),
        ((200, {}, b"<html>Sign in to the airport Wi-Fi</html>"), "no listing"),
        ((200, {}, b'{"error": "x"}'), "no listing"),
        ((200, {}, b"[" * 100_000), "no listing"),
        ((429, {"RateLimit": '"api";r=0;t=5000'}, b""), "HTTP status 429"),
        ((200, {}, b"[" + b"1," * 3_000_000 + b"1]"), "too large"),
    ],
)
def test_trouble_on_the_second_page_keeps_the_first(reply, words):
    """And says why the listing is not whole."""
    with listing(hub()[:1500]) as server:
        server.replies[1] = reply
        found = read_listing(now=NOW, endpoint=server.url, pace=pace([]))
    assert (found.is_whole, len(found.models)) == (False, 500)
    assert words in found.stopped


def test_nobody_there():
    """No exception: an empty listing that says why."""
    found = read_listing(now=NOW, endpoint="http://127.0.0.1:1", timeout_s=2)
    assert (found.models, found.is_whole) == ((), False)
    assert found.stopped


@pytest.mark.parametrize("link", ["http://127.0.0.2:9/api/models?cursor=1", "/api/secrets?cursor=1", "http://[", ""])
def test_a_next_page_elsewhere_is_not_followed(link):
    """Another host, another path, no address: the listing ends there."""
    with listing([]) as server:
        server.replies[0] = (200, {"Link": f'<{link}>; rel="next"'}, json.dumps([model("a/b")]).encode())
        found = read_listing(now=NOW, endpoint=server.url)
    assert len(server.asked) == 1
    assert [m.record.id for m in found.models] == ["a/b"]


def test_a_page_that_leads_to_itself_ends():
    """No loop."""
    with listing([]) as server:
        for number in range(5):
            server.replies[number] = (200, {"Link": '<>; rel="next"'}, json.dumps([model("a/b")]).encode())
        read_listing(now=NOW, endpoint=server.url)
    assert len(server.asked) == 1


def test_odd_items_cost_themselves():
    """Numbers, lists and documents without a name beside good ones."""
    with listing([]) as server:
        server.replies[0] = (200, {}, json.dumps([1, [], None, {}, {"id": "../x"}, model("a/b")]).encode())
        found = read_listing(now=NOW, endpoint=server.url)
    assert [m.record.id for m in found.models] == ["a/b"]


# -- snapshots


def test_a_snapshot_gives_the_same_shares(small, registry):
    """Saved and read again: the same models, lineage and counts."""
    kept = from_snapshot(to_snapshot(small), "x.json")
    assert measure_market(kept, YEAR, registry) == measure_market(small, YEAR, registry)
    assert to_snapshot(kept) == to_snapshot(small)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"format": "vcdd-market-listing"}',
        '{"format": "other", "models": [], "format_version": 1}',
    ],
)
def test_another_file_is_refused(text):
    """In one sentence."""
    with pytest.raises(ConfigError, match="no saved market listing"):
        from_snapshot(text, "x.json")


def test_a_newer_or_damaged_snapshot_is_refused(small):
    """Each with its own sentence."""
    document = json.loads(to_snapshot(replace(small, models=())))
    with pytest.raises(ConfigError, match="newer vcdd"):
        from_snapshot(json.dumps({**document, "format_version": 2}), "x.json")
    with pytest.raises(ConfigError, match="damaged"):
        from_snapshot(json.dumps({**document, "taken": "yesterday"}), "x.json")


def test_two_snapshots_compared(registry):
    """Points up and down, with both counts."""
    old, _ = take([model("Qwen/Qwen9-1B", 100), model("meta-llama/Llama-9-1B", 300)])
    new, _ = take([model("Qwen/Qwen9-1B", 300), model("meta-llama/Llama-9-1B", 100)])
    new = replace(new, endpoint=old.endpoint)
    before, after = (measure_market(one, YEAR, registry) for one in (old, new))
    text = compare_text(before, after)
    assert "25.0 % →   75.0 %  +50.0 points (100/400 → 300/400)" in text
    assert "75.0 % →   25.0 %  -50.0 points (300/400 → 100/400)" in text


@pytest.mark.parametrize("change", [{"task": "text-to-video"}, {"endpoint": "https://other.example"}])
def test_different_measures_are_not_compared(small, registry, change):
    """Another task or another Hub makes no trend; nor does another metric."""
    market = measure_market(small, YEAR, registry)
    other = measure_market(replace(small, **change), YEAR, registry)
    assert compare_text(market, other).startswith("Not compared: another")
    ever = measure_market(small, replace(YEAR, metric="all-time"), registry)
    assert compare_text(market, ever).startswith("Not compared: another metric")


# -- words


def test_method_date_coverage_and_definition_stand_first(market):
    """Before any number."""
    text = market_text(market)
    head = " ".join(text[: text.index("By country")].split())
    for words in (
        "from 2025-11-24 to 2026-11-24",
        "on 2026-11-24",
        "any GET or HEAD request on a query file",
        "all 2,400 models listed",
        "by registry",
    ):
        assert words in head


def test_every_share_has_both_counts(market):
    """n of N before each percentage."""
    lines = [line for line in market_text(market).splitlines() if " %," in line]
    assert lines
    assert all(" of " in line for line in lines)


@pytest.mark.parametrize("downloads", [9, 98_765_432_100])
def test_every_line_fits_eighty_columns(registry, downloads):
    """Also with the counts of the whole Hub, the longest names of labs and tasks, and two such listings compared."""
    named = [model("Qwen/Qwen9-1B", downloads), model("x/y", downloads, task="t" * 90), model("ibm-granite/g", 3)]
    markets = [measure_market(take(named[:count])[0], YEAR, registry) for count in (2, 3)]
    odd = replace(markets[0], models=(replace(markets[0].models[0], lab="L" * 90), *markets[0].models[1:]))
    floor = replace(markets[1], is_whole=False, stopped="500 pages were read", floor=12_345_678)
    other = replace(markets[0], task="video " * 20)
    texts = [market_text(odd), market_text(floor), *(compare_text(*markets[:1], after) for after in (floor, other))]
    assert max(len(line) for text in texts for line in text.splitlines()) <= 80
    assert sum(f"{downloads:,} of {sum(m.downloads for m in odd.models):,}" in text for text in texts) == 1


def test_hostile_listings_stay_text(registry):
    """Escapes in names of tasks and authors reach no terminal and no formula."""
    found, _ = take([model("Qwen/Qwen9-1B", task="\x1b[31m=HYPERLINK()"), model("a/b", task="=1+1")])
    market = measure_market(found, YEAR, registry)
    assert "\x1b" not in market_text(market) + market_csv(market) + market_json(market)
    assert '"=1' not in market_csv(market)


def test_nothing_counted_is_no_share(registry):
    """An empty window gives no percentage at all."""
    found, _ = take([model("Qwen/Qwen9-1B")])
    market = measure_market(found, replace(YEAR, since=date(2026, 11, 1)), registry)
    assert market.total == 0
    assert "nothing counted" in market_text(market)
