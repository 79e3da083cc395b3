"""The commands from argv to streams and exit status, in this process."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.portfolio.factory import GPT, QWEN, write_fund
from tests.portfolio.listing_server import listing
from tests.portfolio.test_history import commit, git
from tests.portfolio.test_market import model
from vcdd.cli.run import run
from vcdd.errors import ExitStatus


@pytest.fixture(autouse=True)
def _clean(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795521600")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store of one run: a company with two models, one with none that can be scanned."""
    folder = tmp_path_factory.mktemp("fund")
    manifest = write_fund(folder, acme=GPT + QWEN)
    manifest.write_text(manifest.read_text() + '[[company]]\nname = "gone"\nsource = "gone"\n')
    path = folder / "fund.db"
    assert run(["portfolio", "scan", str(manifest), "--store", str(path), "--offline", "--workers", "1", "-q"]) == 0
    return path


def portfolio(*words):
    return run(["portfolio", *map(str, words)])


def test_scan_tells_each_company_on_stderr(store, capsys):
    """A second scan judges the unchanged company again, and stdout stays empty."""
    manifest = store.with_name("portfolio.toml")
    assert (
        portfolio("scan", manifest, "--store", store, "--offline", "--workers", "1", "--strict")
        == ExitStatus.INCOMPLETE
    )
    out, err = capsys.readouterr()
    assert out == ""
    assert "acme: 2 models in use (judged again)" in err
    assert "gone" in err
    assert "gone: not scanned: no such file or folder: gone" in err
    assert "gone: 0 models" not in err


def test_all_failed_is_nothing_readable(tmp_path):
    """Exit 4, as for a single target."""
    (tmp_path / "p.toml").write_text('[[company]]\nname = "gone"\nsource = "gone"\n')
    assert portfolio("scan", "p.toml", "--offline", "--workers", "1", "-q") == ExitStatus.NOTHING


def test_duplicate_names_touch_no_store(tmp_path, capsys):
    """Exit 2 with both places."""
    (tmp_path / "p.toml").write_text('[[company]]\nname = "A"\nsource = "a"\n' * 2)
    assert portfolio("scan", "p.toml", "--offline") == ExitStatus.USAGE
    assert "companies 1 and 2 are both called 'A'" in capsys.readouterr().err
    assert not (tmp_path / "portfolio.db").exists()


def test_report_prints_shares_and_then_the_ledger(store, capsys):
    """Measurement first, context apart."""
    assert portfolio("report", "--store", store, "--country", "us") == 0
    out = capsys.readouterr().out
    assert "Companies that use an open-weight model from US" in out
    assert out.index("Context from others") > out.index("Definitions")


def test_the_dashboard_links_the_full_reports(store, tmp_path):
    """One file for each company that was scanned, beside the dashboard."""
    assert portfolio("report", "--store", store, "--output", "d.html", "--reports", "full") == 0
    files = [path.name for path in (tmp_path / "full").iterdir()]
    assert files == ["00000-acme.html"]
    assert 'href="full/00000-acme.html"' in (tmp_path / "d.html").read_text()


def test_show_renders_a_stored_report(store, capsys):
    """In any format; an unknown company is said."""
    assert portfolio("show", "acme", "--store", store, "--format", "json") == 0
    assert {m["id"] for m in json.loads(capsys.readouterr().out)["models"]} == {"gpt-4o", "Qwen/Qwen2.5-7B-Instruct"}
    assert portfolio("show", "gone", "--store", store) == ExitStatus.USAGE
    assert portfolio("show", "nobody", "--store", store) == ExitStatus.USAGE
    assert "has no company 'nobody'" in capsys.readouterr().err


def test_export_to_stdout_and_to_a_file(store, tmp_path, capsys):
    """The same bytes."""
    assert portfolio("export", "uses", "--store", store, "--run", 1) == 0
    out = capsys.readouterr().out
    assert {row["country"] for row in csv.DictReader(io.StringIO(out))} == {"US", "CN"}
    assert portfolio("export", "uses", "--store", store, "--run", 1, "--output", "uses.csv") == 0
    assert (tmp_path / "uses.csv").read_text() == out


