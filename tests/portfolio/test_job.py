"""One company in a worker: real scans of small folders, reports and archives."""

from __future__ import annotations

import io
import json
import os
import socket
import tarfile
import tempfile
import zipfile
from dataclasses import replace

import pytest

from tests.portfolio.factory import GPT, LATER, NOW, PLAIN, QWEN, company, spec
from vcdd.cli.portfolio_job import scan_company
from vcdd.core.source_file import Coverage, Skipped
from vcdd.portfolio.digest import content_digest
from vcdd.portfolio.extract import unpack
from vcdd.portfolio.intervals import Share
from vcdd.portfolio.statistics import measure
from vcdd.portfolio.store.reading import read_companies, reading
from vcdd.portfolio.store.store import open_store
from vcdd.portfolio.values import Job, Previous, Status
from vcdd.rules.coverage import shortfall
from vcdd.target.limits import Limits
from vcdd.target.open import open_target

OPTIONS = (("cache", False), ("offline", True))


@pytest.fixture
def acme(tmp_path):
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "app.py").write_text(GPT + QWEN, encoding="utf-8")
    return folder


def scan(*sources, **rest):
    values = {"position": 0, "options": OPTIONS, "now": NOW, **rest}
    named = company("Acme", *map(str, sources), **values.pop("company", {}))
    return scan_company(Job(company=named, **values))


def test_a_folder_comes_back_as_rows(acme):
    """Both models with country, licence class, weights and route; facts with their sources; the report itself."""
    (found,) = scan(acme).sources
    rows = {use.model: use for use in found.uses}
    assert {m: (u.country, u.weights, u.is_use) for m, u in rows.items()} == {
        "gpt-4o": ("US", "closed", True), "Qwen/Qwen2.5-7B-Instruct": ("CN", "open", True),
    }  # fmt: skip
    assert all(fact.source for fact in found.facts if fact.value)
    assert found.outcome is not None
    assert json.loads(unpack(found.report))["target"]["name"] == "acme"
    assert found.scanned_at == NOW.isoformat()


def test_the_same_job_gives_the_same_bytes(acme):
    """In any worker, at any time."""
    assert scan(acme).sources == scan(acme).sources


def test_the_environment_is_as_before(acme, monkeypatch):
    """A worker of a cluster serves others too."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    scan(acme)
    assert os.environ["SOURCE_DATE_EPOCH"] == "1"


def test_what_cannot_be_opened_is_a_row(tmp_path, acme):
    """A missing folder, an archive that is none, an empty folder: one sentence each, without the machine's paths."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and then nothing")
    found = scan(tmp_path / "gone", acme, tmp_path / "empty", tmp_path / "broken.zip")
    assert found.status is Status.PARTIAL
    assert [source.status for source in found.sources] == [Status.FAILED, Status.DONE, Status.FAILED, Status.FAILED]
    assert all(source.error for source in found.sources if source.status is Status.FAILED)


def test_errors_name_the_source_as_the_manifest_does(tmp_path):
    """An absolute path of the analyst's machine has no place in a dashboard."""
    named = replace(company("Acme", str(tmp_path / "gone")), shown=("gone",))
    (found,) = scan_company(Job(position=0, company=named, options=OPTIONS, now=NOW)).sources
    assert found.error == "no such file or folder: gone"


def test_an_archive_bomb_is_a_row_and_not_a_crash(tmp_path):
    """64 MB of zeros in 64 KB: scanned within bounds, and said to be unread."""
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("app.py", bytes(100_000_000))
    (found,) = scan(tmp_path / "bomb.zip").sources
    assert found.status is Status.FAILED or found.files_read < found.files_total


def _bomb(path):
    """A tar.gz with one plain file, then 100 MB of zeros in 100 KB: reading ends there, whatever comes after."""
    with tarfile.open(path, "w:gz") as archive:
        for name, data in (("readme.py", PLAIN.encode()), ("zeros.bin", bytes(100_000_000)), ("app.py", QWEN.encode())):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return path


def _long(path):
    """A file of which only the start is read; what it uses stands at its end."""
    path.write_text("# nothing here\n" * 200_000 + QWEN, encoding="utf-8")
    return path


def _many(folder):
    """A hundred files, of which twenty are cut."""
    folder.mkdir()
    for number in range(100):
        (folder / f"f{number}.py").write_text("# nothing\n" * (250_000 if number < 20 else 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda at: _bomb(at / "bomb.tar.gz"), "bomb.tar.gz: expands more than 200 times; the rest was not read"),
        (lambda at: _long(at / "long.py"), "0 of 1 file read to the end"),
        (lambda at: _many(at / "many"), "80 of 100 files read to the end"),
    ],
)  # fmt: skip
def test_what_was_cut_is_unknown_and_never_without_ai(tmp_path, make, why):
    """A company of which reading ended early may use anything: it is not one that uses no AI."""
    found = scan(make(tmp_path))
    (source,) = found.sources
    assert not source.uses
    assert (found.status, source.error) == (Status.PARTIAL, why)
    with open_store(tmp_path / "fund.db") as store:
        run = store.begin(spec(), NOW)
        store.record(run.id, found)
    with reading(tmp_path / "fund.db") as connection:
        measured = measure(read_companies(connection, run.id))
    assert measured.headlines[0].of_all == Share(n=0, of=1, unknown=1)
    assert measured.headlines[0].of_ai == Share(n=0, of=0, undetermined=1)
    assert measured.failed == 1


