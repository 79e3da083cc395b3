"""One company in a worker: real scans of small folders, reports and archives."""

from __future__ import annotations

import json
import os
import socket
import tempfile
import zipfile
from dataclasses import replace

import pytest

from tests.portfolio.factory import GPT, LATER, NOW, QWEN, company
from vcdd.cli.portfolio_job import scan_company
from vcdd.portfolio.digest import content_digest
from vcdd.portfolio.extract import unpack
from vcdd.portfolio.values import Job, Previous, Status
from vcdd.target.limits import Limits

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
