"""The store: each company once, what was written comes back, and nothing of somebody else's file is touched."""

from __future__ import annotations

import hashlib
import json
import sqlite3

import pytest

from tests.portfolio.factory import LATER, NOW, fact, failed_source, finding, outcome, result, source, spec, use
from vcdd.errors import ConfigError, UsageError
from vcdd.portfolio.store.export import TABLES, to_csv, to_parquet
from vcdd.portfolio.store.migrations import APPLICATION_ID, SCHEMA_VERSION, STEPS
from vcdd.portfolio.store.reading import (
    choose_run,
    list_runs,
    read_companies,
    read_facts,
    read_freshness,
    read_report,
    reading,
)
from vcdd.portfolio.store.store import connect, open_store


@pytest.fixture
def path(tmp_path):
    return tmp_path / "fund.db"


def write(path, *results, now=NOW, finish=True, **rest):
    with open_store(path) as store:
        run = store.begin(spec(companies=len(results), **rest), now, again=True)
        for item in results:
            store.record(run.id, item)
        if finish:
            store.finish(run.id, now)
        return run.id


def test_what_was_written_comes_back(path):
    """Uses, facts, findings, outcome and report of a company, as values."""
    whole = source(
        "acme",
        uses=(use(),),
        facts=(fact(),),
        findings=(finding(),),
        outcome=outcome("review"),
        report=b"zlib",
        commit="abc",
    )
    run = write(path, result(0, "Acme", whole, failed_source("old")))
    with reading(path) as connection:
        (company,) = read_companies(connection, run)
        assert (company.name, company.status, company.error) == ("Acme", "partial", "no such file or folder: acme")
        assert (company.uses, company.findings, company.outcomes) == ((use(),), (finding(),), (outcome("review"),))
        assert read_facts(connection, run, 0) == (fact(),)
        assert read_report(connection, run, 0, 0) == b"zlib"
        assert read_report(connection, run, 0, 1) == b""
        assert [(s.spec, s.status, s.commit_id) for s in company.sources] == [
            ("acme", "done", "abc"),
            ("old", "failed", ""),
        ]


def test_companies_come_in_the_order_of_the_manifest(path):
    """Whatever the order in which they finished."""
    run = write(path, result(2), result(0), result(1))
    with reading(path) as connection:
        assert [company.position for company in read_companies(connection, run)] == [0, 1, 2]


def test_a_company_is_written_once_and_wholly(path):
    """A second row for the same company fails, and takes nothing of itself into the store."""
    with open_store(path) as store:
        run = store.begin(spec(2), NOW)
        store.record(run.id, result(0, "A", source("a", uses=(use(),))))
        with pytest.raises(sqlite3.IntegrityError):
            store.record(run.id, result(1, "A", source("a", uses=(use(), use("b/c")))))
    with reading(path) as connection:
        assert [len(company.uses) for company in read_companies(connection, run.id)] == [1]


def test_an_unfinished_run_of_the_same_key_is_resumed(path):
    """With its own time and the companies it has; another key or a finished run begins anew."""
    with open_store(path) as store:
        first = store.begin(spec(2), NOW)
        store.record(first.id, result(1))
    with open_store(path) as store:
        again = store.begin(spec(2), LATER)
        assert (again.id, again.started, again.done) == (first.id, NOW, frozenset({1}))
        assert store.begin(spec(2, key="other"), LATER).id != first.id
        store.finish(first.id, NOW)
        assert store.begin(spec(2), LATER).id > first.id


def test_failed_companies_can_be_tried_again(path):
    """Their rows go, the others stay, and the run is open for them."""
    run = write(path, result(0), result(1, "", failed_source()))
    with open_store(path) as store:
        assert store.last_run("k") == run
        assert store.forget_failed(run) == 1
        store.reopen(run)
        assert store.begin(spec(2), LATER).done == frozenset({0})


def test_the_previous_report_needs_the_same_tool_registry_and_options(path):
    """Anything else would hide a change of the registry or of the tool."""
    write(path, result(0, "A", source("a", digest="d7", report=b"r7")))
    with open_store(path) as store:
        (found,) = store.previous(spec(), "A", ["a"])
        assert found is not None
        assert (found.digest, found.report) == ("d7", b"r7")
        others = [spec(tool_version="2.0"), spec(registry_version="r2"), spec(options=(("deep", True),))]
        assert [store.previous(other, "A", ["a"]) for other in others] == [(None,)] * 3
        assert store.previous(spec(), "B", ["a"]) == (None,)
        assert store.previous(spec(), "A", ["b"]) == (None,)
        assert store.previous(spec(), "A", ["a"], since="2026-11-25") == (None,)


def test_equal_reports_are_kept_once(path):
    """A second run without changes adds rows, not documents."""
    big = bytes(range(256)) * 400
    write(path, result(0, "A", source("a", report=big)))
    write(path, result(0, "A", source("a", report=big)))
    with reading(path) as connection:
        assert connection.execute("SELECT count(*) FROM reports").fetchone() == (1,)


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_newer_store_is_refused_and_left_alone(path):
    """With a sentence that says which is newer, byte for byte unchanged."""
    write(path, result(0))
    with connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 3}")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    before = digest(path)
    with pytest.raises(ConfigError, match="written by a newer vcdd"), open_store(path):
        pass
    with pytest.raises(ConfigError, match="written by a newer vcdd"), reading(path):
        pass
    assert digest(path) == before