def test_a_folder_without_ai_and_other_peoples_code_is_wholly_read(tmp_path):
    """Near miss: a vendored folder, a picture and one long file among many take nothing from what was read."""
    folder = tmp_path / "plain"
    (folder / "node_modules" / "lib").mkdir(parents=True)
    for number in range(40):
        (folder / f"f{number}.py").write_text(PLAIN, encoding="utf-8")
        (folder / "node_modules" / "lib" / f"{number}.js").write_text("let a", encoding="utf-8")
        (folder / f"{number}.png").write_bytes(bytes(100))
    _long(folder / "data.txt")
    (source,) = scan(folder).sources
    assert (source.status, source.error, source.files_read) == (Status.DONE, "", 40)


def test_a_tree_of_too_many_files_is_open_ended(tmp_path):
    """A bound on files, reached: the coverage says that nobody counted the rest."""
    for number in range(5):
        (tmp_path / f"f{number}.py").write_text(PLAIN, encoding="utf-8")
    with open_target(str(tmp_path), limits=Limits(files=3)) as target:
        rows = [row for row in target.entries() if isinstance(row, Skipped)]
    coverage = Coverage(files_total=3, files_read=2, files_skipped=tuple(rows))
    assert coverage.cut == rows[0]
    assert shortfall(coverage) == "f2.py: more than 3 files; the rest was not walked"


def test_a_company_may_send_its_own_report(acme, tmp_path):
    """Saved JSON gives the uses of the folder it was made from."""
    (first,) = scan(acme).sources
    saved = tmp_path / "acme.json"
    saved.write_text(unpack(first.report), encoding="utf-8")
    (second,) = scan(saved).sources
    assert second.uses == first.uses


def test_a_clone_that_hangs_is_stopped(tmp_path, monkeypatch):
    """A server that accepts and never speaks: the row says that time was up, git is gone, and so is its folder."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    tempfile.tempdir = None
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"https://127.0.0.1:{silent.getsockname()[1]}/acme/web.git"
        found = scan(address, options=(("cache", False),), timeout_s=1.0)
    tempfile.tempdir = None
    assert [source.error for source in found.sources] == ["stopped: not done after 1 seconds"]
    assert list(tmp_path.iterdir()) == []


def test_the_manifests_volumes_give_a_monthly_figure(acme):
    """And without them there is none."""
    stated = scan(acme, company={"volumes": "requests_per_month = 1000\ninput_tokens = 100\noutput_tokens = 10\n"})
    assert float(stated.sources[0].monthly_usd) > 0
    assert scan(acme).sources[0].monthly_usd == ""


def test_an_unchanged_folder_is_judged_again(acme):
    """Same uses and findings as read anew; the report keeps the day on which it was read."""
    (first,) = scan(acme).sources
    kept = (Previous(digest=first.digest, report=first.report),)
    (again,) = scan(acme, previous=kept, now=LATER).sources
    anew = scan(acme, now=LATER).sources[0]
    assert again.is_reused
    assert (again.uses, again.findings, again.outcome) == (anew.uses, anew.findings, anew.outcome)
    assert (again.scanned_at, anew.scanned_at) == (NOW.isoformat(), LATER.isoformat())
    (same_day,) = scan(acme, previous=kept).sources
    assert same_day.report == first.report


def test_a_changed_folder_is_read_again(acme):
    """One byte is enough."""
    (first,) = scan(acme).sources
    (acme / "app.py").write_text(GPT, encoding="utf-8")
    (again,) = scan(acme, previous=(Previous(digest=first.digest, report=first.report),)).sources
    assert not again.is_reused
    assert [use.model for use in again.uses] == ["gpt-4o"]


def test_equal_contents_have_equal_digests(acme, tmp_path):
    """Wherever they lie and whenever they were written; another name or another byte is another content."""
    twin = tmp_path / "twin"
    twin.mkdir()
    (twin / "app.py").write_text(GPT + QWEN, encoding="utf-8")
    os.utime(twin / "app.py", (1, 1))
    assert content_digest(str(acme), Limits()) == content_digest(str(twin), Limits())
    (twin / "app.py").rename(twin / "main.py")
    assert content_digest(str(acme), Limits()) != content_digest(str(twin), Limits())


def test_a_report_is_the_same_content_when_its_code_is(acme, tmp_path):
    """A company that sends a new report of the same code has not changed."""
    saved = tmp_path / "acme.json"
    digests = []
    for now in (NOW, LATER):
        saved.write_text(unpack(scan(acme, now=now).sources[0].report), encoding="utf-8")
        digests.append(content_digest(str(saved), Limits()))
    (acme / "app.py").write_text(GPT, encoding="utf-8")
    saved.write_text(unpack(scan(acme).sources[0].report), encoding="utf-8")
    assert digests[0] == digests[1] != content_digest(str(saved), Limits())


def test_an_address_has_no_digest_before_it_is_cloned():
    """Nobody is asked for it."""
    assert content_digest("https://example.invalid/acme.git", Limits()) == ""
