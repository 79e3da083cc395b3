"""Two runs compared: each kind of difference has the cause that really made it, proven by changing only one thing."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.portfolio.factory import (
    GPT,
    HOUSE,
    LATER,
    NOW,
    OVERLAY,
    QWEN,
    fact,
    failed_source,
    finding,
    outcome,
    result,
    source,
    spec,
    use,
    write_fund,
)
from vcdd.cli.portfolio_job import scan_company
from vcdd.portfolio.changes import Cause, compare
from vcdd.portfolio.extract import pack
from vcdd.portfolio.manifest import read_manifest
from vcdd.portfolio.store.reading import list_runs, reading
from vcdd.portfolio.store.store import open_store
from vcdd.portfolio.values import Job
from vcdd.portfolio.views.text import changes_text


@pytest.fixture
def path(tmp_path):
    return tmp_path / "fund.db"


def write(path, results, now=NOW):
    with open_store(path) as store:
        run = store.begin(spec(len(results), key=now.isoformat()), now, again=True)
        for item in results:
            store.record(run.id, item)
        store.finish(run.id, now)


def changes(path):
    with reading(path) as connection:
        return compare(connection, *(run.id for run in list_runs(connection)))


def between(path, before, after):
    """The differences between one company's source in two runs."""
    write(path, [result(0, "Acme", before)])
    write(path, [result(0, "Acme", after)], LATER)
    return [(c.kind, c.subject, c.before, c.after, c.causes) for c in changes(path)]


# -- real scans, one thing changed at a time


def scanned(manifest, *, overlay=(), now=NOW):
    options = (("cache", False), ("offline", True), *([("registry", [str(p) for p in overlay])] if overlay else []))
    jobs = [
        Job(position=n, company=c, options=options, now=now) for n, c in enumerate(read_manifest(manifest).companies)
    ]
    return [scan_company(job) for job in jobs]


def test_only_the_company_changed(path, tmp_path):
    """New code, same registry and tool: every difference is the company's doing."""
    manifest = write_fund(tmp_path, acme=GPT, beta=GPT)
    write(path, scanned(manifest))
    write_fund(tmp_path, acme=QWEN, beta=GPT)
    write(path, scanned(manifest, now=LATER), LATER)
    found = changes(path)
    assert {c.company for c in found} == {"acme"}
    assert {c.causes for c in found} == {(Cause.COMPANY,)}
    assert {(c.kind, c.subject) for c in found if c.kind.startswith("use")} == {
        ("use added", "Qwen/Qwen2.5-7B-Instruct via self-hosted"), ("use removed", "gpt-4o via OpenAI"),
    }  # fmt: skip


def test_only_the_registry_changed(path, tmp_path):
    """An overlay that knows the lab: lab, country and licence are new, and none of it is the company's doing."""
    manifest = write_fund(tmp_path, acme=HOUSE)
    overlay = tmp_path / "overlay.toml"
    overlay.write_text(OVERLAY, encoding="utf-8")
    write(path, scanned(manifest))
    write(path, scanned(manifest, overlay=[overlay]), LATER)
    found = changes(path)
    assert {c.causes for c in found} == {(Cause.REGISTRY,)}
    assert ("house/llm-8b: country", "unknown", "FR") in {(c.subject, c.before, c.after) for c in found}


def test_only_the_tool_changed(path, tmp_path):
    """A later version reads the same folder with the same registry and sees one model more."""
    manifest = write_fund(tmp_path, acme=GPT + QWEN)
    (later,) = scanned(manifest)
    fewer = replace(later.sources[0], uses=later.sources[0].uses[:1], tool_version="0.0.9")
    write(path, [replace(later, sources=(fewer,))])
    write(path, [later], LATER)
    found = changes(path)
    assert [c.kind for c in found] == ["use added"]
    assert found[0].causes == (Cause.TOOL,)


def test_nothing_changed(path, tmp_path):
    """The same folder twice: no difference, and the text says so."""
    manifest = write_fund(tmp_path, acme=GPT)
    write(path, scanned(manifest))
    write(path, scanned(manifest), LATER)
    assert changes(path) == ()
    with reading(path) as connection:
        assert "No difference." in changes_text((), *list_runs(connection))


# -- rows, for what is hard to bring about


def test_a_fact_is_never_the_companys_doing(path):
    """Code and registry both changed: the new licence of a model that was there before is the registry's."""
    found = between(path, source("a", (use(),)), source("a", (use(licence="mit"),), digest="d1", registry_version="r2"))
    assert found == [("fact", "Qwen/Qwen3-8B: licence", "apache-2.0", "mit", (Cause.REGISTRY,))]


