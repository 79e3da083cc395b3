"""A commit is scanned out of the objects, and history is walked, without git and without touching the work tree."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.target.git import git, make_repository
from vcdd.core.source_file import Skipped
from vcdd.errors import TargetError
from vcdd.target.limits import MIB, Limits
from vcdd.target.objects import Repository
from vcdd.target.tree import first_parents, open_commit, open_staged, to_date


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = make_repository(
        tmp_path / "shop", {"a.py": b"1", "vendor/x.go": b""}, {"a.py": b"2", "big.txt": b"x" * 3 * MIB}
    )
    (made / "a.py").write_text("not committed")
    return made


@pytest.mark.parametrize(("ref", "content"), [("HEAD", b"2"), ("main", b"2"), ("old", b"1")])
def test_a_commit_gives_its_own_files(folder: Path, ref: str, content: bytes) -> None:
    git(folder, "tag", "old", "HEAD~1")
    with open_commit(str(folder), ref, Limits()) as target:
        rows = list(target.entries())
        assert (target.info.name, target.info.kind, target.info.commit) == (
            "shop",
            "git",
            git(folder, "rev-parse", ref),
        )
    files = {row.path: row for row in rows if not isinstance(row, Skipped)}
    assert files["a.py"].read(9) == content
    assert {row.path: row.files for row in rows if isinstance(row, Skipped)} == {"vendor": 1}
    if ref != "old":
        assert files["big.txt"].size == 3 * MIB
        assert len(files["big.txt"].read(9 * MIB)) == 2 * MIB + 1


def test_a_ref_that_is_none_says_what_next(folder: Path) -> None:
    with pytest.raises(TargetError, match="no such branch, tag or commit") as caught:
        open_commit(str(folder), "nothing\x1b", Limits())
    assert caught.value.help
    with pytest.raises(TargetError, match="no git repository"):
        open_commit(str(folder.parent), "HEAD", Limits())


def test_history_is_walked_by_first_parents(folder: Path) -> None:
    repository = Repository(folder)
    head = repository.resolve("HEAD")
    assert [commit.id for commit in first_parents(repository, head, 9)] == git(folder, "rev-list", "HEAD").split()
    assert len(list(first_parents(repository, head, 1))) == 1
    assert list(first_parents(repository, "0" * 40, 9)) == []


def test_history_ends_where_a_shallow_clone_does(folder: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{folder}", str(tmp_path / "shallow"))
    repository = Repository(tmp_path / "shallow")
    assert len(list(first_parents(repository, repository.resolve("HEAD"), 9))) == 1


@pytest.mark.parametrize(
    ("seconds", "date"), [(0, ""), (1767315845, "2026-01-02T01:04:05+00:00"), (10**15, ""), (-(10**15), "")]
)
def test_dates_of_any_size_are_survived(seconds: int, date: str) -> None:
    assert to_date(seconds) == date


@pytest.mark.parametrize("ref", ["HEAD~1", "main~1", "HEAD^", "HEAD^1", "HEAD~0~1", "HEAD"])
def test_an_ancestor_is_named_as_git_names_it(folder: Path, ref: str) -> None:
    assert Repository(folder).resolve(ref) == git(folder, "rev-parse", ref)


@pytest.mark.parametrize("ref", ["HEAD~99", "HEAD^2", "HEAD^0", "~1", "no~1"])
def test_an_ancestor_that_is_none_says_so(folder: Path, ref: str) -> None:
    with pytest.raises(TargetError, match="cannot read"):
        open_commit(str(folder), ref, Limits())


def test_what_is_staged_is_read_and_not_what_lies_in_the_folder(folder: Path) -> None:
    (folder / "new.py").write_text("staged")
    (folder / "loose.py").write_text("not staged")
    git(folder, "add", "new.py")
    (folder / "new.py").write_text("changed again")
    with open_staged(str(folder), Limits()) as target:
        files = {row.path: row.read(99) for row in target.entries() if not isinstance(row, Skipped)}
    assert {path: data for path, data in files.items() if path.endswith(".py")} == {"a.py": b"2", "new.py": b"staged"}


def test_without_an_index_nothing_is_staged(folder: Path) -> None:
    (folder / ".git" / "index").write_bytes(b"DIRC\0\0\0\2\0\0\0\\9cut")
    with pytest.raises(TargetError, match="nothing is staged"):
        open_staged(str(folder), Limits())