def test_somebody_elses_file_is_refused_and_left_alone(path):
    """Another program's database, and a file that is no database at all."""
    other = sqlite3.connect(path)
    with other:
        other.execute("CREATE TABLE bookmarks (id)")
    other.close()
    text = path.with_name("notes.db")
    text.write_text("these are my notes, " * 100, encoding="utf-8")
    for file, words in ((path, "another program"), (text, "no usable database")):
        before = digest(file)
        with pytest.raises(ConfigError, match=words), open_store(file):
            pass
        assert digest(file) == before


def test_an_older_store_is_brought_up_step_by_step(path):
    """A store of schema 1 keeps its rows and gets what came later; reading alone never migrates."""
    old = sqlite3.connect(path)
    old.executescript(f"{STEPS[0]} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 1;")
    old.execute(
        "INSERT INTO runs VALUES (1, 'k', 'Fund', ?, ?, '1.0', 'r1', '{}', 0)", (NOW.isoformat(), NOW.isoformat())
    )
    old.commit()
    old.close()
    with pytest.raises(ConfigError, match="older vcdd"), reading(path):
        pass
    with open_store(path):
        pass
    with reading(path) as connection:
        assert [run.id for run in list_runs(connection)] == [1]
        assert connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'runs_by_key'").fetchone() == (1,)


def test_one_writing_run_at_a_time(path):
    """The second is refused at once, the first goes on, and afterwards the store is free."""
    with open_store(path) as store:
        run = store.begin(spec(), NOW)
        with pytest.raises(ConfigError, match="another run is writing"), open_store(path):
            pass
        store.record(run.id, result(0))
    with open_store(path):
        pass


def test_reading_beside_a_writing_run(path):
    """Results appear as they finish: a reader sees the first company before the second is there."""
    with open_store(path) as store:
        run = store.begin(spec(2), NOW)
        store.record(run.id, result(0))
        with reading(path) as connection:
            assert [r.written for r in list_runs(connection)] == [1]
            assert choose_run(connection).finished == ""


def test_a_missing_store_is_said(path):
    """Reading makes no file."""
    with pytest.raises(ConfigError, match="there is no store"), reading(path):
        pass
    assert not path.exists()


def test_runs_are_chosen_by_id_or_from_the_end(path):
    """0 is the newest, −1 the finished one before it; an interrupted run between them is passed over."""
    first = write(path, result(0))
    write(path, result(0), finish=False)
    third = write(path, result(0))
    with reading(path) as connection:
        assert [choose_run(connection, n).id for n in (0, -1, 2)] == [third, first, 2]
        for missing in (9, -2):
            with pytest.raises(UsageError, match="has no run"):
                choose_run(connection, missing)


@pytest.mark.parametrize("table", [*TABLES])
def test_every_table_is_exported(path, table):
    """A header, a line for each row, no cell that a spreadsheet would run."""
    poisoned = source(
        "=cmd|' /C calc'!A0",
        uses=(use("=1+1"),),
        facts=(fact("=1"),),
        findings=(finding(title="@x"),),
        outcome=outcome(),
    )
    run = write(path, result(0, "=HYPERLINK()", poisoned))
    with reading(path) as connection:
        text = to_csv(connection, run, table)
    assert len(text.splitlines()) == 2
    assert all(not cell.startswith(("=", "@", "+")) for cell in text.splitlines()[1].strip('"').split('","'))


def test_exports_of_equal_runs_are_equal(path):
    """Ids, times and durations of runs are left out."""
    runs = [write(path, result(0, "A", source("a", uses=(use(),), facts=(fact(),)))) for _ in range(2)]
    with reading(path) as connection:
        for table in TABLES:
            assert to_csv(connection, runs[0], table) == to_csv(connection, runs[1], table)


def test_an_unknown_table_is_refused(path):
    """With the tables there are."""
    run = write(path, result(0))
    with reading(path) as connection, pytest.raises(UsageError, match="unknown table"):
        to_csv(connection, run, "secrets")


def test_parquet_says_what_is_missing_or_reads_back(path):
    """pyarrow is nobody's duty: without it one sentence, with it the same cells."""
    run = write(path, result(0, "A", source("a", uses=(use(),))))
    with reading(path) as connection:
        try:
            import pyarrow.parquet
        except ImportError:
            with pytest.raises(UsageError, match="needs pyarrow"):
                to_parquet(connection, run, "uses")
        else:
            import io

            table = pyarrow.parquet.read_table(io.BytesIO(to_parquet(connection, run, "uses")))
            assert table.column("model").to_pylist() == [use().model]


def test_options_are_stored_as_json(path):
    """So that a reader sees whether a run was offline."""
    write(path, result(0), options=(("offline", True),))
    with reading(path) as connection:
        assert list_runs(connection)[0].is_offline
        assert json.loads(connection.execute("SELECT options FROM runs").fetchone()[0]) == {"offline": True}


def test_the_age_of_facts(path):
    """Known facts only, each once, by the run's own day; what has no date is counted apart."""
    facts = (
        fact(checked="2026-11-01"), fact(name="lab", checked="2026-08-26"), fact(name="base", checked="2026-08-25"),
        fact(name="note", checked=""), fact(name="weights", value="", checked="2020-01-01"),
    )  # fmt: skip
    write(path, *(result(n, "", source("a", facts=facts)) for n in range(3)))
    with reading(path) as connection:
        found = read_freshness(connection, choose_run(connection))
    assert (found.facts, found.undated, found.stale, found.oldest) == (4, 1, 1, "2026-08-25")