@pytest.mark.parametrize(
    "words",
    [("report",), ("diff",), ("export", "uses"), ("benchmark",), ("show", "x")],
)
def test_without_a_store_every_command_says_what_to_do(words, capsys):
    """And makes no file."""
    assert portfolio(*words) == ExitStatus.USAGE
    assert "vcdd portfolio scan" in capsys.readouterr().err


def test_the_benchmark_refuses_a_small_fund(store, tmp_path, capsys):
    """Nothing is written."""
    assert portfolio("benchmark", "--store", store, "--output", "b.json", "--yes") == ExitStatus.USAGE
    assert "too few" in capsys.readouterr().err
    assert not (tmp_path / "b.json").exists()


def test_market_from_the_hub_to_a_saved_listing_and_back(tmp_path, monkeypatch, capsys):
    """The saved listing gives the same report without the Hub, and compares with itself at no difference."""

    def said(*words):
        assert run(["market", *map(str, words)]) == 0
        return capsys.readouterr().out

    with listing([model("Qwen/Qwen9-1B", 300), model("meta-llama/Llama-9-1B", 100)]) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        live = said("--save", tmp_path / "m.json")
    assert said("--from", tmp_path / "m.json", "--offline") == live
    assert "CN" in live
    assert "Context from others" in live
    assert "+0.0 points" in said("--from", tmp_path / "m.json", "--compare", tmp_path / "m.json")
    rows = json.loads(said("--from", tmp_path / "m.json", "--format", "json"))
    assert rows["tables"]["originator country"][0] == {"value": "CN", "models": 1, "downloads": 300, "of": 400}


@pytest.mark.parametrize(
    ("words", "next_step"),
    [
        (("--offline",), "--from"),
        (("--metric", "stars"), "30-days"),
        (("--since", "yesterday", "--offline"), "--from"),
        (("--format", "xml"), "csv"),
    ],
)
def test_market_refuses_what_it_cannot_do(words, next_step, capsys):
    """A usage error with a next step."""
    assert run(["market", *words]) == ExitStatus.USAGE
    assert next_step in capsys.readouterr().err


def test_history_from_the_command_line(tmp_path, capsys):
    """The day on which the product moved is in the text, and the drawing is a file of its own."""
    repository = tmp_path / "pitch"
    repository.mkdir()
    git(repository, "init", "--quiet", "--initial-branch=main")
    commit(repository, 0, app=GPT)
    commit(repository, 9, app=QWEN)
    assert run(["history", str(repository)]) == 0
    out = capsys.readouterr().out
    assert "gpt-4o" in out
    assert "Qwen/" in out
    assert "2025-03-05" in out
    assert run(["history", str(repository), "--output", str(tmp_path / "stack.svg"), "-q"]) == 0
    assert (tmp_path / "stack.svg").read_text().startswith("<svg")


def test_history_refuses_unknown_formats_before_any_work(capsys):
    """The suffix decides, and must be known."""
    assert run(["history", ".", "--output", "x.pdf"]) == ExitStatus.USAGE
    assert ".svg" in capsys.readouterr().err


def test_a_report_on_one_tag(tmp_path, capsys):
    """The denominators are those of the tag, and the report says so; an unknown tag is said."""
    manifest = write_fund(tmp_path, acme=GPT, beta=QWEN)
    manifest.write_text(manifest.read_text().replace('source = "beta"', 'source = "beta"\ntags = ["us"]'))
    assert portfolio("scan", manifest, "--store", "t.db", "--offline", "--workers", "1", "-q") == 0
    assert portfolio("report", "--store", "t.db", "--tag", "us") == 0
    out = capsys.readouterr().out
    assert out.startswith("Only companies tagged us.")
    assert "of all companies 1/1 100.0 %" in " ".join(out.split())
    assert portfolio("report", "--store", "t.db", "--tag", "us", "--output", "t.html") == 0
    assert "Only companies tagged <bdi>us</bdi>" in (tmp_path / "t.html").read_text()
    assert portfolio("report", "--store", "t.db", "--tag", "eu") == ExitStatus.USAGE