def test_a_fact_from_the_hub_is_nobodys_doing_here(path):
    """The Hub answers otherwise than last time; registry and tool are blameless even if they changed too."""
    declared = fact(source="declared on the Hub as of 2026-12-24")
    after = source("a", (use(licence="mit"),), registry_version="r2", facts=(declared,))
    assert [c[-1] for c in between(path, source("a", (use(),)), after)] == [(Cause.OUTSIDE,)]


def report(*written: str, model: str = "") -> bytes:
    references = [{"written": text} for text in written]
    models = [{"id": model, "references": references}] if model else []
    return pack(json.dumps({"models": models, "other_references": [] if model else references}))


def test_a_string_that_stood_there_before_was_not_added_by_the_company(path):
    """Code and registry both changed; the id was an unnamed reference before, so naming it is the registry's doing."""
    before = source("a", report=report("house/llm-8b"))
    after = source(
        "a",
        (use("house/llm-8b"),),
        digest="d1",
        registry_version="r2",
        report=report("house/llm-8b", model="house/llm-8b"),
    )
    assert [c[-1] for c in between(path, before, after)] == [(Cause.REGISTRY,)]


def test_what_cannot_be_told_apart_keeps_all_candidates(path):
    """Code and registry both changed and the string is new: nothing decides, and that is said."""
    after = source("a", (use("x/y"),), digest="d1", registry_version="r2", report=report("x/y", model="x/y"))
    ((kind, *_, causes),) = between(path, source("a", report=report("gpt-4o")), after)
    assert (kind, causes) == ("use added", (Cause.COMPANY, Cause.REGISTRY))
    with reading(path) as connection:
        assert "Cannot be told apart: company changed or registry changed (1 difference)" in changes_text(
            changes(path), *list_runs(connection)
        )


def test_a_finding_has_the_cause_of_what_it_is_about(path):
    """The company added the model that the finding names; the registry changed too, elsewhere."""
    new = finding(model="gpt-5")
    before = source("a", (use(),))
    after = source("a", (use(licence="mit"),), registry_version="r2", findings=(finding(model="Qwen/Qwen3-8B"), new))
    found = between(path, before, after)
    assert [(kind, causes) for kind, *_, causes in found] == [
        ("fact", (Cause.REGISTRY,)), ("finding added", (Cause.REGISTRY,)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "kind", "step"),
    [
        ({"uses": (use(evidence="test", is_use=False),)}, {"uses": (use(),)}, "evidence", ("test", "bound")),
        ({"findings": (finding(severity="low"),)}, {"findings": (finding(),)}, "severity", ("low", "high")),
        ({"findings": (finding(),)}, {}, "finding removed", ("high", "")),
        ({"findings": (finding(),)}, {"findings": (finding(is_active=False),)}, "finding removed", ("high", "")),
        ({"outcome": outcome("allow")}, {"outcome": outcome("deny")}, "outcome", ("allow", "deny")),
    ],
)  # fmt: skip
def test_every_kind_of_difference(path, before, after, kind, step):
    """With what it was and what it is."""
    ((found, _, *values, causes),) = between(path, source("a", **before), source("a", digest="d1", **after))
    assert (found, tuple(values), causes) == (kind, step, (Cause.COMPANY,))


def test_the_day_alone_can_change_a_finding(path):
    """A retirement came nearer: nothing here changed."""
    before, after = source("a", findings=(finding(severity="low"),)), source("a", findings=(finding(),))
    assert [c[-1] for c in between(path, before, after)] == [(Cause.OUTSIDE,)]


def test_a_failed_scan_says_nothing_of_models(path):
    """A folder that went missing has not stopped using anything."""
    found = between(path, source("a", (use(),)), failed_source("a", "no such file or folder: a"))
    assert [(kind, after) for kind, _, _, after, _ in found] == [("scan", "no such file or folder: a")]


def test_companies_that_joined_and_left(path):
    """By name, whatever their place in the manifest."""
    write(path, [result(0, "Acme"), result(1, "Beta")])
    write(path, [result(0, "Beta"), result(1, "Gamma")], LATER)
    assert [(c.company, c.kind) for c in changes(path)] == [("Gamma", "company added"), ("Acme", "company removed")]


def test_unknown_contents_may_have_changed(path):
    """Without a digest on both sides nobody can say that the company did not change."""
    found = between(path, source("a", digest=""), source("a", (use(),), digest=""))
    assert [c[-1] for c in found] == [(Cause.COMPANY,)]
